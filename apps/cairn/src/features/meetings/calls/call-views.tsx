import { describeRule } from '@cairn/formats/recurrence-words';
import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import { DayOf, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import {
  type CallContent,
  type CallTime,
  type Ending,
  isRecurring,
  recurrenceOf,
} from './call-rules.ts';

/** A call for a page: when it is next, and how it stands with its end. */
export interface ShownCall {
  readonly id: string;
  readonly content: CallContent;
  readonly next: CallTime | undefined;
  readonly ending: Ending;
}

/** A calendar for a page. */
export interface ShownCalendar {
  readonly key: string;
  readonly name: string;
  readonly calls: readonly ShownCall[];
}

/** What stands on the call's own clock, whatever the reader's says: `every Tuesday at 09:00 in Los Angeles`. */
export function repeatWords(content: CallContent): string {
  const words = describeRule(recurrenceOf(content));
  if (content.isAllDay) return words;
  const time = Temporal.PlainDateTime.from(content.start.local)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
  return `${words}, at ${time} ${zoneWords(content.start.zone)}`;
}

const zoneWords = (zone: string): string =>
  zone === 'UTC' || zone.startsWith('Etc/')
    ? `in ${zone.replace('Etc/', '')}`
    : `in ${zone.replaceAll('_', ' ')}`;

/** How it stands with the end of a call; a word and a shape. */
export function EndingMark({ ending, zone }: { ending: Ending; zone: ZoneName }) {
  switch (ending.kind) {
    case 'open':
      return <>no end</>;
    case 'later':
      return (
        <>
          last on <DayOf instant={ending.last} zone={zone} />
        </>
      );
    case 'soon':
      return (
        <Mark shape="triangle" tone="warn">
          runs out: last on <DayOf instant={ending.last} zone={zone} />
        </Mark>
      );
    case 'over':
      return (
        <Mark shape="dash" tone="soft">
          over since <DayOf instant={ending.last} zone={zone} />
        </Mark>
      );
    default:
      return ending satisfies never;
  }
}

interface CallsPageProps {
  /** The path of the calls' page. */
  readonly home: string;
  /** The same in full, for calendar programs. */
  readonly address: string;
  readonly zone: ZoneName;
  readonly calendars: readonly ShownCalendar[];
  readonly next: readonly CallTime[];
  readonly until: Instant;
  /** Where a person chooses what their own feeds hold; for those who take part. */
  readonly follow: string | undefined;
  readonly organise: string | undefined;
}

/** All calls of a summit's communities: what comes next, and each calendar. */
export function CallsPage(props: CallsPageProps) {
  const { home, address, zone, calendars, next, until, follow, organise } = props;
  if (calendars.length === 0) {
    return (
      <EmptyState next={organise === undefined ? undefined : { href: organise, label: 'Add one' }}>
        There is no calendar of calls yet.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        Subscribe to <a href={webcal(`${address}.ics`)}>all calls</a> in your calendar program (
        <a href={`${home}.ics`}>as a file</a>), or to one calendar below.
        {follow !== undefined && (
          <>
            {' '}
            <a href={follow}>Choose what your own feed holds.</a>
          </>
        )}
      </p>
      <Table
        caption="Next calls"
        note={
          <>
            until <DayOf instant={until} zone={zone} />
          </>
        }
        columns={[
          {
            head: 'When',
            kind: 'date',
            cell: ({ begins }) => <When instant={begins} zone={zone} />,
          },
          { head: 'Call', namesRow: true, cell: ({ call }) => call.content.summary },
          { head: 'Join', cell: ({ call }) => <Join call={call} /> },
        ]}
        rows={next}
        rowKey={({ call, begins }) => `${call.id} ${begins}`}
        empty="No call of these calendars is planned until then."
      />
      {calendars.map((calendar) => (
        <CalendarPart key={calendar.key} {...{ home, address, zone, calendar }} />
      ))}
    </>
  );
}

const webcal = (address: string): string => address.replace(/^https?:/, 'webcal:');

function Join({ call: { id, content } }: Pick<CallTime, 'call'>) {
  const place = content.url ?? content.location;
  if (place === undefined) {
    return (
      <a href={`#call-${id}`}>
        Details<span class="unseen"> of {content.summary}</span>
      </a>
    );
  }
  if (!/^https?:\/\//i.test(place)) return <>{place}</>;
  return (
    <a href={place} rel="noreferrer">
      Join<span class="unseen"> {content.summary}</span>
    </a>
  );
}

function CalendarPart({
  home,
  address,
  zone,
  calendar: { key, name, calls },
}: Pick<CallsPageProps, 'home' | 'address' | 'zone'> & { calendar: ShownCalendar }) {
  const running = calls.filter(({ ending }) => ending.kind !== 'over');
  return (
    <section aria-labelledby={`calendar-${key}`}>
      <h2 id={`calendar-${key}`}>{name}</h2>
      <p>
        <a href={webcal(`${address}/${key}.ics`)}>
          Subscribe<span class="unseen"> to {name}</span>
        </a>
        , or take it <a href={`${home}/${key}.ics`}>as iCalendar</a> or{' '}
        <a href={`${home}/${key}.yaml`}>as YAML</a>.
      </p>
      {running.length === 0 ? (
        <p class="quiet">No call of this calendar is still going on.</p>
      ) : (
        running.map((call) => <CallPart key={call.id} call={call} zone={zone} />)
      )}
    </section>
  );
}

function CallPart({ call, zone }: { call: ShownCall; zone: ZoneName }) {
  const { id, content, next, ending } = call;
  return (
    <section aria-labelledby={`call-${id}`}>
      <h3 id={`call-${id}`}>{content.summary}</h3>
      <p>
        {sentence(repeatWords(content))} For {lengthWords(content)}
        {isRecurring(content) && (
          <>
            ; <EndingMark ending={ending} zone={zone} />
          </>
        )}
        .
        {next !== undefined && (
          <>
            {' '}
            Next: <When instant={next.begins} zone={zone} />.
          </>
        )}
      </p>
      {content.description !== undefined && <Words text={content.description} />}
    </section>
  );
}

/** What a call says of itself, line by line, its links to be followed. */
const Words = ({ text }: { text: string }) => (
  <p class="small">
    {text
      .trim()
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, index) => (
        <>
          {index > 0 && <br />}
          {line.split(/(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}])/).map((part) =>
            /^https?:\/\//.test(part) ? (
              <a href={part} rel="noreferrer">
                {part}
              </a>
            ) : (
              part
            ),
          )}
        </>
      ))}
  </p>
);

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** How long a call is: `60 minutes`, `the whole day`. */
function lengthWords({ minutes, isAllDay }: CallContent): string {
  if (!isAllDay) return `${minutes} minutes`;
  const days = Math.round(minutes / 1440);
  return days === 1 ? 'the whole day' : `${days} days`;
}
