import { ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { day, text, time } from '../frame/api-schema.ts';
import { DONE, organiserChange, tag } from '../frame/organiser-operation.ts';
import { sessionPeople } from '../sessions/people-queries.ts';
import { notePresence, sayPresence } from './presence-commands.ts';
import { presenceOf } from './presence-queries.ts';
import type { Presence } from './presence-rules.ts';

const presenceBody = z
  .strictObject({
    arrives_on: day.nullable().default(null),
    arrives_at: time.nullable().default(null),
    leaves_on: day.nullable().default(null),
    leaves_at: time.nullable().default(null),
    is_remote: z.boolean().default(false),
    note: text(500).default(''),
  })
  .openapi('PresenceInput');

const presenceFields = {
  arrives_on: z.string().nullable(),
  arrives_at: z.string().nullable(),
  leaves_on: z.string().nullable(),
  leaves_at: z.string().nullable(),
  is_remote: z.boolean(),
  note: z.string(),
};
const ownSchema = z
  .object({ has_said: z.boolean(), ...presenceFields })
  .openapi('Presence', { description: 'Times are those of the summit’s zone.' });
const listSchema = z.object({
  items: z.array(
    z.object({ person: z.uuid(), name: z.string(), has_said: z.boolean(), ...presenceFields }),
  ),
});

const asJson = (presence: Presence | undefined) => ({
  has_said: presence !== undefined,
  arrives_on: presence?.arrivesOn ?? null,
  arrives_at: presence?.arrivesAt ?? null,
  leaves_on: presence?.leavesOn ?? null,
  leaves_at: presence?.leavesAt ?? null,
  is_remote: presence?.isRemote ?? false,
  note: presence?.note ?? '',
});

const asSaid = (body: z.output<typeof presenceBody>) => ({
  arrivesOn: body.arrives_on,
  arrivesAt: body.arrives_at,
  leavesOn: body.leaves_on,
  leavesAt: body.leaves_at,
  isRemote: body.is_remote,
  note: body.note,
});

const personParams = slugParam.extend({
  person: z.uuid().openapi({ param: { name: 'person', in: 'path' } }),
});

/** The API's part about who is there when. */
export function presenceApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listPresence',
      method: 'get',
      path: '/summits/{slug}/timetable/presence',
      tag,
      summary: 'When everybody who comes is there',
      description: 'For organisers. Who has said nothing is taken to be there all the time.',
      scope: 'read:timetable',
      params: slugParam,
      answer: { status: 200, description: 'By name.', schema: listSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { db } = c.var.services;
      const { id } = organised.value.summit;
      const [people, presence] = await Promise.all([sessionPeople(db, id), presenceOf(db, id)]);
      return answered({
        items: people.map((person) => ({
          person: person.id,
          name: person.name,
          ...asJson(presence.get(person.id)),
        })),
      });
    },
  );
  organiserChange(
    routes,
    {
      id: 'notePresence',
      method: 'put',
      path: '/summits/{slug}/timetable/presence/{person}',
      summary: 'Say when somebody is there',
      params: personParams,
      body: { json: presenceBody },
      answer: DONE,
    },
    async (tx, actor, organiser, { params, body }) => {
      const noted = { ...asSaid(body), personId: params.person };
      const kept = await notePresence(tx, actor, organiser, noted);
      return kept.ok ? ok(undefined) : kept;
    },
  );
  addOwn(routes);
  return routes;
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  const path = '/summits/{slug}/me/presence';
  operation(
    routes,
    {
      id: 'getOwnPresence',
      method: 'get',
      path,
      tag,
      summary: 'When you said that you are there',
      scope: 'read:timetable',
      params: slugParam,
      answer: { status: 200, description: 'As you said.', schema: ownSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, signedIn } = own.value;
      const presence = await presenceOf(c.var.services.db, summit.id);
      return answered(asJson(presence.get(signedIn.personId)));
    },
  );
  operation(
    routes,
    {
      id: 'sayPresence',
      method: 'put',
      path,
      tag,
      summary: 'Say when you are there',
      scope: 'write:timetable',
      params: slugParam,
      body: { json: presenceBody },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const kept = await command(c, (tx, actor) =>
        sayPresence(tx, actor, own.value.self, asSaid(body)),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );
}
