import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { itemParams } from '../../people/api/api-schema.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { searchSchema, searchStepSchema, tag, wishesSchema } from './api-schema.ts';
import { ownOperations } from './own-api-routes.ts';
import { applyTimes, cancelSearch, searchTimes } from './times-commands.ts';
import {
  askedPeople,
  type TimeSearch,
  timeSearch,
  timeSearches,
  willingLeads,
} from './times-queries.ts';
import { readWishes, wishesAsTyped } from './times-schema.ts';
import { findable, usualWishes, wallOfMinute } from './wishes-rules.ts';

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
