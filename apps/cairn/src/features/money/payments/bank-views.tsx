import { expectCurrency, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TickBox } from '../../../design/boxes.tsx';
import {
  CheckboxGroup,
  FileField,
  HiddenField,
  type Option,
  RadioGroup,
  Select,
  TextArea,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { BankMatch } from './bank-match-rules.ts';
import type { BankRow, OtherRow } from './bank-row-rules.ts';

interface BankFileProps {
  readonly action: string;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly funders: readonly Option[];
}

/** Takes a bank's list as a file or as text. */
export function BankFilePage({ action, typed, problems, funders }: BankFileProps) {
  return (
    <Form action={action} problems={problems} multipart label="A file of the bank">
      <p>
        The list of a bank account, or a spreadsheet of payments, saved as CSV. It works as it
        comes: you see what was understood, and can mend it, before anything is kept.
      </p>
      <Select
        name="funder"
        label="Whose account it is"
        options={funders}
        value={textIn(typed, 'funder')}
        empty="choose the funder"
      />
      <FileField name="file" label="The file" accept=".csv,.tsv,.txt,text/csv" optional />
      <TextArea
        name="csv"
        label="Or the list as text"
        hint="A file, if you choose one, replaces this text."
        value={textIn(typed, 'csv')}
        rows={6}
        optional
      />
      <Actions>
        <SubmitButton>Show what was understood</SubmitButton>
      </Actions>
    </Form>
  );
}

/** So many rows of a long list are shown; all of them are kept. */
const SHOWN = 100;

interface PreviewProps {
  readonly action: string;
  /** The mapping, the text and the file's name as the form carries them. */
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly funder: string;
  readonly headers: readonly string[];
  /** What the reader has to decide. */
  readonly doubts: readonly string[];
  readonly rows: readonly BankRow[];
  readonly matches: readonly BankMatch[];
  readonly others: readonly OtherRow[];
}

const DATE_FORMS: readonly Option[] = [
  { value: 'ymd', label: 'year first: 2023-05-21' },
  { value: 'dmy', label: 'day first: 21.05.2023' },
  { value: 'mdy', label: 'month first: 05/21/2023' },
];
const NUMBER_FORMS: readonly Option[] = [
  { value: 'point', label: 'a point before the cents: 1,234.56' },
  { value: 'comma', label: 'a comma before the cents: 1.234,56' },
];
const PAID_FORMS: readonly Option[] = [
  { value: 'negative', label: 'with a minus' },
  { value: 'positive', label: 'without a sign' },
];

/** What a bank's list was understood to say; nothing of it is kept yet. */
export function BankPreviewPage(props: PreviewProps) {
  const { action, typed, problems, funder, doubts, rows, matches, others } = props;
  const found = rows.flatMap((row, index) => {
    const match = matches[index];
    return match?.due === undefined ? [] : [{ row, due: match.due, how: match.how }];
  });
  const open = rows.flatMap((row, index) => {
    const match = matches[index];
    return match === undefined || match.due !== undefined ? [] : [{ row, reason: match.reason }];
  });
  const unreadable = others.filter(({ kind }) => kind === 'unreadable');
  const incoming = others.length - unreadable.length;
  return (
    <>
      {doubts.map((doubt) => (
        <p key={doubt} class="notice info">
          {doubt}
        </p>
      ))}
      <Form action={action} problems={problems} label="What was understood" wide>
        {['funder', 'csv', 'file_name', 'header_line'].map((name) => (
          <HiddenField key={name} name={name} value={textIn(typed, name)} />
        ))}
        <MappingFields {...props} />
        <Actions>
          <SubmitButton weight="ordinary" name="do" value="read">
            Read it again with these columns
          </SubmitButton>
        </Actions>
        <p>
          {counted(rows.length, 'payment')} of {funder}:{' '}
          {counted(found.length, 'claim was', 'claims were')} found,{' '}
          {counted(open.length, 'row waits', 'rows wait')} for somebody,{' '}
          {counted(unreadable.length, 'row', 'rows')} cannot be read
          {incoming > 0 && `, ${counted(incoming, 'row is', 'rows are')} money that came in`}. All
          of them are kept.
        </p>
        <Table
          caption="Payments that will be recorded"
          note={String(found.length)}
          columns={[
            { head: 'Line', kind: 'number', cell: ({ row }: (typeof found)[number]) => row.line },
            { head: 'Day', kind: 'date', cell: ({ row }) => row.paidOn },
            { head: 'In the file', namesRow: true, cell: ({ row }) => wordsOf(row) },
            {
              head: 'Paid',
              kind: 'number',
              cell: ({ row }) => formatMoney(row.minor, row.currency),
            },
            { head: 'Claim', cell: ({ due }) => `C-${due.number}, ${due.payee}` },
            {
              head: 'Found by',
              cell: ({ how }) => (how === 'number' ? 'its number' : 'amount and payee'),
            },
            {
              head: 'Record',
              cell: ({ row, due }) => (
                <TickBox
                  name="record[]"
                  label={`Record the payment of C-${due.number} in line ${row.line}`}
                  value={String(row.line)}
                  checked
                />
              ),
            },
          ]}
          rows={found}
          rowKey={({ row }) => String(row.line)}
          empty="No row names a claim that is owed."
        />
        <Table
          caption="Rows without a claim"
          note={counted(open.length, 'row')}
          columns={[
            { head: 'Line', kind: 'number', cell: ({ row }: (typeof open)[number]) => row.line },
            { head: 'In the file', namesRow: true, cell: ({ row }) => wordsOf(row) },
            {
              head: 'Amount',
              kind: 'number',
              cell: ({ row }) => formatMoney(row.minor, row.currency),
            },
            { head: 'Why', cell: ({ reason }) => reason },
          ]}
          rows={open.slice(0, SHOWN)}
          rowKey={({ row }) => String(row.line)}
          empty="None."
        />
        <More count={open.length} />
        <Table
          caption="Rows that cannot be read"
          note={counted(unreadable.length, 'row')}
          columns={[
            { head: 'Line', kind: 'number', cell: ({ line }: OtherRow) => line },
            { head: 'In the file', namesRow: true, cell: ({ raw }) => cut(raw) },
            { head: 'Why', cell: ({ reason }) => reason },
          ]}
          rows={unreadable.slice(0, SHOWN)}
          rowKey={({ line }) => String(line)}
          empty="None."
        />
        <More count={unreadable.length} />
        <Actions>
          <SubmitButton name="do" value="keep">
            Keep the rows and record the payments
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const cut = (raw: string): string => (raw.length > 160 ? `${raw.slice(0, 160)}…` : raw);

const wordsOf = ({ payee, reference }: Pick<BankRow, 'payee' | 'reference'>): string =>
  [payee, reference].filter((part) => part !== '').join(' · ') || '–';

const More = ({ count }: { count: number }) =>
  count <= SHOWN ? null : (
    <p class="quiet">
      {counted(count - SHOWN, 'more row is', 'more rows are')} not shown here, and kept too.
    </p>
  );

/** Which column says what, and how days and numbers are written. */
function MappingFields({ headers, typed }: Pick<PreviewProps, 'headers' | 'typed'>) {
  const columns = headers.map((head, index) => ({ value: String(index), label: head }));
  const reference = typed['reference[]'];
  const field = (name: string, label: string, empty = 'none') => (
    <Select
      name={name}
      label={label}
      options={columns}
      value={textIn(typed, name)}
      empty={empty}
      optional={name !== 'date'}
    />
  );
  return (
    <details open>
      <summary>Columns</summary>
      {field('date', 'Day of the payment', 'choose a column')}
      {field('amount', 'Amount')}
      {field('out', 'Amount that went out, where it has a column of its own')}
      {field('payee', 'Payee')}
      {field('currency', 'Currency')}
      <CheckboxGroup
        name="reference[]"
        label="Reference"
        options={columns}
        values={typeof reference === 'string' ? [reference] : (reference ?? [])}
      />
      <RadioGroup
        name="date_form"
        label="Days are written with the"
        options={DATE_FORMS}
        value={textIn(typed, 'date_form')}
      />
      <RadioGroup
        name="number_form"
        label="Numbers are written with"
        options={NUMBER_FORMS}
        value={textIn(typed, 'number_form')}
      />
      <RadioGroup
        name="paid_is"
        label="What was paid stands"
        options={PAID_FORMS}
        value={textIn(typed, 'paid_is')}
      />
    </details>
  );
}

/** An amount of a kept row, where it has one. */
export const rowMoney = (minor: number | null, currency: string | null): string =>
  minor === null || currency === null ? '–' : formatMoney(minor, expectCurrency(currency));
