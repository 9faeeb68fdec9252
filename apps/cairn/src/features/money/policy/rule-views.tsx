import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { MONTHS } from '@cairn/kernel/words';
import { Day } from '../../../design/prose.tsx';
import type { Rule, RuleOf } from './rule-schema.ts';
import { ruleWords } from './rule-words-rules.ts';

/** A rule in words, with its table or list where it has one. */
export const RuleWords = ({ rule, currency }: { rule: Rule; currency: Currency }) => (
  <>
    {ruleWords(rule, currency)}
    <Details rule={rule} currency={currency} />
  </>
);

/** Where a rule is from. */
export const RuleSource = ({ rule }: { rule: Rule }) => (
  <>
    {rule.link === undefined ? rule.source : <a href={rule.link}>{rule.source}</a>},{' '}
    <Day date={expectOk(parseDate(rule.source_date))} />
  </>
);

function Details({ rule, currency }: { rule: Rule; currency: Currency }) {
  switch (rule.kind) {
    case 'per_diem':
      return (
        <Folded summary="What a day is worth" items={rule.tiers.map((t) => tier(t, currency))} />
      );
    case 'lodging_cap': {
      const months = Object.entries(rule.by_month).map(
        ([month, most]) => `${MONTHS[Number(month) - 1]}: ${formatMoney(most, currency)}`,
      );
      return months.length === 0 ? null : <Folded summary="By month" items={months} />;
    }
    case 'carrier_record':
      return (
        <>
          <Folded
            summary="Which carriers"
            items={rule.carriers.map(({ code, name }) => `${name} (${code})`)}
          />
          {rule.exceptions.length > 0 && (
            <Folded summary="Which exceptions" items={rule.exceptions.map(({ words }) => words)} />
          )}
        </>
      );
    default:
      return null;
  }
}

function tier(of: RuleOf<'per_diem'>['tiers'][number], currency: Currency): string {
  const money = (minor: number): string => formatMoney(minor, currency);
  const { breakfast, lunch, dinner, incidentals } = of;
  return `${of.title}: ${money(sumOf([breakfast, lunch, dinner, incidentals]))}, of which breakfast ${money(breakfast)}, lunch ${money(lunch)}, dinner ${money(dinner)}, incidentals ${money(incidentals)}`;
}

const Folded = ({ summary, items }: { summary: string; items: readonly string[] }) => (
  <details>
    <summary>{summary}</summary>
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  </details>
);
