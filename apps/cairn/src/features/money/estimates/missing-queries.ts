import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { paysForPerson } from '../funders/funder-rules.ts';

/** Ids of people with a funded seat whom a line pays for that wants estimates, and who have proposed none. */
export async function withoutEstimate(db: Reader, summitId: string): Promise<readonly string[]> {
  const wanting = (await fundLinesOf(db, summitId)).filter(({ needsEstimate }) => needsEstimate);
  if (wanting.length === 0) return [];
  const rows = await db
    .selectFrom('seat')
    .select('personId')
    .where('summitId', '=', summitId)
    .where('kind', '=', 'funded')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('estimate')
            .select('estimate.id')
            .whereRef('estimate.personId', '=', 'seat.personId')
            .where('estimate.summitId', '=', summitId)
            .where('estimate.state', 'not in', ['draft', 'withdrawn']),
        ),
      ),
    )
    .orderBy('number')
    .execute();
  const ids = rows.map(({ personId }) => personId);
  const payees = await payeesOf(db, summitId, ids);
  return ids.filter((id) => {
    const payee = payees.get(id);
    return payee !== undefined && wanting.some((line) => paysForPerson(line, payee));
  });
}

/** The same with their names, for those who look after the money. */
export async function missingEstimates(
  db: Reader,
  { summitId }: Treasurer,
): Promise<readonly { readonly personId: string; readonly name: string }[]> {
  const ids = await withoutEstimate(db, summitId);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .select(['id as personId', 'name'])
    .where('id', 'in', [...ids])
    .orderBy('name')
    .execute();
  return rows;
}
