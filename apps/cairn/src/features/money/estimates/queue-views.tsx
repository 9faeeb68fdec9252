import { type Currency, formatMoney } from '@cairn/kernel/money';
import type { ZoneName } from '@cairn/kernel/time';
import { Menu } from '../../../design/layout.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { FundLine } from '../funders/funder-rules.ts';
import { EstimateMark } from './estimate-parts-views.tsx';
import type { NamedEstimate } from './estimate-queries.ts';
import { type EstimateItem, type EstimateState, estimateTitle } from './estimate-rules.ts';

/** What a treasurer looks at: by what is to be done, then all. */
export const ESTIMATE_FILTERS: readonly (readonly [
  key: string,
  label: string,
  states: readonly EstimateState[],
])[] = [
  ['waiting', 'To decide', ['submitted', 'second_look']],
  ['second_look', 'Second look', ['second_look']],
  ['returned', 'With the person', ['returned']],
  ['approved', 'Approved', ['approved']],
  ['settled', 'Settled', ['declined', 'withdrawn', 'closed']],
];

/** Somebody who should have an estimate by now and has none. */
export interface Missing {
  readonly personId: string;
  readonly name: string;
}

interface ListProps {
  readonly home: string;
  readonly filter: string;
  readonly counts: Readonly<Partial<Record<EstimateState, number>>>;
  readonly estimates: readonly NamedEstimate[];
  readonly lines: readonly FundLine[];
  readonly missing: readonly Missing[];
  readonly zone: ZoneName;
  readonly readerId: string;
}

/** What an estimate asks for or got, by currency: sums of one currency only are added up. */
function sums(
  items: readonly EstimateItem[],
  lines: readonly FundLine[],
  of: 'minor' | 'capMinor',
): string {
  const byCurrency = new Map<Currency, number>();
  for (const item of items) {
    const currency = lines.find(({ id }) => id === item.lineId)?.funder.currency;
    const minor = item[of];
    if (currency === undefined || minor === null) continue;
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor);
  }
  return [...byCurrency].map(([currency, minor]) => formatMoney(minor, currency)).join(' + ');
}

/** All estimates, what waits first. */
export function EstimatesPage(props: ListProps) {
  const { home, filter, counts, estimates, lines, missing, zone, readerId } = props;
  const count = (states: readonly EstimateState[]): number =>
    states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return (
    <>
      <Menu
        label="Which estimates"
        items={ESTIMATE_FILTERS.map(([key, label, states]) => ({
          href: `${home}/treasury/estimates?show=${key}`,
          label: `${label} (${count(states)})`,
          current: key === filter,
        }))}
      />
      <Table
        caption="Estimates"
        rows={estimates}
        rowKey={({ id }) => id}
        empty="None is here."
        wide
        columns={[
          {
            head: 'Estimate',
            cell: (each) => (
              <a href={`${home}/treasury/estimates/${each.number}`}>{estimateTitle(each)}</a>
            ),
          },
          {
            head: 'Whose',
            cell: ({ name, personId }) =>
              personId === readerId ? `${name} (you: another treasurer decides)` : name,
          },
          { head: 'State', cell: ({ state }) => <EstimateMark state={state} /> },
          { head: 'Asks', kind: 'number', cell: ({ items }) => sums(items, lines, 'minor') },
          { head: 'Caps', kind: 'number', cell: ({ items }) => sums(items, lines, 'capMinor') },
          {
            head: 'Submitted',
            cell: ({ submittedAt }) =>
              submittedAt !== null && <When instant={submittedAt} zone={zone} />,
          },
        ]}
      />
      {missing.length > 0 && (
        <Table
          caption="Who should have one"
          note="a line that wants estimates pays for them, and they have proposed none"
          rows={missing}
          rowKey={({ personId }) => personId}
          empty=""
          columns={[{ head: 'Name', cell: ({ name }) => name }]}
        />
      )}
      <p>
        <a href={`${home}/treasury/estimates/reminders`}>When people are reminded of estimates</a>
      </p>
    </>
  );
}
