import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { FileField, HiddenField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { TimetableImport } from './import-queries.ts';
import type { ImportPlan, PlannedBlock, PlannedSession } from './import-rules.ts';
import type { ImportCounts, Rest } from './import-schema.ts';

const EXAMPLE = `title,minutes,date,starts,room,leads
Packaging: build isolation,90,2023-05-22,10:00,Library,Ada Lovelace; Grace Hopper
Documentation themes,60,,,,`;

/** Longer lists say only how many there are. */
const SHOWN = 500;

/** What an import comes to, in words. */
function countWords(counts: ImportCounts): string {
  const parts = [
    ...[of(counts.newRooms, 'new room'), of(counts.knownRooms, 'known room')],
    ...[of(counts.newBlocks, 'new block'), of(counts.knownBlocks, 'known block')],
    ...[of(counts.newSessions, 'new session'), of(counts.knownSessions, 'known session')],
  ].filter((part) => part !== '');
  const what = parts.length === 0 ? 'Nothing' : listed(parts);
  return counts.placed === 0 ? what : `${what}; ${counts.placed} with a place`;
}

const of = (count: number, one: string): string => (count === 0 ? '' : counted(count, one));

interface ImportPageProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly hasFrame: boolean;
  readonly imports: readonly TimetableImport[];
  readonly drafts: readonly { readonly id: string; readonly name: string }[];
  readonly rows?: string | undefined;
  readonly fileName?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Where files go in, where tables come out, and what earlier imports left. */
export function ImportPage(props: ImportPageProps) {
  const { slug, zone, hasFrame, imports, drafts, rows = '', fileName = '', problems } = props;
  const home = `/s/${slug}/organise/timetable`;
  return (
    <>
      {!hasFrame && (
        <NoticeLine kind="info">
          The timetable has no days yet. <a href={`${home}/frame`}>Begin its days and rooms</a>,
          then import into it.
        </NoticeLine>
      )}
      <h2>Bring in</h2>
      <p>
        A schedule of another tool (schedule.json or schedule.xml, as pretalx, frab and Pentabarf
        export them), or a table of sessions or of rooms as CSV. Nothing is stored before you have
        seen what would happen. What is there already stays as it is; sessions with a place make a
        new draft.
      </p>
      <Form action={`${home}/import`} problems={problems} multipart>
        <HiddenField name="name" value={fileName} />
        <FileField
          name="file"
          label="A file"
          hint="schedule.json, schedule.xml, or CSV (UTF-8) as a spreadsheet saves it."
          accept=".json,.xml,.csv,.tsv,.txt,application/json,text/xml,text/csv"
          optional
        />
        <TextArea
          name="rows"
          label="Or paste it here"
          hint="The first line of a table names its columns. Only the title of a session, or the name of a room, is needed."
          value={rows}
          rows={8}
          optional
        />
        <Actions>
          <SubmitButton name="action" value="preview">
            Show what would happen
          </SubmitButton>
        </Actions>
      </Form>
      <details>
        <summary>A table of sessions, as an example</summary>
        <pre>{EXAMPLE}</pre>
        <p>
          Columns that are known: title, minutes, date, starts, ends, room, kind, track, group,
          topic, leads, needed, needs, size, optional, text, id. For rooms: name, capacity,
          features, directions, link. Several values in a cell stand between semicolons; times are
          the summit’s.
        </p>
      </details>
      {imports.length > 0 && (
        <Table
          caption="Imported so far"
          columns={[
            {
              head: 'When',
              kind: 'date',
              cell: ({ importedAt }) => <When instant={importedAt} zone={zone} />,
            },
            {
              head: 'What',
              namesRow: true,
              cell: ({ id, fileName: file, kind }) => (
                <a href={`${home}/import/${id}`}>{file === '' ? KINDS[kind] : file}</a>
              ),
            },
            { head: 'Taken', cell: ({ counts }) => countWords(counts) },
            {
              head: 'Not understood',
              kind: 'number',
              cell: ({ rest }) => rest.length,
            },
          ]}
          rows={imports}
          rowKey={({ id }) => id}
          empty="Nothing yet."
        />
      )}
      <h2>Take out</h2>
      <ul>
        <li>
          <a href={`${home}/sessions.csv`}>Sessions</a>, with the places of the timetable that was
          released
        </li>
        {drafts.map(({ id, name }) => (
          <li key={id}>
            <a href={`${home}/sessions.csv?draft=${id}`}>Sessions as in the draft {name}</a>
          </li>
        ))}
        <li>
          <a href={`${home}/rooms.csv`}>Rooms</a>, with the links for those who take part from afar
        </li>
        <li>
          <a href={`${home}/groups.csv`}>Groups of the week</a>, a line for each person
        </li>
      </ul>
      <p>
        What everybody may read is listed under{' '}
        <a href={`/s/${slug}/timetable/feeds`}>calendars and files</a>.
      </p>
    </>
  );
}

const KINDS: Readonly<Record<TimetableImport['kind'], string>> = {
  schedule: 'A schedule',
  sessions: 'A table of sessions',
  rooms: 'A table of rooms',
};

const Known = ({ isKnown }: { isKnown: boolean }) =>
  isKnown ? (
    <Mark shape="ring" tone="soft">
      is there already
    </Mark>
  ) : (
    <Mark shape="disc" tone="good">
      new
    </Mark>
  );

const placeWords = ({ place }: PlannedSession): string =>
  place === null
    ? 'no place yet'
    : `${place.date}, ${place.starts}${place.room === '' ? ', no room yet' : `, ${place.room}`}`;

const blockWords = ({ date, starts, ends, room, place }: PlannedBlock): string =>
  [`${date}, ${starts}–${ends}`, room || place].filter(Boolean).join(', ');

interface ImportPreviewProps {
  readonly slug: string;
  readonly plan: ImportPlan;
  readonly counts: ImportCounts;
  /** The file's text, carried along until it is taken. */
  readonly text: string;
  readonly fileName: string;
}

/** What taking a file would do. */
export function ImportPreview({ slug, plan, counts, text, fileName }: ImportPreviewProps) {
  const { rooms, sessions, blocks, rest } = plan;
  const makes = counts.newRooms + counts.newSessions + counts.newBlocks + counts.placed;
  return (
    <>
      <p>
        {countWords(counts)}.{' '}
        {counts.placed > 0 && 'They make a new draft; nobody sees it but you. '}
        What is there already stays as it is.
      </p>
      <Form action={`/s/${slug}/organise/timetable/import`}>
        <HiddenField name="rows" value={text} />
        <HiddenField name="name" value={fileName} />
        <Actions>
          <SubmitButton name="action" value="take">
            {makes === 0 ? 'Keep what is not understood' : 'Take it in'}
          </SubmitButton>
          <SubmitButton weight="plain" name="action" value="edit">
            Change it first
          </SubmitButton>
        </Actions>
      </Form>
      <RestTable rest={rest} />
      {rooms.length > 0 && (
        <Table
          caption="Rooms"
          columns={[
            { head: 'Room', namesRow: true, cell: ({ name }) => name },
            { head: 'Places', kind: 'number', cell: ({ capacity }) => capacity ?? '' },
            { head: 'What happens', cell: ({ knownId }) => <Known isKnown={knownId !== null} /> },
          ]}
          rows={rooms.slice(0, SHOWN)}
          rowKey={({ name }) => name}
          empty="None."
        />
      )}
      {sessions.length > 0 && (
        <Table
          caption="Sessions"
          note={shownNote(sessions.length)}
          columns={[
            { head: 'Session', namesRow: true, cell: ({ values }) => values.title },
            { head: 'Minutes', kind: 'number', cell: ({ values }) => values.minutes },
            { head: 'Place', cell: placeWords },
            { head: 'What happens', cell: ({ knownId }) => <Known isKnown={knownId !== null} /> },
          ]}
          rows={sessions.slice(0, SHOWN)}
          rowKey={({ where }) => where}
          empty="None."
        />
      )}
      {blocks.length > 0 && (
        <Table
          caption="Blocks"
          note={shownNote(blocks.length)}
          columns={[
            { head: 'Block', namesRow: true, cell: ({ title }) => title },
            { head: 'When', cell: blockWords },
            { head: 'What happens', cell: ({ isKnown }) => <Known isKnown={isKnown} /> },
          ]}
          rows={blocks.slice(0, SHOWN)}
          rowKey={({ date, starts, title }) => `${date} ${starts} ${title}`}
          empty="None."
        />
      )}
    </>
  );
}

const shownNote = (count: number): string | undefined =>
  count > SHOWN ? `The first ${SHOWN} of ${count}.` : undefined;

/** What was not understood, with its place and the reason. */
function RestTable({ rest }: { rest: readonly Rest[] }) {
  if (rest.length === 0) return null;
  return (
    <Table
      caption="Not understood"
      note={shownNote(rest.length) ?? 'It is kept, and listed with the import.'}
      columns={[
        { head: 'Where', cell: ({ where }) => where },
        { head: 'It says', namesRow: true, cell: ({ raw }) => raw },
        { head: 'Why', cell: ({ sentence }) => sentence },
        {
          head: 'Taken',
          cell: ({ isTaken }) =>
            isTaken ? (
              <Mark shape="half" tone="warn">
                all but this
              </Mark>
            ) : (
              <Mark shape="cross" tone="bad">
                not taken
              </Mark>
            ),
        },
      ]}
      rows={rest.slice(0, SHOWN).map((each, index) => ({ ...each, index }))}
      rowKey={({ index }) => String(index)}
      empty="Everything was understood."
      wide
    />
  );
}

interface ImportReportProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly imported: TimetableImport;
}

/** What an import did, and what of it waits to be corrected. */
export function ImportReport({ slug, zone, imported }: ImportReportProps) {
  const { id, counts, draft, rest, header, importedAt, kind, fileName } = imported;
  const home = `/s/${slug}/organise/timetable`;
  const rows = rest.flatMap(({ row }) => (row === undefined ? [] : [row]));
  return (
    <>
      <p>
        {fileName === '' ? KINDS[kind] : fileName}, imported{' '}
        <When instant={importedAt} zone={zone} />: {countWords(counts)}.
      </p>
      {draft !== undefined && (
        <p>
          What had a place is in the draft <a href={`${home}/drafts/${draft.id}`}>{draft.name}</a>.
        </p>
      )}
      <RestTable rest={rest} />
      {rest.length === 0 && <p>Nothing of it waits to be corrected.</p>}
      {rows.length > 0 && (
        <>
          <h2>Correct it and import it again</h2>
          <Form action={`${home}/import`}>
            <HiddenField name="name" value={fileName} />
            <TextArea
              name="rows"
              label="The rows that were not taken"
              hint="Mend them here; the first line names the columns."
              value={[header, ...rows].join('\n')}
              rows={Math.min(20, 2 * rows.length + 3)}
            />
            <Actions>
              <SubmitButton name="action" value="preview">
                Show what would happen
              </SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      {rest.length > 0 && (
        <Form action={`${home}/import/${id}`} label="Done with it">
          <Actions>
            <SubmitButton weight="plain" name="action" value="settle">
              I am done with what was not understood
            </SubmitButton>
          </Actions>
          <p class="small quiet">It is then no longer kept. What was taken stays.</p>
        </Form>
      )}
    </>
  );
}
