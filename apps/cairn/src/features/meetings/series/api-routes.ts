import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { excuseAbsence, withdrawAbsence } from '../../people/promises/excuse-commands.ts';
import type { Self } from '../../people/rights.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { decideRequest, saveAttendance } from '../attendance/attendance-commands.ts';
import {
  attendancePeople,
  mayBeRecorded,
  openRequests,
  ownAttendance,
} from '../attendance/attendance-queries.ts';
import {
  askForExcuse,
  checkIn,
  watchRecording,
  withdrawRequest,
} from '../attendance/check-in-commands.ts';
import { type AttendanceKeeper, attendanceKeeperOf, mayJoin } from './rights.ts';
import { addMeeting, changeRule, dropMeeting, moveMeeting } from './series-commands.ts';
import { trackLeads } from './series-queries.ts';
import { meetingNamed, meetingsOf } from './series-rules.ts';

const tag = 'Planning meetings';
const key = z
  .string()
  .max(100)
  .openapi({ param: { name: 'meeting', in: 'path' } });
const meetingParams = slugParam.extend({ meeting: key });
const text = (most: number) => z.string().trim().min(1).max(most);
const time = {
  starts: z.string().max(40).optional().openapi({
    description: 'On the wall of the summit’s zone: 2023-02-27T09:00.',
  }),
  month: z.string().max(20).optional().openapi({ description: 'While the time is open: 2023-02.' }),
  has_taken_place: z.boolean().default(false),
};

const meetingSchema = z
  .object({
    key: z.string(),
    title: z.string(),
    month: z.string().nullable(),
    starts: z.string().nullable().openapi({ description: 'On the wall of `zone`.' }),
    zone: z.string(),
    minutes: z.number().int(),
    begins: z.string().nullable().openapi({ format: 'date-time' }),
    link: z.string().nullable().openapi({ description: 'For those who have accepted.' }),
    recording: z.string().nullable(),
    tracks: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        topics: z.array(z.string()),
        lead: z.string().nullable(),
        link: z.string().nullable(),
      }),
    ),
    you: z.object({
      was_there: z.boolean(),
      source: z.string().nullable(),
      is_excused: z.boolean(),
      has_asked: z.boolean(),
    }),
  })
  .openapi('Meeting');

const savedSchema = z.object({ revision: z.number().int() });
const changedSchema = z.object({ is_new: z.boolean() });

/** The API's part about planning meetings and their attendance. */
export function meetingApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listMeetings',
      method: 'get',
      path: '/summits/{slug}/meetings',
      tag,
      summary: 'The planning meetings, with your own part in each',
      scope: 'read:me',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The meetings in their order.',
        schema: z.object({ items: z.array(meetingSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db } = c.var.services;
      const meetings = meetingsOf(summit);
      const parts = await ownAttendance(
        db,
        self,
        meetings.map((meeting) => meeting.key),
      );
      const leads = await trackLeads(db, summit.id);
      const joins = await mayJoin(db, summit.id, self.personId);
      return answered({
        items: meetings.map((meeting) => {
          const part = parts.get(meeting.key);
          return {
            key: meeting.key,
            title: meeting.title,
            month: meeting.month?.toString() ?? null,
            starts: meeting.starts?.toString({ smallestUnit: 'minute' }) ?? null,
            zone: meeting.zone,
            minutes: meeting.minutes,
            begins: meeting.begins?.toString() ?? null,
            link: joins ? (meeting.link ?? null) : null,
            recording: joins ? (meeting.recording ?? null) : null,
            tracks: meeting.tracks.map((track) => ({
              key: track.key,
              title: track.title,
              topics: [...track.topics],
              lead:
                leads.find((lead) => lead.meeting === meeting.key && lead.track === track.key)
                  ?.name ??
                track.leadName ??
                null,
              link: joins ? (track.link ?? null) : null,
            })),
            you: {
              was_there: part?.source !== undefined,
              source: part?.source ?? null,
              is_excused: part?.excuse !== undefined,
              has_asked: part?.request?.decision === null,
            },
          };
        }),
      });
    },
  );

  operation(
    routes,
    {
      id: 'checkIn',
      method: 'post',
      path: '/summits/{slug}/meetings/{meeting}/check-in',
      tag,
      summary: 'Say that you are in a meeting, while check-in is open',
      scope: 'answer',
      params: meetingParams,
      answer: { status: 200, description: 'Checked in.', schema: changedSchema },
      refuses: [403, 409],
    },
    (c, { params }) =>
      asSelf(c, params, async (self) => {
        const done = await command(c, (tx, actor) => checkIn(tx, actor, self, params.meeting));
        return done.ok ? answered({ is_new: done.value.isNew }) : done;
      }),
  );

  operation(
    routes,
    {
      id: 'watchRecording',
      method: 'post',
      path: '/summits/{slug}/meetings/{meeting}/recording',
      tag,
      summary: 'Say what you took from a recording, where recordings count',
      scope: 'answer',
      params: meetingParams,
      body: {
        json: z
          .strictObject({ sentence: z.string().trim().min(10).max(500) })
          .openapi('WatchedRecording'),
      },
      answer: { status: 200, description: 'Recorded.', schema: changedSchema },
      refuses: [403, 409],
    },
    (c, { params, body }) =>
      asSelf(c, params, async (self) => {
        const { meeting } = params;
        const { sentence } = body;
        const done = await command(c, (tx, actor) =>
          watchRecording(tx, actor, self, { meeting, sentence }),
        );
        return done.ok ? answered({ is_new: done.value.isNew }) : done;
      }),
  );

  operation(
    routes,
    {
      id: 'askToBeExcused',
      method: 'post',
      path: '/summits/{slug}/meetings/{meeting}/excuse-request',
      tag,
      summary: 'Ask to be excused from a meeting',
      scope: 'answer',
      params: meetingParams,
      body: { json: z.strictObject({ reason: text(500) }).openapi('ExcuseRequest') },
      answer: { status: 200, description: 'Asked.', schema: changedSchema },
      refuses: [403, 409],
    },
    (c, { params, body }) =>
      asSelf(c, params, async (self) => {
        const { meeting } = params;
        const { reason } = body;
        const done = await command(c, (tx, actor) =>
          askForExcuse(tx, actor, self, { meeting, reason }),
        );
        return done.ok ? answered({ is_new: done.value.isNew }) : done;
      }),
  );

  operation(
    routes,
    {
      id: 'withdrawExcuseRequest',
      method: 'delete',
      path: '/summits/{slug}/meetings/{meeting}/excuse-request',
      tag,
      summary: 'Take back your open request to be excused',
      scope: 'answer',
      params: meetingParams,
      answer: { status: 204, description: 'No request is open.' },
      refuses: [403, 409],
    },
    (c, { params }) =>
      asSelf(c, params, async (self) => {
        const done = await command(c, (tx, actor) =>
          withdrawRequest(tx, actor, self, params.meeting),
        );
        return done.ok ? answered(undefined) : done;
      }),
  );

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

  operation(
    routes,
    {
      id: 'addMeeting',
      method: 'post',
      path: '/summits/{slug}/meetings',
      tag,
      summary: 'Add a planning meeting; what the rule counts grows with it',
      scope: 'write:summit',
      params: slugParam,
      body: {
        json: z
          .strictObject({ title: text(200), required: z.number().int().optional(), ...time })
          .openapi('NewMeeting'),
      },
      answer: { status: 201, description: 'Added.', schema: savedSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const when = timeOf(body);
      if (!when.ok) return when;
      const { title, required } = body;
      const saved = await command(c, (tx, actor) =>
        addMeeting(tx, actor, organised.value.organiser, { title, required, ...when.value }),
      );
      return saved.ok ? answered({ revision: saved.value.revision }) : saved;
    },
  );

  operation(
    routes,
    {
      id: 'moveMeeting',
      method: 'put',
      path: '/summits/{slug}/meetings/{meeting}/time',
      tag,
      summary: 'Fix, move or open the time of a meeting',
      scope: 'write:summit',
      params: meetingParams,
      body: { json: z.strictObject(time).openapi('MeetingTime') },
      answer: { status: 200, description: 'Saved.', schema: savedSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const when = timeOf(body);
      if (!when.ok) return when;
      const saved = await command(c, (tx, actor) =>
        moveMeeting(tx, actor, organised.value.organiser, {
          meeting: params.meeting,
          ...when.value,
        }),
      );
      return saved.ok ? answered({ revision: saved.value.revision }) : saved;
    },
  );

  operation(
    routes,
    {
      id: 'dropMeeting',
      method: 'delete',
      path: '/summits/{slug}/meetings/{meeting}',
      tag,
      summary: 'Take a meeting out of the series; what was recorded of it stays, and counts',
      scope: 'write:summit',
      params: meetingParams,
      query: z.strictObject({
        required: z.coerce.number().int().min(0).max(100).optional().openapi({
          description: 'How many are required from now on.',
        }),
      }),
      answer: { status: 200, description: 'Dropped.', schema: savedSchema },
      refuses: [403, 409],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const change = { meeting: params.meeting, required: query.required };
      const saved = await command(c, (tx, actor) =>
        dropMeeting(tx, actor, organised.value.organiser, change),
      );
      return saved.ok ? answered({ revision: saved.value.revision }) : saved;
    },
  );

  operation(
    routes,
    {
      id: 'changeMeetingRule',
      method: 'put',
      path: '/summits/{slug}/meeting-rule',
      tag,
      summary: 'Change how many planning meetings are required; what was earned stays',
      scope: 'write:summit',
      params: slugParam,
      body: {
        json: z
          .strictObject({
            required: z.number().int().min(0).max(100),
            obligation: z.string().max(100).optional(),
          })
          .openapi('MeetingRule'),
      },
      answer: { status: 200, description: 'Saved.', schema: savedSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { required, obligation } = body;
      const saved = await command(c, (tx, actor) =>
        changeRule(tx, actor, organised.value.organiser, { required, obligation }),
      );
      return saved.ok ? answered({ revision: saved.value.revision }) : saved;
    },
  );

  return routes;
}

interface At {
  readonly slug: string;
  readonly meeting: string;
}

/** Runs a handler as the caller themselves, about a meeting that is there. */
async function asSelf<T>(
  c: ApiContext,
  { slug, meeting }: At,
  handle: (self: Self) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  const own = await ownSummit(c, slug);
  if (!own.ok) return own;
  const known = meetingNamed(own.value.summit, meeting) !== undefined;
  return known ? handle(own.value.self) : refused(404, nothingHere());
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

function timeOf(body: {
  readonly starts?: string | undefined;
  readonly month?: string | undefined;
  readonly has_taken_place: boolean;
}): Result<
  { readonly starts: string; readonly hasTakenPlace: boolean } | { readonly month: string },
  Refusal
> {
  const { starts, month, has_taken_place: hasTakenPlace } = body;
  if (starts !== undefined && month === undefined) return ok({ starts, hasTakenPlace });
  if (month !== undefined && starts === undefined) return ok({ month });
  const sentence = 'Give either starts, once the time is fixed, or month while it is open.';
  return refused(422, problem('no-time', sentence, { path: 'starts' }));
}
