import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import type { SeatCostModel } from './cost-rules.ts';
import { type CostWorld, costWorld, modelOf } from './cost-world.ts';

/** All that the cost of seats is made of, with everybody's money, and the names of whose it is. */
export async function seatCostOf(
  db: Reader,
  _treasurer: Treasurer,
  summit: Summit,
): Promise<(CostWorld & { readonly names: ReadonlyMap<string, string> }) | undefined> {
  const world = await costWorld(db, summit);
  if (world === undefined) return undefined;
  const ids = world.people.map(({ personId }) => personId);
  const rows =
    ids.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute();
  return { ...world, names: new Map(rows.map(({ id, name }) => [id, name])) };
}

/** What costs are expected to be, if somebody has said so. */
export const seatCostModel = (
  db: Reader,
  { summitId }: Treasurer,
): Promise<{ readonly model: SeatCostModel; readonly revision: number } | undefined> =>
  modelOf(db, summitId);
