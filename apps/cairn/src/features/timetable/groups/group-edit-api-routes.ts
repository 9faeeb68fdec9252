import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import {
  addBody,
  changeBody,
  groupingParams,
  groupParams,
  memberParams,
  moveBody,
  splitBody,
} from './api-schema.ts';
import { addGroup, changeGroup, removeGroup, splitGroup } from './group-commands.ts';
import { moveMember, releasePins, setLead } from './member-commands.ts';

const tag = 'Timetable';
const one = '/summits/{slug}/timetable/groupings/{grouping}';
const scope = 'write:timetable';

/** The API's part about changing groups and who is in them by hand. For organisers. */
export function groupEditApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

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
