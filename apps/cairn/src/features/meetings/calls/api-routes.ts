import { describeRule } from '@cairn/formats/recurrence-words';
import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organisedSummit, ownSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { calendarParam, calendarSchema, changeSchema, followSchema } from './api-schema.ts';
import { addCalendar, fileOf, retireCalendar, saveCalendar, setWarning } from './call-commands.ts';
import {
  type CalendarWithCalls,
  calendarsWithCalls,
  callCalendar,
  callSourceOf,
  subscribedCalendars,
} from './call-queries.ts';
import { recurrenceOf } from './call-rules.ts';
import { callsNow } from './shown-rules.ts';
import { readCallSource } from './source-rules.ts';
import { followCalendars } from './subscription-commands.ts';

const tag = 'Calls';

const YAML = 'application/yaml';

/** The API's part about recurring calls. */
export function callApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listCalls',
      method: 'get',
      path: '/summits/{slug}/calls',
      tag,
      summary: 'The calendars of recurring calls, with what comes next',
      scope: 'read:summit',
      isPublic: true,
      params: slugParam,
      answer: {
        status: 200,
        description: 'The calendars in order of name.',
        schema: z.object({ items: z.array(calendarSchema) }),
      },
      refuses: [404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { db, clock, url } = c.var.services;
      const calendars = await calendarsWithCalls(db, seen.value.summit.id);
      const feeds = `${url}/s/${params.slug}/calls`;
      return answered({
        items: calendars.map((calendar) => describe(calendar, clock.now(), feeds)),
      });
    },
  );

  operation(
    routes,
    {
      id: 'getCallCalendar',
      method: 'get',
      path: '/summits/{slug}/calls/{calendar}',
      tag,
      summary: 'The file of one calendar of calls, byte for byte',
      scope: 'read:summit',
      isPublic: true,
      params: calendarParam,
      answer: {
        status: 200,
        description: 'YAML as yaml2ics reads it.',
        text: [YAML],
        headers: { ETag: 'The revision; send it as If-Match with a PUT.' },
      },
      refuses: [404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { db } = c.var.services;
      const calendar = await callCalendar(db, seen.value.summit.id, params.calendar);
      if (calendar === undefined || calendar.retiredAt !== undefined) {
        return refused(404, nothingHere());
      }
      return ok({
        body: await callSourceOf(db, calendar.id),
        contentType: YAML,
        headers: { etag: `"${calendar.revision}"` },
      });
    },
  );

  operation(
    routes,
    {
      id: 'putCallCalendar',
      method: 'put',
      path: '/summits/{slug}/calls/{calendar}',
      tag,
      summary: 'Add a calendar of calls, or put a changed file in its place',
      description:
        'Of a calendar that is there, needs If-Match with the ETag of the file that was changed; 412 when somebody saved meanwhile. Calls of the same name keep their UIDs; those that are gone are cancelled.',
      scope: 'write:summit',
      params: calendarParam,
      body: { text: [YAML], read: ({ text }) => text },
      answer: {
        status: 200,
        description: 'Stored.',
        schema: changeSchema,
        headers: { ETag: 'The new revision.' },
      },
      refuses: [403, 404, 409, 412, 422, 428],
    },
    async (c, { params, body: source }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db, url } = c.var.services;
      const { calendar: key } = params;
      const read = readCallSource(source, fileOf(key));
      if (!read.ok) return refused(422, read.error);
      const known = await callCalendar(db, summit.id, key);
      const base = known === undefined ? ok(0) : revisionAsked(c.req.header('if-match'));
      if (!base.ok) return base;
      const done = await command(c, (tx, actor) =>
        known === undefined
          ? addCalendar(tx, actor, organiser, { key, source }, url)
          : saveCalendar(tx, actor, organiser, { key, source, baseRevision: base.value }, url),
      );
      if (!done.ok) return done;
      const { revision, added, changed, cancelled } = done.value;
      const toMend = read.value.problems.map(
        ({ place, sentence }) => `Line ${place.line ?? 1}: ${sentence}`,
      );
      return answered(
        { revision, added, changed, cancelled, to_mend: toMend },
        { etag: `"${revision}"` },
      );
    },
  );

  operation(
    routes,
    {
      id: 'endCallCalendar',
      method: 'delete',
      path: '/summits/{slug}/calls/{calendar}',
      tag,
      summary: 'End a calendar of calls: its calls are cancelled for everybody who reads them',
      scope: 'write:summit',
      params: calendarParam,
      answer: { status: 204, description: 'Ended.' },
      refuses: [403, 404, 409],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const ended = await command(c, (tx, actor) =>
        retireCalendar(tx, actor, organiser, params.calendar),
      );
      return ended.ok ? answered(undefined) : ended;
    },
  );

  operation(
    routes,
    {
      id: 'setCallWarning',
      method: 'put',
      path: '/summits/{slug}/calls/{calendar}/warning',
      tag,
      summary: 'Say how long before one of its calls runs out the organisers are told',
      scope: 'write:summit',
      params: calendarParam,
      body: {
        json: z
          .strictObject({
            days: z.number().int().min(0).max(730),
            times: z.number().int().min(0).max(100),
          })
          .openapi('CallWarning'),
      },
      answer: { status: 204, description: 'Stored.' },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const set = await command(c, (tx, actor) =>
        setWarning(tx, actor, organiser, { key: params.calendar, ...body }),
      );
      return set.ok ? answered(undefined) : set;
    },
  );

  operation(
    routes,
    {
      id: 'getFollowedCalls',
      method: 'get',
      path: '/summits/{slug}/me/calls',
      tag: 'Your part',
      summary: 'The calendars of calls that your own feeds hold',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Their keys.', schema: followSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { db } = c.var.services;
      const followed = await subscribedCalendars(db, own.value.self);
      const calendars = await calendarsWithCalls(db, own.value.summit.id);
      return answered({
        calendars: calendars.filter(({ id }) => followed.has(id)).map(({ key }) => key),
      });
    },
  );

  operation(
    routes,
    {
      id: 'followCalls',
      method: 'put',
      path: '/summits/{slug}/me/calls',
      tag: 'Your part',
      summary: 'Say which calendars of calls your own feeds hold: exactly these',
      scope: 'answer',
      params: slugParam,
      body: { json: followSchema },
      answer: { status: 204, description: 'Stored.' },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const saved = await command(c, (tx, actor) =>
        followCalendars(tx, actor, own.value.self, body.calendars),
      );
      return saved.ok ? answered(undefined) : saved;
    },
  );

  return routes;
}

function describe(
  calendar: CalendarWithCalls,
  now: Parameters<typeof callsNow>[1],
  feeds: string,
): z.output<typeof calendarSchema> {
  const { key, name } = calendar;
  return {
    key,
    name,
    feed: `${feeds}/${key}.ics`,
    calls: callsNow(calendar, now).map(({ uid, content, next, ending }) => ({
      uid,
      name: content.summary,
      description: content.description ?? null,
      location: content.location ?? null,
      url: content.url ?? null,
      start: content.start.local,
      zone: content.start.zone,
      minutes: content.minutes,
      rule: content.rule ?? null,
      repeats: describeRule(recurrenceOf(content)),
      next: next?.begins.toString() ?? null,
      runs_out: ending.kind === 'open' ? null : ending.last.toString(),
    })),
  };
}

function revisionAsked(header: string | undefined): Result<number, Refusal> {
  if (header === undefined) {
    const sentence =
      'This calendar is there already: send the ETag of the file that you read as If-Match.';
    return refused(428, problem('if-match-missing', sentence));
  }
  const revision = /^"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return ok(Number(revision));
  const sentence =
    'If-Match is no ETag of a calendar; send the one that you read, quotes included.';
  return refused(412, problem('if-match-strange', sentence));
}
