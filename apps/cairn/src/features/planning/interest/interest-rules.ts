import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** What somebody wants of a topic, strongest first. Silence is none of these. */
export const INTEREST_LEVELS = ['lead', 'work', 'learn', 'none'] as const;
export type InterestLevel = (typeof INTEREST_LEVELS)[number];

/** The longest word of why, in UTF-16 units. */
export const LONGEST_WHY = 300;

/** What one person said of one topic. */
export interface Said {
  readonly level: InterestLevel;
  readonly why: string;
}

/** The same, of whom and of what. */
export interface SaidInterest extends Said {
  /** The topic's number. */
  readonly number: number;
  readonly personId: string;
}

const isLevel = (text: string): text is InterestLevel =>
  INTEREST_LEVELS.some((level) => level === text);

export const levelField = (number: number): string => `level_${number}`;
export const whyField = (number: number): string => `why_${number}`;

/** Posted for a topic of which somebody takes back what they said. */
export const TAKE_BACK = 'nothing';

/** What somebody says of topics, by number; undefined where they take back what they said. */
export type SaidAnew = ReadonlyMap<number, Said | undefined>;

/**
 * Reads what was said of each topic out of a form's fields. A topic without a level is left as it
 * was; a reason without a level is told back.
 */
export function readInterests(
  typed: Readonly<Record<string, string | readonly string[]>>,
  topics: readonly { readonly number: number; readonly title: string }[],
): Result<SaidAnew, Problem[]> {
  const said = new Map<number, Said | undefined>();
  const problems: Problem[] = [];
  for (const { number, title } of topics) {
    const level = textOf(typed[levelField(number)]);
    const why = textOf(typed[whyField(number)]).replace(/\s+/g, ' ').trim();
    if (why.length > LONGEST_WHY) {
      const sentence = `Shorten what you wrote about “${title}” to ${LONGEST_WHY} characters.`;
      problems.push(problem('long-why', sentence, { path: whyField(number) }));
    } else if (level === TAKE_BACK) {
      said.set(number, undefined);
    } else if (isLevel(level)) {
      said.set(number, { level, why });
    } else if (why !== '') {
      const sentence = `Choose what you want of “${title}”, or empty the box beside it.`;
      problems.push(problem('no-level', sentence, { path: levelField(number) }));
    }
  }
  return problems.length > 0 ? fail(problems) : ok(said);
}

const textOf = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '');

/**
 * What somebody wants of a topic that two others became: the stronger of both levels, and every
 * reason that they gave, the stronger one's first.
 */
export function mergedSaid(one: Said, other: Said): Said {
  const rank = ({ level }: Said) => INTEREST_LEVELS.indexOf(level);
  const [stronger, weaker] = rank(other) < rank(one) ? [other, one] : [one, other];
  const whys = [stronger.why, weaker.why].filter((why) => why !== '');
  return { level: stronger.level, why: [...new Set(whys)].join(' · ') };
}

/**
 * What somebody said of the tracks of the planning meetings, as a start for what they want of topics:
 * a track counts for the topics that it names, by their titles.
 */
export function startFromTracks(
  topics: readonly { readonly number: number; readonly title: string }[],
  tracks: readonly { readonly key: string; readonly topics: readonly string[] }[],
  said: readonly { readonly track: string; readonly level: InterestLevel; readonly why: string }[],
): ReadonlyMap<number, Said> {
  const start = new Map<number, Said>();
  for (const { number, title } of topics) {
    for (const { key, topics: named } of tracks) {
      const own = said.find(({ track }) => track === key);
      if (own === undefined || !named.some((name) => isSameTitle(name, title))) continue;
      const before = start.get(number);
      const here = { level: own.level, why: own.why };
      start.set(number, before === undefined ? here : mergedSaid(before, here));
    }
  }
  return start;
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const isSameTitle = (one: string, other: string): boolean => folded(one) === folded(other);
