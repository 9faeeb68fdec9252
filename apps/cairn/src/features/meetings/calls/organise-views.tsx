import type { Problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import {
  FileField,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import { NOT_IN_FILE } from './call-rules.ts';
import { EndingMark, repeatWords } from './call-views.tsx';
import type { LinkState } from './link-rules.ts';
import type { CallNow } from './shown-rules.ts';

/** A link of a call, as organisers see it. */
export interface ShownLink {
  readonly callId: string;
  readonly url: string;
  readonly state: LinkState;
  readonly since: Instant | undefined;
  readonly checkedAt: Instant | undefined;
  readonly detail: string | undefined;
}

/** A calendar with what organisers know of it. */
export interface OrganisedCalendar {
  readonly key: string;
  readonly name: string;
  readonly calls: readonly CallNow[];
  readonly links: readonly ShownLink[];
  readonly followers: number;
}

/** One of the forms, as it was refused. */
export interface Refused {
  readonly form: 'new' | 'import' | 'file' | 'warning';
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

const textOf = (refused: Refused | undefined, form: Refused['form'], name: string): string => {
  const value = refused?.form === form ? refused.typed[name] : undefined;
  return typeof value === 'string' ? value : '';
};

const problemsOf = (refused: Refused | undefined, form: Refused['form']) =>
  refused?.form === form ? refused.problems : undefined;

const zoneOptions = (zones: readonly string[], value: string) =>
  [...new Set([value, ...zones])]
    .filter((zone) => zone !== '')
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

interface CalendarsPageProps {
  /** The path of this page. */
  readonly home: string;
  readonly calendars: readonly OrganisedCalendar[];
  readonly zone: ZoneName;
  readonly zones: readonly string[];
  readonly summitZone: string;
  readonly refused: Refused | undefined;
}

/** All calendars of calls, what of them needs a look, and how to get more. */
export function CalendarsPage(props: CalendarsPageProps) {
  const { home, calendars, zone, zones, summitZone, refused } = props;
  const inNeed = calendars.filter(needsLook);
  return (
    <>
      {inNeed.length > 0 && (
        <section aria-labelledby="needs-a-look">
          <h2 id="needs-a-look">Needs a look</h2>
          <ul>
            {inNeed.flatMap(({ key, name, calls, links }) => [
              ...calls.filter(runsOut).map(({ id, content, ending, position }) => (
                <li key={id}>
                  <a
                    href={
                      position === NOT_IN_FILE
                        ? `${home}/${key}`
                        : `${home}/${key}/call/${position}`
                    }
                  >
                    {content.summary}
                  </a>{' '}
                  ({name}): <EndingMark ending={ending} zone={zone} />
                </li>
              )),
              ...links.filter(isBroken).map((link) => (
                <li key={`${link.callId} ${link.url}`}>
                  <a href={`${home}/${key}`}>{nameOf(calls, link.callId)}</a> ({name}):{' '}
                  <LinkMark link={link} zone={zone} />
                </li>
              )),
            ])}
          </ul>
        </section>
      )}
      <Table
        caption="Calendars of calls"
        columns={[
          { head: 'Calendar', cell: ({ key, name }) => <a href={`${home}/${key}`}>{name}</a> },
          { head: 'Calls', kind: 'number', cell: ({ calls }) => calls.length },
          {
            head: 'Running out',
            kind: 'number',
            cell: ({ calls }) => calls.filter(runsOut).length,
          },
          {
            head: 'Broken links',
            kind: 'number',
            cell: ({ links }) => links.filter(isBroken).length,
          },
          { head: 'Followed by', kind: 'number', cell: ({ followers }) => followers },
        ]}
        rows={calendars}
        rowKey={({ key }) => key}
        empty="There is no calendar yet. Import the one that your community keeps, or begin a new one."
      />
      <h2 id="import">Import a calendar</h2>
      <Form
        action={`${home}/import`}
        problems={problemsOf(refused, 'import')}
        multipart
        label="Import a calendar"
        scope="import"
      >
        <SourceFields refused={refused} form="import" />
        <KeyField value={textOf(refused, 'import', 'key')} />
        <Actions>
          <SubmitButton>Import the calendar</SubmitButton>
        </Actions>
      </Form>
      <h2 id="begin">Begin a new calendar</h2>
      <Form
        action={`${home}/new`}
        problems={problemsOf(refused, 'new')}
        label="Begin a new calendar"
        scope="new"
      >
        <TextField
          name="name"
          label="Name"
          hint="The topic or the community, such as Sparse arrays."
          value={textOf(refused, 'new', 'name')}
          autocomplete="off"
        />
        <Select
          name="zone"
          label="Time zone of its calls"
          hint="A call can have another."
          value={textOf(refused, 'new', 'zone') || summitZone}
          options={zoneOptions(zones, textOf(refused, 'new', 'zone') || summitZone)}
        />
        <KeyField value={textOf(refused, 'new', 'key')} />
        <Actions>
          <SubmitButton weight="ordinary">Begin the calendar</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const runsOut = ({ ending }: CallNow): boolean => ending.kind === 'soon';
const isBroken = ({ state }: ShownLink): boolean => state === 'broken';
const needsLook = ({ calls, links }: OrganisedCalendar): boolean =>
  calls.some(runsOut) || links.some(isBroken);

const nameOf = (calls: readonly CallNow[], callId: string): string =>
  calls.find(({ id }) => id === callId)?.content.summary ?? 'A call';

const KeyField = ({ value }: { value: string }) => (
  <TextField
    name="key"
    label="Short name in addresses"
    hint="Made from the name if left empty. It never changes, because calendar programs rely on it."
    value={value}
    autocomplete="off"
    width="short"
    optional
  />
);

/** Where the YAML of a calendar comes from: an address, a file, or a box. */
function SourceFields({
  refused,
  form,
}: {
  refused: Refused | undefined;
  form: 'import' | 'file';
}) {
  return (
    <>
      <TextField
        name="url"
        label="Address of the YAML file"
        hint="Such as the file’s address on GitHub."
        type="url"
        value={textOf(refused, form, 'url')}
        autocomplete="off"
        optional
      />
      <FileField
        name="file"
        label="Or a file"
        accept=".yaml,.yml,text/yaml,application/yaml"
        optional
      />
      {form === 'import' && (
        <TextArea
          name="source"
          label="Or its text"
          value={textOf(refused, form, 'source')}
          rows={6}
          optional
        />
      )}
    </>
  );
}

/** How a link stands, in a word, a shape and a sentence. */
function LinkMark({ link, zone }: { link: ShownLink; zone: ZoneName }) {
  const { url, state, since, checkedAt, detail } = link;
  const seen =
    checkedAt === undefined ? (
      ', not looked at yet'
    ) : (
      <>
        , last looked at <When instant={checkedAt} zone={zone} />
      </>
    );
  return (
    <>
      {state === 'broken' ? (
        <Mark shape="cross" tone="bad">
          broken{since !== undefined && <> since {<When instant={since} zone={zone} />}</>}
        </Mark>
      ) : (
        <Mark shape={state === 'ok' ? 'tick' : 'ring'} tone={state === 'ok' ? 'good' : 'soft'}>
          {state === 'ok' ? 'works' : 'unknown'}
        </Mark>
      )}{' '}
      <a href={url} rel="noreferrer">
        {url}
      </a>
      {seen}
      {detail !== undefined && `. ${detail}`}
    </>
  );
}

/** One address with all calls that lead there; what is seen at it is the same for all. */
function SharedLink({
  links,
  calls,
  zone,
}: {
  links: readonly ShownLink[];
  calls: readonly CallNow[];
  zone: ZoneName;
}) {
  const [link] = links;
  if (link === undefined) return null;
  const names = links.map(({ callId }) => nameOf(calls, callId));
  return (
    <li>
      <LinkMark link={link} zone={zone} />
      <br />
      <span class="small quiet">{names.join(' · ')}</span>
    </li>
  );
}

interface CalendarPageProps {
  readonly home: string;
  readonly publicHome: string;
  readonly calendar: OrganisedCalendar;
  readonly revision: number;
  readonly importedFrom: string | undefined;
  readonly warn: { readonly days: number; readonly times: number };
  /** Events of the file that could not be read, and what may not mean what was meant. */
  readonly unread: readonly Problem[];
  readonly notes: readonly Problem[];
  readonly zone: ZoneName;
  readonly refused: Refused | undefined;
}

/** One calendar: its calls, what of its file is not understood, and what can be done with it. */
export function CalendarPage(props: CalendarPageProps) {
  const { home, publicHome, calendar, revision, importedFrom, warn, zone, refused } = props;
  const { key, calls, links, followers } = calendar;
  const here = `${home}/${key}`;
  return (
    <>
      <p>
        Public: <a href={publicHome}>the page of all calls</a>,{' '}
        <a href={`${publicHome}/${key}.ics`}>iCalendar</a>,{' '}
        <a href={`${publicHome}/${key}.yaml`}>YAML</a>. {followersWords(followers)}
      </p>
      <ProblemList
        id="not-read"
        title="Not read"
        lede="These events stay in the file and are in no feed until they are mended."
        problems={props.unread}
      />
      <Table
        caption="Calls"
        columns={[
          {
            head: 'Call',
            cell: ({ content, position }) =>
              position === NOT_IN_FILE ? (
                `${content.summary} (its event can no longer be read)`
              ) : (
                <a href={`${here}/call/${position}`}>{content.summary}</a>
              ),
          },
          { head: 'When', cell: ({ content }) => repeatWords(content) },
          {
            head: 'Next',
            kind: 'date',
            cell: ({ next }) =>
              next === undefined ? 'none' : <When instant={next.begins} zone={zone} />,
          },
          { head: 'End', cell: ({ ending }) => <EndingMark ending={ending} zone={zone} /> },
        ]}
        rows={calls}
        rowKey={({ id }) => id}
        empty="This calendar has no calls yet."
      />
      <Actions>
        <ActionLink href={`${here}/call/new`} weight="primary">
          Add a call
        </ActionLink>
        <ActionLink href={`${here}/file`}>Edit the file</ActionLink>
      </Actions>
      <h2 id="links">Links</h2>
      <p>
        Cairn looks at each link about once a week, and says “unknown” where it could not see it.
      </p>
      {links.length === 0 ? (
        <p class="quiet">No call of this calendar has a link that begins with https://.</p>
      ) : (
        <ul>
          {[...new Set(links.map(({ url }) => url))].map((url) => (
            <SharedLink
              key={url}
              links={links.filter((link) => link.url === url)}
              calls={calls}
              zone={zone}
            />
          ))}
        </ul>
      )}
      <ProblemList
        id="notes"
        title="To know"
        lede="This was read, and may not mean what its writer thinks."
        problems={props.notes}
      />
      <h2 id="import-again">Import again</h2>
      <p>
        Calls of the same name stay the same for everybody who reads them; those that are gone are
        cancelled.
      </p>
      <Form
        action={`${here}/import`}
        problems={problemsOf(refused, 'file')}
        multipart
        label="Import again"
        scope="again"
      >
        <HiddenField name="revision" value={String(revision)} />
        <SourceFields
          form="file"
          refused={
            refused?.form === 'file'
              ? refused
              : { form: 'file', typed: { url: importedFrom ?? '' }, problems: [] }
          }
        />
        <Actions>
          <SubmitButton weight="ordinary">Import again</SubmitButton>
        </Actions>
      </Form>
      <h2 id="warning">Warning before a call runs out</h2>
      <Form action={`${here}/warning`} problems={problemsOf(refused, 'warning')} label="Warning">
        <NumberField
          name="days"
          label="Days before its last time"
          value={textOf(refused, 'warning', 'days') || String(warn.days)}
        />
        <NumberField
          name="times"
          label="Or when so few times are left"
          hint="Whichever comes first. Organisers get one mail for each end."
          value={textOf(refused, 'warning', 'times') || String(warn.times)}
        />
        <Actions>
          <SubmitButton weight="ordinary">Save the warning</SubmitButton>
        </Actions>
      </Form>
      <p>
        <a href={`${here}/retire`}>End this calendar</a>
      </p>
    </>
  );
}

const followersWords = (followers: number): string => {
  if (followers === 0) return 'Nobody has it in their own feed.';
  return followers === 1
    ? 'One person has it in their own feed.'
    : `${followers} people have it in their own feeds.`;
};

function ProblemList({
  id,
  title,
  lede,
  problems,
}: {
  id: string;
  title: string;
  lede: string;
  problems: readonly Problem[];
}) {
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{lede}</p>
      <ul>
        {problems.map(({ place, sentence }, index) => (
          <li key={index}>
            {place.line !== undefined && <span class="place">Line {place.line}: </span>}
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The file of a calendar, to be edited as it is. */
export function CalendarFilePage({
  action,
  fileName,
  source,
  revision,
  problems,
}: {
  action: string;
  fileName: string;
  source: string;
  revision: number;
  problems: readonly Problem[];
}) {
  return (
    <Form action={action} problems={problems} label={fileName}>
      <HiddenField name="revision" value={String(revision)} />
      <TextArea
        name="source"
        label={fileName}
        hint="Every # begins a comment, which is kept. Write times as on the wall, without an offset."
        value={source}
        rows={30}
      />
      <Actions>
        <SubmitButton>Save the file</SubmitButton>
      </Actions>
    </Form>
  );
}
