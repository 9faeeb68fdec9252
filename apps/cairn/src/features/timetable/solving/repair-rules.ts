import { counted } from '@cairn/kernel/words';
import type { Placement } from '../drafts/placement-rules.ts';
import type { TimetableFacts } from './facts-rules.ts';
import { timetableInstance } from './instance-rules.ts';
import { placementsIn, timetableOf } from './placed-rules.ts';
import type { RepairOffer } from './search-schema.ts';
import type { RepairMessage, RepairTask } from './thread-tasks.ts';

/** Numbers, in a problem of these facts, of what stays and of what is over. */
export function keptNumbers(
  facts: TimetableFacts,
  base: readonly Placement[],
  begun: ReadonlySet<string>,
): { readonly pinned: number[]; readonly past: number[] } {
  const { sessionIds, slots, open } = timetableInstance(facts);
  const pins = new Set(base.filter(({ isPinned }) => isPinned).map(({ sessionId }) => sessionId));
  return {
    pinned: [
      ...[...sessionIds.keys()].filter((number) => pins.has(sessionIds[number] ?? '')),
      ...open.map(({ number }) => number),
    ],
    past: [...slots.keys()].filter((number) => begun.has(slots[number]?.key ?? '')),
  };
}

/** What the thread is given to mend a timetable: what is pinned stays, and what has begun. */
export function repairTask(
  facts: TimetableFacts,
  base: readonly Placement[],
  begun: ReadonlySet<string>,
  { seed, measure }: Pick<RepairTask, 'seed' | 'measure'>,
): RepairTask {
  const problem = timetableInstance(facts);
  return {
    kind: 'repair',
    instance: problem.instance,
    previous: timetableOf(problem, base),
    seed,
    measure,
    ...keptNumbers(facts, base, begun),
  };
}

/** The ways to mend that differ, as placements, in the order in which they were offered. */
export function offersOf(
  facts: TimetableFacts,
  base: readonly Placement[],
  { offers }: RepairMessage,
): RepairOffer[] {
  const problem = timetableInstance(facts);
  const seen = new Set<string>();
  return offers.flatMap(({ more, cost, isBest, slot, room }) => {
    const placements = placementsIn(problem, { slot, room }, base);
    const key = JSON.stringify(placements);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ more, cost, isBest, placements }];
  });
}

/**
 * What must move, and what is proven of that. Of people the library counts each once for every session
 * of theirs that moves, which is said, since the same page also counts heads.
 */
export function repairWords(
  { verdict, least, atLeast, isProven, sentences }: RepairMessage,
  measure: RepairTask['measure'],
): readonly string[] {
  if (measure === 'sessions' || verdict !== 'repaired' || least === null || least === 0) {
    return sentences;
  }
  const proof = isProven
    ? 'it is proven that fewer will not do'
    : `it is proven that fewer than ${atLeast ?? 0} will not do`;
  const whom = counted(least, 'person is', 'people are');
  const first = `Sessions must move that ${whom} expected at, who is at two of them counted twice; ${proof}.`;
  return [first, ...sentences.slice(1)];
}
