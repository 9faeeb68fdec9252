import type { Currency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { type ExchangeRate, type FoundRate, noRate, OLDEST_DAYS, rateOn } from './rate-rules.ts';

/**
 * The rate of a summit from one currency to another on a day (ISO), with the day it is of and its source; 1 where they
 * are the same. Refused with a sentence where there is none that is young enough.
 */
export async function rateFor(
  db: Reader,
  summitId: string,
  from: Currency,
  to: Currency,
  day: string,
): Promise<Result<FoundRate, Problem>> {
  const date = parseDate(day);
  if (!date.ok) return date;
  const found =
    rateOn([], from, to, day) ?? rateOn(await ratesAround(db, summitId, day), from, to, day);
  return found === undefined ? fail(problem('no-rate', noRate(from, to, day))) : ok(found);
}

/** Every rate that could serve on a day. */
async function ratesAround(
  db: Reader,
  summitId: string,
  day: string,
): Promise<readonly ExchangeRate[]> {
  const date = parseDate(day);
  if (!date.ok) return [];
  return db
    .selectFrom('exchangeRate')
    .select(['base', 'quote', 'onDate', 'rate', 'source'])
    .where('summitId', '=', summitId)
    .where('onDate', '<=', day)
    .where('onDate', '>=', date.value.subtract({ days: OLDEST_DAYS }).toString())
    .execute();
}

/** One page of a list. */
export interface Paged<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** The rates of a summit, the newest first; of one currency, on either side, where one is named. */
export async function ratesOf(
  db: Reader,
  summitId: string,
  {
    currency,
    page,
    size,
  }: { readonly currency: string; readonly page: number; readonly size: number },
): Promise<Paged<ExchangeRate>> {
  const some = db
    .selectFrom('exchangeRate')
    .where('summitId', '=', summitId)
    .$if(currency !== '', (query) =>
      query.where((eb) => eb.or([eb('base', '=', currency), eb('quote', '=', currency)])),
    );
  const { total } = await some
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await some
    .select(['base', 'quote', 'onDate', 'rate', 'source'])
    .orderBy('onDate', 'desc')
    .orderBy('base')
    .orderBy('quote')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows, total: Number(total) };
}

/** A line of a file that was kept. */
export interface KeptRateLine {
  readonly id: string;
  readonly fileName: string;
  readonly line: number;
  readonly raw: string;
  readonly reason: string;
}

/** Lines of files that could not be taken, in the order of the files. */
export async function keptRateLines(
  db: Reader,
  { summitId }: Treasurer,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<Paged<KeptRateLine>> {
  const some = db.selectFrom('rateKept').where('summitId', '=', summitId);
  const { total } = await some
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await some
    .select(['id', 'fileName', 'line', 'raw', 'reason'])
    .orderBy('readAt')
    .orderBy('fileName')
    .orderBy('line')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows, total: Number(total) };
}

/** One of them. */
export const keptRateLine = (
  db: Reader,
  { summitId }: Treasurer,
  id: string,
): Promise<KeptRateLine | undefined> =>
  db
    .selectFrom('rateKept')
    .select(['id', 'fileName', 'line', 'raw', 'reason'])
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .executeTakeFirst();
