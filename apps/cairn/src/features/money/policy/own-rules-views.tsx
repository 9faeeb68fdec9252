import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import { EmptyState } from '../../../design/empty.tsx';
import { Day, Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Category, categoryLabel } from '../category-rules.ts';
import { ceilingWords } from '../funders/line-words-rules.ts';
import type { OwnRules, OwnSeat } from './own-rules-queries.ts';
import { RuleSource, RuleWords } from './rule-views.tsx';

interface OwnRulesPageProps {
  readonly home: string;
  readonly rules: readonly OwnRules[];
  /** Why nothing is paid, where that is so. */
  readonly seat: OwnSeat;
}

const NOTHING = {
  self_funded: 'You come at your own expense, so nothing of the summit’s money is for your costs.',
  sponsored: 'Somebody else pays for you, so ask them what they pay and how.',
  host: 'You are a host, so nothing of the summit’s money is for your costs.',
  funded: 'No money of the summit is for you yet. Ask the organisers before you spend anything.',
} as const;

/** What is paid for somebody, in plain words. */
export function OwnRulesPage({ home, rules, seat }: OwnRulesPageProps) {
  if (rules.length === 0) return <EmptyState>{NOTHING[seat ?? 'funded']}</EmptyState>;
  return (
    <>
      {rules.map(({ lines, policy, deadline }) => (
        <Rules key={lines[0]?.id} home={home} lines={lines} policy={policy} deadline={deadline} />
      ))}
    </>
  );
}

const kinds = (categories: readonly Category[]): string =>
  listed(categories.map((category) => categoryLabel(category).toLowerCase()));

function Rules({ home, lines, policy, deadline }: OwnRules & { home: string }) {
  const ceilings = lines.flatMap(ceilingWords);
  const estimated = lines.filter(({ needsEstimate }) => needsEstimate);
  const title = listed([...new Set(lines.map(({ funder }) => funder.name))]);
  const id = `rules-${lines[0]?.key}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title} pays</h2>
      <Facts
        facts={[
          {
            term: 'For',
            value: kinds([...new Set(lines.flatMap(({ categories }) => categories))]),
          },
          ...(ceilings.length === 0 ? [] : [{ term: 'At most', value: listed(ceilings) }]),
          ...(deadline === undefined
            ? []
            : [
                {
                  term: 'Claim by',
                  value: <Day date={expectOk(parseDate(deadline))} />,
                },
              ]),
        ]}
      />
      {estimated.length > 0 && (
        <p>
          <strong>Before you spend anything,</strong>{' '}
          <a href={`${home}/money/estimates`}>propose an estimate</a> for{' '}
          {kinds([...new Set(estimated.flatMap(({ categories }) => categories))])}, and wait until
          it is approved.
        </p>
      )}
      {policy === undefined ? (
        <p>There are no rules yet besides these. Keep the receipt of everything.</p>
      ) : (
        <Table
          caption="The rules"
          id={`table-${id}`}
          columns={[
            {
              head: 'Rule',
              cell: (rule) => (
                <>
                  <RuleWords rule={rule} currency={policy.currency} />
                  {policy.unconfirmed.includes(rule.key) && (
                    <span class="quiet"> (not confirmed for this summit yet)</span>
                  )}
                </>
              ),
            },
            { head: 'Where it is from', cell: (rule) => <RuleSource rule={rule} /> },
          ]}
          rows={policy.rules}
          rowKey={({ key }) => key}
          empty=""
        />
      )}
    </section>
  );
}
