import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, type Operation, operation } from '../../../platform/http/api-operation.ts';
import type { Organiser } from '../../people/rights.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import {
  asRoom,
  houseBody,
  houseParams,
  idParam,
  lodgingSchema,
  name,
  roomFields,
  roomingJson,
  roomParams,
} from './api-schema.ts';
import { addRooms, removeLodging, saveHouse, saveRoom } from './house-commands.ts';
import { lodgingsOf } from './lodging-queries.ts';
import { askForMove, proposeRooming, putByHand, setRooming } from './rooming-commands.ts';
import { ownRoom, roomingIn } from './rooming-queries.ts';
import { shownStatement, shownStatementSchema } from './statement-rules.ts';

const tag = 'Stays';
const DONE = { status: 204, description: 'Done.' } as const;
const CREATED = {
  status: 201,
  description: 'Added.',
  schema: z.object({ id: z.uuid() }),
} as const;

/** The API's part about rooms to sleep in. */
export function lodgingApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addOwn(routes);
  addReading(routes);
  addHouses(routes);
  addRooming(routes);
  return routes;
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  const path = '/summits/{slug}/me/room';
  operation(
    routes,
    {
      ...{ id: 'getOwnRoom', method: 'get', path, tag, scope: 'read:stays', params: slugParam },
      summary: 'Your room and room-mates, once they are set',
      answer: {
        status: 200,
        description: 'Null while no room is set for you.',
        schema: z.object({
          room: z
            .object({
              name: z.string(),
              house: z.string(),
              address: z.string(),
              link: z.string().nullable(),
              text: z.string(),
              with: z.array(z.string()),
              asks_move: z.boolean(),
              is_against_wish: z.boolean(),
            })
            .nullable(),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const found = await ownRoom(c.var.services.db, own.value.self);
      if (found === undefined) return answered({ room: null });
      const { room, house, address, link, mates, asksMove, isAgainstWish } = found;
      return answered({
        room: {
          ...{ name: room, house, address, link, text: found.text, with: [...mates] },
          ...{ asks_move: asksMove, is_against_wish: isAgainstWish },
        },
      });
    },
  );
  operation(
    routes,
    {
      ...{ id: 'askForMove', method: 'put', path, tag, scope: 'write:stays', params: slugParam },
      summary: 'Ask for another room, without a reason, or take that back',
      body: { json: z.strictObject({ asks_move: z.boolean() }) },
      answer: DONE,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const done = await command(c, (tx, actor) =>
        askForMove(tx, actor, own.value.self, body.asks_move),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
}

function addReading(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      ...{ id: 'getLodging', method: 'get', path: '/summits/{slug}/lodging', tag },
      summary: 'Houses, rooms, and who sleeps where',
      description: 'For organisers.',
      scope: 'read:stays',
      params: slugParam,
      answer: {
        status: 200,
        description: 'A draft is seen by organisers only.',
        schema: lodgingSchema,
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const { db } = c.var.services;
      const [houses, draft, set] = await Promise.all([
        lodgingsOf(db, organiser),
        roomingIn(db, organiser, 'draft'),
        roomingIn(db, organiser, 'set'),
      ]);
      return answered({
        houses: houses.map(({ rooms, ...house }) => ({
          ...house,
          rooms: rooms.map((room) => ({
            ...{ id: room.id, name: room.name, beds: room.beds },
            is_accessible: room.isAccessible,
            night:
              room.nightMinor === null || room.currency === null
                ? null
                : { minor: room.nightMinor, currency: room.currency },
          })),
        })),
        draft: roomingJson(draft),
        set: roomingJson(set),
      });
    },
  );
}

/** A change that only organisers make: one command, one answer. */
function change<P extends { readonly slug: string }, B = undefined, A = undefined>(
  routes: OpenAPIHono<ApiEnv>,
  asked: Pick<Operation<P, undefined, B, A>, 'id' | 'path' | 'summary' | 'answer' | 'method'> &
    Partial<Pick<Operation<P, undefined, B, A>, 'params' | 'body' | 'description'>>,
  run: (
    tx: Tx,
    actor: Actor,
    organiser: Organiser,
    given: { readonly params: P; readonly body: B },
  ) => Promise<Result<A, Problem>>,
): void {
  operation<P, undefined, B, A>(
    routes,
    { ...asked, tag, scope: 'write:stays', refuses: [403, 409] },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const done = await command(c, (tx, actor) => run(tx, actor, organiser, { params, body }));
      return done.ok ? { ok: true, value: { body: done.value } } : done;
    },
  );
}

function addHouses(routes: OpenAPIHono<ApiEnv>): void {
  const houses = '/summits/{slug}/lodging/houses';
  change(
    routes,
    {
      ...{ id: 'addLodging', method: 'post', path: houses, params: slugParam },
      ...{ summary: 'Add a house', body: { json: houseBody }, answer: CREATED },
    },
    async (tx, actor, organiser, { body }) => {
      const saved = await saveHouse(tx, actor, organiser, undefined, body);
      return saved.ok ? ok({ id: saved.value }) : saved;
    },
  );
  change(
    routes,
    {
      ...{ id: 'saveLodging', method: 'put', path: `${houses}/{house}`, params: houseParams },
      ...{ summary: 'Change a house', body: { json: houseBody }, answer: DONE },
    },
    async (tx, actor, organiser, { params, body }) => {
      const saved = await saveHouse(tx, actor, organiser, params.house, body);
      return saved.ok ? ok(undefined) : saved;
    },
  );
  change(
    routes,
    {
      ...{ id: 'removeLodging', method: 'delete', path: `${houses}/{house}`, params: houseParams },
      ...{ summary: 'Remove a house and its rooms', answer: DONE },
    },
    async (tx, actor, organiser, { params }) => {
      const gone = await removeLodging(tx, actor, organiser, { kind: 'house', id: params.house });
      return gone.ok ? ok(undefined) : gone;
    },
  );
  change(
    routes,
    {
      id: 'addLodgingRooms',
      method: 'post',
      path: `${houses}/{house}/rooms`,
      params: houseParams,
      summary: 'Add rooms that are alike',
      body: { json: z.strictObject({ names: z.array(name).min(1).max(200), ...roomFields }) },
      answer: DONE,
    },
    async (tx, actor, organiser, { params, body }) => {
      const room = asRoom(body);
      const added = await addRooms(tx, actor, organiser, params.house, body.names, room);
      return added.ok ? ok(undefined) : added;
    },
  );
  const rooms = '/summits/{slug}/lodging/rooms/{room}';
  change(
    routes,
    {
      ...{ id: 'saveLodgingRoom', method: 'put', path: rooms, params: roomParams },
      summary: 'Change a room',
      body: { json: z.strictObject({ name, ...roomFields }) },
      answer: DONE,
    },
    async (tx, actor, organiser, { params, body }) => {
      const room = { name: body.name, ...asRoom(body) };
      const saved = await saveRoom(tx, actor, organiser, params.room, room);
      return saved.ok ? ok(undefined) : saved;
    },
  );
  change(
    routes,
    {
      ...{ id: 'removeLodgingRoom', method: 'delete', path: rooms, params: roomParams },
      ...{ summary: 'Remove a room', answer: DONE },
    },
    async (tx, actor, organiser, { params }) => {
      const gone = await removeLodging(tx, actor, organiser, { kind: 'room', id: params.room });
      return gone.ok ? ok(undefined) : gone;
    },
  );
}

function addRooming(routes: OpenAPIHono<ApiEnv>): void {
  const path = '/summits/{slug}/lodging';
  change(
    routes,
    {
      ...{ id: 'proposeRooming', method: 'post', path: `${path}/propose`, params: slugParam },
      summary: 'Propose who sleeps where',
      description: 'Reads wishes and tells none. Whoever was put by hand in the draft stays.',
      body: { json: z.strictObject({ seed: z.int().min(1).max(999_999).default(1) }) },
      answer: { status: 200, description: 'What came of it.', schema: shownStatementSchema },
    },
    async (tx, actor, organiser, { body }) => {
      const proposed = await proposeRooming(tx, actor, organiser, body.seed);
      return proposed.ok ? ok(shownStatement(proposed.value)) : proposed;
    },
  );
  change(
    routes,
    {
      ...{ id: 'putSleeper', method: 'put', path: `${path}/draft/{person}` },
      params: slugParam.extend({ person: idParam('person') }),
      summary: 'Put somebody into a room by hand, in the draft',
      body: {
        json: z.strictObject({ room: z.uuid().nullable(), is_kept: z.boolean().default(true) }),
      },
      answer: DONE,
    },
    async (tx, actor, organiser, { params, body }) => {
      const put = { personId: params.person, roomId: body.room, isKept: body.is_kept };
      const done = await putByHand(tx, actor, organiser, [put]);
      return done.ok ? ok(undefined) : done;
    },
  );
  change(
    routes,
    {
      ...{ id: 'setRooming', method: 'post', path: `${path}/set`, params: slugParam },
      summary: 'Set the draft, and tell those whom it concerns',
      body: { json: z.strictObject({ draft: z.uuid() }) },
      answer: {
        status: 200,
        description: 'How many were told by mail.',
        schema: z.object({ told: z.number().int() }),
      },
    },
    async (tx, actor, organiser, { body }) => {
      const set = await setRooming(tx, actor, organiser, body.draft);
      return set.ok ? ok({ told: set.value.told }) : set;
    },
  );
}
