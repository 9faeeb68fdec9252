import { type Instant, Temporal } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { answerDocument, OWN_CACHE, SHARED_CACHE } from '../../../platform/http/conditional.ts';
import { feedText } from '../../publishing/feed-rules.ts';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import type { Summit } from '../../summits/queries.ts';
import { callEntry } from './call-feed-rules.ts';
import {
  type CalendarWithCalls,
  calendarsWithCalls,
  callCalendar,
  callSourceOf,
  keptCalls,
  toldCalendars,
} from './call-queries.ts';
import { nextTimes } from './call-rules.ts';
import { CallsPage } from './call-views.tsx';
import { callsNow } from './shown-rules.ts';

const ICALENDAR = 'text/calendar; charset=utf-8';

/** The list of what comes next: so far ahead, and so many at most. */
const AHEAD_DAYS = 31;
const MOST_NEXT = 40;

/** `/s/<summit>/calls` and its feeds: the common calendar of all calls, for everybody. */
export function callRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const address = '/s/:summit/calls';

  routes.get(address, withSummit, async (c) => {
    const { summit, services, organiser, takesPart } = c.var;
    const now = services.clock.now();
    const until = now.add({ hours: 24 * AHEAD_DAYS });
    const calendars = await calendarsWithCalls(services.db, summit.id);
    const home = `/s/${summit.slug}/calls`;
    return showPage(
      c,
      {
        title: 'Calls',
        lede: 'The regular calls of the communities, to stay in touch before and after the summit.',
        isPublic: summit.state !== 'draft',
      },
      <CallsPage
        home={home}
        address={`${services.url}${home}`}
        zone={readerZone(c, summit)}
        calendars={calendars.map((calendar) => ({ ...calendar, calls: callsNow(calendar, now) }))}
        next={nextTimes(
          calendars.flatMap(({ calls }) => calls),
          { from: now, until },
          MOST_NEXT,
        )}
        until={until}
        follow={takesPart ? `/s/${summit.slug}/me/calls` : undefined}
        organise={organiser === undefined ? undefined : `/s/${summit.slug}/organise/calls`}
      />,
    );
  });

  routes.get(`${address}.ics`, withSummit, async (c) => {
    const { summit, services } = c.var;
    const calendars = await toldCalendars(services.db, summit.id);
    return answerFeed(c, summit, calendars, 'Calls', `${summit.slug}-calls`);
  });

  routes.get(`${address}/:file{[a-z0-9_-]+\\.ics}`, withSummit, async (c) => {
    const { summit, services } = c.var;
    const key = c.req.param('file').replace(/\.ics$/, '');
    const calendar = await callCalendar(services.db, summit.id, key);
    if (calendar === undefined) return c.notFound();
    const calls = (await keptCalls(services.db, [calendar.id])).get(calendar.id) ?? [];
    return answerFeed(c, summit, [{ ...calendar, calls }], calendar.name, key);
  });

  routes.get(`${address}/:file{[a-z0-9_-]+\\.yaml}`, withSummit, async (c) => {
    const { summit, services } = c.var;
    const key = c.req.param('file').replace(/\.yaml$/, '');
    const calendar = await callCalendar(services.db, summit.id, key);
    if (calendar === undefined || calendar.retiredAt !== undefined) return c.notFound();
    return answerDocument(c, {
      body: await callSourceOf(services.db, calendar.id),
      type: 'application/yaml; charset=utf-8',
      lastModified: calendar.changedAt,
      cacheControl: cacheOf(summit),
      fileName: `${key}.yaml`,
    });
  });

  return routes;
}

const cacheOf = ({ state }: Summit): string => (state === 'draft' ? OWN_CACHE : SHARED_CACHE);

type Context = Parameters<typeof showPage>[0];

function answerFeed(
  c: Context,
  summit: Summit,
  calendars: readonly CalendarWithCalls[],
  name: string,
  fileName: string,
): Response {
  const page = `${c.var.services.url}/s/${summit.slug}/calls`;
  const entries = calendars.flatMap(({ name: calendar, calls }) =>
    calls.map((call) => callEntry(call, calendar, page)),
  );
  const id = calendars.length === 1 ? `${summit.id} calls ${fileName}` : `${summit.id} calls`;
  return answerDocument(c, {
    body: feedText({ name, id }, entries),
    type: ICALENDAR,
    lastModified: latest(entries.map(({ lastModified }) => lastModified)),
    cacheControl: cacheOf(summit),
    fileName: `${fileName}.ics`,
  });
}

const latest = (moments: readonly Instant[]): Instant | undefined =>
  moments.toSorted(Temporal.Instant.compare).at(-1);
