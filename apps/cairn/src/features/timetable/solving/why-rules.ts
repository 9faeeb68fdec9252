import { whyHere } from '@cairn/timetable/explain/why-here';
import type { Move } from '../drafts/draft-schema.ts';
import { isSamePlace, type Placement } from '../drafts/placement-rules.ts';
import { daysOf } from './check-rules.ts';
import type { TimetableFacts } from './facts-rules.ts';
import { timetableInstance } from './instance-rules.ts';
import { placementsIn, timetableOf } from './placed-rules.ts';
import { keptNumbers } from './repair-rules.ts';
import type { WhyNotMessage, WhyNotTask } from './thread-tasks.ts';

/** What holds a session where it is, and where else it could go, in sentences. */
export function whyHereWords(
  facts: TimetableFacts,
  placements: readonly Placement[],
  sessionId: string,
): readonly string[] {
  const { indexed, problem } = problemOf(facts, placements);
  const number = problem.sessionIds.indexOf(sessionId);
  if (number < 0) return [];
  return whyHere(indexed, timetableOf(problem, placements), number).sentences;
}

/** The question why a session is not in a slot, for the thread; undefined where there is no such slot. */
export function whyNotTask(
  facts: TimetableFacts,
  placements: readonly Placement[],
  asked: { readonly sessionId: string; readonly at: string; readonly roomId: string | undefined },
  begun: ReadonlySet<string>,
): WhyNotTask | undefined {
  const { problem } = problemOf(facts, placements);
  const session = problem.sessionIds.indexOf(asked.sessionId);
  const slot = problem.slots.findIndex(({ key }) => key === asked.at);
  const room = problem.roomIds.indexOf(asked.roomId ?? '');
  if (session < 0 || slot < 0) return undefined;
  const { pinned, past } = keptNumbers(facts, placements, begun);
  return {
    kind: 'why-not',
    instance: problem.instance,
    timetable: timetableOf(problem, placements),
    session,
    slot,
    ...(room < 0 ? {} : { room }),
    pinned: pinned.filter((each) => each !== session),
    past,
  };
}

/** The moves after which a session is where it was asked about, with all that must move besides. */
export function movesFor(
  facts: TimetableFacts,
  placements: readonly Placement[],
  best: NonNullable<WhyNotMessage['best']>,
): Move[] {
  const { problem } = problemOf(facts, placements);
  const after = placementsIn(problem, best, placements);
  return facts.sessions.flatMap(({ id }): Move[] => {
    const from = placements.find(({ sessionId }) => sessionId === id) ?? null;
    const to = after.find(({ sessionId }) => sessionId === id) ?? null;
    if (isSamePlace(from, to)) return [];
    const place = to && { date: to.date, starts: to.starts, roomId: to.roomId };
    return [{ sessionId: id, to: place }];
  });
}

function problemOf(facts: TimetableFacts, placements: readonly Placement[]) {
  const pinned = placements.filter(({ isPinned }) => isPinned);
  const on = daysOf(placements);
  // Pins are told where it is explained why something is there.
  return {
    indexed: timetableInstance(facts, { on, pinned }).indexed,
    problem: timetableInstance(facts, { on }),
  };
}
