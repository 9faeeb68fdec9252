import { Table } from '../../../design/table.tsx';
import {
  dayAsked,
  dayAt,
  type Entry,
  isBlock,
  type NowAndNext,
  type NowTimetable,
  nowAndNext,
  personNow,
  type RoomNow,
  roomsNow,
} from './now-rules.ts';
import { clockIn, lengthWords, shortDayWords, spanWords, zoneWords } from './now-words-rules.ts';

/** What the boards below are drawn from, on the server and in the browser alike. */
export interface Shown {
  readonly timetable: NowTimetable;
  /** The moment that is shown, in milliseconds. */
  readonly at: number;
  /** The zone of the reader. */
  readonly zone: string;
  /** Where the timetable is: `/s/<summit>/timetable`. */
  readonly home: string;
}

/** A moment by the clocks of the place. */
export const Clock = ({ moment, zone }: { moment: number; zone: string }) => (
  <time dateTime={new Date(moment).toISOString()}>{clockIn(moment, zone)}</time>
);

/** When an entry is: by the place's clocks, and in brackets by the reader's where they differ. */
function Span({ entry, zone }: { entry: Entry; zone: string }) {
  const { there, here } = spanWords(entry, zone);
  return (
    <span class="when">
      <time dateTime={new Date(entry.from).toISOString()}>{there}</time>
      {here !== undefined && <span class="quiet"> (yours {here})</span>}
    </span>
  );
}

/** A session leads to its page; a block says where it is. */
export const EntryName = ({ entry, home }: { entry: Entry; home: string }) =>
  isBlock(entry) ? (
    <span>{entry.title}</span>
  ) : (
    <a href={`${home}/sessions/${entry.id}`}>{entry.title}</a>
  );

/** Where an entry is, in words. */
export function placeOf(entry: Entry, { rooms }: Pick<NowTimetable, 'rooms'>): string {
  return rooms.find(({ key }) => key === entry.room)?.name ?? entry.place;
}

function EntryLine({ entry, shown }: { entry: Entry; shown: Shown }) {
  const { timetable, zone, home, at } = shown;
  const place = placeOf(entry, timetable);
  const today = dayAt(timetable, at)?.date;
  return (
    <>
      <b>
        <EntryName entry={entry} home={home} />
      </b>
      {place !== '' && <> · {place}</>}
      <br />
      <span class="small">
        {entry.date !== today && <>{shortDayWords(entry.date)}, </>}
        <Span entry={entry} zone={zone} />
        <span class="quiet">
          {entry.from <= at
            ? ` · ${lengthWords(entry.until - at)} left`
            : ` · in ${lengthWords(entry.from - at)}`}
        </span>
      </span>
    </>
  );
}

function Turns({
  shown,
  turns: { now, next },
  nothing,
  afterPause,
}: {
  shown: Shown;
  turns: NowAndNext;
  /** What stands where nothing is now. */
  nothing: string;
  afterPause?: Entry | undefined;
}) {
  const coming = afterPause === undefined ? next : [...next, afterPause];
  return (
    <dl class="turns">
      <dt>Now</dt>
      <dd>
        {now.length === 0 && <p>{nothing}</p>}
        {now.map((entry) => (
          <p key={entry.id}>
            <EntryLine entry={entry} shown={shown} />
          </p>
        ))}
      </dd>
      <dt>Next</dt>
      <dd>
        {coming.length === 0 && <p>Nothing more.</p>}
        {coming.map((entry) => (
          <p key={entry.id}>
            <EntryLine entry={entry} shown={shown} />
          </p>
        ))}
      </dd>
    </dl>
  );
}

/** What happens in a room, as a cell says it. */
function InRoom({ room, shown }: { room: RoomNow; shown: Shown }) {
  const { now, closedUntil } = room;
  const { timetable, home } = shown;
  if (now === undefined) {
    return closedUntil === undefined ? (
      <span class="quiet">Free</span>
    ) : (
      <>
        Closed until <Clock moment={closedUntil} zone={timetable.zone} />
      </>
    );
  }
  return (
    <>
      <EntryName entry={now} home={home} />, until <time>{now.ends}</time>
      {closedUntil !== undefined && <strong class="trouble"> The room is closed.</strong>}
    </>
  );
}

function RoomTable({ shown }: { shown: Shown }) {
  const { timetable, at, home } = shown;
  return (
    <Table
      caption="Rooms"
      wide
      rows={roomsNow(timetable, at)}
      rowKey={({ room }) => room.key}
      empty="This timetable has no rooms."
      columns={[
        {
          head: 'Room',
          cell: ({ room }) => <a href={`${home}/rooms/${room.key}`}>{room.name}</a>,
        },
        { head: 'Now', cell: (room) => <InRoom room={room} shown={shown} /> },
        {
          head: 'Next today',
          cell: (room) =>
            room.nextSession === undefined ? (
              <span class="quiet">Nothing more</span>
            ) : (
              <>
                <time>{room.nextSession.starts}</time>{' '}
                <EntryName entry={room.nextSession} home={home} />
              </>
            ),
        },
      ]}
    />
  );
}

/** What is now and next: for oneself where one has an agenda, for everybody, and in each room. */
export function NowBoard({
  shown,
  own,
}: {
  shown: Shown;
  /** The sessions of the reader's agenda; undefined for who has none. */
  own: ReadonlySet<string> | undefined;
}) {
  const { timetable, at, zone } = shown;
  const mine = own && personNow(timetable, own, at);
  const isFar = zone !== timetable.zone;
  const day = dayAsked(timetable, at);
  return (
    <>
      <p class="clock">
        It is <Clock moment={at} zone={timetable.zone} /> in {zoneWords(timetable.zone)}
        {isFar && (
          <>
            {' '}
            and <Clock moment={at} zone={zone} /> in {zoneWords(zone)}, whose times stand in
            brackets
          </>
        )}
        {day === undefined && '. The last day of the timetable is over'}
        {day !== undefined && dayAt(timetable, at) === undefined && (
          <>
            . {at < (timetable.days[0]?.from ?? 0) ? 'The first day' : 'The next day'} is{' '}
            {shortDayWords(day.date)}
          </>
        )}
        .
      </p>
      {mine !== undefined && (
        <section aria-labelledby="now-you">
          <h2 id="now-you">For you</h2>
          <Turns
            shown={shown}
            turns={mine}
            afterPause={mine.afterPause}
            nothing="Nothing of your agenda."
          />
        </section>
      )}
      <section aria-labelledby="now-all">
        <h2 id="now-all">For everybody</h2>
        <Turns
          shown={shown}
          turns={nowAndNext(timetable.entries.filter(isForAll), at)}
          nothing={dayAt(timetable, at) === undefined ? 'Nothing.' : 'Work in the rooms.'}
        />
      </section>
      <RoomTable shown={shown} />
    </>
  );
}

const isForAll = (entry: Entry): boolean => isBlock(entry) || entry.kind === 'plenary';
