import { Hono } from 'hono';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { ownAttendance } from '../attendance/attendance-queries.ts';
import { meetingPromises } from './meeting-promises.ts';
import type { LoadMeetingSection } from './meeting-sections.ts';
import { CallPage, MeetingsPage } from './meeting-views.tsx';
import { mayJoin } from './rights.ts';
import { trackLeads } from './series-queries.ts';
import { inOrderOfNeed, meetingNamed, meetingsOf } from './series-rules.ts';

/**
 * `/s/<summit>/meetings` and the page of each call. Other rooms bring the sections of that page along,
 * in the order in which they stand there.
 */
export function meetingRoutes(sections: readonly LoadMeetingSection[]): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/meetings';
  routes.use(address, withSummit, participantsOnly);
  routes.use(`${address}/*`, withSummit, participantsOnly);

  routes.get(address, async (c) => {
    const { summit, signedIn, organiser, services } = c.var;
    const now = services.clock.now();
    const meetings = inOrderOfNeed(meetingsOf(summit), now);
    return showPage(
      c,
      { title: 'Planning meetings' },
      <MeetingsPage
        home={`/s/${summit.slug}`}
        meetings={meetings}
        own={
          await ownAttendance(
            services.db,
            selfIn(summit.id, signedIn),
            meetings.map(({ key }) => key),
          )
        }
        promises={await meetingPromises(c)}
        mayJoin={
          organiser !== undefined || (await mayJoin(services.db, summit.id, signedIn.personId))
        }
        mayOrganise={organiser !== undefined}
        zone={readerZone(c, summit)}
        now={now}
      />,
    );
  });

  routes.get(`${address}/:meeting`, async (c) => {
    const { summit, signedIn, organiser, services } = c.var;
    const meeting = meetingNamed(summit, c.req.param('meeting'));
    if (meeting === undefined) return c.notFound();
    const loaded = await Promise.all(sections.map((load) => load(c, meeting)));
    return showPage(
      c,
      { title: meeting.title },
      <CallPage
        home={`/s/${summit.slug}`}
        meeting={meeting}
        leads={await trackLeads(services.db, summit.id)}
        sections={loaded.filter((section) => section !== undefined)}
        mayJoin={
          organiser !== undefined || (await mayJoin(services.db, summit.id, signedIn.personId))
        }
        mayOrganise={organiser !== undefined}
        zone={readerZone(c, summit)}
        now={services.clock.now()}
      />,
    );
  });

  return routes;
}
