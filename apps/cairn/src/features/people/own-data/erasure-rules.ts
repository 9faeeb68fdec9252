import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** The name of whoever has been erased. */
export const ERASED_NAME = 'Erased person';

/** What a person types so that nobody is erased by a slip. */
export const ERASE_WORD = 'erase';

/** What stands in the way of an erasure: duties that somebody else must take over first. */
export interface Duties {
  /** Titles of summits of which this person is the only organiser. */
  readonly lastOrganiserOf: readonly string[];
  readonly isLastAdministrator: boolean;
  /** Claims of theirs that are decided or being decided and not yet paid: `C-12 of <summit>`. */
  readonly claimsOnTheirWay: readonly string[];
}

/** Whether a person may be erased now; who is the last one to look after something hands over first. */
export function mayBeErased({
  lastOrganiserOf,
  isLastAdministrator,
  claimsOnTheirWay,
}: Duties): Result<void, Problem> {
  if (lastOrganiserOf.length > 0) {
    const sentence = `You are the only organiser of ${lastOrganiserOf.join(' and ')}; make somebody else an organiser there first.`;
    return fail(problem('last-organiser', sentence));
  }
  if (isLastAdministrator) {
    const sentence =
      'You are the only administrator of this installation; make somebody else one first.';
    return fail(problem('last-administrator', sentence));
  }
  if (claimsOnTheirWay.length > 0) {
    const sentence = `Money is on its way to you for ${claimsOnTheirWay.join(' and ')}; wait until it is paid, or withdraw what can still be withdrawn.`;
    return fail(problem('money-on-its-way', sentence));
  }
  return ok(undefined);
}

/** How one person may be named in other people's texts. */
export interface Traces {
  readonly name: string;
  readonly emails: readonly string[];
  readonly handles: readonly string[];
}

/**
 * The patterns (PostgreSQL's, case does not count) that find a person in texts that others wrote. A
 * name of one word is left out, and a handle counts only where it is written as one: “Will” and
 * “numpy” are words of their own, and blotting them out would ruin texts about something else.
 */
export const tracePatterns = (traces: Traces): string[] =>
  patternsIn(traces, { begin: '(?<![[:alnum:]])', gap: '\\s+', spelt: (word) => word });

/**
 * The same for JSON as PostgreSQL writes it as text: there a new line is a backslash and a letter, which
 * is no part of the name that begins after it.
 */
export const jsonTracePatterns = (traces: Traces): string[] =>
  patternsIn(traces, {
    begin: '(?:(?<![[:alnum:]])|(?<=\\\\[bfnrt]))',
    gap: '(?:\\s|\\\\[fnrt])+',
    spelt: (word) => JSON.stringify(word).slice(1, -1),
  });

interface Spelling {
  readonly begin: string;
  readonly gap: string;
  readonly spelt: (word: string) => string;
}

function patternsIn({ name, emails, handles }: Traces, { begin, gap, spelt }: Spelling): string[] {
  const words = name.trim().split(/\s+/);
  const exact = (text: string) => escaped(spelt(text));
  return [
    ...emails.map((email) => `${begin}${exact(email)}(?![[:alnum:]])`),
    ...handles.map((handle) => `(?<=@|github\\.com/)${exact(handle)}(?![[:alnum:]-])`),
    ...(words.length > 1 ? [`${begin}${words.map(exact).join(gap)}(?![[:alnum:]])`] : []),
  ];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
