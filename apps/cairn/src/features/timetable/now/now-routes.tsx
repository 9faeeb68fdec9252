import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import type { ComponentChildren } from 'preact';
import { EmptyState } from '../../../design/empty.tsx';
import { renderPage, Screen } from '../../../design/layout.tsx';
import { outsideNetworkOf } from '../../../platform/http/client.ts';
import { answerDocument } from '../../../platform/http/conditional.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  type SummitEnv,
  withSummit,
} from '../../summits/access.ts';
import { keptPages, readerZone } from '../../summits/page.tsx';
import { ownAgenda } from '../agenda/agenda-queries.ts';
import { goesTo } from '../agenda/agenda-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { askedMoment } from './asked-moment-rules.ts';
import { changeBetween } from './change-rules.ts';
import { AskMoment, Island, NoTimetable } from './island-views.tsx';
import { localMoment } from './local-moment-rules.ts';
import { nowTimetable } from './now-queries.ts';
import type { NowTimetable } from './now-rules.ts';
import { NowBoard, type Shown } from './now-views.tsx';
import { Door, Projector } from './screen-views.tsx';
import { whereabouts } from './where-queries.ts';
import { gatheringsAt } from './where-rules.ts';
import { WhereList } from './where-views.tsx';

type SummitContext = AppContext<SummitEnv['Variables']>;

/** Without a script a page of the present loads itself anew so often, in seconds. */
const REFRESH = 60;

/**
 * `/s/<summit>/timetable/now`, its projector and its people, and `…/rooms/<room>/door`: what is now and
 * next. `?at=2023-05-23T10:00` shows another moment. Everybody may read them, but for who is where.
 */
export function nowRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const home = '/s/:summit/timetable';
  const now = `${home}/now`;
  for (const address of [now, `${now}.json`, `${now}/live`, `${now}/projector`]) {
    routes.use(address, withSummit);
  }
  routes.use(`${home}/rooms/:room/door`, withSummit);

  routes.get(now, async (c) => {
    const seen = await look(c);
    const { summit, comes, organiser, services, visitor } = c.var;
    const page = {
      title: 'Now',
      lede: 'What is now and what is next.',
      status: seen.problem === undefined ? (200 as const) : (422 as const),
      isPublic: summit.state !== 'draft',
      // Whoever asked about another moment, or does not want it, is left in peace.
      refresh: seen.asked === undefined && c.req.query('still') === undefined ? REFRESH : undefined,
      scripts: ['/assets/now.js'],
      zone: expectZone(seen.timetable?.zone ?? summit.definition.zone),
    };
    if (seen.timetable === undefined) {
      return showTimetablePage(c, page, <NoTimetable home={seen.home} />);
    }
    const { signedIn } = visitor;
    const agenda =
      signedIn !== undefined && (comes || organiser !== undefined)
        ? await ownAgenda(services.db, selfIn(summit.id, signedIn))
        : undefined;
    const own = agenda && goesTo(agenda.entries);
    const shown = { ...seen, timetable: seen.timetable };
    return showTimetablePage(
      c,
      page,
      <>
        <AskMoment
          action={`/s/${summit.slug}/timetable/now`}
          asked={seen.asked}
          problem={seen.problem}
        />
        <Island view="now" shown={shown} own={own} isAsked={seen.asked !== undefined}>
          <NowBoard shown={shown} own={own} />
        </Island>
        <p>
          <a href={`${seen.home}/now/projector`}>For the projector</a>
          {(comes || organiser !== undefined) && (
            <>
              {' · '}
              <a href={`${seen.home}/now/people`}>Who is where</a>
            </>
          )}
          <noscript>
            {' · '}
            <a href={`${seen.home}/now?still`}>Stop loading this page anew each minute</a>
          </noscript>
        </p>
      </>,
    );
  });

  routes.get(`${now}.json`, async (c) => {
    const timetable = await nowTimetable(c.var.services.db, c.var.summit.id);
    if (timetable === undefined) return c.json({ problem: NOT_RELEASED }, 404);
    return answerDocument(c, {
      body: JSON.stringify(timetable),
      etag: `"${timetable.stamp}"`,
      type: 'application/json',
      cacheControl: c.var.summit.state === 'draft' ? 'private, no-cache' : 'public, no-cache',
      fileName: `${c.var.summit.slug}-now.json`,
    });
  });

  routes.get(`${now}/live`, (c) => {
    const { services, summit, visitor } = c.var;
    const { db } = services;
    return services.broadcasts.listen<NowTimetable & { readonly id: string }>(
      c,
      {
        channel: `timetable:${summit.id}`,
        load: async () => {
          const timetable = await nowTimetable(db, summit.id);
          return timetable && { ...timetable, id: timetable.stamp };
        },
        whole: ({ id: _, ...timetable }) => timetable,
        change: ({ id: _, ...before }, { id: __, ...after }) => changeBetween(before, after),
      },
      {
        since: c.req.query('since'),
        isKnown: visitor.signedIn !== undefined,
        from: visitor.signedIn?.personId ?? outsideNetworkOf(c),
      },
    );
  });

  routes.get(`${now}/projector`, async (c) => {
    const seen = await look(c);
    const { timetable } = seen;
    const { title } = c.var.summit.definition;
    return showScreen(
      c,
      'Projector',
      timetable === undefined ? (
        <NoTimetable home={seen.home} />
      ) : (
        <Island view="projector" shown={{ ...seen, timetable }} isAsked={seen.asked !== undefined}>
          <Projector shown={{ ...seen, timetable }} title={title} />
        </Island>
      ),
      seen.asked !== undefined,
    );
  });

  routes.get(`${home}/rooms/:room/door`, async (c) => {
    const seen = await look(c);
    const { timetable } = seen;
    const room = timetable?.rooms.find(({ key }) => key === c.req.param('room'));
    if (timetable === undefined || room === undefined) return c.notFound();
    const shown = { ...seen, timetable };
    return showScreen(
      c,
      room.name,
      <Island view="door" shown={shown} room={room.key} isAsked={seen.asked !== undefined}>
        <Door shown={shown} room={room} />
      </Island>,
      seen.asked !== undefined,
    );
  });

  return routes;
}

/** `/s/<summit>/timetable/now/people`: who is where, for those who come. */
export function whereRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const people = '/s/:summit/timetable/now/people';
  routes.use(people, withSummit, participantsOnly, comersOnly);

  routes.get(people, async (c) => {
    const seen = await look(c);
    const { timetable, at, home, problem } = seen;
    const { summit, services } = c.var;
    const page = {
      title: 'Who is where',
      lede: 'As far as agendas say: where people lead, are needed, have their group, or marked that they go.',
      status: problem === undefined ? (200 as const) : (422 as const),
      refresh: seen.asked === undefined && c.req.query('still') === undefined ? REFRESH : undefined,
      zone: expectZone(timetable?.zone ?? summit.definition.zone),
    };
    if (timetable === undefined) return showTimetablePage(c, page, <NoTimetable home={home} />);
    const gatherings = gatheringsAt(
      timetable,
      await whereabouts(services.db, summit.id),
      localMoment(at, expectZone(timetable.zone)),
    );
    return showTimetablePage(
      c,
      page,
      <>
        <AskMoment action={`${home}/now/people`} asked={seen.asked} problem={problem} />
        {gatherings.length === 0 ? (
          <EmptyState>Nobody comes yet.</EmptyState>
        ) : (
          <WhereList gatherings={gatherings} shown={{ ...seen, timetable }} />
        )}
      </>,
    );
  });
  return routes;
}

const NOT_RELEASED = 'No timetable has been released yet.';

/** What a page of the present is about: the timetable, and the moment that holds or that is asked about. */
async function look(c: SummitContext): Promise<
  Omit<Shown, 'timetable'> & {
    readonly timetable: NowTimetable | undefined;
    /** What `?at=` says, where it does. */
    readonly asked: string | undefined;
    readonly problem: string | undefined;
  }
> {
  const { summit, services } = c.var;
  const timetable = await nowTimetable(services.db, summit.id);
  const text = c.req.query('at');
  const zone = expectZone(timetable?.zone ?? summit.definition.zone);
  const asked = text === undefined || text === '' ? undefined : askedMoment(text, zone);
  const moment = asked?.ok === true ? asked.value : services.clock.now();
  return {
    timetable,
    at: moment.epochMilliseconds,
    zone: readerZone(c, summit),
    home: `/s/${summit.slug}/timetable`,
    asked: asked?.ok === true ? text : undefined,
    problem: asked?.ok === false ? asked.error.sentence : undefined,
  };
}

/** Answers a page for a wall. `?look=dark` and `?look=light` choose for a machine that nobody asked. */
function showScreen(
  c: SummitContext,
  title: string,
  body: ComponentChildren,
  isAsked: boolean,
): Response {
  const { summit } = c.var;
  const look = c.req.query('look');
  const page = (
    <Screen
      title={title}
      summit={{ title: summit.definition.title, href: `/s/${summit.slug}` }}
      look={look === 'dark' || look === 'light' ? look : undefined}
      refresh={isAsked ? undefined : REFRESH}
      scripts={['/assets/now.js', '/assets/offline.js']}
      kept={keptPages(summit.slug)}
      isPublic={summit.state !== 'draft'}
    >
      {body}
    </Screen>
  );
  return c.html(renderPage(page));
}
