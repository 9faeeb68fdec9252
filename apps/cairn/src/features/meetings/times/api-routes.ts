import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { itemParams } from '../../people/api/api-schema.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { ownTimes } from './own-times-queries.ts';
import { applyTimes, cancelSearch, sayTracks, searchTimes } from './times-commands.ts';
import {
  askedPeople,
  ownTracks,
  SEARCH_STATES,
  type TimeSearch,
  timeSearch,
  timeSearches,
  willingLeads,
} from './times-queries.ts';
import { readWishes, wishesAsTyped } from './times-schema.ts';
import { readTracks, TRACK_LEVELS } from './track-rules.ts';
import { EFFORTS, findable, usualWishes, wallOfMinute } from './wishes-rules.ts';

const tag = 'Planning meetings';
const moment = z.string().openapi({ format: 'date-time' });
const wall = z.string().openapi({ example: '2023-02-27T09:00' });

const tracksSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          track: z.string().max(100),
          level: z.enum(TRACK_LEVELS, `write one of ${TRACK_LEVELS.join(', ')}`),
          why: z.string().max(300).default(''),
        }),
      )
      .max(200),
  })
  .openapi('TrackInterest');

const ownCallsSchema = z
  .object({
    has_said: z.boolean().openapi({ description: 'Whether you have said when you can.' }),
    calls: z.array(
      z.object({
        meeting: z.string(),
        title: z.string(),
        begins: moment,
        can: z.enum(['no', 'if_need_be', 'yes']),
        is_unsociable: z.boolean(),
      }),
    ),
    sentences: z.array(z.string()),
  })
  .openapi('OwnTimes');

const day = z.string().openapi({ format: 'date' });

const wishesSchema = z
  .strictObject({
    calls: z
      .array(z.strictObject({ meeting: z.string().max(200), from: day, until: day }))
      .max(100)
      .optional()
      .openapi({ description: 'Every open meeting in its month when left out.' }),
    step: z.union([z.literal(30), z.literal(60)]).optional(),
    weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
    sociable: z.strictObject({ from: z.int(), until: z.int() }).optional(),
    min_gap_days: z.int().optional(),
    required: z.int().optional(),
    whom: z.enum(['seated', 'invited']).optional(),
    needed: z.array(z.uuid()).max(10_000).optional(),
    effort: z.enum(EFFORTS).optional(),
    seed: z.int().optional(),
  })
  .openapi('TimeWishes');

const foundSchema = z.array(
  z.object({ meeting: z.string(), starts: wall, tracks: z.array(z.string()) }),
);

const searchSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(SEARCH_STATES),
    created_at: moment,
    finished_at: moment.nullable(),
    applied_at: moment.nullable(),
    times: foundSchema.nullable().openapi({ description: 'On the wall of the summit’s zone.' }),
    is_optimal: z.boolean().nullable(),
    known: z.number().int().nullable(),
    keeping: z.number().int().nullable().openapi({
      description: 'How many can make as many calls as they should.',
    }),
    fixed_time: z
      .object({ words: z.string(), keeping: z.number().int() })
      .nullable()
      .openapi({ description: 'The best that one fixed time of the month can do.' }),
  })
  .openapi('TimeSearch');

const searchStepSchema = z.strictObject({
  action: z.enum(['cancel', 'apply'], 'write cancel or apply'),
});

const asAnswer = (search: TimeSearch, zoneName: string): z.output<typeof searchSchema> => {
  const { result } = search;
  const zone = expectZone(zoneName);
  return {
    id: search.id,
    state: search.state,
    created_at: search.createdAt.toString(),
    finished_at: search.finishedAt?.toString() ?? null,
    applied_at: search.appliedAt?.toString() ?? null,
    times:
      (search.applied ?? result?.found)?.calls.map(({ key, start, tracks }) => ({
        meeting: key,
        starts: wallOfMinute(start, zone),
        tracks: [...tracks],
      })) ?? null,
    is_optimal: result?.isOptimal ?? null,
    known: result?.known ?? null,
    keeping: result?.keeping ?? null,
    fixed_time: result?.fixed ?? null,
  };
};

/** The API's part about the tracks that people care for, and about finding the times of calls. */
export function timesApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  ownOperations(routes);
  searchOperations(routes);
  return routes;
}

function ownOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'getOwnTracks',
      method: 'get',
      path: '/summits/{slug}/me/tracks',
      tag,
      summary: 'What you want of the tracks of the planning meetings',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Your tracks.', schema: tracksSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      return answered({ items: await ownTracks(c.var.services.db, own.value.self) });
    },
  );

  operation(
    routes,
    {
      id: 'sayTracks',
      method: 'put',
      path: '/summits/{slug}/me/tracks',
      tag,
      summary: 'Say what you want of the tracks; what you leave out is not for you',
      scope: 'write:me',
      params: slugParam,
      body: { json: tracksSchema },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const known = new Set(summit.definition.planning_meetings.tracks.map(({ key }) => key));
      const unknown = body.items.find(({ track }) => !known.has(track));
      if (unknown !== undefined) {
        const sentence = `There is no track “${unknown.track}”; the definition lists them.`;
        return refused(422, problem('unknown-track', sentence, { path: 'items' }));
      }
      const typed = Object.fromEntries(
        body.items.flatMap(({ track, level, why }) => [
          [`level_${track}`, level],
          [`why_${track}`, why],
        ]),
      );
      const said = readTracks(typed, summit.definition);
      if (!said.ok) return refused(422, said.error);
      const kept = await command(c, (tx, actor) => sayTracks(tx, actor, self, said.value));
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'getOwnTimes',
      method: 'get',
      path: '/summits/{slug}/me/times',
      tag,
      summary: 'Which of the calls to come you can make, and what would help',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Your calls.', schema: ownCallsSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db, clock } = c.var.services;
      const zone = expectZone(summit.definition.zone);
      const times = await ownTimes(db, self, summit, { now: clock.now(), zone });
      return answered({
        has_said: times.hasSaid,
        calls: times.calls.map(({ meeting, can, pain }) => ({
          meeting: meeting.key,
          title: meeting.title,
          begins: meeting.begins?.toString() ?? '',
          can: (['no', 'if_need_be', 'yes'] as const)[can],
          is_unsociable: pain > 0,
        })),
        sentences: [...times.sentences],
      });
    },
  );
}

function searchOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listTimeSearches',
      method: 'get',
      path: '/summits/{slug}/time-searches',
      tag,
      summary: 'The searches for times of planning meetings, newest first',
      scope: 'read:people',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The searches.',
        schema: z.object({ items: z.array(searchSchema) }).openapi('TimeSearches'),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const searches = await timeSearches(c.var.services.db, organiser);
      return answered({ items: searches.map((each) => asAnswer(each, summit.definition.zone)) });
    },
  );

  operation(
    routes,
    {
      id: 'searchTimes',
      method: 'post',
      path: '/summits/{slug}/time-searches',
      tag,
      summary: 'Begin to search for times',
      description: 'A job searches; ask for its state until it is done. What is left out is usual.',
      scope: 'write:summit',
      params: slugParam,
      body: { json: wishesSchema },
      answer: {
        status: 201,
        description: 'The search.',
        schema: z.object({ id: z.uuid() }).openapi('NewTimeSearch'),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db, clock } = c.var.services;
      const { definition } = summit;
      const now = clock.now();
      const { known, unknown } = await askedPeople(db, organiser, 'invited', now);
      const seated = await askedPeople(db, organiser, 'seated', now);
      const leads = await willingLeads(db, organiser);
      const possible = findable(meetingsOf(summit), now);
      const usual = usualWishes(definition, meetingsOf(summit), {
        now,
        seated: seated.known.length + seated.unknown.length,
        leads,
      });
      const calls = body.calls?.map(({ meeting, from, until }) => ({ key: meeting, from, until }));
      const given = {
        ...usual,
        ...(calls === undefined ? {} : { calls }),
        ...(body.step === undefined ? {} : { step: body.step }),
        ...(body.weekdays === undefined ? {} : { weekdays: body.weekdays }),
        ...(body.sociable === undefined ? {} : { sociable: body.sociable }),
        ...(body.min_gap_days === undefined ? {} : { minGapDays: body.min_gap_days }),
        ...(body.required === undefined ? {} : { required: body.required }),
        ...(body.whom === undefined ? {} : { whom: body.whom }),
        ...(body.needed === undefined ? {} : { needed: body.needed }),
        ...(body.effort === undefined ? {} : { effort: body.effort }),
        ...(body.seed === undefined ? {} : { seed: body.seed }),
      };
      const zone = expectZone(definition.zone);
      const wishes = readWishes(wishesAsTyped(given), {
        definition,
        possible,
        tomorrow: now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }),
        people: new Set([...known, ...unknown].map(({ id }) => id).concat(...leads.values())),
      });
      if (!wishes.ok) return refused(422, wishes.error);
      const begun = await command(c, (tx, actor) =>
        searchTimes(tx, actor, organiser, wishes.value),
      );
      return begun.ok ? answered(begun.value) : begun;
    },
  );

  operation(
    routes,
    {
      id: 'getTimeSearch',
      method: 'get',
      path: '/summits/{slug}/time-searches/{id}',
      tag,
      summary: 'A search for times, and what it found',
      scope: 'read:people',
      params: itemParams,
      answer: { status: 200, description: 'The search.', schema: searchSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const search = await timeSearch(c.var.services.db, organiser, params.id);
      if (search === undefined) return refused(404, nothingHere());
      return answered(asAnswer(search, summit.definition.zone));
    },
  );

  operation(
    routes,
    {
      id: 'changeTimeSearch',
      method: 'post',
      path: '/summits/{slug}/time-searches/{id}',
      tag,
      summary: 'Cancel a search, or put the times that it found in force',
      scope: 'write:summit',
      params: itemParams,
      body: { json: searchStepSchema },
      answer: { status: 204, description: 'Done.' },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const search = await timeSearch(c.var.services.db, organiser, params.id);
      if (search === undefined) return refused(404, nothingHere());
      const times = search.result?.found;
      if (body.action === 'apply' && times === undefined) {
        return refused(409, problem('no-times', 'This search has found no times.'));
      }
      const done = await command(c, (tx, actor) =>
        body.action === 'cancel' || times === undefined
          ? cancelSearch(tx, actor, organiser, { id: search.id })
          : applyTimes(tx, actor, organiser, { id: search.id, times }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
}
