import type { Currency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
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
