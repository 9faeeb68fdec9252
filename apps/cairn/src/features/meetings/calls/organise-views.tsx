import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { NOT_IN_FILE } from './call-rules.ts';
import { EndingMark } from './call-views.tsx';
import { LinkMark } from './link-views.tsx';
import type { CallNow } from './shown-rules.ts';
import { nameOf, type OrganisedCalendar, type ShownLink } from './shown-rules.ts';
import { problemsOf, type Refused, SourceFields, textOf, zoneOptions } from './source-views.tsx';

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
