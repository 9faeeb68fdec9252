import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { ownAttendance } from '../attendance/attendance-queries.ts';
import { meetingParams, meetingSchema, tag, text, timeFields } from './api-schema.ts';
import { mayJoin } from './rights.ts';
import { addMeeting, changeRule, dropMeeting, moveMeeting } from './series-commands.ts';
import { trackLeads } from './series-queries.ts';
import { meetingsOf } from './series-rules.ts';

const savedSchema = z.object({ revision: z.number().int() });

/** The API's part about the series of planning meetings. */
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
      id: 'addMeeting',
      method: 'post',
      path: '/summits/{slug}/meetings',
      tag,
      summary: 'Add a planning meeting; what the rule counts grows with it',
      scope: 'write:summit',
      params: slugParam,
      body: {
        json: z
          .strictObject({ title: text(200), required: z.number().int().optional(), ...timeFields })
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
      body: { json: z.strictObject(timeFields).openapi('MeetingTime') },
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
