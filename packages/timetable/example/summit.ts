import { SUMMIT_SIZES, summitInstance } from '@cairn/timetable/generator/summit';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Instance } from '@cairn/timetable/sessions/model';

/** The sizes that can be chosen on the page. */
export type Size = keyof typeof SUMMIT_SIZES;

/** What is being solved: the page and its worker make the same summit of it. */
export interface Wanted {
  readonly size: Size;
  readonly seed: number;
}

const TOPICS = [
  'Arrays',
  'Packaging',
  'Documentation',
  'Compilers',
  'Community',
  'Benchmarks',
  'Images',
  'Graphs',
  'Statistics',
  'Teaching',
  'Accessibility',
  'Releases',
] as const;

const THEMES = [
  'where we are',
  'what hurts most',
  'a first draft',
  'for newcomers',
  'what others do',
  'the road map',
  'bugs, together',
  'measuring it',
  'who will do it',
  'a standard for it',
] as const;

/** An invented summit with titles that one can tell apart. */
export function inventedSummit({ size, seed }: Wanted): IndexedInstance {
  const plain = summitInstance({ ...SUMMIT_SIZES[size], seed });
  const counts = new Map<string, number>();
  const instance: Instance = {
    ...plain,
    title: `An invented summit, seed ${seed}`,
    sessions: plain.sessions.map((session) => {
      const track = session.tracks?.[0] ?? '';
      const topic = nameOfTopic(track);
      const count = counts.get(track) ?? 0;
      counts.set(track, count + 1);
      const round = Math.floor(count / THEMES.length);
      const title = `${topic}: ${THEMES[count % THEMES.length]}${round === 0 ? '' : `, part ${round + 1}`}`;
      return { ...session, title, tracks: [topic] };
    }),
  };
  const indexed = indexInstance(instance);
  if (indexed.ok) return indexed.value;
  throw new Error(indexed.error.map(({ sentence }) => sentence).join(' '));
}

function nameOfTopic(track: string): string {
  const number = Number(/\d+/.exec(track)?.[0] ?? 1) - 1;
  const round = Math.floor(number / TOPICS.length);
  const name = TOPICS[number % TOPICS.length] ?? track;
  return round === 0 ? name : `${name} ${round + 1}`;
}
