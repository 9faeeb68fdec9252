import { type Currency, parseRate } from '@cairn/kernel/money';
import { daysBetween, formatDate, parseDate } from '@cairn/kernel/time';

/** What one `base` was worth in `quote` on a day (ISO), as decimal text. */
export interface ExchangeRate {
  readonly base: string;
  readonly quote: string;
  readonly onDate: string;
  readonly rate: string;
  readonly source: string;
}

/** A rate to convert with: how much of the wanted currency one of the spent one is worth. */
export interface FoundRate {
  readonly rate: string;
  readonly onDate: string;
  readonly source: string;
}

/** A rate older than this is not used: banks close for a few days, not for weeks. */
export const OLDEST_DAYS = 10;

/** Digits after the first one that is not zero, of a rate that was computed from others. */
const DIGITS = 12;

/**
 * The rate from one currency to another on a day: the newest of that day or before it, at most `OLDEST_DAYS` old.
 * Stated the other way round it is inverted; through a common base both of its sides are of the same day. What was
 * stated goes before what has to be computed, where both are of the same day. Nothing where there is none.
 */
export function rateOn(
  rates: readonly ExchangeRate[],
  from: Currency,
  to: Currency,
  day: string,
): FoundRate | undefined {
  if (from === to) return { rate: '1', onDate: day, source: 'the same currency' };
  const useful = rates.filter(({ onDate, rate }) => isUseful(onDate, day) && parseRate(rate).ok);
  const byDay = Map.groupBy(useful, ({ onDate }) => onDate);
  for (const onDate of [...byDay.keys()].sort().reverse()) {
    const found = among(byDay.get(onDate) ?? [], from, to);
    // One that has no digit left, or too many, is no rate to convert with.
    if (found !== undefined && parseRate(found.rate).ok) return { ...found, onDate };
  }
  return undefined;
}

function isUseful(onDate: string, day: string): boolean {
  const [rated, wanted] = [parseDate(onDate), parseDate(day)];
  if (!rated.ok || !wanted.ok) return false;
  const age = daysBetween(rated.value, wanted.value);
  return age >= 0 && age <= OLDEST_DAYS;
}

/** The rate among those of one day: as stated, inverted, or through the first base that knows both. */
function among(
  rates: readonly ExchangeRate[],
  from: Currency,
  to: Currency,
): Omit<FoundRate, 'onDate'> | undefined {
  const stated = rates.find(({ base, quote }) => base === from && quote === to);
  if (stated !== undefined) return { rate: stated.rate, source: stated.source };
  const inverse = rates.find(({ base, quote }) => base === to && quote === from);
  if (inverse !== undefined) return { rate: quotient('1', inverse.rate), source: inverse.source };
  const worth = (base: string, currency: string): ExchangeRate | undefined =>
    rates.find((rate) => rate.base === base && rate.quote === currency);
  const bases = [...new Set(rates.map(({ base }) => base))].sort();
  for (const base of bases) {
    const [mine, theirs] = [worth(base, from), worth(base, to)];
    if (mine === undefined || theirs === undefined) continue;
    const sources = [...new Set([mine.source, theirs.source])].join(' and ');
    return { rate: quotient(theirs.rate, mine.rate), source: `${sources}, through ${base}` };
  }
  return undefined;
}

/** `over / under` as decimal text of twelve digits that count, rounded half up; exact where that is enough. */
function quotient(over: string, under: string): string {
  const [a, b] = [whole(over), whole(under)];
  // As a fraction of whole numbers: over/10^x by under/10^y.
  const [numerator, denominator] = [
    a.number * 10n ** BigInt(b.digits),
    b.number * 10n ** BigInt(a.digits),
  ];
  const lead = String(numerator / denominator).replace(/^0$/, '').length;
  const zeros = lead > 0 ? 0 : leadingZeros(numerator, denominator);
  const places = Math.max(0, Math.min(DIGITS, DIGITS - lead + zeros));
  const scaled = (numerator * 10n ** BigInt(places) * 2n + denominator) / (2n * denominator);
  const text = String(scaled).padStart(places + 1, '0');
  const decimal = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function leadingZeros(numerator: bigint, denominator: bigint): number {
  let zeros = 0;
  for (let scaled = numerator * 10n; scaled < denominator && zeros < DIGITS; scaled *= 10n) {
    zeros += 1;
  }
  return zeros;
}

function whole(rate: string): { readonly number: bigint; readonly digits: number } {
  const [before = '', after = ''] = rate.split('.');
  return { number: BigInt(before + after), digits: after.length };
}

/** What to do where there is no rate. */
export function noRate(from: string, to: string, day: string): string {
  const date = parseDate(day);
  const on = date.ok ? ` on ${formatDate(date.value)}` : '';
  return `There is no rate from ${from} to ${to}${on} or in the ${OLDEST_DAYS} days before. A treasurer can add one under Rates.`;
}
