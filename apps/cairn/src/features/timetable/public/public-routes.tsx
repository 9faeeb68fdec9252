import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { EmptyState } from '../../../design/empty.tsx';
import type { Reader } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { threadsByNumber } from '../../planning/threads/thread-queries.ts';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { ownEntry } from '../agenda/agenda-queries.ts';
import { MarkSection } from '../agenda/agenda-views.tsx';
import { dayWords } from '../frame/frame-words-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { affectedSessions } from '../release/affected-queries.ts';
import { changesBetween } from '../release/change-rules.ts';
import { type CurrentTimetable, currentTimetable } from '../release/current-queries.ts';
import { movedPeople } from '../release/moved-rules.ts';
import { lastReleaseWith, releaseOf, releasesOf } from '../release/release-queries.ts';
import { zoneWord } from '../release/time-words-rules.ts';
import { DayMenu, DayTable, type Marks, type Zones } from './day-views.tsx';
import { dayGrid } from './grid-rules.ts';
import { RoomPage } from './room-views.tsx';
import { GoneSession, SessionPage } from './session-views.tsx';
import { roomLink, shownNames } from './shown-queries.ts';
import { VersionList, VersionPage } from './version-views.tsx';

type Context = AppContext<SummitEnv['Variables']>;

/**
 * `/s/<summit>/timetable`: the timetable that holds, for everybody. A day each, sessions, rooms, and the
 * versions with what they changed. Whoever has a page already is answered without it.
 */
export function publicTimetableRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const address = '/s/:summit/timetable';
  const pages = ['', '/days/:date', '/sessions/:id', '/rooms/:key', '/versions', '/versions/:n'];
  for (const page of pages) routes.use(`${address}${page}`, withSummit, etag());

  routes.get(address, (c) => showDay(c, undefined));
  routes.get(`${address}/days/:date`, (c) => showDay(c, c.req.param('date')));
  routes.get(`${address}/sessions/:id`, (c) => showSession(c, c.req.param('id')));

  routes.get(`${address}/rooms/:key`, async (c) => {
    const { summit, services } = c.var;
    const current = await currentTimetable(services.db, summit.id);
    const room = current?.content.rooms.find(({ key }) => key === c.req.param('key'));
    if (current === undefined || room === undefined) return c.notFound();
    return showTimetablePage(
      c,
      { title: room.name, isPublic: summit.state !== 'draft' },
      <RoomPage
        home={`/s/${summit.slug}/timetable`}
        room={room}
        link={isIn(c) ? await roomLink(services.db, summit.id, room.id) : undefined}
        days={current.content.days}
        sessions={current.sessions.filter(({ roomId }) => roomId === room.id)}
        blocks={current.content.blocks.filter(({ roomId }) => roomId === room.id)}
        zones={zonesOf(c, current)}
        marks={await marksFor(c, current)}
      />,
    );
  });

  routes.get(`${address}/versions`, async (c) => {
    const { summit, services } = c.var;
    const releases = await releasesOf(services.db, summit.id);
    return showTimetablePage(
      c,
      { title: 'Versions of the timetable', isPublic: summit.state !== 'draft' },
      <VersionList
        home={`/s/${summit.slug}/timetable`}
        releases={releases}
        zone={readerZone(c, summit)}
      />,
    );
  });

  routes.get(`${address}/versions/:n`, (c) => showVersion(c, c.req.param('n')));

  return routes;
}

async function showVersion(c: Context, asked: string): Promise<Response> {
  const { summit, services, visitor } = c.var;
  const release = /^[1-9]\d{0,5}$/.test(asked)
    ? await releaseOf(services.db, summit.id, Number(asked))
    : undefined;
  if (release === undefined) return c.notFound();
  const { version, name, note, content, before, releasedAt } = release;
  const current = await currentTimetable(services.db, summit.id);
  const own = movedPeople(before, content).byPerson.get(visitor.signedIn?.personId ?? '');
  return showTimetablePage(
    c,
    {
      title: `Version ${version}: ${name}`,
      lede: `Released on ${dayWords(releasedAt.toZonedDateTimeISO(readerZone(c, summit)).toPlainDate().toString())}.`,
      isPublic: summit.state !== 'draft',
    },
    <VersionPage
      home={`/s/${summit.slug}/timetable`}
      {...{ version, note, content, before }}
      changes={changesBetween(before, content)}
      own={own ?? []}
      known={new Set(current?.sessions.map(({ id }) => id))}
      readerZone={readerZone(c, summit)}
    />,
  );
}

/** Whether the reader comes, or organises. */
const isIn = ({ var: { comes, organiser } }: Context): boolean => comes || organiser !== undefined;

const zonesOf = (c: Context, { content }: CurrentTimetable): Zones => ({
  place: expectZone(content.zone),
  reader: readerZone(c, c.var.summit),
});

const marksFor = async (c: Context, current: CurrentTimetable): Promise<Marks> => ({
  reader: c.var.visitor.signedIn?.personId,
  affected: await affectedSessions(c.var.services.db, c.var.summit, current),
});

async function showDay(c: Context, asked: string | undefined): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const current = await currentTimetable(services.db, summit.id);
  const home = `/s/${summit.slug}/timetable`;
  const isPublic = summit.state !== 'draft';
  if (current === undefined) {
    if (asked !== undefined) return c.notFound();
    const next = { href: `/s/${summit.slug}/organise/timetable/release`, label: 'Release it.' };
    return showTimetablePage(
      c,
      { title: 'Timetable', isPublic },
      <EmptyState next={organiser && next}>
        The timetable is not released yet. It will be here, with who works on what, where and when.
      </EmptyState>,
    );
  }
  const { days, rooms, blocks } = current.content;
  const zones = zonesOf(c, current);
  const today = services.clock.now().toZonedDateTimeISO(zones.place).toPlainDate().toString();
  const date = asked ?? (days.find((day) => day.date >= today) ?? days[0])?.date;
  if (date === undefined || !days.some((day) => day.date === date)) return c.notFound();
  const asList = c.req.query('as') === 'list';
  const path = `${home}/days/${date}`;
  return showTimetablePage(
    c,
    {
      title: asked === undefined ? 'Timetable' : `Timetable of ${dayWords(date)}`,
      heading: 'Timetable',
      lede: zonesLede(zones, date),
      isPublic,
      alternates: [
        { href: `/s/${summit.slug}/timetable.pdf`, type: 'application/pdf', title: 'To print' },
      ],
    },
    <>
      <DayMenu home={home} days={days} date={date} />
      <DayTable
        {...{ home, date, zones, asList }}
        grid={dayGrid({ date, rooms, blocks, sessions: current.sessions })}
        marks={await marksFor(c, current)}
      />
      <p class="quiet">
        <a href={asList ? path : `${path}?as=list`}>{asList ? 'As a table' : 'As a list'}</a>
        {' · '}
        <a href={`/s/${summit.slug}/timetable.pdf`}>The whole week as PDF</a>
        {' · '}
        <a href={`${home}/versions/${current.version}`}>
          Version {current.version}: {current.name}
        </a>
      </p>
    </>,
  );
}

function zonesLede({ place, reader }: Zones, date: string): string | undefined {
  const [there, here] = [zoneWord(date, place, place), zoneWord(date, reader, place)];
  if (place === reader || there === here) return undefined;
  return `Times are yours (${here}); those at the place (${there}) stand in brackets.`;
}

async function showSession(c: Context, id: string): Promise<Response> {
  const { summit, services, takesPart, organiser } = c.var;
  const { db } = services;
  const current = isId(id) ? await currentTimetable(db, summit.id) : undefined;
  if (current === undefined) return c.notFound();
  const home = `/s/${summit.slug}`;
  const zones = zonesOf(c, current);
  const isPublic = summit.state !== 'draft';
  const session = current.sessions.find((each) => each.id === id.toLowerCase());
  if (session === undefined) {
    const last = await lastReleaseWith(db, summit.id, id.toLowerCase());
    if (last === undefined) return c.notFound();
    return showTimetablePage(
      c,
      { title: last.session.title, isPublic, status: 410 },
      <GoneSession {...last} {...{ home, zones }} />,
    );
  }
  const isMember = takesPart || organiser !== undefined;
  const room = current.content.rooms.find((each) => each.id === session.roomId);
  const { reader, affected } = await marksFor(c, current);
  return showTimetablePage(
    c,
    { title: session.title, isPublic },
    <SessionPage
      {...{ home, session, room, zones, isMember }}
      isIn={isIn(c)}
      link={isIn(c) ? await roomLink(db, summit.id, session.roomId) : undefined}
      topic={isMember ? await topicOfSession(db, summit.id, session.topicNumber) : undefined}
      names={await shownNames(db, summit.id, isMember ? session.people : session.leads, isMember)}
      isExpected={reader !== undefined && session.people.includes(reader)}
      isAffected={affected.has(session.id)}
    >
      {isIn(c) && (
        <MarkSection
          home={`${home}/timetable`}
          session={session}
          own={await ownEntry(db, summit.id, c.var.visitor.signedIn?.personId, session.id)}
        />
      )}
    </SessionPage>,
  );
}

/** What a session is about, whatever became of the topic; for those who take part. */
const topicOfSession = async (db: Reader, summitId: string, number: number | null) =>
  number === null ? undefined : (await threadsByNumber(db, summitId, [number])).get(number);
