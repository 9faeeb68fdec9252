import { expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { comersSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { mapsOf } from '../maps/map-queries.ts';
import { askedMoment } from './asked-moment-rules.ts';
import { localMoment } from './local-moment-rules.ts';
import { nowTimetable } from './now-queries.ts';
import { type Entry, isBlock, type NowTimetable, nowAndNext, roomsNow } from './now-rules.ts';
import { whereabouts } from './where-queries.ts';
import { gatheringsAt } from './where-rules.ts';

const tag = 'Timetable';

const entrySchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['work', 'plenary', 'open', 'block']),
    title: z.string(),
    date: z.string().openapi({ example: '2023-05-22' }),
    starts: z.string().openapi({ example: '09:30' }),
    ends: z.string().openapi({ example: '11:00' }),
    room: z.string().nullable().describe('The key of its room.'),
    place: z.string().describe('Where in words, for what is in none of the rooms.'),
  })
  .openapi('TimetableEntry');

const told = ({ id, kind, title, date, starts, ends, room, place }: Entry) => {
  return { id, kind, title, date, starts, ends, room, place };
};

const atQuery = z.object({
  at: z
    .string()
    .optional()
    .describe('A local time at the place, such as 2023-05-23T10:00; now where left out.'),
});

/** The API's part about what is now, who is where, and the maps. */
export function nowApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getNow',
      method: 'get',
      path: '/summits/{slug}/timetable/now',
      tag,
      summary: 'What is now and next, in each room and for everybody',
      description:
        'Times are local times of the summit. A change of it is told at /s/<summit>/timetable/now/live.',
      scope: 'read:timetable',
      isPublic: true,
      params: slugParam,
      query: atQuery,
      answer: {
        status: 200,
        description: 'As of the moment asked about.',
        schema: z.object({
          at: z.string().describe('The moment that this is about.'),
          zone: z.string(),
          everybody: z.object({ now: z.array(entrySchema), next: z.array(entrySchema) }),
          rooms: z.array(
            z.object({
              key: z.string(),
              name: z.string(),
              now: entrySchema.nullable(),
              next: entrySchema.nullable(),
              closedUntil: z.string().nullable(),
            }),
          ),
        }),
      },
      refuses: [404, 422],
    },
    async (c, { params, query }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { services } = c.var;
      const timetable = await nowTimetable(services.db, seen.value.summit.id);
      if (timetable === undefined) return refused(404, nothingHere());
      const moment = momentOf(timetable, query.at, services.clock.now().epochMilliseconds);
      if (!moment.ok) return refused(422, moment.error);
      const at = moment.value;
      const all = nowAndNext(
        timetable.entries.filter((entry) => isBlock(entry) || entry.kind === 'plenary'),
        at,
      );
      return answered({
        at: new Date(at).toISOString(),
        zone: timetable.zone,
        everybody: { now: all.now.map(told), next: all.next.map(told) },
        rooms: roomsNow(timetable, at).map(({ room, now, next, closedUntil }) => ({
          ...room,
          now: now === undefined ? null : told(now),
          next: next === undefined ? null : told(next),
          closedUntil: closedUntil === undefined ? null : new Date(closedUntil).toISOString(),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'listWhereabouts',
      method: 'get',
      path: '/summits/{slug}/timetable/now/people',
      tag,
      summary: 'Who is where, as far as agendas say',
      scope: 'read:timetable',
      params: slugParam,
      query: atQuery,
      answer: {
        status: 200,
        description:
          'Sessions that run, then what is for all, who is in none, and who is not there.',
        schema: z.object({
          items: z.array(
            z.object({
              kind: z.enum(['session', 'block', 'free', 'away']),
              entry: entrySchema.nullable(),
              people: z.array(z.object({ id: z.uuid(), name: z.string(), isRemote: z.boolean() })),
            }),
          ),
        }),
      },
      refuses: [403, 404, 422],
    },
    async (c, { params, query }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { services } = c.var;
      const { id } = own.value.summit;
      const timetable = await nowTimetable(services.db, id);
      if (timetable === undefined) return refused(404, nothingHere());
      const moment = momentOf(timetable, query.at, services.clock.now().epochMilliseconds);
      if (!moment.ok) return refused(422, moment.error);
      const gatherings = gatheringsAt(
        timetable,
        await whereabouts(services.db, id),
        localMoment(moment.value, expectZone(timetable.zone)),
      );
      return answered({
        items: gatherings.map(({ kind, entry, people }) => ({
          kind,
          entry: entry === undefined ? null : told(entry),
          people: [...people],
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'listMaps',
      method: 'get',
      path: '/summits/{slug}/timetable/maps',
      tag,
      summary: 'Maps of the venue',
      scope: 'read:timetable',
      isPublic: true,
      params: slugParam,
      answer: {
        status: 200,
        description: 'In their order.',
        schema: z.object({
          items: z.array(
            z.object({
              id: z.uuid(),
              title: z.string(),
              description: z.string().describe('What it shows, in words.'),
              width: z.number().int(),
              height: z.number().int(),
              picture: z.string().describe('Its address.'),
            }),
          ),
        }),
      },
      refuses: [404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { services } = c.var;
      const maps = await mapsOf(services.db, seen.value.summit.id);
      return answered({
        items: maps.map(({ position: _, ...map }) => ({
          ...map,
          picture: `${services.url}/s/${params.slug}/timetable/maps/${map.id}/picture`,
        })),
      });
    },
  );

  return routes;
}

const momentOf = (timetable: NowTimetable, text: string | undefined, now: number) => {
  if (text === undefined) return { ok: true, value: now } as const;
  const asked = askedMoment(text, expectZone(timetable.zone));
  return asked.ok ? ({ ok: true, value: asked.value.epochMilliseconds } as const) : asked;
};
