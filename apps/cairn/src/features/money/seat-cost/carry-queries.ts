import type { Reader } from '../../../platform/db/database.ts';
import type { SeatKind } from '../../people/invitations/invitation-rules.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Carriage, carriersOf } from './carry-rules.ts';
import { costWorld } from './cost-world.ts';
import type { CostPerson } from './forecast-rules.ts';

/** Who can be carried, of those who wait; `offered` counts somebody from then on. It tells no amounts. */
export interface WaitingCarriers {
  judge(personId: string, seatKind: SeatKind): Carriage;
  offered(personId: string): void;
}

/** Loads it once for a whole list. Where a summit has no line, everybody is carried: nothing is paid. */
export async function waitingCarriers(db: Reader, summit: Summit): Promise<WaitingCarriers> {
  const world = await costWorld(db, summit);
  if (world === undefined) return { judge: () => ({ carries: true }), offered: () => undefined };
  const people = new Map(world.people.map((person) => [person.personId, person]));
  const carriers = carriersOf(world);
  const personOf = (personId: string): CostPerson =>
    people.get(personId) ?? {
      personId,
      place: 'waiting',
      seatKind: 'funded',
      stay: undefined,
      known: {},
      isDone: false,
      lines: world.anybody,
      gives: {},
      ceiling: undefined,
    };
  return {
    judge: (personId, seatKind) => carriers.judge(personOf(personId), seatKind),
    offered: (personId) => carriers.offered(personOf(personId)),
  };
}

/**
 * Whether the lines of a summit can carry somebody besides those who have a seat or are offered one: in as large a
 * share of cases as the model of costs asks for. Only funded seats need carrying.
 */
export const canCarry = async (
  db: Reader,
  summit: Summit,
  personId: string,
  seatKind: SeatKind,
): Promise<Carriage> => (await waitingCarriers(db, summit)).judge(personId, seatKind);

/** Why those who wait cannot be carried, by person; those who can are not in it. */
export async function waitingWhys(
  db: Reader,
  _organiser: Organiser,
  summit: Summit,
  waiting: readonly { readonly personId: string; readonly seatKind: SeatKind }[],
): Promise<ReadonlyMap<string, string>> {
  if (waiting.length === 0) return new Map();
  const carriers = await waitingCarriers(db, summit);
  return new Map(
    waiting.flatMap(({ personId, seatKind }) => {
      const carriage = carriers.judge(personId, seatKind);
      return carriage.carries ? [] : [[personId, carriage.why] as const];
    }),
  );
}
