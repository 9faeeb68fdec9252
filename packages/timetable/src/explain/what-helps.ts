import { Search } from '../search/search.ts';
import { type IndexedInstance, indexInstance } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { type Names, namesOf } from './names.ts';
import { type Relaxation, relaxationsOf } from './relaxations.ts';
import { differenceInWords } from './words.ts';

export interface WhatHelpsOptions {
  /** Moves that each search may weigh; 20,000 when left out. */
  readonly iterations?: number;
  readonly seed?: number;
  /** Which relaxations to measure; all when left out. */
  readonly kinds?: readonly Relaxation['kind'][];
  readonly names?: Names;
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (done: number, of: number) => void;
  /** Awaited between the parts of the work, so that others get their turn. */
  readonly pause?: () => Promise<void>;
}

/** What one relaxation is worth. */
export interface Help {
  readonly relaxation: Relaxation;
  readonly values: Values;
  readonly timetable: Timetable;
  readonly sentence: string;
}

export interface WhatHelps {
  /** What the same search reaches with nothing relaxed. */
  readonly values: Values;
  /** Those that help, most first. */
  readonly helps: readonly Help[];
  /** How many were measured; fewer than there are if it was cancelled. */
  readonly measured: number;
  readonly of: number;
}

/**
 * Which single thing, given up or added, would help most: each is measured by searching on from the
 * timetable with as many moves as for the timetable as it is, so that none looks good only because
 * there was more time. Small gains may be luck; they are ranked level by level.
 */
export async function whatHelps(
  indexed: IndexedInstance,
  timetable: Timetable,
  options: WhatHelpsOptions = {},
): Promise<WhatHelps> {
  const { names = namesOf(indexed), kinds, isCancelled, onProgress, pause } = options;
  const start = searched(indexed, timetable, options).timetable;
  const base = searched(indexed, start, options);
  const relaxations = relaxationsOf(indexed, names).filter(
    ({ kind }) => kinds?.includes(kind) ?? true,
  );
  const helps: Help[] = [];
  let measured = 0;
  for (const relaxation of relaxations) {
    if (isCancelled?.()) break;
    const relaxed = indexInstance(relaxation.instance);
    if (!relaxed.ok) throw new Error(`relaxed to what is no instance: ${relaxation.what}`);
    const found = searched(relaxed.value, start, options);
    measured += 1;
    onProgress?.(measured, relaxations.length);
    await pause?.();
    const values =
      indexed.levels === found.values.length ? found.values : padded(found.values, indexed.levels);
    if (compareValues(values, base.values) >= 0) continue;
    const { what } = relaxation;
    const gain = differenceInWords(indexed, base.values, values, names);
    const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${gain}.`;
    helps.push({ relaxation, values, timetable: found.timetable, sentence });
  }
  // Sorting keeps the order of those that are worth the same.
  helps.sort((one, other) => compareValues(one.values, other.values));
  return { values: base.values, helps, measured, of: relaxations.length };
}

function searched(
  indexed: IndexedInstance,
  from: Timetable,
  { seed = 1, iterations = 20_000 }: WhatHelpsOptions,
): { timetable: Timetable; values: Values } {
  const search = new Search(indexed, { seed, iterations, from });
  search.run(iterations);
  return { timetable: search.best, values: search.values };
}

/** A rule that is dropped may take a level with it. */
const padded = (values: Values, levels: number): Values =>
  Array.from({ length: levels }, (_, level) => values[level] ?? 0);
