import { type Currency, formatMoney } from '@cairn/kernel/money';
import type { ComponentChildren } from 'preact';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Mark } from '../../../design/mark.tsx';
import { type Column, Table } from '../../../design/table.tsx';
import type { Funder, FundLine } from '../funders/funder-rules.ts';
import { type AskedEntries, journalAddress } from '../journal/journal-address-rules.ts';
import { misses, type Stage, type Standing } from '../journal/journal-rules.ts';
import { spokenFor, sumOfLines } from './budget-rules.ts';
import { StandingBars } from './standing-views.tsx';

/** The ways to look at the budget. */
export const BUDGET_VIEWS = [
  ['line', 'By line'],
  ['category', 'By kind of cost'],
  ['person', 'By person'],
] as const;
export type BudgetView = (typeof BUDGET_VIEWS)[number][0];

/** An entry that let a line be overdrawn. */
export interface Override {
  readonly id: number;
  readonly what: string;
  readonly by: string;
  readonly reason: string;
}

interface FrameProps {
  readonly treasury: string;
  readonly view: BudgetView;
  readonly children: ComponentChildren;
}

/** The ways to look at it, around each of them. */
export function BudgetFrame({ treasury, view, children }: FrameProps) {
  const base = `${treasury}/budget`;
  return (
    <>
      <Menu
        label="How to look at it"
        items={BUDGET_VIEWS.map(([value, label]) => ({
          href: value === 'line' ? base : `${base}?by=${value}`,
          label,
          current: value === view,
        }))}
      />
      {children}
    </>
  );
}

/** An amount that leads to the entries that make it; nothing leads nowhere. */
function Amount(props: {
  minor: number;
  currency: Currency;
  treasury: string;
  asked: AskedEntries;
}) {
  const { minor, currency, treasury, asked } = props;
  const text = formatMoney(minor, currency);
  return minor === 0 ? text : <a href={journalAddress(`${treasury}/journal`, asked)}>{text}</a>;
}

/** The stages from left to paid, in the order in which money walks through them. */
const SPENDING: readonly (readonly [keyof Standing & Stage, string])[] = [
  ['committed', 'Committed'],
  ['claimed', 'Claimed'],
  ['approved', 'Approved'],
  ['paid', 'Paid'],
];

interface LinesProps {
  readonly treasury: string;
  readonly funders: readonly Funder[];
  readonly lines: readonly FundLine[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly overrides: readonly Override[];
}

const EMPTY: Standing = {
  granted: 0,
  left: 0,
  committed: 0,
  claimed: 0,
  uncommitted: 0,
  approved: 0,
  paid: 0,
};

/** Where the money of each line stands. */
export function BudgetByLine({ treasury, funders, lines, standings, overrides }: LinesProps) {
  const of = (line: FundLine): Standing => standings.get(line.id) ?? EMPTY;
  const isExact = lines.every((line) => misses(of(line)) === 0);
  if (lines.length === 0) {
    return (
      <EmptyState next={{ href: `${treasury}/funders`, label: 'Add a funder and its lines.' }}>
        There is no money yet.
      </EmptyState>
    );
  }
  return (
    <>
      <StandingBars
        rows={lines.map((line) => ({
          key: line.id,
          label: line.title,
          currency: line.funder.currency,
          standing: of(line),
        }))}
      />
      {funders.map((funder) => (
        <FunderTable
          key={funder.id}
          treasury={treasury}
          funder={funder}
          lines={lines.filter((line) => line.funder.id === funder.id)}
          standings={standings}
        />
      ))}
      <p>
        {isExact ? (
          <Mark shape="tick" tone="good">
            Every line adds up to what was given
          </Mark>
        ) : (
          <Mark shape="cross" tone="bad">
            A line does not add up
          </Mark>
        )}{' '}
        <a href={`${treasury}/journal/reconciliation`}>Check all sums again</a>
      </p>
      <Overrides treasury={treasury} overrides={overrides} />
      <Actions>
        <ActionLink href={`${treasury}/funders`}>Funders and lines</ActionLink>
      </Actions>
    </>
  );
}

function FunderTable(props: Omit<LinesProps, 'funders' | 'overrides'> & { funder: Funder }) {
  const { treasury, funder, lines, standings } = props;
  const { currency } = funder;
  const sum = sumOfLines(lines, standings);
  const of = (line: FundLine): Standing => standings.get(line.id) ?? EMPTY;
  const column = (
    head: string,
    stage: Stage,
    minorOf: (standing: Standing) => number,
  ): Column<FundLine> => ({
    head,
    kind: 'number',
    cell: (line) => (
      <Amount
        minor={minorOf(of(line))}
        currency={currency}
        treasury={treasury}
        asked={{ lineId: line.id, stages: [stage] }}
      />
    ),
    foot: formatMoney(minorOf(sum), currency),
  });
  return (
    <>
      <Table
        caption={`${funder.name}, in ${currency}`}
        id={`budget-${funder.key}`}
        narrow="scroll"
        wide
        columns={[
          {
            head: 'Line',
            cell: (line: FundLine) => (
              <>
                <a href={`${treasury}/funders/lines/${line.id}`}>{line.title}</a>
                {line.isClosed && ' (closed)'}
                {of(line).left < 0 && (
                  <>
                    {' '}
                    <Mark shape="diamond" tone="bad">
                      overdrawn
                    </Mark>
                  </>
                )}
              </>
            ),
            foot: 'Together',
          },
          column('Given', 'grant', ({ granted }) => granted),
          column('Left', 'left', ({ left }) => left),
          ...SPENDING.map(([stage, head]) => column(head, stage, (standing) => standing[stage])),
        ]}
        rows={lines}
        rowKey={({ id }) => id}
        empty="This funder has no line yet."
      />
      {sum.uncommitted !== 0 && (
        <p>
          Of what is claimed nobody had committed{' '}
          <strong>{formatMoney(sum.uncommitted, currency)}</strong>; it is still in what is left
          until it is approved.
        </p>
      )}
    </>
  );
}

const Overrides = ({ treasury, overrides }: Pick<LinesProps, 'treasury' | 'overrides'>) => (
  <Table
    caption="Overdrawn with a reason"
    note="kept for ever"
    columns={[
      {
        head: 'Entry',
        cell: ({ id }: Override) => <a href={`${treasury}/journal/${id}`}>{id}</a>,
      },
      { head: 'What', cell: ({ what }) => what },
      { head: 'By', cell: ({ by }) => by },
      { head: 'Why', cell: ({ reason }) => reason },
    ]}
    rows={overrides}
    rowKey={({ id }) => String(id)}
    empty="No line was ever overdrawn."
  />
);

/** The columns of what is spoken for, where each amount leads to its entries. */
export function spendingColumns<Row extends { currency: Currency; standing: Standing | undefined }>(
  treasury: string,
  askedFor: (row: Row) => AskedEntries,
): Column<Row>[] {
  const cell = (row: Row, minor: number, stages: readonly Stage[]) => (
    <Amount
      minor={minor}
      currency={row.currency}
      treasury={treasury}
      asked={{ ...askedFor(row), stages }}
    />
  );
  return [
    ...SPENDING.map(([stage, head]) => ({
      head,
      kind: 'number' as const,
      cell: (row: Row) =>
        row.standing === undefined ? '–' : cell(row, row.standing[stage], [stage]),
    })),
    {
      head: 'Together',
      kind: 'number',
      cell: (row) =>
        row.standing === undefined
          ? '–'
          : cell(
              row,
              spokenFor(row.standing),
              SPENDING.map(([stage]) => stage),
            ),
    },
  ];
}
