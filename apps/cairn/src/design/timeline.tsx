import { daysBetween, formatDate, type PlainDate } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Glyph, type Shape, type Tone } from './mark.tsx';
import { DateSpan, Day } from './prose.tsx';
import { TABLE_ROLES } from './table-roles.ts';

/** A day, or days, on which something is due or takes place. */
export interface TimelineEntry {
  readonly id: string;
  readonly title: ComponentChildren;
  readonly date: PlainDate;
  /** Last day, for what takes several. */
  readonly until?: PlainDate | undefined;
  /** Due entries become late when they are not done; events just pass. */
  readonly kind: 'due' | 'event';
  readonly done?: boolean | undefined;
  readonly detail?: ComponentChildren;
}

/** How an entry stands on a day: a word of its own, and a shape of its own. */
export interface EntryStanding {
  readonly state: 'done' | 'past' | 'late' | 'now' | 'ahead';
  readonly words: string;
}

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`);

/** Says how an entry stands on the day `today`. */
export function standingOf(
  { date, until = date, kind, done }: Omit<TimelineEntry, 'id' | 'title'>,
  today: PlainDate,
): EntryStanding {
  if (done === true) return { state: 'done', words: 'done' };
  const toStart = daysBetween(today, date);
  const sinceEnd = daysBetween(until, today);
  if (toStart > 0) return { state: 'ahead', words: `in ${days(toStart)}` };
  if (sinceEnd <= 0)
    return { state: 'now', words: kind === 'due' && sinceEnd === 0 ? 'due today' : 'now' };
  return kind === 'due'
    ? { state: 'late', words: `late by ${days(sinceEnd)}` }
    : { state: 'past', words: 'over' };
}

const LOOKS: Record<EntryStanding['state'], { shape: Shape; tone: Tone }> = {
  done: { shape: 'tick', tone: 'good' },
  past: { shape: 'dash', tone: 'soft' },
  late: { shape: 'diamond', tone: 'bad' },
  now: { shape: 'disc', tone: 'warn' },
  ahead: { shape: 'ring', tone: 'soft' },
};

function Entry({ entry, today }: { entry: TimelineEntry; today: PlainDate }) {
  const { state, words } = standingOf(entry, today);
  const { shape, tone } = LOOKS[state];
  const { date, until } = entry;
  return (
    <li class={state} id={entry.id}>
      <span class={tone}>
        <Glyph shape={shape} />
      </span>
      <span class="when">
        {until === undefined || until.equals(date) ? (
          <Day date={date} />
        ) : (
          <DateSpan from={date} to={until} />
        )}
      </span>
      <div class="what">
        <p>
          {entry.title} <span class={`state ${tone}`}>{words}</span>
        </p>
        {entry.detail !== undefined && <p class="small quiet">{entry.detail}</p>}
      </div>
    </li>
  );
}

interface TimelineProps {
  readonly label: string;
  /** In order of date. */
  readonly entries: readonly TimelineEntry[];
  readonly today: PlainDate;
}

/** Dates down a line, with today among them. */
export function Timeline({ label, entries, today }: TimelineProps) {
  const next = entries.findIndex(({ date }) => daysBetween(today, date) > 0);
  return (
    <ol class="timeline" aria-label={label}>
      {entries.map((entry, index) => (
        <>
          {index === next && <TodayLine today={today} />}
          <Entry key={entry.id} entry={entry} today={today} />
        </>
      ))}
      {next === -1 && <TodayLine today={today} />}
    </ol>
  );
}

const TodayLine = ({ today }: { today: PlainDate }) => (
  <li class="today">
    <span />
    <span class="when">{formatDate(today)}</span>
    <span class="what">Today</span>
  </li>
);

/** A stretch of days with a name. */
export interface Phase {
  readonly name: string;
  readonly from: PlainDate;
  readonly until: PlainDate;
}

interface PhasesProps {
  readonly caption: string;
  readonly phases: readonly Phase[];
  readonly today: PlainDate;
}

/** Phases as bars over one common stretch of time; the table's words say the same. */
export function Phases({ caption, phases, today }: PhasesProps) {
  const [first] = phases;
  if (first === undefined) return null;
  const start = phases.reduce(
    (day, { from }) => (daysBetween(day, from) < 0 ? from : day),
    first.from,
  );
  const end = phases.reduce(
    (day, { until }) => (daysBetween(day, until) > 0 ? until : day),
    first.until,
  );
  const length = daysBetween(start, end) + 1;
  const x = (day: PlainDate) => (100 * daysBetween(start, day)) / length;
  const now = x(today);
  return (
    <table {...TABLE_ROLES.table} class="bars phases stacked">
      <caption>
        {caption}
        <span class="quiet">
          the line is today, <Day date={today} />
        </span>
      </caption>
      <tbody {...TABLE_ROLES.group}>
        {phases.map(({ name, from, until }) => (
          <tr key={name} {...TABLE_ROLES.row}>
            <th {...TABLE_ROLES.rowHead}>{name}</th>
            <td {...TABLE_ROLES.cell} class="date">
              <DateSpan from={from} to={until} />
            </td>
            <td {...TABLE_ROLES.cell}>
              <svg class="chart" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <line class="axis" x1="0" y1="5" x2="100" y2="5" />
                <rect
                  class="ink"
                  x={x(from)}
                  y="3"
                  width={(100 * (daysBetween(from, until) + 1)) / length}
                  height="4"
                />
                {now >= 0 && now <= 100 && <line class="goal" x1={now} y1="-8" x2={now} y2="18" />}
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
