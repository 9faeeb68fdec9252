import { expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { LoadOwnSection } from '../../people/invitations/answer-routes.tsx';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { ownAgenda } from '../agenda/agenda-queries.ts';
import { goesTo } from '../agenda/agenda-rules.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { groupsOfWeek } from '../groups/current-queries.ts';
import { nowTimetable } from '../now/now-queries.ts';
import { nowAndNext } from '../now/now-rules.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import { stretchInWords } from '../release/time-words-rules.ts';

/** The way to somebody's week from their own part of the summit; nothing for who does not come, or before it is begun. */
export const ownWeekSection: LoadOwnSection = async (db, { summit, self, now }) => {
  if (!(await isComing(db, summit.id, self.personId))) return undefined;
  if ((await frameOf(db, summit)) === undefined) return undefined;
  const [groups, agenda, timetable, presence] = await Promise.all([
    groupsOfWeek(db, summit.id),
    ownAgenda(db, self),
    nowTimetable(db, summit.id),
    presenceOf(db, summit.id),
  ]);
  const group = [...groups.values()].find(({ people }) => people.includes(self.personId));
  const own = goesTo(agenda?.entries ?? []);
  const entries = timetable?.entries.filter(({ id }) => own.has(id)) ?? [];
  const [next] = nowAndNext(entries, now.epochMilliseconds).next;
  const zone = expectZone(timetable?.zone ?? summit.definition.zone);
  const at = (path: string) => `/s/${summit.slug}${path}`;
  return (
    <section aria-labelledby="own-week">
      <h2 id="own-week">During the summit</h2>
      <ul>
        {agenda !== undefined && (
          <li>
            <a href={at('/timetable/agenda')}>My agenda</a>: {counted(own.size, 'session')}
            {next !== undefined && (
              <>
                ; next <a href={at(`/timetable/sessions/${next.id}`)}>{next.title}</a>,{' '}
                {stretchInWords(next, zone, zone)}
              </>
            )}
          </li>
        )}
        {groups.size > 0 && (
          <li>
            <a href={at('/timetable/groups')}>My group</a>:{' '}
            {group === undefined ? 'you are in none' : group.title}
          </li>
        )}
        <li>
          <a href={at('/timetable/presence')}>My days</a>
          {presence.has(self.personId) ? '' : ': you have not said when you are there'}
        </li>
        {agenda !== undefined && (
          <li>
            <a href={at('/timetable/now')}>What is now</a>,{' '}
            <a href={at('/timetable/open-space')}>open space</a> and the{' '}
            <a href={at('/worklog')}>worklog</a>
          </li>
        )}
      </ul>
    </section>
  );
};
