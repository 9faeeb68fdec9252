import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../invitations/participation-queries.ts';
import type { Organiser, Self } from '../rights.ts';
import { dietsOf, type Need } from './need-rules.ts';

const columns = ['need.personId', 'diets', 'allergies', 'access', 'stepFree'] as const;
const asNeed = <Row extends { readonly diets: readonly string[] }>(row: Row) => ({
  ...row,
  diets: dietsOf(row.diets),
});

/** What those who come need, as far as they said it, by name. */
export async function needsOf(
  db: Reader,
  { summitId }: Organiser,
): Promise<readonly (Need & { readonly name: string })[]> {
  const rows = await db
    .selectFrom('need')
    .innerJoin('person', 'person.id', 'need.personId')
    .select([...columns, 'person.name'])
    .where('summitId', '=', summitId)
    .where('person.id', 'in', coming(summitId))
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
  return rows.map(asNeed);
}

/** What one said oneself; undefined where one said nothing. */
export async function ownNeed(db: Reader, { summitId, personId }: Self): Promise<Need | undefined> {
  const row = await db
    .selectFrom('need')
    .select(columns)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  return row && asNeed(row);
}

/** For how many days after the summit needs are kept, and whether they were removed already. */
export async function needSetting(
  db: Reader,
  summitId: string,
): Promise<{ readonly daysKept: number; readonly isRemoved: boolean }> {
  const row = await db
    .selectFrom('needSetting')
    .select(['daysKept', 'removedAt'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return { daysKept: row?.daysKept ?? 30, isRemoved: row !== undefined && row.removedAt !== null };
}
