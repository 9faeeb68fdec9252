import { whyInfeasible } from '@cairn/timetable/proof/conflict';
import { loadHighs } from '@cairn/timetable/proof/load-highs';
import { type Proof, proveTimetable } from '@cairn/timetable/proof/prove';
import { checkTimetable } from '@cairn/timetable/sessions/checker';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';

/** A timetable with what is proven of it. */
export interface Proven {
  /** The one that was given, or a better one that the proof came upon. */
  readonly timetable: Timetable;
  readonly proof: Proof;
  /** Where what must hold does not all hold: why it cannot, if that was found. */
  readonly conflict: readonly string[];
}

/** Says how good a timetable is, and where it breaks what must hold, which of that cannot hold together. */
export async function provenTimetable(
  indexed: IndexedInstance,
  timetable: Timetable,
): Promise<Proven> {
  const proof = await proveTimetable(indexed, timetable, { highs: loadHighs });
  // Once: what the exact solver gives is as good as it will find.
  if (proof.better !== undefined) return provenTimetable(indexed, proof.better.timetable);
  if ((proof.levels[0]?.value ?? 0) === 0) return { timetable, proof, conflict: [] };
  const why = await whyInfeasible(indexed, loadHighs);
  const isBetter =
    why.status === 'possible' &&
    (checkTimetable(indexed, why.timetable).values[0] ?? 0) < (proof.levels[0]?.value ?? 0);
  if (isBetter) return provenTimetable(indexed, why.timetable);
  return { timetable, proof, conflict: why.sentences };
}
