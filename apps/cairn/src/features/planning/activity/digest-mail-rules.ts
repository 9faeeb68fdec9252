import { counted } from '@cairn/kernel/words';
import { type Happened, wordsFor } from './activity-rules.ts';

/** One thing that a mail tells. */
export interface MailedDeed extends Happened {
  readonly number: number;
  readonly title: string;
  /** The name of who did it. */
  readonly by: string;
  /** What was said, if anything. */
  readonly said: string | null;
}

/** So much of what was said stands in a mail; the rest is a click away. */
const LONGEST_QUOTE = 400;

/** A digest as a mail: its subject, its text, and the thread that it is about, if that is one. */
export interface DigestMail {
  readonly subject: string;
  readonly body: string;
  readonly number: number | undefined;
}

/**
 * One mail of what happened, thread by thread in the order in which each began, each deed in its order.
 * `deeds` holds at least one.
 */
export function digestMail(
  deeds: readonly MailedDeed[],
  { summit, plan }: { readonly summit: string; readonly plan: string },
): DigestMail {
  const threads = [...Map.groupBy(deeds, ({ number }) => number)];
  const [[number, [first]] = [0, []]] = threads;
  const isOne = threads.length === 1;
  const single = deeds.length === 1 && first !== undefined;
  const title = first?.title ?? '';
  const subject = single
    ? `${first.by} ${lineOf(first)}`
    : isOne
      ? `${title} (#${number}): ${counted(deeds.length, 'piece')} of news`
      : `${summit}: news in ${counted(threads.length, 'discussion')} of the plan`;
  const body = threads
    .map(([of, theirs]) =>
      [
        `#${of} ${theirs[0]?.title ?? ''}`,
        `${plan}/${of}`,
        ...theirs.flatMap((deed) => [
          '',
          `${deed.by} ${lineOf(deed)}${deed.said === null ? '.' : ':'}`,
          ...(deed.said === null ? [] : [quoted(deed.said)]),
        ]),
      ].join('\n'),
    )
    .join('\n\n\n');
  return { subject, body, number: isOne ? number : undefined };
}

const lineOf = (deed: MailedDeed): string => {
  const { before, after } = wordsFor(deed);
  return `${before} #${deed.number} ${deed.title}${after}`;
};

const quoted = (text: string): string => {
  const whole = text.trim();
  const shown =
    whole.length > LONGEST_QUOTE ? `${whole.slice(0, LONGEST_QUOTE).trimEnd()} …` : whole;
  return shown
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
};
