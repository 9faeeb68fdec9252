import { expectZone, type ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { groupsOfWeek } from '../../timetable/groups/current-queries.ts';
import { currentTimetable } from '../../timetable/release/current-queries.ts';
import { stretchForReader } from '../../timetable/release/time-words-rules.ts';

/**
 * The groups of the week that work on a topic, for those who come, and its sessions in the timetable;
 * nothing where there are none.
 */
export async function topicSessionsSection(
  db: Reader,
  summit: Pick<Summit, 'id' | 'slug'>,
  { number, zone, comes }: { readonly number: number; readonly zone: ZoneName; comes: boolean },
) {
  const [week, current] = await Promise.all([
    groupsOfWeek(db, summit.id),
    currentTimetable(db, summit.id),
  ]);
  const groups = [...week.values()].filter(({ topicNumber }) => topicNumber === number);
  const keys = new Set<string | null>(groups.map(({ key }) => key));
  const sessions = (current?.sessions ?? []).filter(
    ({ topicNumber, groupKey }) => topicNumber === number || keys.has(groupKey),
  );
  if (sessions.length === 0 && (groups.length === 0 || !comes)) return undefined;
  const rooms = new Map(current?.content.rooms.map(({ id, name }) => [id, name]));
  const place = expectZone(current?.content.zone ?? 'UTC');
  const home = `/s/${summit.slug}/timetable`;
  return (
    <section id="sessions">
      <h2>In the timetable</h2>
      <ul>
        {comes &&
          groups.map(({ key, title }) => (
            <li key={key}>
              Group: <a href={`${home}/groups/${key}`}>{title}</a>
            </li>
          ))}
        {sessions.map((session) => {
          const room = rooms.get(session.roomId ?? '');
          return (
            <li key={session.id}>
              <a href={`${home}/sessions/${session.id}`}>{session.title}</a>:{' '}
              {stretchForReader(session, place, zone)}
              {room !== undefined && `, ${room}`}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
