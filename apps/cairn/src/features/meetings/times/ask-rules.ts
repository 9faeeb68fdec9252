import type { SummitDefinition } from '../../summits/schema.ts';

/** The mail that asks somebody when they can; the address of their page stands under it. */
export function askingText(
  definition: SummitDefinition,
  name: string,
): { readonly subject: string; readonly body: string } {
  const { title } = definition;
  return {
    subject: `When can you join calls? ${title}`,
    body: [
      `Dear ${name},`,
      '',
      `we are looking for the times of the planning meetings of “${title}”. Please say in which hours of an ordinary week you can join a call. You paint or write it once, in your own time zone; it takes two minutes and counts for every summit.`,
      '',
      'Only organisers see it. Until you say it, we cannot take you into account.',
    ].join('\n'),
  };
}
