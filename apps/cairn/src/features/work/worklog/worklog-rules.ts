import { mergeTexts } from '../../meetings/notes/merge-rules.ts';

/** The parts of an entry: what was done, where it is to be seen, what is in the way, what comes next. */
export const WORKLOG_FIELDS = ['did', 'links', 'blocked', 'next'] as const;
export type WorklogField = (typeof WORKLOG_FIELDS)[number];
export type WorklogWords = Readonly<Record<WorklogField, string>>;

export const NO_WORDS: WorklogWords = { did: '', links: '', blocked: '', next: '' };

/** As long as a part of an entry may become, in UTF-16 units. */
export const LONGEST_PART = 20_000;

/** Whose entry: a group's, by its key, or a session's. */
export type WorklogPlace =
  | { readonly groupKey: string; readonly sessionId: null }
  | { readonly groupKey: null; readonly sessionId: string };

/** What has an entry on a day: a group, or a session that is no group's. */
export interface WorklogSubject {
  readonly place: WorklogPlace;
  readonly kind: 'group' | 'open' | 'session';
  readonly title: string;
  readonly topicNumber: number | null;
  /** Who is in it, as far as it is known. */
  readonly people: readonly string[];
  /** When it is, for a session, `HH:MM` in the summit's zone. */
  readonly starts: string | undefined;
}

const SESSION = /^session-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const GROUP = /^[a-z][a-z0-9_]*$/;

/** What stands for a place in addresses: the key of its group, or `session-<id>`. */
export const keyOf = ({ groupKey, sessionId }: WorklogPlace): string =>
  groupKey ?? `session-${sessionId}`;

/** The place that an address means; undefined where it means none. */
export function placeOf(key: string): WorklogPlace | undefined {
  const sessionId = SESSION.exec(key)?.[1];
  if (sessionId !== undefined) return { groupKey: null, sessionId };
  return GROUP.test(key) ? { groupKey: key, sessionId: null } : undefined;
}

/**
 * Whether somebody writes the entry of a subject: who is in the group, and for a session everybody who
 * comes, since open space is open. Organisers write all of them; see `WorklogWriter`.
 */
export const writesIn = (
  { kind, people }: Pick<WorklogSubject, 'kind' | 'people'>,
  personId: string | undefined,
): boolean => personId !== undefined && (kind !== 'group' || people.includes(personId));

/** Two versions of an entry made one, part by part. */
export interface MergedWords {
  readonly words: WorklogWords;
  /** Places at which both changed the same. */
  readonly joins: number;
}

/**
 * Merges what somebody wrote with what was stored meanwhile; both came from `base`. No word of either
 * is lost; what was stored first stands first.
 */
export function mergeWords(
  base: WorklogWords,
  mine: WorklogWords,
  theirs: WorklogWords,
): MergedWords {
  const merged = WORKLOG_FIELDS.map(
    (field) => [field, mergeTexts(base[field], mine[field], theirs[field])] as const,
  );
  return {
    words: wordsFrom((field) => merged.find(([name]) => name === field)?.[1].text ?? ''),
    joins: merged.reduce((sum, [, { joins }]) => sum + joins, 0),
  };
}

/** The words of an entry, each by its field. */
export const wordsFrom = (of: (field: WorklogField) => string): WorklogWords => ({
  did: of('did'),
  links: of('links'),
  blocked: of('blocked'),
  next: of('next'),
});

/** The words alone, of anything that has them. */
export const wordsIn = (entry: WorklogWords): WorklogWords => wordsFrom((field) => entry[field]);

export const isSame = (one: WorklogWords, other: WorklogWords): boolean =>
  WORKLOG_FIELDS.every((field) => one[field] === other[field]);

export const isEmpty = (words: WorklogWords): boolean =>
  WORKLOG_FIELDS.every((field) => words[field].trim() === '');

/** The channel on which changes of a day's worklog are told. */
export const worklogChannel = (summitId: string, date: string): string =>
  `worklog:${summitId}:${date}`;

/** The lines of a list of links; `href` for those that are addresses of the web. */
export const linksIn = (
  text: string,
): { readonly words: string; readonly href: string | undefined }[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*[-*]\s+/, '').trim())
    .filter((line, index, all) => line !== '' && all.indexOf(line) === index)
    .map((words) => ({ words, href: /^https?:\/\/\S+$/.test(words) ? words : undefined }));

/** Which day a worklog begins with: today, else the last that has come, else the first. */
export const dayToShow = (days: readonly string[], today: string): string | undefined =>
  days.findLast((date) => date <= today) ?? days[0];
