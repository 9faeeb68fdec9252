import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { FileField, HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import type { AttendanceTable, AttendedRow, LeftRow } from './evidence-csv.ts';
import { markValue } from './evidence-marks.ts';
import type { Occasion } from './evidence-occasions.ts';
import type { GridPerson } from './evidence-queries.ts';

interface GridProps {
  /** The address of this very page, with its filter. */
  readonly action: string;
  readonly people: readonly GridPerson[];
  readonly occasions: readonly Occasion[];
  /** The boxes ticked in the database when the page was first made, and those ticked now. */
  readonly shown: ReadonlySet<string>;
  readonly ticked: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly personHref: (personId: string) => string;
}

/** The boxes stand outside their form, so that the table may use the margin too. */
const GRID_FORM = 'attendance';

/** People down, meetings and days across: a tick is a fact. What has not begun has no box yet. */
function AttendanceGrid(props: GridProps) {
  const { action, people, occasions, shown, ticked, problems, personHref } = props;
  const columns: Column<GridPerson>[] = [
    {
      head: 'Name',
      cell: ({ personId, name }) => <a href={personHref(personId)}>{name}</a>,
      namesRow: true,
    },
    ...occasions.map((occasion) => ({
      head: occasion.brief,
      cell: ({ personId, name }: GridPerson) => {
        const value = markValue(personId, occasion);
        if (!occasion.hasBegun && !ticked.has(value)) return <span class="quiet">to come</span>;
        return (
          <span class="choice">
            <input
              type="checkbox"
              form={GRID_FORM}
              name="on[]"
              value={value}
              checked={ticked.has(value)}
              aria-label={`${name}: ${occasion.label}`}
            />
          </span>
        );
      },
    })),
  ];
  return (
    <>
      <ErrorSummary problems={problems} />
      <Table
        caption="Who was there"
        columns={columns}
        rows={people}
        rowKey={({ personId }) => personId}
        empty="Nobody fits."
        wide
      />
      <form
        class="form"
        id={GRID_FORM}
        method="post"
        action={action}
        aria-label="Attendance and presence"
      >
        {[...shown].map((value) => (
          <input key={value} type="hidden" name="was[]" value={value} />
        ))}
        <Actions>
          <SubmitButton>Save what changed</SubmitButton>
        </Actions>
      </form>
    </>
  );
}

interface AttendancePageProps {
  readonly home: string;
  readonly name: string;
  readonly page: number;
  readonly pages: number;
  readonly hrefOfPage: (page: number) => string;
  readonly grid: GridProps;
  readonly csv: CsvFormProps;
}

/** Everything for recording by hand or from a file. */
export function AttendancePage({
  home,
  name,
  page,
  pages,
  hrefOfPage,
  grid,
  csv,
}: AttendancePageProps) {
  const isEmpty = grid.people.length === 0 && name === '';
  return (
    <>
      <p>
        Tick who was at each planning meeting, who has arrived, and who was there on each day. Only
        what you change is saved, so two organisers can tick at the same time. Until something is
        recorded for at least one person, nobody counts as having missed it.
      </p>
      {isEmpty ? (
        <EmptyState next={{ href: `${home}/organise/people`, label: 'Add people' }}>
          Nobody has been asked to this summit yet.
        </EmptyState>
      ) : (
        <>
          <Form action={`${home}/organise/promises/attendance`} method="get" label="Find a person">
            <TextField name="q" label="Name" type="search" value={name} optional />
            <Actions>
              <SubmitButton weight="ordinary">Find</SubmitButton>
            </Actions>
          </Form>
          <AttendanceGrid {...grid} />
          <Pager label="people" page={page} pages={pages} href={hrefOfPage} />
        </>
      )}
      <h2 id="from-a-file">From a file</h2>
      <CsvForm {...csv} />
    </>
  );
}

interface CsvFormProps {
  readonly action: string;
  readonly occasions: readonly Occasion[];
  readonly text?: string;
  readonly about?: string;
  readonly problems?: readonly Problem[];
}

/** Takes a table as a file or as text. */
export function CsvForm({ action, occasions, text = '', about, problems = [] }: CsvFormProps) {
  return (
    <Form action={action} problems={problems} multipart label="Attendance from a file">
      <p>
        A table with a column “email”, “github” or “name”, and a column “meeting” or “day”. The list
        of attendees that a video tool saves works as it is: choose the meeting that it is about.
        You see what was understood before anything is recorded.
      </p>
      <FileField name="file" label="CSV file" accept=".csv,.tsv,.txt,text/csv" optional />
      <TextArea
        name="csv"
        label="Or the table as text"
        hint="A file, if you choose one, replaces this text."
        value={text}
        rows={8}
        optional
      />
      <Select
        name="about"
        label="Rows that name no meeting or day are about"
        empty="nothing: such rows are left over"
        options={occasions
          .filter(({ hasBegun }) => hasBegun)
          .map(({ subject, label }) => ({ value: subject, label }))}
        value={about}
        optional
      />
      <Actions>
        <SubmitButton weight="ordinary">Show what was understood</SubmitButton>
      </Actions>
    </Form>
  );
}

interface PreviewProps {
  readonly action: string;
  readonly table: AttendanceTable;
  /** The boxes ticked already, so that the preview can say what is new. */
  readonly known: ReadonlySet<string>;
  readonly occasions: readonly Occasion[];
  readonly text: string;
  readonly about: string;
}

const LONGEST_PREVIEW = 200;

/** What a table was understood to say, before any of it is recorded. */
export function AttendancePreview({ action, table, known, occasions, text, about }: PreviewProps) {
  const { attended, left, unusedColumns } = table;
  const facts = new Map(attended.map((row) => [markOf(row), row]));
  const fresh = [...facts].filter(([mark]) => !known.has(mark)).map(([, row]) => row);
  const old = facts.size - fresh.length;
  return (
    <>
      {unusedColumns.length > 0 && (
        <p class="quiet">Columns that are not used: {unusedColumns.join(', ')}.</p>
      )}
      <Table
        caption="To be recorded"
        note={`${fresh.length} new${old > 0 ? `, ${old} on record already` : ''}`}
        columns={[
          { head: 'Name', cell: ({ person }: AttendedRow) => person.name },
          { head: 'Was at', cell: ({ occasion }) => occasion.label },
          {
            head: 'Found by',
            cell: ({ foundBy }) => (foundBy === 'name' ? 'name only: please check' : foundBy),
          },
          { head: 'Row', kind: 'number', cell: ({ line }) => line },
        ]}
        rows={fresh.slice(0, LONGEST_PREVIEW)}
        rowKey={markOf}
        empty="Nothing new."
      />
      {fresh.length > LONGEST_PREVIEW && <p>And {fresh.length - LONGEST_PREVIEW} more.</p>}
      {fresh.length > 0 && (
        <Form action={action} label="Record">
          <HiddenField name="csv" value={text} />
          <HiddenField name="about" value={about} />
          <HiddenField name="record" value="yes" />
          <Actions>
            <SubmitButton>Record {counted(fresh.length, 'fact')}</SubmitButton>
          </Actions>
        </Form>
      )}
      {left.length > 0 && (
        <LeftOver {...{ left, action, occasions, about }} text={table.leftOver} />
      )}
    </>
  );
}

const markOf = ({ person, occasion }: AttendedRow): string => markValue(person.personId, occasion);

interface LeftOverProps extends CsvFormProps {
  readonly left: readonly LeftRow[];
}

/** Rows that could not be recorded: why, and themselves, to be corrected and sent again. */
export function LeftOver({ left, ...form }: LeftOverProps) {
  return (
    <>
      <h2>{left.length === 1 ? 'One row left over' : `${left.length} rows left over`}</h2>
      <Table
        caption="Why"
        columns={[
          { head: 'Row', kind: 'number', cell: ({ line }: LeftRow) => line },
          { head: 'As written', cell: ({ raw }) => <code>{raw}</code>, namesRow: true },
          { head: 'What to do', cell: ({ problem }) => problem.sentence },
        ]}
        rows={left.slice(0, LONGEST_PREVIEW)}
        rowKey={({ line }) => String(line)}
        empty=""
      />
      <p>All of them are kept in the text below. Correct them there and send them again.</p>
      <CsvForm {...form} />
    </>
  );
}
