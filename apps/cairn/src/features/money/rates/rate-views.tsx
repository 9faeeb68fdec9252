import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  DateField,
  FileField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Day } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import { CURRENCY_OPTIONS } from '../funders/funder-schema.ts';
import { textIn } from '../typed-rules.ts';
import type { KeptRateLine, Paged } from './rate-queries.ts';
import { type ExchangeRate, OLDEST_DAYS } from './rate-rules.ts';

interface RatesPageProps {
  /** The address of this page. */
  readonly base: string;
  readonly rates: Paged<ExchangeRate>;
  readonly currency: string;
  readonly page: number;
  readonly pages: number;
  /** How many lines of files wait to be mended. */
  readonly kept: number;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}

/** What currencies were worth on which day, and one more by hand. */
export function RatesPage(props: RatesPageProps) {
  const { base, rates, currency, page, pages, kept, typed, problems } = props;
  const query = (to: number) => `${base}?${new URLSearchParams({ currency, page: String(to) })}`;
  return (
    <>
      <p>
        A cost in another currency is converted by the rate of the day on which it was spent, or the
        last one in the {OLDEST_DAYS} days before. The rate is kept with the cost when it is
        submitted, so what changes here later changes nothing that was asked for.
      </p>
      <Actions>
        <ActionLink href={`${base}/import`}>Read a file of rates</ActionLink>
        <a href="#add">Add one by hand</a>
        {kept > 0 && (
          <a href={`${base}/kept`}>{counted(kept, 'line waits', 'lines wait')} to be mended</a>
        )}
      </Actions>
      <Form action={base} method="get" label="Filter" scope="filter">
        <Select
          name="currency"
          label="Currency"
          optional
          empty="All"
          options={CURRENCY_OPTIONS}
          value={currency}
        />
        <Actions>
          <SubmitButton weight="ordinary">Show</SubmitButton>
        </Actions>
      </Form>
      <Table
        caption="Rates"
        note={counted(rates.total, 'rate')}
        narrow="scroll"
        columns={[
          {
            head: 'Day',
            kind: 'date',
            cell: ({ onDate }: ExchangeRate) => <Day date={expectOk(parseDate(onDate))} />,
          },
          { head: 'One', cell: ({ base: one }) => one },
          { head: 'Was worth', kind: 'number', cell: ({ rate, quote }) => `${rate} ${quote}` },
          { head: 'Source', cell: ({ source }) => source },
        ]}
        rows={rates.rows}
        rowKey={({ onDate, base: one, quote }) => `${onDate} ${one} ${quote}`}
        empty={
          <EmptyState>
            No rates yet. They are needed as soon as somebody spends in a currency that is not the
            funder’s.
          </EmptyState>
        }
      />
      <Pager label="Rates" page={page} pages={pages} href={query} />
      <h2 id="add">Add a rate</h2>
      <Form action={base} problems={problems} label="Add a rate">
        <RateFields typed={typed} />
        <Actions>
          <SubmitButton>Add this rate</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

function RateFields({ typed }: { typed: Typed }) {
  const value = (name: string): string => textIn(typed, name);
  return (
    <>
      <DateField name="on_date" label="Day" value={value('on_date')} />
      <Select
        name="base"
        label="One"
        empty="Choose"
        options={CURRENCY_OPTIONS}
        value={value('base')}
      />
      <NumberField
        name="rate"
        label="Was worth"
        hint="Such as 1.0823; all digits count."
        width="short"
        decimal
        value={value('rate')}
      />
      <Select
        name="quote"
        label="Of this currency"
        empty="Choose"
        options={CURRENCY_OPTIONS}
        value={value('quote')}
      />
      <TextField
        name="source"
        label="Source"
        hint="Who says so: a bank, a card statement, a web page."
        value={value('source')}
      />
    </>
  );
}

/** Where a file of rates is sent. */
export function RateFilePage(props: {
  readonly action: string;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}) {
  const value = (name: string): string => textIn(props.typed, name);
  return (
    <Form action={props.action} problems={props.problems} multipart label="A file of rates">
      <p>
        Two forms of CSV are read: the history of the European Central Bank as it can be downloaded
        there (a column for each currency), and a list with the columns date, base, quote, rate and
        source. Good lines are taken at once; the others are listed with the reason and wait.
      </p>
      <FileField name="file" label="File" accept=".csv,text/csv,text/plain" optional />
      <TextArea
        name="csv"
        label="Or paste it"
        rows={6}
        optional
        value={value('csv')}
        hint="With the line of the columns’ names."
      />
      <DateField
        name="from"
        label="From this day on"
        hint="What is older is left out; the bank’s history begins in 1999."
        value={value('from')}
      />
      <Select
        name="base"
        label="Currency of the file"
        hint="Where each currency has a column: the one that they are given for."
        options={CURRENCY_OPTIONS}
        value={value('base')}
      />
      <TextField name="source" label="Source, where the file names none" value={value('source')} />
      <Actions>
        <SubmitButton>Read the rates</SubmitButton>
      </Actions>
    </Form>
  );
}

interface KeptPageProps {
  readonly base: string;
  readonly kept: Paged<KeptRateLine>;
  readonly page: number;
  readonly pages: number;
}

/** Lines of files that could not be taken. */
export function KeptRatesPage({ base, kept, page, pages }: KeptPageProps) {
  return (
    <>
      <Table
        caption="Lines that were not taken"
        note={counted(kept.total, 'line')}
        columns={[
          {
            head: 'Line',
            cell: ({ id, fileName, line }: KeptRateLine) => (
              <a href={`${base}/kept/${id}`}>
                {fileName}, line {line}
              </a>
            ),
          },
          { head: 'Why', cell: ({ reason }) => reason },
          { head: 'As it stands in the file', cell: ({ raw }) => <code>{shortened(raw)}</code> },
        ]}
        rows={kept.rows}
        rowKey={({ id }) => id}
        empty="Every line that was read could be taken."
      />
      <Pager
        label="Lines that were not taken"
        page={page}
        pages={pages}
        href={(to) => `${base}/kept?page=${to}`}
      />
      {kept.total > 0 && (
        <Form action={`${base}/kept`} label="Drop all lines">
          <HiddenField name="do" value="drop" />
          <Actions>
            <SubmitButton weight="plain">Drop all {counted(kept.total, 'line')}</SubmitButton>
            <a href={`${base}/kept.csv`}>Download them</a>
          </Actions>
        </Form>
      )}
    </>
  );
}

const shortened = (raw: string): string => (raw.length > 120 ? `${raw.slice(0, 120)}…` : raw);

/** A line that was kept, to be mended or dropped. */
export function KeptRatePage(props: {
  readonly action: string;
  readonly line: KeptRateLine;
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
}) {
  const { action, line, typed, problems } = props;
  return (
    <>
      <p>
        <code>{line.raw}</code>
      </p>
      <p>{line.reason}</p>
      <Form action={action} problems={problems} label="The rate that was meant">
        <RateFields typed={typed} />
        <Actions>
          <SubmitButton>Take it like this</SubmitButton>
          <SubmitButton weight="plain" name="do" value="drop">
            Drop this line
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
