import { problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { excuseAbsence, withdrawAbsence } from '../../people/promises/excuse-commands.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { meetingParams, tag, text } from '../series/api-schema.ts';
import { type AttendanceKeeper, attendanceKeeperOf } from '../series/rights.ts';
import { meetingNamed } from '../series/series-rules.ts';
import { decideRequest, saveAttendance } from './attendance-commands.ts';
import { attendancePeople, mayBeRecorded, openRequests } from './attendance-queries.ts';

/** The API's part about everybody's attendance, for organisers and the leads of a meeting. */
export function attendanceApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listAttendance',
      method: 'get',
      path: '/summits/{slug}/meetings/{meeting}/attendance',
      tag,
      summary: 'Who was at a meeting, and who asked to be excused; for organisers and its leads',
      scope: 'read:promises',
      params: meetingParams,
      answer: {
        status: 200,
        description: 'Everybody who may have been there.',
        schema: z.object({
          people: z.array(
            z.object({
              person: z.uuid(),
              name: z.string(),
              source: z.string().nullable(),
              is_excused: z.boolean(),
            }),
          ),
          requests: z.array(
            z.object({ id: z.uuid(), person: z.uuid(), name: z.string(), reason: z.string() }),
          ),
        }),
      },
      refuses: [403],
    },
    (c, { params }) =>
      asKeeper(c, params, async (keeper) => {
        const { db } = c.var.services;
        const all = { name: '', page: 1, size: 100_000 };
        const { people } = await attendancePeople(db, keeper, all);
        return answered({
          people: people.map(({ personId, name, source, isExcused }) => ({
            person: personId,
            name,
            source,
            is_excused: isExcused,
          })),
          requests: (await openRequests(db, keeper)).map(({ id, personId, name, reason }) => ({
            id,
            person: personId,
            name,
            reason,
          })),
        });
      }),
  );

  operation(
    routes,
    {
      id: 'saveAttendance',
      method: 'post',
      path: '/summits/{slug}/meetings/{meeting}/attendance',
      tag,
      summary: 'Record who was at a meeting and take back who was not: all or none',
      scope: 'write:promises',
      params: meetingParams,
      body: {
        json: z
          .strictObject({
            there: z.array(z.uuid()).max(10_000).default([]),
            not_there: z.array(z.uuid()).max(10_000).default([]),
          })
          .openapi('Attendance'),
      },
      answer: {
        status: 200,
        description: 'Saved.',
        schema: z.object({ recorded: z.number().int(), withdrawn: z.number().int() }),
      },
      refuses: [403, 409],
    },
    (c, { params, body }) =>
      asKeeper(c, params, async (keeper) => {
        const change = { there: body.there, notThere: body.not_there };
        const saved = await command(c, (tx, actor) => saveAttendance(tx, actor, keeper, change));
        return saved.ok ? answered({ ...saved.value }) : saved;
      }),
  );

  operation(
    routes,
    {
      id: 'decideExcuseRequest',
      method: 'post',
      path: '/summits/{slug}/meetings/{meeting}/decisions',
      tag,
      summary: 'Grant or decline a request to be excused',
      scope: 'write:promises',
      params: meetingParams,
      body: {
        json: z
          .strictObject({ request: z.uuid(), is_granted: z.boolean() })
          .openapi('ExcuseDecision'),
      },
      answer: {
        status: 200,
        description: 'Decided.',
        schema: z.object({ was_open: z.boolean() }),
      },
      refuses: [403, 409],
    },
    (c, { params, body }) =>
      asKeeper(c, params, async (keeper) => {
        const decision = { request: body.request, isGranted: body.is_granted };
        const done = await command(c, (tx, actor) => decideRequest(tx, actor, keeper, decision));
        return done.ok ? answered({ was_open: done.value.wasOpen }) : done;
      }),
  );

  operation(
    routes,
    {
      id: 'excuseAbsence',
      method: 'post',
      path: '/summits/{slug}/meetings/{meeting}/excuses',
      tag,
      summary: 'Excuse somebody from one meeting; they see the reason and who gave it',
      scope: 'write:promises',
      params: meetingParams,
      body: {
        json: z.strictObject({ person: z.uuid(), reason: text(500) }).openapi('AbsenceExcuse'),
      },
      answer: { status: 201, description: 'Excused.', schema: z.object({ id: z.uuid() }) },
      refuses: [403, 409],
    },
    (c, { params, body }) =>
      asKeeper(c, params, async (keeper) => {
        const known = await mayBeRecorded(c.var.services.db, keeper, [body.person]);
        if (!known.has(body.person)) return refused(404, nothingHere());
        const excuse = { personId: body.person, reason: body.reason };
        const done = await command(c, (tx, actor) => excuseAbsence(tx, actor, keeper, excuse));
        return done.ok ? answered({ id: done.value.id }) : done;
      }),
  );

  operation(
    routes,
    {
      id: 'withdrawAbsenceExcuse',
      method: 'delete',
      path: '/summits/{slug}/meetings/{meeting}/excuses/{person}',
      tag,
      summary: 'Take back that somebody is excused from a meeting',
      scope: 'write:promises',
      params: meetingParams.extend({
        person: z.uuid().openapi({ param: { name: 'person', in: 'path' } }),
      }),
      answer: { status: 204, description: 'They are not excused.' },
      refuses: [403, 409],
    },
    (c, { params }) =>
      asKeeper(c, params, async (keeper) => {
        const done = await command(c, (tx, actor) =>
          withdrawAbsence(tx, actor, keeper, params.person),
        );
        return done.ok ? answered(undefined) : done;
      }),
  );

  return routes;
}

interface At {
  readonly slug: string;
  readonly meeting: string;
}

/** Runs a handler as somebody who keeps the attendance of a meeting. */
async function asKeeper<T>(
  c: ApiContext,
  { slug, meeting }: At,
  handle: (keeper: AttendanceKeeper) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  const organised = await organisedSummit(c, slug);
  const own = organised.ok ? organised : await ownSummit(c, slug);
  if (!own.ok) return own;
  const { summit } = own.value;
  if (meetingNamed(summit, meeting) === undefined) return refused(404, nothingHere());
  const keeper = await attendanceKeeperOf(
    c.var.services.db,
    { summitId: summit.id, meeting },
    organised.ok ? organised.value.organiser : undefined,
    c.var.caller?.who.personId,
  );
  if (keeper !== undefined) return handle(keeper);
  const sentence = 'Only the organisers and the leads of this meeting may do this.';
  return refused(403, problem('not-keeper', sentence));
}
