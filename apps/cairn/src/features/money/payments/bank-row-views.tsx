import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { DateField, HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Menu } from '../../../design/layout.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { KeptBankRow } from './bank-queries.ts';
import { ROW_STATES, type RowState } from './bank-row-rules.ts';
import { rowMoney } from './bank-views.tsx';
import { type Due, stillOwed } from './payment-rules.ts';

const STATE_LABELS: Readonly<Record<RowState, string>> = {
  unmatched: 'Without a claim',
  unreadable: 'Cannot be read',
  set_aside: 'Set aside',
  matched: 'Matched',
  known: 'Known before',
};

interface RowsProps {
  readonly base: string;
  readonly state: RowState;
  readonly counts: Readonly<Record<RowState, number>>;
  readonly rows: readonly KeptBankRow[];
  readonly page: number;
  readonly pages: number;
  readonly refused?: { readonly typed: Typed; readonly problems: readonly Problem[] } | undefined;
}

/** The rows of all bank files, by how they stand. */
export function BankRowsPage({ base, state, counts, rows, page, pages, refused }: RowsProps) {
  const isOpen = state === 'unmatched' || state === 'unreadable' || state === 'set_aside';
  return (
    <>
      <Menu
        label="Which rows"
        items={ROW_STATES.map((value) => ({
          href: `${base}/rows?state=${value}`,
          label: `${STATE_LABELS[value]} (${counts[value]})`,
          current: value === state,
        }))}
      />
      <Table
        caption="Rows of bank files"
        note={STATE_LABELS[state].toLowerCase()}
        columns={[
          {
            head: 'In the file',
            cell: ({ id, payee, reference, raw }: KeptBankRow) => {
              const words = [payee, reference].filter((part) => part !== '').join(' · ');
              const shown = (words || raw).slice(0, 120);
              return isOpen ? <a href={`${base}/rows/${id}`}>{shown}</a> : shown;
            },
          },
          { head: 'Day', kind: 'date', cell: ({ paidOn }) => paidOn ?? '–' },
          {
            head: 'Amount',
            kind: 'number',
            cell: ({ minor, currency }) => rowMoney(minor, currency),
          },
          { head: 'File', cell: ({ fileName, line }) => `${fileName}, line ${line}` },
          {
            head: 'Why',
            cell: ({ reason, paymentId }) =>
              paymentId === null ? reason : <a href={`${base}/${paymentId}`}>its payment</a>,
          },
        ]}
        rows={rows}
        rowKey={({ id }) => id}
        empty="There is no such row."
      />
      <Pager
        label="rows"
        page={page}
        pages={pages}
        href={(to) => `${base}/rows?state=${state}&page=${to}`}
      />
      {state === 'unreadable' && counts.unreadable > 0 && (
        <>
          <Actions>
            <ActionLink href={`${base}/rows/unreadable.csv`}>Get these rows as CSV</ActionLink>
          </Actions>
          <Form action={`${base}/rows`} problems={refused?.problems} label="Set all of them aside">
            <p>Mend the lines in the file and read it again; then set the broken ones aside.</p>
            <TextField
              name="reason"
              label="Why all of them are set aside"
              value={textIn(refused?.typed ?? {}, 'reason')}
            />
            <Actions>
              <SubmitButton weight="ordinary">Set all of them aside</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}

interface RowProps {
  readonly action: string;
  readonly row: KeptBankRow;
  /** What the funder still owes. */
  readonly dues: readonly Due[];
  readonly typed: Typed;
  readonly matchProblems?: readonly Problem[] | undefined;
  readonly asideProblems?: readonly Problem[] | undefined;
}

/** One row that waits: which claim it pays, or why it pays none. */
export function BankRowPage(props: RowProps) {
  const { action, row, dues, typed, matchProblems, asideProblems } = props;
  const { funder, funderCurrency } = row;
  return (
    <>
      <Facts
        facts={[
          { term: 'File', value: `${row.fileName}, line ${row.line}` },
          { term: 'The row', value: <code>{row.raw.slice(0, 500)}</code> },
          ...(row.payee === '' ? [] : [{ term: 'Payee', value: row.payee }]),
          ...(row.reference === '' ? [] : [{ term: 'Reference', value: row.reference }]),
          ...(row.minor === null
            ? []
            : [{ term: 'Amount', value: rowMoney(row.minor, row.currency) }]),
          { term: 'Why it waits', value: row.reason || '–' },
        ]}
      />
      <h2 id="match">It pays a claim</h2>
      {dues.length === 0 ? (
        <p>{funder} owes nothing at the moment, so no claim can be chosen.</p>
      ) : (
        <Form action={action} problems={matchProblems} label="Match with a claim" scope="match">
          <HiddenField name="do" value="match" />
          <Select
            name="claim"
            label="Claim"
            options={dues.map((due) => ({
              value: due.claimId,
              label: `C-${due.number}, ${due.payee}: ${formatMoney(stillOwed(due), due.currency)} owed`,
            }))}
            value={textIn(typed, 'claim')}
            empty="choose one"
          />
          <TextField
            name="amount"
            label={`Amount in ${funderCurrency}`}
            value={textIn(typed, 'amount')}
            inputmode="decimal"
            width="short"
          />
          <DateField name="paid_on" label="Paid on" value={textIn(typed, 'paid_on')} />
          <Actions>
            <SubmitButton>Record this payment</SubmitButton>
          </Actions>
        </Form>
      )}
      <h2 id="aside">It pays no claim</h2>
      <Form action={action} problems={asideProblems} label="Set it aside" scope="aside">
        <HiddenField name="do" value="aside" />
        <TextArea
          name="reason"
          label="Why"
          hint="Such as “bank fee” or “paid for something else”."
          value={textIn(typed, 'reason')}
          rows={2}
        />
        <Actions>
          <SubmitButton weight="ordinary">Set it aside</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
