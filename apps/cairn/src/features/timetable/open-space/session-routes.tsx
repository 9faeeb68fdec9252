import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { openTopics } from '../../planning/interest/interest-queries.ts';
import type { ParticipantEnv } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { markSession } from '../agenda/agenda-commands.ts';
import { zoneWords } from '../now/now-words-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { offersFor } from './offer-rules.ts';
import type { ShownSession } from './open-session-views.tsx';
import { OpenSessionPage, WithdrawPage } from './session-views.tsx';
import { homeOf, type SpaceContext, selfOf, sessionTyped, shownSessions } from './shown-space.tsx';
import {
  changeOpenSession,
  moveOpenSession,
  removeOpenSession,
  withdrawOpenSession,
} from './space-commands.ts';
import { needOf, openSpaceOf } from './space-queries.ts';
import { changeForm, moveForm } from './space-schema.ts';
import type { TypedSession } from './space-views.tsx';

const PAGE = '/s/:summit/timetable/open-space/:session';

/** One session of open space; its parents have let in those who come. */
export function openSessionRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  routes.get(PAGE, (c) => showSession(c));
  routes.post(PAGE, change);
  routes.post(`${PAGE}/move`, move);
  routes.get(`${PAGE}/withdraw`, confirmWithdrawal);
  routes.post(`${PAGE}/withdraw`, withdraw);
  routes.post(`${PAGE}/join`, (c) => mark(c, true));
  routes.post(`${PAGE}/leave`, (c) => mark(c, undefined));
  return routes;
}

/** The session of the address; undefined where that is none. */
const sessionOf = (c: SpaceContext): string | undefined =>
  z.uuid().safeParse(c.req.param('session')).data;

async function showSession(
  c: SpaceContext,
  refused?: { readonly typed?: TypedSession; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const [space, sessionId] = [
    await openSpaceOf(services.db, summit, services.clock.now()),
    sessionOf(c),
  ];
  const [shown] =
    space === undefined ? [] : await shownSessions(c, space, ({ id }) => id === sessionId);
  if (space === undefined || shown === undefined) return c.notFound();
  const { session, isOwn } = shown;
  const stored = {
    ...{ title: session.title, text: session.text },
    topic: session.topicNumber === null ? '' : String(session.topicNumber),
  };
  const offers = isOwn
    ? offersFor(
        space,
        {
          ...(await needOf(services.db, session.id)),
          date: session.date,
          starts: session.starts,
          roomId: session.roomId ?? '',
        },
        { most: 6, except: session.id },
      )
    : [];
  return showTimetablePage(
    c,
    {
      title: session.title,
      lede: `In open space. Times are those of the place (${zoneWords(space.frame.zone)}).`,
      zone: space.frame.zone,
      status: refused === undefined ? 200 : 422,
    },
    <OpenSessionPage
      home={homeOf(c)}
      frame={space.frame}
      zone={readerZone(c, summit)}
      shown={shown}
      mayRemove={organiser !== undefined}
      topics={await openTopics(services.db, summit.id)}
      typed={refused?.typed ?? stored}
      offers={offers}
      problems={refused?.problems}
    />,
  );
}

const daysPage = (c: SpaceContext, date: string): string => `${homeOf(c)}?day=${date}`;

async function change(c: SpaceContext): Promise<Response> {
  const sessionId = sessionOf(c);
  if (sessionId === undefined) return c.notFound();
  const { typed } = await readTyped(c);
  const refuse = async (problems: readonly Problem[]): Promise<Response> =>
    showSession(c, { typed: sessionTyped(typed), problems });
  const parsed = changeForm.safeParse(typed);
  if (!parsed.success) return refuse(formProblems(parsed.error));
  const { topic, ...words } = parsed.data;
  const done = await inTransaction(c.var.services.db, (tx) =>
    changeOpenSession(tx, webActor(c), selfOf(c), sessionId, {
      ...words,
      topicNumber: topic,
    }),
  );
  if (!done.ok) return refuse([done.error]);
  const notice = done.value.hasChanged ? 'Saved.' : 'Nothing had changed.';
  return seeOther(c, `${homeOf(c)}/${sessionId}`, notice);
}

async function move(c: SpaceContext): Promise<Response> {
  const sessionId = sessionOf(c);
  if (sessionId === undefined) return c.notFound();
  const { typed } = await readTyped(c);
  const { services, summit } = c.var;
  const parsed = moveForm.safeParse(typed);
  const problems = parsed.success ? [] : formProblems(parsed.error);
  if (!parsed.success) return showSession(c, { problems });
  const { date, starts, room } = parsed.data.place;
  const space = await openSpaceOf(services.db, summit, services.clock.now());
  const roomId = space?.frame.rooms.find(({ key }) => key === room)?.id ?? '';
  const done = await inTransaction(services.db, (tx) =>
    moveOpenSession(tx, webActor(c), selfOf(c), summit, { sessionId, date, starts, roomId }),
  );
  // The page offers what is free now.
  if (!done.ok) return showSession(c, { problems: [done.error] });
  const notice = done.value.hasChanged ? 'It is moved, and everybody sees it.' : 'It is there.';
  return seeOther(c, `${homeOf(c)}?day=${date}#session-${sessionId}`, notice);
}

async function confirmWithdrawal(c: SpaceContext): Promise<Response> {
  const found = await askedSession(c);
  if (found === undefined) return c.notFound();
  const { isOwn, session } = found;
  if (!isOwn && c.var.organiser === undefined) return c.notFound();
  return showTimetablePage(
    c,
    { title: `${isOwn ? 'Withdraw' : 'Remove'} “${session.title}”` },
    <WithdrawPage home={homeOf(c)} shown={found} />,
  );
}

async function withdraw(c: SpaceContext): Promise<Response> {
  const shown = await askedSession(c);
  if (shown === undefined) return c.notFound();
  const { isOwn, session } = shown;
  const { organiser, services } = c.var;
  if (!isOwn && organiser === undefined) return c.notFound();
  const done = await inTransaction(services.db, (tx) =>
    isOwn || organiser === undefined
      ? withdrawOpenSession(tx, webActor(c), selfOf(c), session.id)
      : removeOpenSession(tx, webActor(c), organiser, session.id),
  );
  const notice = done.ok
    ? `“${session.title}” is out of open space; its room is free.`
    : done.error.sentence;
  return seeOther(c, daysPage(c, session.date), notice);
}

async function mark(c: SpaceContext, goes: true | undefined): Promise<Response> {
  const shown = await askedSession(c);
  if (shown === undefined) return c.notFound();
  const { session } = shown;
  const done = await inTransaction(c.var.services.db, (tx) =>
    markSession(tx, webActor(c), selfOf(c), { sessionId: session.id, goes }),
  );
  const notice = !done.ok
    ? done.error.sentence
    : goes === true
      ? `“${session.title}” is in your agenda.`
      : `“${session.title}” is not in your agenda any more.`;
  return seeOther(c, `${daysPage(c, session.date)}#session-${session.id}`, notice);
}

/** The session that the request is about, as the reader sees it. */
async function askedSession(c: SpaceContext): Promise<ShownSession | undefined> {
  const { services, summit } = c.var;
  const sessionId = sessionOf(c);
  const space = await openSpaceOf(services.db, summit, services.clock.now());
  if (space === undefined || sessionId === undefined) return undefined;
  const [shown] = await shownSessions(c, space, ({ id }) => id === sessionId);
  return shown;
}
