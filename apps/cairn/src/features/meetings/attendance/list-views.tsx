import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  FileField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import type { KnownPerson } from '../../people/promises/evidence-people-rules.ts';
import type { MatchedAttendee, MatchedList, OpenAttendee } from './list-match-rules.ts';
import type { KeptRow } from './list-queries.ts';
import type { BrokenRow, VideoList } from './video-list-rules.ts';

interface ListFormProps {
  readonly action: string;
  readonly text: string;
  readonly least: string;
  readonly problems: readonly Problem[];
}

/** Takes the list of a video tool as a file or as text. */
export function ListForm({ action, text, least, problems }: ListFormProps) {
  return (
    <Form action={action} problems={problems} multipart label="The list of a video tool">
      <p>
        The list of participants that Zoom, Google Meet, Microsoft Teams, BigBlueButton or Jitsi
        saves works as it is; so does any table with a column “name” or “email”. You see what was
        understood before anything is recorded.
      </p>
      <FileField name="file" label="The list" accept=".csv,.tsv,.txt,text/csv" optional />
      <TextArea
        name="csv"
        label="Or the list as text"
        hint="A file, if you choose one, replaces this text."
        value={text}
        rows={6}
        optional
      />
      <NumberField
        name="least"
        label="Minutes to have stayed"
        hint="Whoever was there shorter is shown apart. 0 counts everybody."
        value={least}
      />
      <Actions>
        <SubmitButton weight="ordinary">Show what was understood</SubmitButton>
      </Actions>
    </Form>
  );
}

const minutesWords = (minutes: number | null | undefined): string =>
  minutes === null || minutes === undefined ? 'not said' : String(minutes);

interface PreviewProps {
  readonly action: string;
  readonly text: string;
  readonly least: string;
  readonly list: VideoList;
  readonly match: MatchedList;
  /** Who is recorded already. */
  readonly known: ReadonlySet<string>;
}

/** So many rows of a long list are shown; all of them are recorded or kept. */
const SHOWN = 200;

/** What a list was understood to say, before any of it is recorded. */
export function ListPreview({ action, text, least, list, match, known }: PreviewProps) {
  const { matched, tooShort, doubtful, unmatched } = match;
  const fresh = matched.filter(({ person }) => !known.has(person.personId));
  return (
    <>
      {!list.saysHowLong && (
        <p>The list does not say how long people stayed, so all of them count.</p>
      )}
      {list.waited > 0 && (
        <p>{list.waited} of its rows are of people in the waiting room; they are left out.</p>
      )}
      {list.unusedColumns.length > 0 && (
        <p class="quiet">Columns that are not used: {list.unusedColumns.join(', ')}.</p>
      )}
      <Form action={action} label="Record" wide>
        <HiddenField name="csv" value={text} />
        <HiddenField name="least" value={least} />
        <HiddenField name="record" value="yes" />
        <Table
          caption="Were there"
          note={`${fresh.length} new${matched.length > fresh.length ? `, ${matched.length - fresh.length} on record already` : ''}`}
          columns={MATCHED}
          rows={fresh.slice(0, SHOWN)}
          rowKey={({ person }) => person.personId}
          empty="Nobody new."
        />
        <More count={fresh.length} />
        {tooShort.length > 0 && (
          <>
            <Table
              caption="Stayed too short"
              note={`under ${least} minutes`}
              columns={[
                ...MATCHED,
                {
                  head: 'Count all the same',
                  cell: ({ person }: MatchedAttendee) => (
                    <span class="choice">
                      <input
                        type="checkbox"
                        name="anyway[]"
                        value={person.personId}
                        aria-label={`Count ${person.name} all the same`}
                      />
                    </span>
                  ),
                },
              ]}
              rows={tooShort.slice(0, SHOWN)}
              rowKey={({ person }) => person.personId}
              empty=""
            />
            <More count={tooShort.length} />
          </>
        )}
        {doubtful.length > 0 && (
          <>
            <h2>Who is this?</h2>
            {doubtful.slice(0, SHOWN).map((attendee, index) => (
              <Select
                key={attendee.who}
                name={`pick.${index}`}
                label={attendeeWords(attendee)}
                empty="nobody can say yet: keep the row"
                options={optionsOf(attendee.candidates)}
                optional
              />
            ))}
            <More count={doubtful.length} />
          </>
        )}
        {unmatched.length > 0 && (
          <>
            <Table
              caption="Nobody we know"
              note={`${unmatched.length}, kept until you say who they are`}
              columns={[
                { head: 'In the list', cell: attendeeWords, namesRow: true },
                {
                  head: 'Minutes',
                  kind: 'number',
                  cell: ({ minutes }: OpenAttendee) => minutesWords(minutes),
                },
              ]}
              rows={unmatched.slice(0, SHOWN)}
              rowKey={({ who }) => who}
              empty=""
            />
            <More count={unmatched.length} />
          </>
        )}
        <Actions>
          <SubmitButton>{recordWords(fresh.length)}</SubmitButton>
        </Actions>
      </Form>
      <Broken rows={list.broken} />
      <h2>Not as you meant it?</h2>
      <ListForm {...{ action, text, least }} problems={[]} />
    </>
  );
}

const recordWords = (count: number): string =>
  count === 0
    ? 'Record what is ticked, keep the rest'
    : `Record ${counted(count, 'person', 'people')}`;

const More = ({ count }: { count: number }) =>
  count > SHOWN ? <p>And {count - SHOWN} more.</p> : null;

const optionsOf = (people: readonly KnownPerson[]) =>
  people.map(({ personId, name, emails, handles }) => {
    const known = emails[0] ?? handles[0];
    return { value: personId, label: known === undefined ? name : `${name} (${known})` };
  });

const attendeeWords = ({ name, email, github }: Pick<OpenAttendee, 'name' | 'email' | 'github'>) =>
  [name, email, github].filter((part) => part !== '').join(', ');

const FOUND_BY = {
  email: 'address',
  github: 'GitHub handle',
  name: 'name only: please check',
  picked: 'you picked them',
} as const;

const MATCHED: readonly Column<MatchedAttendee>[] = [
  { head: 'Name', cell: ({ person }) => person.name, namesRow: true },
  { head: 'In the list', cell: ({ attendees }) => attendees.map(attendeeWords).join('; ') },
  { head: 'Found by', cell: ({ foundBy }) => FOUND_BY[foundBy] },
  { head: 'Minutes', kind: 'number', cell: ({ minutes }) => minutesWords(minutes) },
];

function Broken({ rows }: { rows: readonly BrokenRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Table
      caption="Rows that cannot be read"
      note={`${rows.length}; correct them in the text below and send it again`}
      columns={[
        { head: 'Row', kind: 'number', cell: ({ line }: BrokenRow) => line },
        { head: 'As written', cell: ({ raw }) => <code>{raw}</code>, namesRow: true },
        { head: 'What to do', cell: ({ sentence }) => sentence },
      ]}
      rows={rows.slice(0, SHOWN)}
      rowKey={({ line }) => String(line)}
      empty=""
    />
  );
}

interface KeptPageProps {
  readonly action: string;
  readonly settle: string;
  readonly back: string;
  readonly least: string;
  readonly rows: readonly KeptRow[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
  readonly hrefOfPage: (page: number) => string;
  readonly people: readonly KnownPerson[];
  /** Who a row may well be, by its id. */
  readonly guesses: ReadonlyMap<string, string>;
}

const REASONS = {
  unknown: 'nobody we know',
  doubtful: 'several may be meant',
  too_short: 'stayed too short',
} as const;

/** Reads a list, and shows what earlier lists left open. */
export function ListPage(props: KeptPageProps) {
  const { action, settle, back, least, rows, count, page, pages, hrefOfPage, people, guesses } =
    props;
  const options = optionsOf(people);
  return (
    <>
      <p>
        <a href={back}>Who was there</a>
      </p>
      <ListForm {...{ action, least }} text="" problems={[]} />
      {count > 0 && (
        <>
          <h2>{count === 1 ? 'One row is open' : `${count} rows are open`}</h2>
          <p>Earlier lists named these; say who they are, or drop them.</p>
          {rows.map((row) => (
            <Form key={row.id} action={settle} label={attendeeWords(row)} scope={row.id}>
              <input type="hidden" name="row" value={row.id} />
              <Select
                name="person"
                label={`${attendeeWords(row)} (${REASONS[row.reason]}${row.minutes === null ? '' : `, ${row.minutes} minutes`})`}
                empty="pick a person"
                options={options}
                value={guesses.get(row.id)}
                optional
              />
              <Actions>
                <SubmitButton weight="ordinary" name="do" value="match">
                  This is them<span class="unseen">: {attendeeWords(row)}</span>
                </SubmitButton>
                <SubmitButton weight="plain" name="do" value="drop">
                  Drop<span class="unseen"> {attendeeWords(row)}</span>
                </SubmitButton>
              </Actions>
            </Form>
          ))}
          <Pager label="open rows" page={page} pages={pages} href={hrefOfPage} />
        </>
      )}
    </>
  );
}
