import { isForAll, type Stretch } from '../frame/frame-rules.ts';
import { stretchWords } from '../frame/frame-words-rules.ts';
import type { TimetableContent } from '../release/content-schema.ts';
import { isThere, type Presence } from './presence-rules.ts';

/** Something released that expects somebody while they are away. */
export interface Missed extends Stretch {
  readonly key: string;
  readonly title: string;
}

/** What somebody misses of a released timetable: sessions that expect them, and what is for everybody. */
export function missedBy(
  presence: Presence,
  content: Pick<TimetableContent, 'blocks'>,
  sessions: readonly TimetableContent['sessions'][number][],
): Missed[] {
  const blocks = content.blocks.filter(({ kind }) => isForAll(kind));
  const own = sessions.filter(
    ({ kind, people }) => kind === 'plenary' || people.includes(presence.personId),
  );
  return [...blocks, ...own]
    .filter((each) => !isThere(presence, each))
    .map(({ id, title, date, starts, ends }) => ({ key: id, title, date, starts, ends }))
    .toSorted(
      (one, other) => one.date.localeCompare(other.date) || one.starts.localeCompare(other.starts),
    );
}

/** The same in one sentence each, for a form that is being typed. */
export const missedWords = (missed: readonly Missed[]): string[] =>
  missed.map((each) => `You would be away during “${each.title}” (${stretchWords(each)}).`);
