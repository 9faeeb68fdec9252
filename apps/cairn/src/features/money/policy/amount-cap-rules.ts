import { amountText, priced, sumOf } from '@cairn/kernel/money';
import { parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import {
  type Case,
  factAmount,
  factNumber,
  factText,
  find,
  inWords,
  type Judging,
  leftOf,
  rulesOf,
  takeOff,
} from './judging-rules.ts';
import { perDiem } from './per-diem-rules.ts';
import type { RuleOf } from './rule-schema.ts';

/** What is paid by a table: days, nights, distances. */
export function judgeAmounts(of: Case): void {
  for (const rule of rulesOf(of, 'per_diem')) judgePerDiem(of, rule);
  for (const rule of rulesOf(of, 'lodging_cap')) {
    for (const one of of.all) if (one.cost.category === 'lodging') capNights(of, one, rule);
  }
  for (const rule of rulesOf(of, 'mileage')) {
    for (const one of of.all) if (one.cost.category === 'mileage') capDistance(of, one, rule);
  }
}

/** A per diem is worth its days, each of which is paid once; and what it stands for is not paid besides. */
function judgePerDiem(of: Case, rule: RuleOf<'per_diem'>): void {
  const paid = new Set<string>();
  for (const one of of.all) {
    if (one.cost.category !== 'per_diem') continue;
    const [from, until] = [factText(one, 'from'), factText(one, 'until')];
    if (!parseDate(from).ok || !parseDate(until).ok) {
      const say = 'Say on which day your trip began and on which day it ended.';
      find(of, one, rule, { kind: 'missing', blocks: true }, say);
      continue;
    }
    const hours = factNumber(one, 'hours');
    const { days } = perDiem(of.policy, {
      from,
      until,
      hours: hours === undefined ? undefined : Number(hours),
      tier: factText(one, 'tier'),
      provided: of.circumstances.provided,
    });
    const anew = days.filter(({ date }) => !paid.has(date));
    for (const { date } of anew) paid.add(date);
    const each = sumOf(anew.map(({ minor }) => minor));
    const worth = priced(
      String(Math.max(1, one.cost.people)),
      amountText(each, of.circumstances.currency),
      of.circumstances.currency,
    );
    const over = leftOf(one) - worth;
    const twice =
      anew.length < days.length ? ' Days that were claimed before are not paid again.' : '';
    takeOff(of, one, rule, over, `These days are worth ${inWords(of, worth)}.${twice}`);
  }
  if (paid.size === 0) return;
  for (const one of of.all) {
    const { category, spentOn } = one.cost;
    if (category === 'per_diem' || !rule.instead_of.includes(category)) continue;
    if (spentOn === null || !paid.has(spentOn)) continue;
    takeOff(of, one, rule, leftOf(one), 'This is paid by the per diem of that day already.');
  }
}

function capNights(of: Case, one: Judging, rule: RuleOf<'lodging_cap'>): void {
  const nights = Number(factNumber(one, 'nights') ?? 0);
  if (nights < 1) {
    const say = 'Say how many nights this is for.';
    find(of, one, rule, { kind: 'missing', blocks: true }, say);
    return;
  }
  const { currency } = of.circumstances;
  const first = parseDate(factText(one, 'first_night') || (one.cost.spentOn ?? ''));
  // Longer than any stay; a slip of the pen must not keep the machine counting.
  const whole = Math.min(Math.trunc(nights), 366);
  const caps = Array.from({ length: whole }, (_, index) => {
    const month = first.ok ? first.value.add({ days: index }).month : undefined;
    return rule.by_month[String(month)] ?? rule.most;
  });
  const tax = rule.tax === 'extra' ? (factAmount(one, 'tax', currency) ?? 0) : 0;
  const most = sumOf([...caps, tax]);
  const over = leftOf(one) - most;
  const besides = tax > 0 ? `, and ${inWords(of, tax)} tax besides` : '';
  const why = `${inWords(of, over)} of this is above what is paid for ${counted(whole, 'night')}${besides}.`;
  takeOff(of, one, rule, over, why);
}

function capDistance(of: Case, one: Judging, rule: RuleOf<'mileage'>): void {
  const distance = factNumber(one, 'distance');
  const unit = rule.unit === 'km' ? 'kilometre' : 'mile';
  if (distance === undefined) {
    find(of, one, rule, { kind: 'missing', blocks: true }, `Say how many ${unit}s you drove.`);
    return;
  }
  const worth = priced(distance, rule.rate, of.circumstances.currency);
  const over = leftOf(one) - worth;
  takeOff(of, one, rule, over, `${distance} ${unit}s are worth ${inWords(of, worth)}.`);
}
