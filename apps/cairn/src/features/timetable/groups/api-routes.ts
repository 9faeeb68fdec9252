import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import {
  addBody,
  changeBody,
  groupingJson,
  groupingListSchema,
  groupingParams,
  groupingRowJson,
  groupingSchema,
  groupParams,
  memberParams,
  moveBody,
  proposeBody,
  splitBody,
} from './api-schema.ts';
import { addGroup, changeGroup, removeGroup, splitGroup } from './group-commands.ts';
import { groupingOf, groupingsOf } from './grouping-queries.ts';
import { moveMember, releasePins, setLead } from './member-commands.ts';
import { proposeGrouping } from './propose-commands.ts';
import { dropGrouping, setGrouping } from './set-commands.ts';

const tag = 'Timetable';
const list = '/summits/{slug}/timetable/groupings';
const one = `${list}/{grouping}`;
const scope = 'write:timetable';

/** The API's part about groups for organisers. */
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

  operation(
    routes,
    {
      id: 'moveGroupMember',
      method: 'put',
      path: `${one}/people/{person}`,
      tag,
      summary: 'Put somebody into another group, into none, or out of groups',
      scope,
      params: memberParams,
      body: { json: moveBody },
      answer: { status: 204, description: 'They are there.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const { grouping, person } = params;
      const input = { grouping, person, to: body.to, isPinned: body.kept };
      const done = await command(c, (tx, actor) =>
        moveMember(tx, actor, found.value.organiser, input),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'setGroupLead',
      method: 'put',
      path: `${one}/people/{person}/lead`,
      tag,
      summary: 'Say that somebody leads their group, or does not',
      scope,
      params: memberParams,
      body: { json: z.strictObject({ leads: z.boolean() }).openapi('GroupLead') },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const input = { grouping: params.grouping, person: params.person, isLead: body.leads };
      const done = await command(c, (tx, actor) =>
        setLead(tx, actor, found.value.organiser, input),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'releaseGroupPins',
      method: 'post',
      path: `${one}/release-pins`,
      tag,
      summary: 'Let the next proposal move people who were put by hand',
      scope,
      params: groupingParams,
      body: {
        json: z
          .strictObject({
            person: z.uuid().nullable().default(null).openapi({ description: 'Null for all.' }),
          })
          .openapi('GroupPinsReleased'),
      },
      answer: {
        status: 200,
        description: 'How many were.',
        schema: z.object({ released: z.number().int() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const input = { grouping: params.grouping, person: body.person };
      const done = await command(c, (tx, actor) =>
        releasePins(tx, actor, found.value.organiser, input),
      );
      return done.ok ? answered(done.value) : done;
    },
  );

  operation(
    routes,
    {
      id: 'addGroup',
      method: 'post',
      path: `${one}/groups`,
      tag,
      summary: 'Add a group by hand',
      scope,
      params: groupingParams,
      body: { json: addBody },
      answer: { status: 201, description: 'Added.', schema: z.object({ key: z.string() }) },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const input = { grouping: params.grouping, title: body.title, topicNumber: body.topic };
      const done = await command(c, (tx, actor) =>
        addGroup(tx, actor, found.value.organiser, input),
      );
      return done.ok ? answered(done.value) : done;
    },
  );

  operation(
    routes,
    {
      id: 'changeGroup',
      method: 'put',
      path: `${one}/groups/{group}`,
      tag,
      summary: 'Change a group’s title and sizes, and who must not be missed in it',
      scope,
      params: groupParams,
      body: { json: changeBody },
      answer: { status: 204, description: 'Changed.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const { stays, ...change } = body;
      const { grouping, group } = params;
      const input = { grouping, group, isPinned: stays, ...change };
      const done = await command(c, (tx, actor) =>
        changeGroup(tx, actor, found.value.organiser, input),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'splitGroup',
      method: 'post',
      path: `${one}/groups/{group}/split`,
      tag,
      summary: 'Split a group in two',
      scope,
      params: groupParams,
      body: { json: splitBody },
      answer: { status: 201, description: 'The new one.', schema: z.object({ key: z.string() }) },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const { grouping, group } = params;
      const done = await command(c, (tx, actor) =>
        splitGroup(tx, actor, found.value.organiser, { grouping, group, ...body }),
      );
      return done.ok ? answered(done.value) : done;
    },
  );

  operation(
    routes,
    {
      id: 'removeGroup',
      method: 'delete',
      path: `${one}/groups/{group}`,
      tag,
      summary: 'Take a group away',
      scope,
      params: groupParams,
      answer: { status: 204, description: 'Its people are in none.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await organisedSummit(c, params.slug);
      if (!found.ok) return found;
      const { grouping, group } = params;
      const done = await command(c, (tx, actor) =>
        removeGroup(tx, actor, found.value.organiser, { grouping, group }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
