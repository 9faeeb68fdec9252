import { counted } from '@cairn/kernel/words';

/** What somebody is told of their place; nobody else is named in it. */
export interface ToldPlace {
  readonly summit: string;
  /** `the week`, or the day. */
  readonly span: string;
  readonly name: string;
  /** Undefined: in none. */
  readonly group:
    | { readonly title: string; readonly people: number; readonly leads: boolean }
    | undefined;
  readonly isOut: boolean;
  /** They were told of another place before. */
  readonly isChanged: boolean;
}

/** The mail that tells somebody their group; the address of the page stands under it. */
export function placeMail({ summit, span, name, group, isOut, isChanged }: ToldPlace): {
  readonly subject: string;
  readonly body: string;
} {
  const now = isChanged ? 'now ' : '';
  const place =
    group !== undefined
      ? `for ${span} you are ${now}in the group “${group.title}”, with ${counted(group.people - 1, 'other')}.${group.leads ? ' You lead it.' : ''}`
      : `for ${span} you are ${now}in no group${isOut ? ', as was said for you' : ''}.`;
  return {
    subject:
      group === undefined
        ? `You are in no group: ${summit}`
        : `Your group: ${group.title}, ${summit}`,
    body: [
      `Dear ${name},`,
      '',
      place,
      '',
      'The page says who is there and why you are where you are. There you can change places with somebody, join a group that has room, or stay out.',
    ].join('\n'),
  };
}

/** Somebody is asked to change places. */
export const swapMail = (
  summit: string,
  name: string,
  groups: { readonly own: string; readonly other: string },
): { readonly subject: string; readonly body: string } => ({
  subject: `Would you change places? ${summit}`,
  body: [
    `Dear ${name},`,
    '',
    `somebody in the group “${groups.other}” asks to change places with you in “${groups.own}”. The page says who. Agree or decline there; if you do nothing, you stay.`,
  ].join('\n'),
});

/** Whoever asked is told what came of it. */
export const swapSettledMail = (
  summit: string,
  name: string,
  group: string | undefined,
): { readonly subject: string; readonly body: string } => ({
  subject:
    group === undefined ? `You stay in your group: ${summit}` : `Your group: ${group}, ${summit}`,
  body: [
    `Dear ${name},`,
    '',
    group === undefined
      ? 'the change of places that you asked for was declined; you stay in your group.'
      : `the change of places that you asked for was agreed: you are now in “${group}”.`,
  ].join('\n'),
});
