import { Hono } from 'hono';
import { renderPage, Screen } from '../../../design/layout.tsx';
import type { AppContext } from '../../../platform/http/env.ts';
import { streamLive } from '../../../platform/live/stream.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { organiserOf, selfIn } from '../../people/rights.ts';
import type { ParticipantEnv } from '../../summits/access.ts';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { showTimetablePage } from '../../timetable/page.tsx';
import { CheckInPage, CheckInScreen } from './check-in-views.tsx';
import { DayOf } from './entry-views.tsx';
import { entriesOf, type WorklogPart, worklogOf } from './worklog-queries.ts';
import { keyOf, worklogChannel } from './worklog-rules.ts';
import { dateSchema } from './worklog-schema.ts';

type CheckInContext = AppContext<ParticipantEnv['Variables']>;

const HOME = '/s/:summit/worklog/:date/check-in';

/**
 * The check-in of a day: `/s/<summit>/worklog/<day>/check-in` all of it, `…/<group or session>` one by
 * projector. Its parents have let in those who come.
 */
export function checkInRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  routes.get(HOME, async (c) => (await showAll(c)) ?? c.notFound());
  // No group has a key with a hyphen.
  routes.get(`${HOME}/live-news`, tell);
  routes.get(`${HOME}/:subject`, async (c) => (await showOne(c)) ?? c.notFound());
  return routes;
}

async function partsOf(
  c: CheckInContext,
): Promise<{ readonly date: string; readonly parts: readonly WorklogPart[] } | undefined> {
  const { summit, services, signedIn } = c.var;
  const date = c.req.param('date') ?? '';
  const frame = await frameOf(services.db, summit);
  if (!frame?.days.some((day) => day.date === date)) return undefined;
  return { date, parts: await worklogOf(services.db, selfIn(summit.id, signedIn), date) };
}

async function showAll(c: CheckInContext): Promise<Response | undefined> {
  const found = await partsOf(c);
  if (found === undefined) return undefined;
  return showTimetablePage(
    c,
    {
      title: `Check-in of ${found.date}`,
      heading: (
        <>
          Check-in of <DayOf date={found.date} />
        </>
      ),
      lede: 'What each planned, and what came of it.',
      scripts: ['/assets/check-in.js'],
    },
    <CheckInPage home={`/s/${c.var.summit.slug}`} {...found} stand={standOf(found.parts)} />,
  );
}

async function showOne(c: CheckInContext): Promise<Response | undefined> {
  const found = await partsOf(c);
  if (found === undefined) return undefined;
  const { date, parts } = found;
  const subject = c.req.param('subject');
  const at = parts.findIndex((part) => keyOf(part.subject.place) === subject);
  const part = parts[at];
  if (part === undefined) return undefined;
  const { summit } = c.var;
  const asked = c.req.query('look');
  const look = asked === 'dark' || asked === 'light' ? asked : undefined;
  return c.html(
    renderPage(
      <Screen
        title={`${part.subject.title}: check-in of ${date}`}
        summit={{ title: summit.definition.title, href: `/s/${summit.slug}` }}
        scripts={['/assets/check-in.js']}
        refresh={30}
        look={look}
      >
        <CheckInScreen
          home={`/s/${summit.slug}`}
          date={date}
          part={part}
          stand={standOf(parts)}
          before={parts[at - 1]}
          after={parts[at + 1]}
          look={look}
          place={`${at + 1} of ${parts.length}`}
        />
      </Screen>,
    ),
  );
}

/** Rises with everything that is written of a day. */
const standOf = (parts: readonly Pick<WorklogPart, 'entry'>[]): number =>
  parts.reduce((sum, { entry }) => sum + (entry?.revision ?? 0), 0);

/** Tells open pages that something was written; they ask for it themselves. */
function tell(c: CheckInContext): Response {
  const { summit, services, signedIn } = c.var;
  const { db, live } = services;
  const date = c.req.param('date') ?? '';
  if (!dateSchema.safeParse(date).success) return c.text('This is no day.\n', 404);
  const { personId } = signedIn;
  return streamLive(c, live, {
    channel: worklogChannel(summit.id, date),
    key: personId,
    since: Number(c.req.query('since')) || 0,
    load: async (since) => {
      const mayRead =
        (await isComing(db, summit.id, personId)) ||
        (await organiserOf(db, summit.id, signedIn)) !== undefined;
      if (!mayRead) return 'over';
      const entries = await entriesOf(db, selfIn(summit.id, signedIn), date);
      const stand = standOf(entries.map((entry) => ({ entry })));
      return stand > since ? { id: stand, data: stand } : undefined;
    },
    tellPresent: async () => undefined,
  });
}
