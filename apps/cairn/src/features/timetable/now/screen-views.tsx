import {
  dayAsked,
  dayAt,
  type Entry,
  entriesOfRoom,
  entriesOn,
  isBlock,
  type NowRoom,
  nowAndNext,
  type RoomNow,
  roomNow,
  roomsNow,
  runs,
} from './now-rules.ts';
import { Clock, placeOf, type Shown } from './now-views.tsx';
import { clockIn, lengthWords, shortDayWords, zoneWords } from './now-words-rules.ts';

/**
 * What hangs on a wall: read from afar, without a hand at it. Times are those of the place. Nothing
 * scrolls and nothing turns, so that whoever looks finds everything.
 */

const place = ({ timetable }: Shown): string => zoneWords(timetable.zone);

/** Something for all, in a line of its own. */
function Band({ entries, shown }: { entries: readonly Entry[]; shown: Shown }) {
  const [first] = entries;
  if (first === undefined) return null;
  const where = placeOf(first, shown.timetable);
  return (
    <p class="band">
      <b>{entries.map(({ title }) => title).join(', ')}</b>
      {where !== '' && <> · {where}</>} · until {first.ends}
    </p>
  );
}

function ScreenRoom({ each, shown }: { each: RoomNow; shown: Shown }) {
  const { room, now, nextSession, closedUntil } = each;
  const session = now === undefined || isBlock(now) ? undefined : now;
  return (
    <li>
      <h2>{room.name}</h2>
      <p class="current">
        {closedUntil !== undefined && (
          <b class="trouble">Closed until {clockIn(closedUntil, shown.timetable.zone)}. </b>
        )}
        {session !== undefined && (
          <>
            <b>{session.title}</b> <span class="quiet">until {session.ends}</span>
          </>
        )}
        {session === undefined && closedUntil === undefined && (
          // Beside what is for all nothing runs, so the room is not free then.
          <span class="quiet">{now === undefined ? 'Free' : now.title}</span>
        )}
      </p>
      <p class="coming">
        {nextSession === undefined ? (
          <span class="quiet">Nothing more today</span>
        ) : (
          <>
            {nextSession.starts} {nextSession.title}
          </>
        )}
      </p>
    </li>
  );
}

/** All rooms at once, for a projector. */
export function Projector({ shown, title }: { shown: Shown; title: string }) {
  const { timetable, at } = shown;
  const { now, next } = nowAndNext(timetable.entries.filter(isBlock), at);
  const day = dayAt(timetable, at);
  const [coming] = next;
  return (
    <div class="projector">
      <header>
        <h1>{title}</h1>
        <p class="clock">
          {day !== undefined && <>{shortDayWords(day.date)} </>}
          <Clock moment={at} zone={timetable.zone} />
          <span class="unseen"> in {place(shown)}</span>
        </p>
      </header>
      <Band entries={now} shown={shown} />
      {day === undefined ? (
        <p class="band">{dayless(shown)}</p>
      ) : (
        <ul class={timetable.rooms.length > 8 ? 'rooms many' : 'rooms'}>
          {roomsNow(timetable, at).map((each) => (
            <ScreenRoom key={each.room.key} each={each} shown={shown} />
          ))}
        </ul>
      )}
      <footer>
        {coming !== undefined && coming.date === day?.date ? (
          <>
            Then {coming.starts} {coming.title}
          </>
        ) : (
          <>Times of {place(shown)}</>
        )}
      </footer>
    </div>
  );
}

/** What stands where no day of the timetable is. */
function dayless({ timetable, at }: Shown): string {
  const day = dayAsked(timetable, at);
  if (day === undefined) return 'The last day is over. Thank you for coming.';
  const first = entriesOn(timetable, day.date)[0];
  return `We go on ${shortDayWords(day.date)}${first === undefined ? '' : `, ${first.starts}: ${first.title}`}`;
}

/** One room, for the door of it. */
export function Door({ shown, room }: { shown: Shown; room: NowRoom }) {
  const { timetable, at } = shown;
  const { now, next, closedUntil } = roomNow(timetable, room, at);
  const day = dayAsked(timetable, at);
  const later = entriesOfRoom(timetable, room.key).filter(
    (entry) => entry.date === day?.date && entry.from > at && entry !== next,
  );
  return (
    <div class="door">
      <header>
        <h1>{room.name}</h1>
        <p class="clock">
          {day !== undefined && <>{shortDayWords(day.date)} </>}
          <Clock moment={at} zone={timetable.zone} />
          <span class="unseen"> in {place(shown)}</span>
        </p>
      </header>
      <section class="current" aria-label="Now">
        {closedUntil !== undefined && (
          <p class="trouble">
            <b>Closed until {clockIn(closedUntil, timetable.zone)}</b>
          </p>
        )}
        {now === undefined && closedUntil === undefined && <p>Free</p>}
        {now !== undefined && (
          <>
            <p>
              <b>{now.title}</b>
              {elsewhere(now, room, shown)}
            </p>
            <p class="until">
              until {now.ends}
              {runs(now, at) && <span class="quiet"> · {lengthWords(now.until - at)} left</span>}
            </p>
          </>
        )}
      </section>
      <section class="coming" aria-label="Next">
        {next === undefined ? (
          <p class="quiet">
            {dayAt(timetable, at) === undefined ? dayless(shown) : 'Nothing more today'}
          </p>
        ) : (
          <p>
            Next, {next.starts}: <b>{next.title}</b>
            {elsewhere(next, room, shown)}
          </p>
        )}
        {later.length > 0 && (
          <ol>
            {later.slice(0, 6).map((entry) => (
              <li key={entry.id}>
                {entry.starts} {entry.title}
              </li>
            ))}
          </ol>
        )}
      </section>
      <footer>Times of {place(shown)}</footer>
    </div>
  );
}

/** Where a block is that is not in this room. */
const elsewhere = (entry: Entry, room: NowRoom, { timetable }: Shown): string => {
  const where = entry.room === room.key ? '' : placeOf(entry, timetable);
  return where === '' ? '' : ` (${where})`;
};
