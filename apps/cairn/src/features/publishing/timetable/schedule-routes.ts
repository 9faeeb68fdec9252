import { formatFrabJson } from '@cairn/formats/frab-json';
import { formatFrabXml } from '@cairn/formats/frab-xml';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { answerDocument } from '../../../platform/http/conditional.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { publicNames } from '../../people/listing/public-name-queries.ts';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { fillFacts } from '../../summits/facts.ts';
import type { Summit } from '../../summits/queries.ts';
import { groupsOfWeek } from '../../timetable/groups/current-queries.ts';
import { entryUid } from '../calendar-rules.ts';
import { cacheFor, pageOf } from '../documents-routes.tsx';
import { feedText } from '../feed-rules.ts';
import { programmeCsv } from './csv-rules.ts';
import { publicItems, timetableHistory } from './history-queries.ts';
import { itemKey, timetableEntry } from './history-rules.ts';
import { currentProgramme } from './programme-queries.ts';
import type { ProgrammeItem } from './programme-rules.ts';
import { currentSchedule } from './schedule-queries.ts';

type Context = AppContext<SummitEnv['Variables']>;

/** The timetable as files and calendars that everybody may read, once one was released. */
export function scheduleRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const home = '/s/:summit';

  routes.get(`${home}/schedule.xml`, withSummit, (c) => answerSchedule(c, 'xml'));
  routes.get(`${home}/schedule.json`, withSummit, (c) => answerSchedule(c, 'json'));

  routes.get(`${home}/timetable.csv`, withSummit, async (c) => {
    const { summit, services } = c.var;
    const found = await currentProgramme(services.db, summit.id);
    if (found === undefined) return c.notFound();
    const leads = found.programme.items.flatMap((item) => item.leads);
    return answerDocument(c, {
      body: programmeCsv(found.programme, await publicNames(services.db, summit.id, leads)),
      type: 'text/csv; charset=utf-8; header=present',
      cacheControl: cacheFor(summit),
      fileName: `${summit.slug}_timetable.csv`,
    });
  });

  routes.get(`${home}/timetable/calendar.ics`, withSummit, (c) => answerCalendar(c, {}));

  routes.get(`${home}/timetable/rooms/:key{[a-z0-9_]+}/calendar.ics`, withSummit, (c) =>
    answerCalendar(c, { room: c.req.param('key') }),
  );

  routes.get(`${home}/timetable/groups/:key{[a-z0-9_]+}/calendar.ics`, withSummit, (c) =>
    answerCalendar(c, { group: c.req.param('key') }),
  );

  return routes;
}

const TYPES = {
  xml: 'application/vnd.c3voc.schedule+xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

async function answerSchedule(c: Context, format: 'xml' | 'json'): Promise<Response> {
  const { summit, services } = c.var;
  const found = await currentSchedule(services.db, summit, pageOf(services, summit));
  if (found === undefined) return c.notFound();
  const { schedule } = found;
  return answerDocument(c, {
    body: format === 'xml' ? formatFrabXml(schedule) : formatFrabJson(schedule),
    type: TYPES[format],
    // Names come and go without a release, so the text alone says whether it is another.
    cacheControl: cacheFor(summit),
    fileName: `${summit.slug}.${format}`,
  });
}

/** Of which part of a timetable a calendar is: a room's, a group's, or of all of it. */
interface PartOf {
  readonly room?: string;
  readonly group?: string;
}

async function answerCalendar(c: Context, part: PartOf): Promise<Response> {
  const { summit, services } = c.var;
  const { db, url } = services;
  const history = await timetableHistory(db, summit.id);
  if (history === undefined) return c.notFound();
  const { room, group } = part;
  const rooms = history.releases.flatMap(({ programme }) => programme.rooms);
  const belongs = (item: ProgrammeItem): boolean =>
    room !== undefined ? item.roomKey === room : group === undefined || item.groupKey === group;
  const kept = publicItems(history, belongs);
  // A room that nothing was ever in has a calendar; one that was never released has none.
  if (group !== undefined && kept.length === 0) return c.notFound();
  const named = rooms.findLast(({ key }) => key === room)?.name;
  if (room !== undefined && named === undefined && kept.length === 0) return c.notFound();
  const { hostname } = new URL(url);
  // The same session is in several calendars, and may have left one of them: each has its own entry.
  const suffix = room === undefined ? (group ?? '') : `room.${room}`;
  const entries = kept.map((each) =>
    timetableEntry(each, {
      uidOf: (item) =>
        entryUid([itemKey(item), suffix].filter(Boolean).join('.'), summit.slug, hostname),
      page: pageOf(services, summit),
      venue: `${summit.definition.venue.name}, ${summit.definition.venue.city}`,
    }),
  );
  const what = room === undefined ? await groupTitle(c, group) : (named ?? room);
  return answerDocument(c, {
    body: feedText(
      {
        name: `${what}, ${titleOf(summit)}`,
        id: ['timetable', summit.id, suffix].filter(Boolean).join(' '),
      },
      entries,
    ),
    type: 'text/calendar; charset=utf-8',
    lastModified: latest(kept.map(({ lastModified }) => lastModified)),
    cacheControl: cacheFor(summit),
    fileName: `${[summit.slug, room ?? group ?? 'timetable'].join('_')}.ics`,
  });
}

/** What a group whose sessions were released is called. */
async function groupTitle(c: Context, key: string | undefined): Promise<string> {
  if (key === undefined) return 'Timetable';
  const groups = await groupsOfWeek(c.var.services.db, c.var.summit.id);
  return groups.get(key)?.title ?? key;
}

const titleOf = ({ definition }: Summit): string => fillFacts(definition.title, definition);

const latest = (moments: readonly Instant[]): Instant | undefined =>
  moments.toSorted(Temporal.Instant.compare).at(-1);
