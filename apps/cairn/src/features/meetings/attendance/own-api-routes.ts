import type { Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import type { Self } from '../../people/rights.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { meetingParams, tag, text } from '../series/api-schema.ts';
import { meetingNamed } from '../series/series-rules.ts';
import { askForExcuse, checkIn, watchRecording, withdrawRequest } from './check-in-commands.ts';

const changedSchema = z.object({ is_new: z.boolean() });

/** The API's part about one's own attendance. */
export function ownAttendanceApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

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
