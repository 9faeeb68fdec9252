import type { Problem } from '@cairn/kernel/problem';
import { listed } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, typedList } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { openTopics } from '../../planning/interest/interest-queries.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { later } from '../frame/frame-rules.ts';
import { currentGroups } from '../groups/current-queries.ts';
import { zoneWords } from '../now/now-words-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { offersFor, type Wanted } from './offer-rules.ts';
import { openSessionRoutes } from './session-routes.tsx';
import {
  homeOf,
  notYet,
  type SpaceContext,
  selfOf,
  sessionTyped,
  shownSessions,
} from './shown-space.tsx';
import { claimOpenSession } from './space-commands.ts';
import { openSpaceOf } from './space-queries.ts';
import { expectedElsewhere, firstDay, freePlaces, type Need } from './space-rules.ts';
import { askedSchema, claimForm, LONGEST_TITLE } from './space-schema.ts';
import { OpenSpacePage, type OpenSpacePageProps, type TypedSession } from './space-views.tsx';

const HOME = '/s/:summit/timetable/open-space';

/** Codes of a claim that came too late, or to where nothing can be: the next best is offered. */
const ELSEWHERE = new Set(['place-taken', 'room-closed', 'beside-a-block', 'over-already']);

/**
 * `/s/<summit>/timetable/open-space`: what is free and what is in it; `…/<session>` one of them, to
 * change, to move (`/move`), to withdraw (`/withdraw`), to come along to (`/join`, `/leave`). For those
 * who come.
 */
export function openSpaceRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of [HOME, `${HOME}/*`]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }
  routes.get(HOME, (c) => showSpace(c));
  routes.post(HOME, claim);
  routes.route('/', openSessionRoutes());
  return routes;
}

interface Refused {
  readonly problems: readonly Problem[];
  readonly need: Need;
  readonly typed: TypedSession;
  /** What was wanted, where it cannot be had. */
  readonly wanted?: Wanted | undefined;
}

async function showSpace(c: SpaceContext, refused?: Refused): Promise<Response> {
  const { summit, services, signedIn, organiser } = c.var;
  const space = await openSpaceOf(services.db, summit, services.clock.now());
  if (space === undefined) return notYet(c);
  const { frame } = space;
  const asked = askedSchema.parse({ ...c.req.query(), needs: c.req.queries('needs') ?? [] });
  const need: Need = refused?.need ?? {
    minutes: asked.minutes ?? frame.sessionMinutes,
    size: asked.size,
    needs: asked.needs,
  };
  const wantedDay = refused?.wanted?.date ?? asked.day;
  const day = frame.days.some(({ date }) => date === wantedDay) ? wantedDay : firstDay(space, need);
  if (day === undefined) return notYet(c);
  const places = freePlaces(space, need, day);
  const [sessions, topics] = await Promise.all([
    shownSessions(c, space, ({ date }) => date === day),
    openTopics(services.db, summit.id),
  ]);
  const all = [...space.released.sessions, ...space.open];
  const expected = new Map(
    [...new Set(places.map(({ starts }) => starts))].map((starts) => [
      starts,
      expectedElsewhere(all, signedIn.personId, {
        ...{ date: day, starts, ends: later(starts, need.minutes) },
      }).map(({ title }) => title),
    ]),
  );
  const props: OpenSpacePageProps = {
    ...{ home: homeOf(c), frame, day, need, places, sessions, expected, topics },
    typed: refused?.typed ?? { title: await suggestedTitle(c, day), text: '', topic: '' },
    zone: readerZone(c, summit),
    mayRemove: organiser !== undefined,
    refused: refused && {
      problems: refused.problems,
      offers: refused.wanted === undefined ? [] : offersFor(space, refused.wanted),
    },
  };
  return showTimetablePage(
    c,
    {
      title: 'Open space',
      lede: `Free rooms and times: take one, and it is yours at once. Times are those of the place (${zoneWords(frame.zone)}).`,
      zone: frame.zone,
      status: refused === undefined ? 200 : 422,
    },
    <OpenSpacePage {...props} />,
  );
}

/** What a session is called that nobody has named: more of what one's group does. */
async function suggestedTitle(c: SpaceContext, day: string): Promise<string> {
  const { summit, services, signedIn } = c.var;
  const groups = await currentGroups(services.db, summit.id, day);
  const own = groups.find(({ people }) => people.includes(signedIn.personId));
  return own === undefined ? 'Open session' : `More on ${own.title}`.slice(0, LONGEST_TITLE);
}

async function claim(c: SpaceContext): Promise<Response> {
  const { summit, services } = c.var;
  const { typed } = await readTyped(c);
  const asked = askedSchema.parse({ ...typed, needs: typedList(typed, 'needs[]') });
  const space = await openSpaceOf(services.db, summit, services.clock.now());
  if (space === undefined) return notYet(c);
  const need: Need = {
    minutes: asked.minutes ?? space.frame.sessionMinutes,
    ...{ size: asked.size, needs: asked.needs },
  };
  const refuse = (problems: readonly Problem[], wanted?: Wanted): Promise<Response> =>
    showSpace(c, { problems, need, typed: sessionTyped(typed), wanted });
  const parsed = claimForm.safeParse(typed);
  if (!parsed.success) return refuse(formProblems(parsed.error));
  const { title, text, topic, minutes, size, place } = parsed.data;
  const wanted: Wanted = {
    ...{ minutes, size, needs: parsed.data['needs[]'], date: place.date, starts: place.starts },
    roomId: space.frame.rooms.find(({ key }) => key === place.room)?.id ?? '',
  };
  const done = await inTransaction(services.db, (tx) =>
    claimOpenSession(tx, webActor(c), selfOf(c), summit, {
      ...{ ...wanted, title, text, topicNumber: topic },
    }),
  );
  if (!done.ok) {
    return refuse([done.error], ELSEWHERE.has(done.error.code) ? wanted : undefined);
  }
  const { sessionId } = done.value;
  const clash = expectedElsewhere(
    space.released.sessions,
    c.var.signedIn.personId,
    { ...place, ends: later(place.starts, minutes) },
    sessionId,
  );
  const alsoIn =
    clash.length === 0
      ? ''
      : ` You are expected in ${listed(clash.map((each) => `“${each.title}”`))} then.`;
  return seeOther(
    c,
    `${homeOf(c)}?day=${place.date}#session-${sessionId}`,
    `“${title}” is in the timetable, and everybody sees it.${alsoIn}`,
  );
}
