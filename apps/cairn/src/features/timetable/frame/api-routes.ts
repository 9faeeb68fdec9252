import { problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { summitById } from '../../summits/queries.ts';
import {
  blockBody,
  blockParams,
  closeBody,
  closureParams,
  copyBody,
  dayParams,
  daysBody,
  frameJson,
  frameSchema,
  idsSchema,
  moveBody,
  openBody,
  roomBody,
  roomParams,
  roomSavedSchema,
} from './api-schema.ts';
import { removeBlock, type SavedBlock, saveBlock } from './block-commands.ts';
import { contradictionFacts } from './check-queries.ts';
import { closeRoom, reopenRoom } from './closure-commands.ts';
import { closedFrom } from './closure-rules.ts';
import { contradictionsIn } from './frame-check-rules.ts';
import { beginFrame, copyDay, removeDay, saveDays } from './frame-commands.ts';
import { frameOf } from './frame-queries.ts';
import { DONE, organiserChange, tag } from './organiser-operation.ts';
import { moveRoom, removeRoom, saveRoom } from './room-commands.ts';

const FRAME = '/summits/{slug}/timetable/frame';

/** The API's part about days, blocks and rooms. */
export function frameApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getTimetableFrame',
      method: 'get',
      path: FRAME,
      tag,
      summary: 'Days, blocks, rooms, closures, and what contradicts itself',
      description: 'For organisers. What is released is part of the timetable.',
      scope: 'read:timetable',
      params: slugParam,
      answer: { status: 200, description: 'The frame.', schema: frameSchema },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const facts = await contradictionFacts(c.var.services.db, organised.value.summit);
      if (facts === undefined) {
        const sentence = 'The timetable has no days yet; begin it first.';
        return refused(409, problem('no-frame', sentence));
      }
      return answered(frameJson(facts.frame, contradictionsIn(facts)));
    },
  );
  addDays(routes);
  addBlocks(routes);
  addRooms(routes);
  addClosures(routes);
  return routes;
}

function addDays(routes: OpenAPIHono<ApiEnv>): void {
  organiserChange(
    routes,
    {
      id: 'beginTimetable',
      method: 'post',
      path: FRAME,
      summary: 'Begin the timetable with the days of the definition',
      params: slugParam,
      answer: DONE,
    },
    (tx, actor, organiser) => beginFrame(tx, actor, organiser),
  );
  organiserChange(
    routes,
    {
      id: 'saveTimetableDays',
      method: 'put',
      path: `${FRAME}/days`,
      summary: 'Set lengths, and the hours of days',
      description: 'Days that are not named stay as they are.',
      params: slugParam,
      body: { json: daysBody },
      answer: DONE,
    },
    (tx, actor, organiser, { body }) =>
      saveDays(tx, actor, organiser, {
        slotMinutes: body.slot_minutes,
        sessionMinutes: body.session_minutes,
        days: body.days,
      }),
  );
  organiserChange(
    routes,
    {
      id: 'removeTimetableDay',
      method: 'delete',
      path: `${FRAME}/days/{date}`,
      summary: 'Remove a day with its blocks',
      params: dayParams,
      answer: DONE,
    },
    async (tx, actor, organiser, { params }) => {
      const removed = await removeDay(tx, actor, organiser, params);
      return removed.ok ? ok(undefined) : removed;
    },
  );
  organiserChange(
    routes,
    {
      id: 'copyTimetableDay',
      method: 'post',
      path: `${FRAME}/days/{date}/copies`,
      summary: 'Make other days like this one',
      params: dayParams,
      body: { json: copyBody },
      answer: DONE,
    },
    async (tx, actor, organiser, { params, body }) => {
      const copied = await copyDay(tx, actor, organiser, { from: params.date, to: body.to });
      return copied.ok ? ok(undefined) : copied;
    },
  );
}

const asBlock = (body: (typeof blockBody)['_output']): SavedBlock => ({
  title: body.title,
  kind: body.kind,
  meal: body.meal,
  isProvided: body.is_provided,
  starts: body.starts,
  ends: body.ends,
  dates: body.dates,
  roomId: body.room,
  place: body.place,
  text: body.text,
  withAlike: body.with_alike,
});

function addBlocks(routes: OpenAPIHono<ApiEnv>): void {
  organiserChange(
    routes,
    {
      id: 'addTimetableBlock',
      method: 'post',
      path: `${FRAME}/blocks`,
      summary: 'Add a block on one day or several',
      description: 'It may contradict others; the frame says how.',
      params: slugParam,
      body: { json: blockBody },
      answer: { status: 201, description: 'One on each day.', schema: idsSchema },
    },
    async (tx, actor, organiser, { body }) => {
      const saved = await saveBlock(tx, actor, organiser, asBlock(body));
      return saved.ok ? ok({ ids: [...saved.value.ids] }) : saved;
    },
  );
  organiserChange(
    routes,
    {
      id: 'changeTimetableBlock',
      method: 'put',
      path: `${FRAME}/blocks/{block}`,
      summary: 'Change a block',
      description: 'It moves to the first of the days; on others it is added.',
      params: blockParams,
      body: { json: blockBody },
      answer: { status: 200, description: 'Those that were changed.', schema: idsSchema },
    },
    async (tx, actor, organiser, { params, body }) => {
      const saved = await saveBlock(tx, actor, organiser, { ...asBlock(body), id: params.block });
      return saved.ok ? ok({ ids: [...saved.value.ids] }) : saved;
    },
  );
  organiserChange(
    routes,
    {
      id: 'removeTimetableBlock',
      method: 'delete',
      path: `${FRAME}/blocks/{block}`,
      summary: 'Remove a block',
      params: blockParams,
      answer: DONE,
    },
    async (tx, actor, organiser, { params }) => {
      const removed = await removeBlock(tx, actor, organiser, { id: params.block });
      return removed.ok ? ok(undefined) : removed;
    },
  );
}

function addRooms(routes: OpenAPIHono<ApiEnv>): void {
  organiserChange(
    routes,
    {
      id: 'addRoom',
      method: 'post',
      path: `${FRAME}/rooms`,
      summary: 'Add a room',
      params: slugParam,
      body: { json: roomBody },
      answer: { status: 201, description: 'The room.', schema: roomSavedSchema },
    },
    (tx, actor, organiser, { body }) => saveRoom(tx, actor, organiser, body),
  );
  organiserChange(
    routes,
    {
      id: 'changeRoom',
      method: 'put',
      path: `${FRAME}/rooms/{room}`,
      summary: 'Change a room',
      params: roomParams,
      body: { json: roomBody },
      answer: { status: 200, description: 'The room.', schema: roomSavedSchema },
    },
    (tx, actor, organiser, { params, body }) =>
      saveRoom(tx, actor, organiser, { ...body, id: params.room }),
  );
  organiserChange(
    routes,
    {
      id: 'moveRoom',
      method: 'post',
      path: `${FRAME}/rooms/{room}/moves`,
      summary: 'Move a room up (-1) or down (1) in the order in which people see them',
      params: roomParams,
      body: { json: moveBody },
      answer: DONE,
    },
    (tx, actor, organiser, { params, body }) =>
      moveRoom(tx, actor, organiser, { id: params.room, by: body.by }),
  );
  organiserChange(
    routes,
    {
      id: 'removeRoom',
      method: 'delete',
      path: `${FRAME}/rooms/{room}`,
      summary: 'Remove a room',
      params: roomParams,
      answer: DONE,
    },
    (tx, actor, organiser, { params }) => removeRoom(tx, actor, organiser, { id: params.room }),
  );
}

function addClosures(routes: OpenAPIHono<ApiEnv>): void {
  organiserChange(
    routes,
    {
      id: 'closeRoom',
      method: 'post',
      path: `${FRAME}/rooms/{room}/closures`,
      summary: 'Say when a room cannot be used',
      description: 'Moves nothing by itself; a repair does.',
      params: roomParams,
      body: { json: closeBody },
      answer: { status: 201, description: 'A closure for each day.', schema: idsSchema },
    },
    async (tx, actor, organiser, { params, body }) => {
      const frame = await frameOf(tx, await summitById(tx, organiser.summitId));
      const stretches = 'from' in body ? closedFrom(frame?.days ?? [], body.from) : body.stretches;
      const { reason } = body;
      const closed = await closeRoom(tx, actor, organiser, {
        roomId: params.room,
        stretches,
        reason,
      });
      return closed.ok ? ok({ ids: [...closed.value.ids] }) : closed;
    },
  );
  organiserChange(
    routes,
    {
      id: 'openRoom',
      method: 'post',
      path: `${FRAME}/rooms/{room}/openings`,
      summary: 'Open a room again from a moment on',
      params: roomParams,
      body: { json: openBody },
      answer: DONE,
    },
    (tx, actor, organiser, { params, body }) =>
      reopenRoom(tx, actor, organiser, { roomId: params.room, from: body.from }),
  );
  organiserChange(
    routes,
    {
      id: 'takeBackClosure',
      method: 'delete',
      path: `${FRAME}/closures/{closure}`,
      summary: 'Take back a closure that was a mistake',
      params: closureParams,
      answer: DONE,
    },
    (tx, actor, organiser, { params }) =>
      reopenRoom(tx, actor, organiser, { closureId: params.closure }),
  );
}
