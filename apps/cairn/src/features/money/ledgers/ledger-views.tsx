import { formatMoney, sumOf } from '@cairn/kernel/money';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import type { Funder } from '../funders/funder-rules.ts';
import {
  differsBy,
  type Evidence,
  type Ledger,
  type LedgerPayee,
  lacksOf,
  payeesIn,
  summitLacks,
  sumsOf,
} from './ledger-rules.ts';
import { participantWord } from './ledger-sheet-rules.ts';

interface LedgersProps {
  readonly base: string;
  readonly funders: readonly Funder[];
  readonly publication: string;
}

/** The funders, each with what goes out to it. */
export function LedgersPage({ base, funders, publication }: LedgersProps) {
  return (
    <>
      {funders.length === 0 ? (
        <EmptyState>There is no funder yet, so there is nothing to account for.</EmptyState>
      ) : (
        <Table
          caption="What each funder gets"
          columns={[
            {
              head: 'Funder',
              cell: ({ key, name }: Funder) => <a href={`${base}/${key}`}>{name}</a>,
            },
            { head: 'Award', cell: ({ award }) => award || '–' },
            {
              head: 'Ledger',
              cell: ({ key }) => (
                <>
                  <a href={`${base}/${key}/ledger.xlsx`}>XLSX</a>{' '}
                  <a href={`${base}/${key}/ledger.csv`}>CSV</a>
                </>
              ),
            },
            {
              head: 'Papers',
              cell: ({ key }) => <a href={`${base}/${key}/bundle`}>One PDF for each person</a>,
            },
            {
              head: 'Budget',
              cell: ({ key }) => <a href={`${base}/${key}/nsf`}>In NSF’s lines</a>,
            },
          ]}
          rows={funders}
          rowKey={({ id }) => id}
          empty=""
        />
      )}
      <Actions>
        <ActionLink href={publication}>The public table</ActionLink>
      </Actions>
    </>
  );
}

interface LedgerProps {
  readonly base: string;
  readonly treasury: string;
  readonly ledger: Ledger;
  readonly evidence: Evidence;
}

/** A funder's ledger: its lines, its payees, and what its documents still lack. */
export function LedgerPage({ base, treasury, ledger, evidence }: LedgerProps) {
  const { funder, entries, lines } = ledger;
  const money = (minor: number) => formatMoney(minor, funder.currency);
  const payees = payeesIn(ledger);
  const all = sumsOf(entries);
  const byLine = lines.map((line) => ({
    ...line,
    sums: sumsOf(entries.filter(({ lineId }) => lineId === line.id)),
  }));
  const apart = sumOf(byLine.map(({ sums, stands }) => Math.abs(differsBy(sums.approved, stands))));
  return (
    <>
      <Actions>
        <ActionLink href={`${base}/ledger.xlsx`}>Ledger as XLSX</ActionLink>
        <ActionLink href={`${base}/ledger.csv`}>Ledger as CSV</ActionLink>
        <ActionLink href={`${base}/bundle`}>Bundles for each person</ActionLink>
        <ActionLink href={`${base}/nsf`}>Budget in NSF’s lines</ActionLink>
      </Actions>
      <p>
        {apart === 0 ? (
          <Mark shape="tick" tone="good">
            The costs add up to the journal, to the last {funder.currency} cent.
          </Mark>
        ) : (
          <Mark shape="triangle" tone="bad">
            The costs differ from the journal by {money(apart)}; a correction may be the reason.
          </Mark>
        )}
      </p>
      {summitLacks(funder, evidence).map((sentence) => (
        <p key={sentence}>
          <Mark shape="ring" tone="warn">
            {sentence}
          </Mark>
        </p>
      ))}
      <Table
        caption="Lines"
        columns={[
          { head: 'Line', cell: ({ title }: (typeof byLine)[number]) => title, foot: 'All' },
          {
            head: 'Granted',
            kind: 'number',
            cell: ({ stands }) => money(stands.granted),
            foot: money(sumOf(byLine.map(({ stands }) => stands.granted))),
          },
          {
            head: 'Asked',
            kind: 'number',
            cell: ({ sums }) => money(sums.asked),
            foot: money(all.asked),
          },
          {
            head: 'Approved',
            kind: 'number',
            cell: ({ sums }) => money(sums.approved),
            foot: money(all.approved),
          },
          {
            head: 'Paid',
            kind: 'number',
            cell: ({ sums }) => money(sums.paid),
            foot: money(all.paid),
          },
          {
            head: 'Left',
            kind: 'number',
            cell: ({ stands }) => money(stands.left),
            foot: money(sumOf(byLine.map(({ stands }) => stands.left))),
          },
        ]}
        rows={byLine}
        rowKey={({ id }) => id}
        empty="This funder has no line yet."
      />
      <Table
        caption="People and suppliers"
        note={counted(entries.length, 'cost')}
        columns={[
          {
            head: 'Payee',
            cell: ({ payee, entries: own }: LedgerPayee) => (
              <>
                {payee}{' '}
                {[...new Set(own.map(({ number }) => number))].map((number) => (
                  <a key={number} href={`${treasury}/claims/${number}`}>
                    C-{number}{' '}
                  </a>
                ))}
              </>
            ),
            foot: 'All',
          },
          { head: 'Counts as', cell: ({ personId }) => participantWord(ledger, personId) },
          {
            head: 'Asked',
            kind: 'number',
            cell: (payee) => money(sumsOf(payee.entries).asked),
            foot: money(all.asked),
          },
          {
            head: 'Approved',
            kind: 'number',
            cell: (payee) => money(sumsOf(payee.entries).approved),
            foot: money(all.approved),
          },
          {
            head: 'Paid',
            kind: 'number',
            cell: (payee) => money(sumsOf(payee.entries).paid),
            foot: money(all.paid),
          },
          {
            head: 'Still missing',
            cell: (payee) => {
              const lacks = lacksOf(funder, payee, evidence);
              return lacks.length === 0 ? 'nothing' : lacks.join('; ');
            },
          },
        ]}
        rows={payees}
        rowKey={({ no }) => String(no)}
        empty="Nobody claimed anything of this funder yet."
      />
    </>
  );
}
