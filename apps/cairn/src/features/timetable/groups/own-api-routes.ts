import { problem } from '@cairn/kernel/problem';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { dateQuery, groupsSchema, ownGroupSchema, swapParams, swapSchema } from './api-schema.ts';
import { currentGrouping, weekGrouping } from './current-queries.ts';
import { joinGroup, setOut } from './own-commands.ts';
import { namesOfComers, ownPlace, shownGroups } from './own-queries.ts';
import { answerSwap, askSwap, withdrawSwap } from './swap-commands.ts';
import { ownSwaps } from './swap-queries.ts';

const tag = 'Timetable';
const own = '/summits/{slug}/timetable/own-group';
const swaps = '/summits/{slug}/timetable/group-swaps';

/** The API's part about groups for those who come. */
export function ownGroupsApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listGroups',
      method: 'get',
      path: '/summits/{slug}/timetable/groups',
      tag,
      summary: 'The groups that hold, with their people',
      scope: 'read:timetable',
      params: slugParam,
      query: dateQuery,
      answer: { status: 200, description: 'By group.', schema: groupsSchema },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const { db } = c.var.services;
      const { id } = found.value.summit;
      const grouping = await (query.date === undefined
        ? weekGrouping(db, id)
        : currentGrouping(db, id, query.date));
      if (grouping === undefined) return answered({ grouping: null, date: null, groups: [] });
      const { groups } = shownGroups(grouping, await namesOfComers(db, id));
      return answered({
        grouping: grouping.id,
        date: grouping.date,
        groups: groups.map(({ key, title, topicNumber, people, left }) => ({
          key,
          title,
          topic: topicNumber,
          people: people.map(({ personId, name, isLead }) => ({
            person: personId,
            name,
            leads: isLead,
          })),
          room_for: left,
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'getOwnGroup',
      method: 'get',
      path: own,
      tag,
      summary: 'Your own group, why you are in it, and where else you could be',
      scope: 'read:timetable',
      params: slugParam,
      query: dateQuery,
      answer: { status: 200, description: 'Your place.', schema: ownGroupSchema },
      refuses: [403, 404],
    },
    async (c, { params, query }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const { db } = c.var.services;
      const { summit, self } = found.value;
      const grouping = await (query.date === undefined
        ? weekGrouping(db, summit.id)
        : currentGrouping(db, summit.id, query.date));
      if (grouping === undefined) {
        return refused(404, problem('no-groups', 'No groups are set yet.'));
      }
      const place = await ownPlace(db, self, grouping, await namesOfComers(db, summit.id));
      return answered({
        grouping: grouping.id,
        group: place.group?.key ?? null,
        title: place.group?.title ?? null,
        out: place.isOut,
        why: [...place.why],
        may_join: place.joins.map(({ value }) => value),
        may_ask: place.swaps.map(({ value }) => value),
      });
    },
  );

  operation(
    routes,
    {
      id: 'joinGroup',
      method: 'put',
      path: own,
      tag,
      summary: 'Join a group that has room, and leave your own',
      scope: 'write:timetable',
      params: slugParam,
      body: {
        json: z.strictObject({ grouping: z.uuid(), group: z.string() }).openapi('GroupChoice'),
      },
      answer: { status: 204, description: 'You are in it.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const done = await command(c, (tx, actor) => joinGroup(tx, actor, found.value.self, body));
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'stayOutOfGroups',
      method: 'put',
      path: `${own}/out`,
      tag,
      summary: 'Stay out of groups, or take part in them again',
      scope: 'write:timetable',
      params: slugParam,
      body: {
        json: z.strictObject({ grouping: z.uuid(), out: z.boolean() }).openapi('GroupsOut'),
      },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const input = { grouping: body.grouping, isOut: body.out };
      const done = await command(c, (tx, actor) => setOut(tx, actor, found.value.self, input));
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'listGroupSwaps',
      method: 'get',
      path: swaps,
      tag,
      summary: 'Changes of places that you ask for, or are asked for',
      scope: 'read:timetable',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Those that are open.',
        schema: z.object({ items: z.array(swapSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const open = await ownSwaps(c.var.services.db, found.value.self);
      return answered({
        items: open.map(({ id, groupingId, askedBy, askedOf, askedAt }) => ({
          id,
          grouping: groupingId,
          asked_by: askedBy,
          asked_of: askedOf,
          asked_at: askedAt.toString(),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'askGroupSwap',
      method: 'post',
      path: swaps,
      tag,
      summary: 'Ask somebody of another group to change places',
      scope: 'write:timetable',
      params: slugParam,
      body: {
        json: z.strictObject({ grouping: z.uuid(), person: z.uuid() }).openapi('GroupSwapAsked'),
      },
      answer: {
        status: 201,
        description: 'They are told by mail.',
        schema: z.object({ id: z.uuid() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const done = await command(c, (tx, actor) => askSwap(tx, actor, found.value.self, body));
      return done.ok ? answered(done.value) : done;
    },
  );

  operation(
    routes,
    {
      id: 'answerGroupSwap',
      method: 'put',
      path: `${swaps}/{swap}`,
      tag,
      summary: 'Agree to change places, or decline',
      scope: 'write:timetable',
      params: swapParams,
      body: { json: z.strictObject({ agrees: z.boolean() }).openapi('GroupSwapAnswer') },
      answer: { status: 204, description: 'Settled.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const input = { swap: params.swap, agrees: body.agrees };
      const done = await command(c, (tx, actor) => answerSwap(tx, actor, found.value.self, input));
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'withdrawGroupSwap',
      method: 'delete',
      path: `${swaps}/{swap}`,
      tag,
      summary: 'Take back that you asked to change places',
      scope: 'write:timetable',
      params: swapParams,
      answer: { status: 204, description: 'Taken back.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await comersSummit(c, params.slug);
      if (!found.ok) return found;
      const { swap } = params;
      const done = await command(c, (tx, actor) =>
        withdrawSwap(tx, actor, found.value.self, { swap }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
