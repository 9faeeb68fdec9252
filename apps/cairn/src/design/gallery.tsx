import { problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { instantOf, parseDate, parseZone, Temporal } from '@cairn/kernel/time';
import { ActionLink, Actions, Confirm, SubmitButton } from './actions.tsx';
import { DateBox, SelectBox, TextBox, TickBox } from './boxes.tsx';
import { Histogram, SpreadBars } from './chart.tsx';
import { ChoiceRow } from './choice-row.tsx';
import {
  Checkbox,
  CheckboxGroup,
  DateField,
  FileField,
  MonthField,
  NumberField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  TimeField,
  WallTimeField,
} from './controls.tsx';
import { CrossTable } from './cross-table.tsx';
import { DiffTable } from './diff-table.tsx';
import { EmptyState } from './empty.tsx';
import { ErrorSummary, Fieldset, Form } from './form.tsx';
import { Menu, Page } from './layout.tsx';
import { Glyph, Mark, ObligationMark, STANDINGS } from './mark.tsx';
import { Meter, Progress } from './progress.tsx';
import { DateSpan, Day, Facts, MarginNote, Noted, Prose, When } from './prose.tsx';
import { type Column, Pager, Table } from './table.tsx';
import { Phases, Timeline } from './timeline.tsx';
import { WeekGrid, WeekHeat, WorldStrip } from './week-grid.tsx';
import { WeekStrip } from './week-strip.tsx';

const day = (text: string) => expectOk(parseDate(text));
const zone = expectOk(parseZone('America/Los_Angeles'));
const today = day('2023-03-01');
const firstMeeting = instantOf({ local: Temporal.PlainDateTime.from('2023-02-27T09:00'), zone });

interface Guest {
  readonly name: string;
  readonly community: string;
  readonly asked: string;
  readonly meetings: number;
}

const GUESTS: readonly Guest[] = [
  { name: 'Brigitta Sipőcz', community: 'Astropy', asked: '2023-01-12', meetings: 3 },
  { name: 'K. Jarrod Millman', community: 'NetworkX', asked: '2023-01-12', meetings: 2 },
  { name: 'Stéfan van der Walt', community: 'scikit-image', asked: '2023-01-13', meetings: 11 },
];

const COLUMNS: readonly Column<Guest>[] = [
  {
    head: 'Name',
    cell: ({ name }) => <a href="#main">{name}</a>,
    sort: { href: '#name', order: 'ascending' },
    foot: 'Together',
  },
  { head: 'Community', cell: ({ community }) => community, sort: { href: '#community' } },
  { head: 'Asked', kind: 'date', cell: ({ asked }) => <Day date={day(asked)} /> },
  {
    head: 'Answer',
    cell: () => (
      <Mark shape="tick" tone="good">
        accepted
      </Mark>
    ),
  },
  { head: 'Meetings', kind: 'number', cell: ({ meetings }) => meetings, foot: 16 },
];

const COMMUNITIES = [
  { label: 'NumPy', target: [3, 5], counts: [4, 1, 1] },
  { label: 'SciPy', target: [3, 5], counts: [2, 3, 0] },
  { label: 'scikit-learn', target: [2, 3], counts: [4, 0, 2] },
  { label: 'Pangeo', target: [2, 2], counts: [2, 0, 0] },
  { label: 'scikit-HEP', counts: [0, 2, 3] },
] as const;

const PROBLEMS = [
  problem('not-an-address', 'Write an address with an @ in it, such as ada@example.org.', {
    path: 'email',
  }),
  problem('not-a-date', 'There is no 30 February; write a day that the calendar has.', {
    path: 'starts',
  }),
  problem('unknown-key', 'Write “venue” instead of “venu”.', {
    file: 'summit.yaml',
    line: 12,
    column: 3,
    path: 'venu',
  }),
];

function Words() {
  return (
    <>
      <p>
        The first annual summit will be hosted by the eScience Institute at the University of
        Washington.
        <MarginNote>
          Forty seats, never more than fifty: see <a href="#seats">Seats</a>. The venue closes its
          doors at 18:00.
        </MarginNote>{' '}
        The week-long summit will bring together 40 participants, who will develop shared
        infrastructure for libraries in the <i>Scientific Python</i> ecosystem. Participants are
        expected in 2 of the 3 planning meetings, and to stay for the whole week.
      </p>
      <Facts
        facts={[
          { term: 'Dates', value: <DateSpan from={day('2023-05-22')} to={day('2023-05-26')} /> },
          { term: 'Place', value: 'eScience Institute, Seattle' },
          { term: 'First call', value: <When instant={firstMeeting} zone={zone} /> },
        ]}
      />
      <Noted note="Travel, food and lodging for five days and six nights are paid; what you need to do for it is in the agreement.">
        <p>
          This will be an invite-only event that requires upfront agreement to collaborate with
          fellow participants on a work plan, and to take part in several months of work after it.
        </p>
      </Noted>
      <Prose html="<h2>Goals</h2><h3>Improve joint infrastructure</h3><p>Tools for documentation, testing, benchmarking and packaging; run <code>cairn doctor</code> first.</p><ul><li>Shared build system for binary packaging</li><li>Integrated websites</li></ul><blockquote>No specific need for everyone to meet at once.</blockquote><pre><code>cairn summit check summit.yaml</code></pre><p>Attend <del>two</del> <ins>three</ins> meetings.</p>" />
    </>
  );
}

function Dates() {
  return (
    <>
      <WeekStrip
        caption="Candidate weeks"
        weeks={(['offered', 'offered-anyway', 'excluded'] as const).map((look, index) => {
          const start = day('2023-05-08').add({ days: 7 * index });
          return { id: look, start, end: start.add({ days: 4 }), look };
        })}
      />
      <Timeline
        label="Plan"
        today={today}
        entries={[
          {
            id: 'asked',
            title: 'Invitations sent',
            date: day('2023-01-16'),
            kind: 'due',
            done: true,
          },
          {
            id: 'list',
            title: 'Participant list closed',
            date: day('2023-02-20'),
            kind: 'due',
            detail:
              'Six people have not answered. Every day later leaves a day less to book flights.',
          },
          { id: 'call', title: 'First planning meeting', date: day('2023-02-27'), kind: 'event' },
          { id: 'topics', title: 'Topics proposed', date: day('2023-03-01'), kind: 'due' },
          {
            id: 'week',
            title: 'The summit',
            date: day('2023-05-22'),
            until: day('2023-05-26'),
            kind: 'event',
          },
        ]}
      />
      <Phases
        caption="Phases"
        today={today}
        phases={[
          { name: 'Invite', from: day('2023-01-11'), until: day('2023-02-20') },
          { name: 'Plan', from: day('2023-02-20'), until: day('2023-05-19') },
          { name: 'Meet', from: day('2023-05-22'), until: day('2023-05-26') },
          { name: 'Follow up', from: day('2023-05-27'), until: day('2023-09-30') },
        ]}
      />
    </>
  );
}

/** Monday to Friday, 9 to 12 yes and 20 to 22 if need be. */
const WEEK = `${`${'0'.repeat(9)}222${'0'.repeat(8)}11${'0'.repeat(2)}`.repeat(5)}${'0'.repeat(48)}`;

function Hours() {
  return (
    <>
      <WeekGrid id="gallery-week" cells={WEEK} />
      <WeekHeat caption="How many can, in each hour" counts={[...WEEK].map(Number)} of={2} />
      <WorldStrip
        caption="A call around the world"
        sociable={{ from: 8 * 60, until: 21 * 60 }}
        places={[
          {
            zone: 'America/Los_Angeles',
            people: 12,
            time: 'Mon 09:00–10:00',
            from: 540,
            until: 600,
            isUnsociable: false,
          },
          {
            zone: 'Australia/Sydney',
            people: 2,
            time: 'Tue 04:00–05:00',
            from: 240,
            until: 300,
            isUnsociable: true,
          },
        ]}
      />
      <CrossTable
        id="gallery-cross"
        caption="Who wants what"
        corner="Person"
        silence="nothing said"
        legend={[
          { shape: 'disc', word: 'lead', isStrong: true },
          { shape: 'half', word: 'work' },
        ]}
        columns={[
          { key: '1', head: 'Sparse arrays', sort: { href: '#sparse', isNow: true } },
          { key: '2', head: 'Builds', sort: { href: '#builds', isNow: false } },
        ]}
        sums={[{ head: 'would lead', count: (column) => (column === '1' ? 1 : 0) }]}
        rows={[
          {
            key: 'ada',
            head: 'Ada',
            cells: new Map([['1', { shape: 'disc', word: 'lead', isStrong: true }]]),
          },
        ]}
      />
      <Form action="#boxes" label="Controls in a table" wide>
        <div class="boxes">
          <Table
            caption="Controls in a table"
            columns={[
              {
                head: 'Find',
                cell: (key: string) => (
                  <TickBox name="boxes[]" label={`Find ${key}`} value={key} checked />
                ),
              },
              { head: 'Meeting', namesRow: true, cell: (key) => key },
              {
                head: 'First day',
                cell: (key) => (
                  <DateBox
                    name={`box_from_${key}`}
                    label={`First day of ${key}`}
                    value="2023-02-01"
                  />
                ),
              },
              {
                head: 'Lead',
                cell: (key) => (
                  <SelectBox
                    name={`box_lead_${key}`}
                    label={`Lead of ${key}`}
                    value=""
                    empty="nobody yet"
                    options={[{ value: 'ada', label: 'Ada' }]}
                  />
                ),
              },
              {
                head: 'Often',
                cell: (key) => (
                  <TextBox name={`box_often_${key}`} label={`How often ${key}`} value="1" />
                ),
              },
            ]}
            rows={['February', 'March']}
            rowKey={(key) => key}
            empty=""
          />
        </div>
      </Form>
    </>
  );
}

function People() {
  return (
    <>
      <Meter
        unit="seats taken"
        value={38}
        cap={40}
        outlook={{ value: 43, when: 'if every open offer is accepted' }}
      />
      <Progress label="Sending invitations" done={12} total={40}>
        Two addresses were refused and are listed below.
      </Progress>
      <ul>
        {STANDINGS.map((standing) => (
          <li key={standing}>
            <ObligationMark standing={standing} />
          </li>
        ))}
      </ul>
      <Histogram
        caption="What 40 seats may cost"
        bins={[1, 4, 9, 6, 2].map((count, index) => ({
          from: 50 + index * 10,
          to: 60 + index * 10,
          count,
        }))}
        mark={80}
        markLabel="given: 80"
        label={String}
      />
      <SpreadBars
        caption="How answers spread over communities"
        head="Community"
        rows={COMMUNITIES.map(({ label, counts: [accepted, open, declined], ...row }) => ({
          label,
          target: 'target' in row ? row.target : undefined,
          parts: [
            { label: 'Accepted', value: accepted },
            { label: 'No answer', value: open },
            { label: 'Declined', value: declined },
          ],
        }))}
      />
      <Table
        wide
        caption="Participants"
        note="3 of 40"
        columns={COLUMNS}
        rows={GUESTS}
        rowKey={({ name }) => name}
        empty=""
      />
      <Table
        narrow="scroll"
        caption="Participants, scrolling"
        columns={COLUMNS}
        rows={GUESTS}
        rowKey={({ name }) => name}
        empty=""
      />
      <Table
        caption="Waiting list"
        columns={COLUMNS}
        rows={[]}
        rowKey={({ name }) => name}
        empty="Nobody waits."
      />
      <Pager label="participants" page={2} pages={4} href={(page) => `?page=${page}`} />
      <EmptyState next={{ href: '#import', label: 'Import people from a file' }}>
        Nobody has been invited yet.
      </EmptyState>
    </>
  );
}

function Questions() {
  return (
    <Form action="#" problems={PROBLEMS} multipart label="A new summit">
      <TextField
        name="title"
        label="Title"
        value="Second Summit"
        hint="As it should stand on the announcement."
      />
      <TextField
        name="email"
        type="email"
        label="Contact"
        value="ada.example.org"
        autocomplete="email"
      />
      <DateField name="starts" label="First day" value="2023-02-30" />
      <Fieldset legend="Planning meetings">
        <DateField name="meetings[0].day" label="Day" value="2023-02-27" />
        <TimeField
          name="meetings[0].time"
          label="Time"
          value="09:00"
          hint="On the wall in Seattle."
        />
      </Fieldset>
      <MonthField name="month" label="Month of the second meeting" value="2023-03" />
      <WallTimeField name="opens" label="Doors open" value="2023-05-22T08:30" />
      <NumberField name="seats" label="Seats" value="40" hint="At most 50." />
      <Select
        name="zone"
        label="Time zone"
        value="Europe/Berlin"
        options={[
          { value: 'America/Los_Angeles', label: 'Seattle' },
          { value: 'Europe/Berlin', label: 'Berlin' },
        ]}
      />
      <ChoiceRow
        name="week"
        label="22–26 May 2023"
        hint="arrive Sun 21 May 2023, leave Sat 27 May 2023"
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'if_need_be', label: 'If need be' },
          { value: 'no', label: 'No' },
          { value: '', label: 'Not said' },
        ]}
        value="yes"
      />
      <RadioGroup
        name="kind"
        label="Kind of seat"
        value="funded"
        options={[
          { value: 'funded', label: 'Funded', hint: 'Travel, food and lodging are paid.' },
          { value: 'self-funded', label: 'Self-funded' },
        ]}
      />
      <CheckboxGroup
        name="days"
        label="Days"
        values={['mon']}
        options={[
          { value: 'mon', label: 'Monday' },
          { value: 'tue', label: 'Tuesday' },
        ]}
      />
      <Checkbox
        name="public"
        label="Show my name on the public list"
        hint="You can change this at any time."
        checked
      />
      <TextArea name="about" label="About you" value={'Line one\nLine two'} rows={3} optional />
      <FileField
        name="people"
        label="People"
        accept=".csv"
        hint="A CSV file with a name and an address in each row."
      />
      <Actions>
        <SubmitButton>Save the summit</SubmitButton>
        <SubmitButton weight="ordinary" name="then" value="preview">
          Preview
        </SubmitButton>
        <SubmitButton weight="danger">Withdraw</SubmitButton>
        <ActionLink href="#main">See the public page</ActionLink>
      </Actions>
    </Form>
  );
}

const kept = (number: number, text: string) => {
  const line = { number, text, isOpen: false };
  return { left: line, right: line };
};

/** A text that became another, side by side. */
const Change = () => (
  <div class="wide">
    <DiffTable
      caption="Changes of topics/sparse-arrays.md"
      view="split"
      id="change"
      whole="#"
      text={(text) => text}
      lineHref={(side, line) => `#say-${side}-${line}`}
      below={(side, line) => (side === 'new' && line === 6 ? <p>Is she asked?</p> : undefined)}
      stretches={[
        {
          kind: 'same',
          isFolded: true,
          change: undefined,
          pairs: [1, 2, 3, 4, 5].map((line) => kept(line, `Line ${line}.`)),
        },
        {
          kind: 'change',
          isFolded: false,
          change: 1,
          pairs: [
            {
              left: {
                number: 6,
                text: 'Mira leads it.',
                isOpen: true,
                parts: [
                  { text: 'Mira', isChanged: true },
                  { text: ' leads it.', isChanged: false },
                ],
              },
              right: {
                number: 6,
                text: 'Olga leads it.',
                isOpen: false,
                parts: [
                  { text: 'Olga', isChanged: true },
                  { text: ' leads it.', isChanged: false },
                ],
              },
            },
            { left: undefined, right: { number: 7, text: 'From May on.', isOpen: false } },
          ],
        },
      ]}
    />
  </div>
);

/** Every component once, with the seeds' words: for tests, for axe, and to look at. */
export function Gallery() {
  return (
    <Page
      title="The First Annual Scientific Python Developer Summit"
      lede="Brigitta Sipőcz, K. Jarrod Millman and Stéfan J. van der Walt"
      summit={{ title: '2023 Scientific Python Developer Summit', href: '#home' }}
      nav={['Overview', 'People', 'Promises', 'Plan', 'Documents', 'Settings'].map(
        (label, index) => ({
          href: `#${label}`,
          label,
          current: index === 0,
        }),
      )}
      reader={{ name: 'Brigitta Sipőcz', href: '#me', signOut: '/sign-out' }}
      notice={{ kind: 'done', children: 'Saved. Twelve people will be told.' }}
      demo={
        <>
          A demonstration: today is <Day date={today} />. <a href="#clock">Move the clock</a>
        </>
      }
      zone={zone}
    >
      <Menu
        label="This part"
        items={[
          { href: '#a', label: 'Text', current: true },
          { href: '#b', label: 'Figures' },
        ]}
      />
      <Words />
      <h2>Dates</h2>
      <Dates />
      <h2 id="seats">People</h2>
      <People />
      <h2 id="hours">Hours</h2>
      <Hours />
      <h2>Questions</h2>
      <Questions />
      <h2>In a file</h2>
      <ErrorSummary problems={PROBLEMS.slice(2)} />
      <h2>A change</h2>
      <Change />
      <h2>Erase a person</h2>
      <Confirm
        action="#"
        verb="Erase Ada Lovelace"
        back="#main"
        consequences={
          <p>
            Her name, address and answers go for ever. Counts stay. <Glyph shape="cross" />
          </p>
        }
      />
    </Page>
  );
}
