import { Search } from '../search/search.ts';
import { checkTimetable } from '../sessions/checker.ts';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import type { HardModel } from './hard-model.ts';
import type { LeastMoves } from './least-moves.ts';
import type { RepairOptions } from './repair.ts';

/** Steps of the search, between two looks at whether it is cancelled. */
const STEPS = 5000;

/**
 * Where the exact search had to stop: the fewest moves that the search for good timetables finds when
 * moves are its first wish, and what another exact method knows, if there is one. A move that the
 * instance counts as 1 costs `unit`.
 */
export async function anchored(
  found: LeastMoves,
  indexed: IndexedInstance,
  model: HardModel,
  { seed = 1, iterations = 50_000, isCancelled, pause, exact, measure }: RepairOptions,
  unit: number,
): Promise<LeastMoves> {
  const anchor = anchoredInstance(indexed, model, measure ?? 'sessions');
  const home = { slot: model.homeSlot, room: model.homeRoom };
  const pinned = new Set(
    [...indexed.sessions.keys()].filter(
      (session) => model.costs.isKept[session] === 1 && (model.homeSlot[session] as number) >= 0,
    ),
  );
  const search = new Search(anchor, {
    seed,
    iterations: 4 * iterations,
    from: found.answers[0] ?? home,
    pinned,
  });
  while (!search.run(STEPS)) {
    if (isCancelled?.()) break;
    await pause?.();
  }
  const answers = [...found.answers];
  const take = (timetable: Timetable | undefined) => {
    if (timetable && holds(anchor, timetable, model)) answers.push(toMoved(timetable));
  };
  take(search.best);
  if (exact === undefined || isCancelled?.()) return { ...found, answers, hasAll: false };
  const known = await exact(anchor, answers[0] ?? home);
  take(known.timetable);
  const atLeast = Math.max(found.atLeast, known.atLeast * unit);
  return { ...found, atLeast, answers, hasAll: false };
}

/** The instance with moves as its first wish and nothing that was given new places into the past. */
function anchoredInstance(
  indexed: IndexedInstance,
  model: HardModel,
  measure: 'sessions' | 'people',
): IndexedInstance {
  const { costs, homeSlot, homeRoom } = model;
  const from = new Map(
    [...indexed.sessions.keys()]
      .filter((session) => (homeSlot[session] as number) >= 0)
      .map((session) => {
        const room = homeRoom[session] as number;
        const place = {
          slot: homeSlot[session] as number,
          room: costs.countsRooms && room >= 0 ? room : undefined,
        };
        return [session, place] as const;
      }),
  );
  const unmoved: IndexedRule = {
    rule: { kind: 'unmoved', level: 1, from: {}, measure },
    kind: 'unmoved',
    level: 1,
    weight: 1,
    sessions: [],
    slots: new Set(),
    rooms: new Set(),
    people: [],
    from,
  };
  const below = indexed.rules.map((rule) =>
    rule.level === 0 ? rule : { ...rule, level: rule.level + 1 },
  );
  const sessions = indexed.sessions.map((session, number) =>
    costs.isKept[number] === 1 ? session : { ...session, slots: new Set(model.starts(number)) },
  );
  return { ...indexed, sessions, rules: [...below, unmoved], levels: indexed.levels + 1 };
}

/** Whether nothing is broken that moves could mend, and nothing began in the past. */
function holds(anchor: IndexedInstance, timetable: Timetable, model: HardModel): boolean {
  const { breaks } = checkTimetable(anchor, timetable);
  const mendable = breaks.filter(
    ({ rule, sessions }) =>
      rule.level === 0 &&
      !(sessions.length > 0 && sessions.every((session) => model.costs.isKept[session] === 1)),
  );
  return mendable.length === 0;
}

const toMoved = ({ slot, room }: Timetable) => ({
  slot: Int32Array.from(slot),
  room: Int32Array.from(room),
});
