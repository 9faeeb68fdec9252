import { formatProblem, type Problem } from '@cairn/kernel/problem';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { FileField, HiddenField, Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { Summit } from '../../summits/queries.ts';
import { SEAT_KINDS } from '../invitations/invitation-rules.ts';
import { SEAT_KIND_LABELS } from '../seats/seat-views.tsx';
import type { KeptRow } from './import-queries.ts';
import type { BadRow } from './import-reading.ts';
import type { FatedRow, RowFate } from './import-rules.ts';
import { Address } from './person-contact.tsx';

const EXAMPLE = `name,email,github,communities,seat_kind,note
Ada Lovelace,ada@example.org,ada-lovelace,NumPy; SciPy,funded,arrives a day early`;

interface ImportPageProps {
  readonly summit: Summit;
  readonly kept: readonly { readonly row: KeptRow; readonly reason: string }[];
  readonly typed?: Typed | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Where a file of people is given, and where the rows of earlier ones wait. */
export function ImportPage({ summit, kept, typed = {}, problems }: ImportPageProps) {
  const action = `/s/${summit.slug}/organise/people/import`;
  return (
    <>
      <p>
        A table with one person a line and the names of the columns in the first line. Only the name
        and either an address or a GitHub handle are needed; several communities stand between
        semicolons. Nothing is stored before you have seen what would happen.
      </p>
      <pre>{EXAMPLE}</pre>
      <Form action={action} problems={problems} multipart>
        <FileField
          name="file"
          label="A CSV file"
          hint="As a spreadsheet saves it: CSV (UTF-8)."
          accept=".csv,.tsv,.txt,text/csv"
          optional
        />
        <TextArea
          name="rows"
          label="Or paste the rows here"
          value={typeof typed['rows'] === 'string' ? typed['rows'] : ''}
          rows={8}
          optional
        />
        <Actions>
          <SubmitButton name="action" value="preview">
            Show what would happen
          </SubmitButton>
        </Actions>
      </Form>
      {kept.length > 0 && (
        <Table
          caption="Rows that wait for a correction"
          note="From earlier imports. They stay until you correct or drop them."
          columns={[
            { head: 'Line', kind: 'number', cell: ({ row }) => row.line },
            { head: 'Row', namesRow: true, cell: ({ row }) => row.raw },
            { head: 'What is wrong', cell: ({ reason }) => reason },
            {
              head: 'Do',
              cell: ({ row }) => <a href={`${action}/rows/${row.id}`}>Correct or drop</a>,
            },
          ]}
          rows={kept}
          rowKey={({ row }) => row.id}
          empty="None."
        />
      )}
    </>
  );
}

function Fate({ fate }: { fate: RowFate }) {
  switch (fate.kind) {
    case 'new':
      return (
        <Mark shape="disc" tone="good">
          new
        </Mark>
      );
    case 'known':
      return (
        <Mark shape="ring" tone="soft">
          already known
          {fate.notAdded.length > 0 &&
            `; ${fate.notAdded.join(' and ')} is not added, only they can do that`}
        </Mark>
      );
    case 'repeated':
      return (
        <Mark shape="half" tone="warn">
          the same person as line {fate.ofLine}
        </Mark>
      );
    case 'bad':
      return (
        <Mark shape="cross" tone="bad">
          {fate.problem.sentence}
        </Mark>
      );
    default:
      return fate satisfies never;
  }
}

/** So many rows are shown; the counts are of all. */
const SHOWN = 500;

const countOf = (rows: readonly FatedRow[], kind: RowFate['kind']): number =>
  rows.filter(({ fate }) => fate.kind === kind).length;

interface ImportPreviewProps {
  readonly summit: Summit;
  /** The file's text, carried along until it is taken. */
  readonly text: string;
  readonly rows: readonly FatedRow[];
  readonly bad: readonly BadRow[];
  readonly unknownColumns: readonly string[];
}

/** What taking a file would do, row by row. */
export function ImportPreview({ summit, text, rows, bad, unknownColumns }: ImportPreviewProps) {
  const action = `/s/${summit.slug}/organise/people/import`;
  const mixed = countOf(rows, 'bad');
  const good = rows.length - mixed;
  return (
    <>
      <p>
        {countOf(rows, 'new')} new, {countOf(rows, 'known')} already known,{' '}
        {countOf(rows, 'repeated')} repeated within the file, {bad.length + mixed} that cannot be
        taken as they are.
      </p>
      {unknownColumns.length > 0 && (
        <p>
          Cairn knows no column called {unknownColumns.map((name) => `“${name}”`).join(', ')}; what
          stands there goes into the note.
        </p>
      )}
      {bad.length > 0 && (
        <Table
          caption="Rows to correct"
          note="They are kept, and can be corrected here afterwards or in the file."
          columns={[
            { head: 'Line', kind: 'number', cell: ({ line }) => line },
            { head: 'Row', namesRow: true, cell: ({ raw }) => raw },
            {
              head: 'What is wrong',
              cell: ({ problems }) => problems.map(({ sentence }) => sentence).join(' '),
            },
          ]}
          rows={bad.slice(0, SHOWN)}
          rowKey={({ line }) => String(line)}
          empty="None."
        />
      )}
      <Table
        caption="Rows to take"
        note={rows.length > SHOWN ? `The first ${SHOWN} of ${rows.length}.` : undefined}
        columns={[
          { head: 'Line', kind: 'number', cell: ({ line }) => line },
          { head: 'Name', namesRow: true, cell: ({ entry }) => entry.name },
          { head: 'E-mail', cell: ({ entry }) => <Address email={entry.email ?? ''} /> },
          { head: 'GitHub', cell: ({ entry }) => entry.github ?? '' },
          { head: 'Communities', cell: ({ entry }) => entry.communities.join(', ') },
          { head: 'Seat', cell: ({ entry }) => SEAT_KIND_LABELS[entry.seatKind ?? 'funded'] },
          { head: 'What happens', cell: ({ fate }) => <Fate fate={fate} /> },
        ]}
        rows={rows.slice(0, SHOWN)}
        rowKey={({ line }) => String(line)}
        empty="No row of this file can be taken as it is."
        wide
      />
      <Form action={action}>
        <HiddenField name="rows" value={text} />
        <Actions>
          <SubmitButton name="action" value="take">
            {bad.length + mixed === 0
              ? `Take ${good} rows`
              : `Take ${good} rows and keep ${bad.length + mixed} to correct`}
          </SubmitButton>
          <SubmitButton weight="plain" name="action" value="edit">
            Change the rows first
          </SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

interface KeptRowPageProps {
  readonly summit: Summit;
  readonly row: KeptRow;
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

/** One kept row, to be corrected or dropped. */
export function KeptRowPage({ summit, row, typed, problems }: KeptRowPageProps) {
  const back = `/s/${summit.slug}/organise/people/import`;
  const value = (name: string): string => {
    const cell = typed[name];
    return typeof cell === 'string' ? cell : '';
  };
  return (
    <>
      <p>Line {row.line} of the file said:</p>
      <pre>{row.raw}</pre>
      <Form action={`${back}/rows/${row.id}`} problems={problems}>
        <TextField name="name" label="Name" value={value('name')} />
        <TextField name="email" label="E-mail" type="email" value={value('email')} optional />
        <TextField name="github" label="GitHub handle" value={value('github')} optional />
        <TextField
          name="communities"
          label="Communities"
          hint="Names, with semicolons between them."
          value={value('communities')}
          optional
        />
        {SEAT_KINDS.some((kind) => kind === value('seat_kind')) || value('seat_kind') === '' ? (
          <Select
            name="seat_kind"
            label="Seat"
            value={value('seat_kind') || 'funded'}
            options={SEAT_KINDS.map((kind) => ({ value: kind, label: SEAT_KIND_LABELS[kind] }))}
          />
        ) : (
          <TextField name="seat_kind" label="Seat" value={value('seat_kind')} />
        )}
        <TextArea name="note" label="Note" value={value('note')} rows={2} optional />
        <Actions>
          <SubmitButton name="action" value="take">
            Take this person
          </SubmitButton>
          <SubmitButton weight="danger" name="action" value="drop">
            Drop the row
          </SubmitButton>
          <ActionLink href={back}>Leave it for later</ActionLink>
        </Actions>
      </Form>
    </>
  );
}

/** What is wrong with a row, in one line. */
export const reasonOf = (problems: readonly Problem[]): string =>
  problems.length === 0
    ? 'It could not be taken at the time; it may go through now.'
    : problems.map(formatProblem).join(' ');
