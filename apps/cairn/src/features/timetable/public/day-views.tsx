import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Menu } from '../../../design/layout.tsx';
import { Mark } from '../../../design/mark.tsx';
import { TABLE_ROLES } from '../../../design/table-roles.ts';
import { dayWords, weekdayOf } from '../frame/frame-words-rules.ts';
import type { PlacedSession, ReleasedBlock } from '../release/content-schema.ts';
import { readStretch } from '../release/time-words-rules.ts';
import type { Grid, GridColumn, GridRow } from './grid-rules.ts';

/** What marks sessions for this reader. */
export interface Marks {
  /** The reader, where they are expected in sessions. */
  readonly reader: string | undefined;
  /** Sessions that a change since the release affects. */
  readonly affected: ReadonlySet<string>;
}

/** The zones of a page: the place's, in which times are kept, and the reader's. */
export interface Zones {
  readonly place: ZoneName;
  readonly reader: ZoneName;
}

interface DayProps {
  /** `/s/<summit>/timetable`. */
  readonly home: string;
  readonly date: string;
  readonly grid: Grid;
  readonly zones: Zones;
  readonly marks: Marks;
  /** Everything below each other, on wide screens too. */
  readonly asList: boolean;
}

/** The days of a timetable, and the day's table as a list. */
export const DayMenu = ({
  home,
  days,
  date,
}: {
  home: string;
  days: readonly { readonly date: string }[];
  date: string;
}) => (
  <Menu
    label="Days"
    items={days.map((day) => ({
      href: `${home}/days/${day.date}`,
      label: dayWords(day.date).replace(/ \d{4}$/, ''),
      current: day.date === date,
    }))}
  />
);

/** A day: rooms beside each other and time downwards; on narrow screens below each other. */
export function DayTable(props: DayProps) {
  const { home, date, grid, zones, asList } = props;
  const { columns, rows, beside } = grid;
  const width = Math.max(1, columns.length);
  return (
    <>
      {beside.map((block) => (
        <p key={block.id}>
          <ClockTime {...{ date, time: block.starts, zones }} />
          –<ClockTime {...{ date, time: block.ends, zones }} />: <BlockWords block={block} />
        </p>
      ))}
      <section
        class={asList ? 'day as-list' : 'day'}
        aria-labelledby="day-caption"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
      >
        <table {...TABLE_ROLES.table}>
          <caption id="day-caption">{dayWords(date)}</caption>
          <thead {...TABLE_ROLES.group}>
            <tr {...TABLE_ROLES.row}>
              <th {...TABLE_ROLES.columnHead}>Time</th>
              {columns.map((column) => (
                <th key={column.room?.id} {...TABLE_ROLES.columnHead}>
                  <RoomHead home={home} column={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...TABLE_ROLES.group}>
            {rows.map((row) => (
              <Row key={row.starts} {...props} row={row} width={width} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const RoomHead = ({ home, column: { room } }: { home: string; column: GridColumn }) =>
  room === undefined ? (
    <>Room not known yet</>
  ) : (
    <a href={`${home}/rooms/${room.key}`}>{room.name}</a>
  );

function Row({
  row,
  width,
  home,
  date,
  grid: { columns },
  zones,
  marks,
}: DayProps & { row: GridRow; width: number }) {
  const begins = row.block !== undefined || row.cells.length > 0;
  return (
    <tr {...TABLE_ROLES.row} class={begins ? undefined : 'goes-on'}>
      <th {...TABLE_ROLES.rowHead}>
        <ClockTime date={date} time={row.starts} zones={zones} />
      </th>
      {row.block !== undefined && (
        <td {...TABLE_ROLES.cell} class="block" colSpan={width} rowSpan={row.block.rows}>
          <BlockWords block={row.block.block} />{' '}
          <Until date={date} time={row.block.block.ends} zones={zones} />
        </td>
      )}
      {columns.map(({ room }, column) => {
        const cell = row.cells.find((each) => each.column === column);
        if (cell === undefined) {
          return row.free.includes(column) ? (
            <td key={room?.id} {...TABLE_ROLES.cell} class="free" />
          ) : null;
        }
        return (
          <td
            key={room?.id}
            {...TABLE_ROLES.cell}
            rowSpan={cell.rows}
            data-room={room?.name ?? 'Room not known yet'}
          >
            {cell.sessions.map((session) => (
              <SessionLine key={session.id} {...{ home, session, zones, marks }}>
                {session.starts > row.starts && (
                  <>
                    from <ClockTime date={date} time={session.starts} zones={zones} />{' '}
                  </>
                )}
                <Until date={date} time={session.ends} zones={zones} />
              </SessionLine>
            ))}
          </td>
        );
      })}
    </tr>
  );
}

/** A session in a cell or a list: its name, until when, and what sets it apart for the reader. */
const SessionLine = ({
  home,
  session,
  marks,
  children,
}: {
  home: string;
  session: PlacedSession;
  marks: Marks;
  children: ComponentChildren;
}) => (
  <div class="session">
    <a href={`${home}/sessions/${session.id}`}>{session.title}</a>{' '}
    <span class="quiet">
      {session.kind === 'open' && 'open space, '}
      {children}
    </span>{' '}
    <SessionMarks session={session} marks={marks} />
  </div>
);

/** Whether a session is the reader's own, and whether a change affects it. */
export const SessionMarks = ({ session, marks }: { session: PlacedSession; marks: Marks }) => (
  <>
    {marks.reader !== undefined && session.people.includes(marks.reader) && (
      <Mark shape="disc" tone="good">
        you
      </Mark>
    )}{' '}
    {marks.affected.has(session.id) && (
      <Mark shape="triangle" tone="warn">
        affected by a change
      </Mark>
    )}
  </>
);

/** What a block is: its title, and where. */
export function BlockWords({ block }: { block: ReleasedBlock }) {
  const { kind, title, isProvided, place, text } = block;
  const says = [
    ...(kind === 'meal' ? [isProvided ? 'provided' : 'each finds a place'] : []),
    ...[place, text].filter((words) => words !== ''),
  ];
  return (
    <>
      {title}
      {says.length > 0 && <span class="quiet"> {says.join('; ')}</span>}
    </>
  );
}

const Until = ({ date, time, zones }: { date: string; time: string; zones: Zones }) => (
  <>
    until <ClockTime date={date} time={time} zones={zones} />
  </>
);

/** A time of day on the reader's clocks, with its weekday where that is another; the place's beside it. */
export function ClockTime({ date, time, zones }: { date: string; time: string; zones: Zones }) {
  if (zones.place === zones.reader) return <>{time}</>;
  const read = readStretch({ date, starts: time, ends: time }, zones.place, zones.reader);
  if (read.date === date && read.starts === time) return <>{time}</>;
  return (
    <>
      {read.date !== date && `${weekdayOf(read.date).slice(0, 3)} `}
      {read.starts} <span class="there">(there {time})</span>
    </>
  );
}
