import { attendanceCounts } from '../../people/promises/attendance-queries.ts';
import { selfIn } from '../../people/rights.ts';
import { readerZone } from '../../summits/page.tsx';
import { meetingPromises } from '../series/meeting-promises.ts';
import type { LoadMeetingSection } from '../series/meeting-sections.ts';
import { attendanceKeeperOf, mayJoin } from '../series/rights.ts';
import { isOver } from '../series/series-rules.ts';
import { openCounts, ownAttendance } from './attendance-queries.ts';
import { AttendanceSection } from './attendance-section-views.tsx';
import { meetingSettings } from './attendance-settings-queries.ts';
import { checkInState, checkInWindow } from './check-in-rules.ts';

/** On the page of a call: one's own attendance, and for leads and organisers everybody's. */
export const attendanceSection: LoadMeetingSection = async (c, meeting) => {
  const { summit, signedIn, organiser, services } = c.var;
  const { db } = services;
  const now = services.clock.now();
  const { key } = meeting;
  const window = checkInWindow(meeting, await meetingSettings(db, summit.id));
  const own = (await ownAttendance(db, selfIn(summit.id, signedIn), [key])).get(key);
  const joins = await mayJoin(db, summit.id, signedIn.personId);
  const asked = { summitId: summit.id, meeting: key };
  const keeper = await attendanceKeeperOf(db, asked, organiser, signedIn.personId);
  if (own === undefined || (!joins && keeper === undefined)) return undefined;
  const state = checkInState(window, now);
  return {
    key: 'attendance',
    title: 'Attendance',
    isFirst: joins && state === 'open' && own.source === undefined,
    body: (
      <AttendanceSection
        at={`/s/${summit.slug}/meetings/${key}`}
        own={own}
        promises={await meetingPromises(c)}
        isOver={isOver(meeting, now)}
        mayJoin={joins}
        checkIn={{ state, window }}
        mayWatch={
          summit.definition.planning_meetings.recordings === 'count' &&
          meeting.recording !== undefined &&
          isOver(meeting, now)
        }
        keeper={
          keeper && {
            there: (await attendanceCounts(db, summit.id)).get(key) ?? 0,
            requests: (await openCounts(db, summit.id)).get(key)?.requests ?? 0,
          }
        }
        zone={readerZone(c, summit)}
      />
    ),
  };
};
