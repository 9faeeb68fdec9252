import { expectCurrency } from '@cairn/kernel/money';
import type { Reader } from '../../../platform/db/database.ts';
import { CATEGORY_KEYS, type Category } from '../category-rules.ts';
import type { Funder, FundLine, Payee } from './funder-rules.ts';

/** The funders of a summit, in the organisers' order. Says nothing of any person. */
export async function fundersOf(db: Reader, summitId: string): Promise<readonly Funder[]> {
  const rows = await db
    .selectFrom('funder')
    .select(['id', 'key', 'name', 'currency', 'award', 'link', 'fromOn', 'untilOn'])
    .select(['documents', 'indirectRate', 'note'])
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute();
  return rows.map((row) => ({ ...row, currency: expectCurrency(row.currency) }));
}

/** The lines of all funders, in the organisers' order, closed ones too. */
export async function fundLinesOf(db: Reader, summitId: string): Promise<readonly FundLine[]> {
  const funders = new Map((await fundersOf(db, summitId)).map((funder) => [funder.id, funder]));
  const rows = await db
    .selectFrom('fundLine')
    .selectAll()
    .where('summitId', '=', summitId)
    .orderBy('position')
    .orderBy('key')
    .execute();
  const named = await db
    .selectFrom('fundLinePerson')
    .innerJoin('fundLine', 'fundLine.id', 'fundLinePerson.lineId')
    .select(['lineId', 'personId'])
    .where('fundLine.summitId', '=', summitId)
    .execute();
  return rows.flatMap(({ funderId, closedAt, categoryCeilings, ...row }) => {
    const funder = funders.get(funderId);
    if (funder === undefined) return [];
    return {
      ...row,
      funder,
      categories: CATEGORY_KEYS.filter((key) => row.categories.includes(key)),
      people: named.filter(({ lineId }) => lineId === row.id).map(({ personId }) => personId),
      categoryCeilings: categoryCeilings as Partial<Record<Category, number>>, // written by saveLine only
      isClosed: closedAt !== null,
    };
  });
}

/** The same by their id. */
export const linesById = async (
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, FundLine>> =>
  new Map((await fundLinesOf(db, summitId)).map((line) => [line.id, line]));

/** What decides which lines may pay for these people; all who have a seat or wait for one, where none are named. */
export async function payeesOf(
  db: Reader,
  summitId: string,
  personIds?: readonly string[],
): Promise<ReadonlyMap<string, Payee>> {
  const seats = await db
    .selectFrom('seat')
    .select(['personId', 'kind'])
    .where('summitId', '=', summitId)
    .unionAll((eb) =>
      eb
        .selectFrom('waiting')
        .select(['personId', 'seatKind as kind'])
        .where('summitId', '=', summitId),
    )
    .execute();
  const kinds = new Map(seats.map(({ personId, kind }) => [personId, kind]));
  const ids = [...(personIds ?? kinds.keys())];
  if (ids.length === 0) return new Map();
  const communities = await db
    .selectFrom('personCommunity')
    .select(['personId', 'community'])
    .where('summitId', '=', summitId)
    .where('personId', 'in', ids)
    .execute();
  const tracks = await db
    .selectFrom('trackInterest')
    .select(['personId', 'track'])
    .where('summitId', '=', summitId)
    .where('personId', 'in', ids)
    .where('level', 'in', ['lead', 'work'])
    .execute();
  return new Map(
    ids.map((personId) => [
      personId,
      {
        personId,
        communities: communities.filter((row) => row.personId === personId).map((r) => r.community),
        tracks: tracks.filter((row) => row.personId === personId).map((row) => row.track),
        seatKind: kinds.get(personId),
      },
    ]),
  );
}
