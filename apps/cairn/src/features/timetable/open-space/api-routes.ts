import { problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { organiserOf } from '../../people/rights.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { day } from '../frame/api-schema.ts';
import type { Frame } from '../frame/frame-rules.ts';
import {
  claimSchema,
  minutes,
  placeSchema,
  sessionParams,
  sessionSchema,
  text,
  topic,
  where,
} from './api-schema.ts';
import { offersFor, type Wanted } from './offer-rules.ts';
import {
  changeOpenSession,
  claimOpenSession,
  moveOpenSession,
  removeOpenSession,
  withdrawOpenSession,
} from './space-commands.ts';
import { goersOf, openSpaceOf } from './space-queries.ts';
import { freePlaces, type Place } from './space-rules.ts';
import { titleField } from './space-schema.ts';

const tag = 'Timetable';
const keyIn = ({ rooms }: Frame, roomId: string): string =>
  rooms.find(({ id }) => id === roomId)?.key ?? '';
const idIn = ({ rooms }: Frame, key: string): string =>
  rooms.find((each) => each.key === key)?.id ?? '';
const asPlace = (frame: Frame, { date, starts, ends, roomId }: Place) => ({
  ...{ date, starts, ends, room: keyIn(frame, roomId) },
});

const notBegun = () =>
  refused(
    409,
    problem('no-timetable', 'Open space begins once the organisers have released a timetable.'),
  );

/** The API's part about open space. */
export function openSpaceApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listOpenSessions',
      method: 'get',
      path: '/summits/{slug}/timetable/open-space',
      tag,
      summary: 'What people put into free rooms',
      scope: 'read:timetable',
      params: slugParam,
      answer: {
        status: 200,
        description: 'In no order.',
        schema: z.object({ items: z.array(sessionSchema) }),
      },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { db, clock } = c.var.services;
      const space = await openSpaceOf(db, own.value.summit, clock.now());
      if (space === undefined) return notBegun();
      const goers = await goersOf(
        db,
        space.open.map(({ id }) => id),
      );
      return answered({
        items: space.open.map((session) => ({
          ...{ id: session.id, title: session.title, text: session.text },
          ...{ date: session.date, starts: session.starts, ends: session.ends },
          topic: session.topicNumber,
          room: session.roomId === null ? null : keyIn(space.frame, session.roomId),
          by: session.leads[0] ?? null,
          goers: (goers.get(session.id) ?? []).map(({ id }) => id),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'listFreePlaces',
      method: 'get',
      path: '/summits/{slug}/timetable/free-places',
      tag,
      summary: 'Which rooms are free, and when',
      description: 'For so long, and of rooms that do for what is needed; by day and start.',
      scope: 'read:timetable',
      params: slugParam,
      query: z.strictObject({
        minutes: z.coerce.number().pipe(minutes).optional(),
        size: z.coerce.number().pipe(z.int().min(1).max(10_000)).optional(),
        needs: z
          .string()
          .max(300)
          .default('')
          .openapi({ description: 'Features of the room, with commas between them.' }),
        date: day.optional(),
      }),
      answer: {
        status: 200,
        description: 'Free places.',
        schema: z.object({ items: z.array(placeSchema) }),
      },
      refuses: [403, 409],
    },
    async (c, { params, query }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { db, clock } = c.var.services;
      const space = await openSpaceOf(db, own.value.summit, clock.now());
      if (space === undefined) return notBegun();
      const need = {
        minutes: query.minutes ?? space.frame.sessionMinutes,
        size: query.size ?? null,
        needs: query.needs.split(',').flatMap((each) => each.trim() || []),
      };
      const places = freePlaces(space, need, query.date);
      return answered({ items: places.map((place) => asPlace(space.frame, place)) });
    },
  );

  operation(
    routes,
    {
      id: 'claimOpenSession',
      method: 'post',
      path: '/summits/{slug}/timetable/open-space',
      tag,
      summary: 'Put a session into a free room and time',
      description:
        'It is in the timetable at once. Of two who claim the same place one wins; the other is told what is there (409), and in further problems of the code `next-best` what is free instead.',
      scope: 'write:timetable',
      params: slugParam,
      body: { json: claimSchema },
      answer: {
        status: 201,
        description: 'It is yours.',
        schema: z.object({ id: z.uuid() }).openapi('ClaimedSession'),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db, clock } = c.var.services;
      const space = await openSpaceOf(db, summit, clock.now());
      if (space === undefined) return notBegun();
      const { topic: topicNumber, room: key, ...rest } = body;
      const wanted: Wanted = { ...rest, roomId: idIn(space.frame, key) };
      const claim = { ...wanted, title: rest.title, text: rest.text, topicNumber };
      const done = await command(c, (tx, actor) =>
        claimOpenSession(tx, actor, self, summit, claim),
      );
      if (done.ok) return answered({ id: done.value.sessionId });
      const now = await openSpaceOf(db, summit, clock.now());
      const offers = now === undefined ? [] : offersFor(now, wanted);
      return refused(done.error.status, [
        ...done.error.problems,
        ...offers.map(({ place, words }) => {
          const free = asPlace(space.frame, place);
          return problem('next-best', `${words} (${free.date} ${free.starts}, ${free.room}).`);
        }),
      ]);
    },
  );

  operation(
    routes,
    {
      id: 'changeOpenSession',
      method: 'put',
      path: '/summits/{slug}/timetable/open-space/{session}',
      tag,
      summary: 'Say what your session in open space is about',
      scope: 'write:timetable',
      params: sessionParams,
      body: {
        json: z.strictObject({ title: titleField, text, topic }).openapi('OpenSessionWords'),
      },
      answer: { status: 204, description: 'Said.' },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { topic: topicNumber, ...words } = body;
      const done = await command(c, (tx, actor) =>
        changeOpenSession(tx, actor, own.value.self, params.session, { ...words, topicNumber }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'moveOpenSession',
      method: 'put',
      path: '/summits/{slug}/timetable/open-space/{session}/place',
      tag,
      summary: 'Move your session to another free place',
      scope: 'write:timetable',
      params: sessionParams,
      body: { json: where.openapi('OpenSessionPlace') },
      answer: { status: 204, description: 'It is there.' },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db, clock } = c.var.services;
      const space = await openSpaceOf(db, summit, clock.now());
      if (space === undefined) return notBegun();
      const to = {
        ...{ sessionId: params.session, date: body.date, starts: body.starts },
        roomId: idIn(space.frame, body.room),
      };
      const done = await command(c, (tx, actor) => moveOpenSession(tx, actor, self, summit, to));
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'withdrawOpenSession',
      method: 'delete',
      path: '/summits/{slug}/timetable/open-space/{session}',
      tag,
      summary: 'Withdraw your session; organisers remove anybody’s',
      scope: 'write:timetable',
      params: sessionParams,
      answer: { status: 204, description: 'Its place is free.' },
      refuses: [403, 404, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self, signedIn } = own.value;
      const organiser = await organiserOf(c.var.services.db, summit.id, signedIn);
      const done = await command(c, async (tx, actor) => {
        const withdrawn = await withdrawOpenSession(tx, actor, self, params.session);
        return withdrawn.ok || withdrawn.error.code !== 'not-yours' || organiser === undefined
          ? withdrawn
          : removeOpenSession(tx, actor, organiser, params.session);
      });
      return done.ok ? ok({ body: undefined }) : done;
    },
  );

  return routes;
}
