import { daysBetween, formatMonth, type PlainDate } from '@cairn/kernel/time';
import { TABLE_ROLES } from './table-roles.ts';

/** A stretch of days on the strip. */
export interface StripWeek {
  readonly id: string;
  readonly start: PlainDate;
  readonly end: PlainDate;
  /** Full, in outline, or struck through. */
  readonly look: 'offered' | 'offered-anyway' | 'excluded';
}

interface WeekStripProps {
  readonly caption: string;
  /** In order of their first days. */
  readonly weeks: readonly StripWeek[];
}

const DAY = 10;
const HIGH = 16;

/**
 * Weeks on the calendar, a line for each month and a column for each day. It repeats what a table
 * beside it says in words, so the drawing is hidden from screen readers; they hear a count a month.
 */
export function WeekStrip({ caption, weeks }: WeekStripProps) {
  const months = [...Map.groupBy(weeks, ({ start }) => start.toPlainYearMonth().toString())];
  if (months.length === 0) return null;
  return (
    <table {...TABLE_ROLES.table} class="strip">
      <caption>
        {caption}
        <span class="quiet">full: offered; in outline: offered all the same; struck out: not</span>
      </caption>
      <thead {...TABLE_ROLES.group}>
        <tr {...TABLE_ROLES.row}>
          <th {...TABLE_ROLES.columnHead}>Month</th>
          <th {...TABLE_ROLES.columnHead}>Weeks</th>
        </tr>
      </thead>
      <tbody {...TABLE_ROLES.group}>
        {months.map(([key, inMonth]) => {
          const first = inMonth[0]?.start.with({ day: 1 });
          if (first === undefined) return null;
          const offered = inMonth.filter(({ look }) => look !== 'excluded').length;
          return (
            <tr key={key} {...TABLE_ROLES.row}>
              <th {...TABLE_ROLES.rowHead}>
                {formatMonth(first.toPlainYearMonth())} {first.year}
              </th>
              <td {...TABLE_ROLES.cell}>
                <span class="unseen">
                  {offered} of {inMonth.length} offered
                </span>
                <svg
                  class="chart"
                  viewBox={`0 0 ${38 * DAY} ${HIGH}`}
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <line
                    class="axis"
                    x1="0"
                    y1={HIGH - 1}
                    x2={first.daysInMonth * DAY}
                    y2={HIGH - 1}
                  />
                  {inMonth.map((week) => (
                    <Stretch key={week.id} week={week} first={first} />
                  ))}
                </svg>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A week's days from the first of the month; one that runs into the next month is drawn to its end. */
function Stretch({ week: { start, end, look }, first }: { week: StripWeek; first: PlainDate }) {
  const x = daysBetween(first, start) * DAY;
  const width = Math.min(38 * DAY - x, (daysBetween(start, end) + 1) * DAY);
  if (look === 'excluded') {
    return (
      <g class="out">
        <rect class="pale" x={x + 1} y="3" width={width - 2} height={HIGH - 6} />
        <line class="axis" x1={x + 1} y1={HIGH / 2} x2={x + width - 1} y2={HIGH / 2} />
      </g>
    );
  }
  return (
    <rect
      class={look === 'offered' ? 'ink' : 'pale'}
      x={x + 1}
      y="3"
      width={width - 2}
      height={HIGH - 6}
    />
  );
}
