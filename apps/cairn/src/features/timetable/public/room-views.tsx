import { counted, listed } from '@cairn/kernel/words';
import { Facts } from '../../../design/prose.tsx';
import { dayWords } from '../frame/frame-words-rules.ts';
import type { PlacedSession, ReleasedBlock, ReleasedRoom } from '../release/content-schema.ts';
import { BlockWords, ClockTime, type Marks, SessionMarks, type Zones } from './day-views.tsx';
import { JoinLink } from './session-views.tsx';

interface RoomProps {
  /** `/s/<summit>/timetable`. */
  readonly home: string;
  readonly room: ReleasedRoom;
  /** Where people join from afar; for those who come. */
  readonly link: string | undefined;
  readonly days: readonly { readonly date: string }[];
  /** Those in the room. */
  readonly sessions: readonly PlacedSession[];
  /** Those in the room. */
  readonly blocks: readonly ReleasedBlock[];
  readonly zones: Zones;
  readonly marks: Marks;
}

/** A room: what it has, how to get there, and its week. */
export function RoomPage({ home, room, link, days, sessions, blocks, zones, marks }: RoomProps) {
  const { capacity, features, directions } = room;
  return (
    <>
      <Facts
        facts={[
          ...(capacity === null
            ? []
            : [{ term: 'Room for', value: counted(capacity, 'person', 'people') }]),
          ...(features.length === 0
            ? []
            : [{ term: 'Has', value: listed(features.map((word) => word.replaceAll('_', ' '))) }]),
          ...(directions === '' ? [] : [{ term: 'Directions', value: directions }]),
          ...(link === undefined ? [] : [{ term: 'From afar', value: <JoinLink href={link} /> }]),
        ]}
      />
      <ul class="links">
        <li>
          <a href={`${home}/rooms/${room.key}/door`}>Door sign</a>
        </li>
        <li>
          <a href={`${home}/rooms/${room.key}/calendar.ics`}>Calendar of this room</a>
        </li>
      </ul>
      {days.map(({ date }) => {
        const entries = [
          ...sessions.filter((each) => each.date === date),
          ...blocks.filter((each) => each.date === date),
        ].toSorted((one, other) => one.starts.localeCompare(other.starts));
        return (
          <section key={date} aria-labelledby={`day-${date}`}>
            <h2 id={`day-${date}`}>{dayWords(date)}</h2>
            {entries.length === 0 ? (
              <p class="quiet">Nothing is here on this day.</p>
            ) : (
              <ul class="times">
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <ClockTime date={date} time={entry.starts} zones={zones} />–
                    <ClockTime date={date} time={entry.ends} zones={zones} />{' '}
                    {'groupKey' in entry ? (
                      <>
                        <a href={`${home}/sessions/${entry.id}`}>{entry.title}</a>{' '}
                        {entry.kind === 'open' && <span class="quiet">open space</span>}{' '}
                        <SessionMarks session={entry} marks={marks} />
                      </>
                    ) : (
                      <BlockWords block={entry} />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
}
