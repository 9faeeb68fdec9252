import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import {
  groupingJson,
  groupingListSchema,
  groupingParams,
  groupingRowJson,
  groupingSchema,
  proposeBody,
} from './api-schema.ts';
import { groupingOf, groupingsOf } from './grouping-queries.ts';
import { proposeGrouping } from './propose-commands.ts';
import { dropGrouping, setGrouping } from './set-commands.ts';

const tag = 'Timetable';
const list = '/summits/{slug}/timetable/groupings';
const one = `${list}/{grouping}`;
const scope = 'write:timetable';

/** The API's part about groupings: proposing, setting and dropping them. For organisers. */
export function groupingApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listGroupings',
      method: 'get',
      path: list,
      tag,
      summary: 'Groups that hold and groups that are proposed',
      description: 'Newest first, without those that were dropped or replaced. For organisers.',
      scope: 'read:timetable',
      params: slugParam,
      answer: { status: 200, description: 'In a line each.', schema: groupingListSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const rows = await groupingsOf(c.var.services.db, found.value.summit.id);
      return answered({ items: rows.map(groupingRowJson) });
    },
  );

  operation(
    routes,
    {
      id: 'proposeGroups',
      method: 'post',
      path: list,
      tag,
      summary: 'Propose groups from what people want',
      description: 'Nobody but organisers sees them before they are set.',
      scope,
      params: slugParam,
      body: { json: proposeBody },
      answer: {
        status: 201,
        description: 'Proposed.',
        schema: z.object({ id: z.uuid(), proven_best: z.boolean() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const { keeps_places: keepsPlaces, topics, ...asked } = body;
      const proposal = { ...asked, keepsPlaces, ...(topics === undefined ? {} : { topics }) };
      const made = await command(c, (tx, actor) =>
        proposeGrouping(tx, actor, found.value.organiser, proposal),
      );
      if (!made.ok) return made;
      return answered({ id: made.value.id, proven_best: made.value.isOptimal });
    },
  );

  operation(
    routes,
    {
      id: 'getGrouping',
      method: 'get',
      path: one,
      tag,
      summary: 'One grouping: its groups, and everybody’s place with its reasons',
      scope: 'read:timetable',
      params: groupingParams,
      answer: { status: 200, description: 'The grouping.', schema: groupingSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const { id } = found.value.summit;
      const grouping = await groupingOf(c.var.services.db, id, params.grouping);
      return grouping === undefined
        ? refused(404, nothingHere())
        : answered(groupingJson(grouping));
    },
  );

  operation(
    routes,
    {
      id: 'setGroups',
      method: 'post',
      path: `${one}/set`,
      tag,
      summary: 'Let groups hold for their day or the week',
      scope,
      params: groupingParams,
      body: {
        json: z
          .strictObject({
            tells: z
              .boolean()
              .default(true)
              .openapi({ description: 'By mail those whose group is another.' }),
          })
          .openapi('GroupsSet'),
      },
      answer: {
        status: 200,
        description: 'They hold.',
        schema: z.object({ told: z.number().int() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const input = { id: params.grouping, tells: body.tells };
      const done = await command(c, (tx, actor) =>
        setGrouping(tx, actor, found.value.organiser, input),
      );
      return done.ok ? answered(done.value) : done;
    },
  );

  operation(
    routes,
    {
      id: 'dropGroups',
      method: 'delete',
      path: one,
      tag,
      summary: 'Drop a proposal, or do without groups that hold',
      scope,
      params: groupingParams,
      answer: { status: 204, description: 'Dropped.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const done = await command(c, (tx, actor) =>
        dropGrouping(tx, actor, found.value.organiser, { id: params.grouping }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
