import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { oneself } from '../../people/own-data/own-data-queries.ts';
import type { Self } from '../../people/rights.ts';
import { somebody } from '../../summits/api-access.ts';
import { forgetAvailability, sayAvailability } from './availability-commands.ts';
import { weeklyAvailabilityOf } from './availability-queries.ts';
import { readSaidWeek } from './availability-schema.ts';
import { addBusySource, deleteBusySource, replaceBusySource } from './busy-commands.ts';
import { busySourcesOf } from './busy-queries.ts';
import { type CalendarPlace, readCalendar } from './busy-reading.ts';
import { readSourceName } from './busy-schema.ts';
import { DAYS, fieldOf, formatHours } from './hours-rules.ts';

const tag = 'Yourself';
const moment = z.string().openapi({ format: 'date-time' });

const hoursOfDay = z.strictObject({
  yes: z.string().max(500).default('').openapi({ example: '9-12, 14-18' }),
  if_need_be: z.string().max(500).default(''),
});

const weekSchema = z
  .object({
    time_zone: z.string(),
    days: z.record(z.string(), z.object({ yes: z.string(), if_need_be: z.string() })),
    hours: z.string().openapi({
      description:
        'One character for each hour from Monday 00:00 by the clock of the zone: 0 no, 1 if need be, 2 yes.',
    }),
    updated_at: moment,
  })
  .openapi('WeeklyAvailability');

const weekBodySchema = z
  .strictObject({
    time_zone: z.string().openapi({ example: 'Asia/Kolkata' }),
    days: z.strictObject({
      mon: hoursOfDay.optional(),
      tue: hoursOfDay.optional(),
      wed: hoursOfDay.optional(),
      thu: hoursOfDay.optional(),
      fri: hoursOfDay.optional(),
      sat: hoursOfDay.optional(),
      sun: hoursOfDay.optional(),
    }),
  })
  .openapi('WeeklyAvailabilityToSay');

const busySchema = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        covers_from: moment,
        covers_until: moment,
        read_at: moment,
        events: z.number().int(),
        skipped: z.number().int(),
        hours: z.number().int().openapi({ description: 'In which you are busy.' }),
      }),
    ),
  })
  .openapi('BusyCalendars');

const placeFields = {
  url: z.string().max(4000).optional().openapi({ description: 'https, http or webcal.' }),
  ics: z.string().max(10_000_000).optional().openapi({ description: 'The calendar itself.' }),
};
const newBusySchema = z
  .strictObject({ name: z.string(), ...placeFields })
  .openapi('CalendarToRead');
const busyAgainSchema = z.strictObject(placeFields).openapi('CalendarToReadAgain');
const readSchema = z
  .object({ events: z.number().int(), skipped: z.number().int() })
  .openapi('ReadCalendar');
const sourceParams = z.strictObject({
  id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }),
});

/** The API's part about when somebody can: their week, and their calendars' busy times. */
export function availabilityApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getAvailability',
      method: 'get',
      path: '/me/availability',
      tag,
      summary: 'In which hours of an ordinary week you can join calls',
      scope: 'read:me',
      answer: { status: 200, description: 'Your week.', schema: weekSchema },
      refuses: [403, 404],
    },
    async (c) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const week = await weeklyAvailabilityOf(c.var.services.db, oneself(own.value));
      if (week === undefined) return refused(404, nothingHere());
      const { zone, cells, updatedAt } = week;
      const days = Object.fromEntries(
        DAYS.map((key, day) => [
          key,
          { yes: formatHours(cells, day, 2), if_need_be: formatHours(cells, day, 1) },
        ]),
      );
      return answered({ time_zone: zone, days, hours: cells, updated_at: updatedAt.toString() });
    },
  );

  operation(
    routes,
    {
      id: 'sayAvailability',
      method: 'put',
      path: '/me/availability',
      tag,
      summary: 'Say in which hours of an ordinary week you can join calls',
      description: 'Once for all polls and summits. Hours are written as on the page.',
      scope: 'write:me',
      body: { json: weekBodySchema },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403],
    },
    async (c, { body }) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const typed: Record<string, string> = { zone: body.time_zone };
      for (const day of DAYS) {
        typed[fieldOf('yes', day)] = body.days[day]?.yes ?? '';
        typed[fieldOf('maybe', day)] = body.days[day]?.if_need_be ?? '';
      }
      const said = readSaidWeek(typed);
      if (!said.ok) {
        return refused(
          422,
          said.error.map((each) => ({ ...each, place: { path: bodyPath(each.place.path ?? '') } })),
        );
      }
      const kept = await command(c, (tx, actor) =>
        sayAvailability(tx, actor, oneself(own.value), said.value),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'forgetAvailability',
      method: 'delete',
      path: '/me/availability',
      tag,
      summary: 'Let your week be forgotten; you count as unknown then',
      scope: 'write:me',
      answer: { status: 204, description: 'Forgotten.' },
      refuses: [403],
    },
    async (c) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const gone = await command(c, (tx, actor) =>
        forgetAvailability(tx, actor, oneself(own.value)),
      );
      return gone.ok ? answered(undefined) : gone;
    },
  );

  busyOperations(routes);
  return routes;
}

const bodyPath = (field: string): string => {
  const [level = '', day = ''] = field.split('_');
  if (field === 'zone') return 'time_zone';
  return `days.${day}.${level === 'yes' ? 'yes' : 'if_need_be'}`;
};

function busyOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listBusyCalendars',
      method: 'get',
      path: '/me/busy',
      tag,
      summary: 'The calendars whose busy times you gave',
      scope: 'read:me',
      answer: { status: 200, description: 'Your calendars.', schema: busySchema },
      refuses: [403],
    },
    async (c) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const sources = await busySourcesOf(c.var.services.db, oneself(own.value));
      return answered({
        items: sources.map(({ coversFrom, coversUntil, readAt, ...source }) => ({
          ...source,
          covers_from: coversFrom.toString(),
          covers_until: coversUntil.toString(),
          read_at: readAt.toString(),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'addBusyCalendar',
      method: 'post',
      path: '/me/busy',
      tag,
      summary: 'Give a calendar; only when you are busy is kept of it',
      scope: 'write:me',
      body: { json: newBusySchema },
      answer: { status: 200, description: 'What was read.', schema: readSchema },
      refuses: [403, 409],
    },
    async (c, { body }) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const name = readSourceName({ name: body.name });
      if (!name.ok) return refused(422, name.error);
      const read = await readFor(c, oneself(own.value), body);
      if (!read.ok) return read;
      const added = await command(c, (tx, actor) =>
        addBusySource(tx, actor, oneself(own.value), { name: name.value, read: read.value }),
      );
      if (!added.ok) return added;
      return answered({ events: read.value.events, skipped: read.value.skipped });
    },
  );

  operation(
    routes,
    {
      id: 'replaceBusyCalendar',
      method: 'put',
      path: '/me/busy/{id}',
      tag,
      summary: 'Give a calendar again; what it said before is replaced',
      scope: 'write:me',
      params: sourceParams,
      body: { json: busyAgainSchema },
      answer: { status: 200, description: 'What was read.', schema: readSchema },
      refuses: [403, 404],
    },
    async (c, { params, body }) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const read = await readFor(c, oneself(own.value), body);
      if (!read.ok) return read;
      const replaced = await command(c, (tx, actor) =>
        replaceBusySource(tx, actor, oneself(own.value), { id: params.id, read: read.value }),
      );
      if (!replaced.ok) return refused(404, nothingHere());
      return answered({ events: read.value.events, skipped: read.value.skipped });
    },
  );

  operation(
    routes,
    {
      id: 'deleteBusyCalendar',
      method: 'delete',
      path: '/me/busy/{id}',
      tag,
      summary: 'Delete the busy times of a calendar',
      scope: 'write:me',
      params: sourceParams,
      answer: { status: 204, description: 'Deleted.' },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const own = somebody(c);
      if (!own.ok) return own;
      const gone = await command(c, (tx, actor) =>
        deleteBusySource(tx, actor, oneself(own.value), { id: params.id }),
      );
      return gone.ok ? answered(undefined) : refused(404, nothingHere());
    },
  );
}

async function readFor(
  c: ApiContext,
  own: Self | ReturnType<typeof oneself>,
  { url, ics }: { readonly url?: string | undefined; readonly ics?: string | undefined },
) {
  const given = [url, ics].filter((each) => each !== undefined && each !== '');
  if (given.length !== 1) return refused(422, onePlace);
  const place: CalendarPlace =
    ics === undefined || ics === ''
      ? { url: url ?? '' }
      : { file: new File([ics], 'calendar.ics', { type: 'text/calendar' }) };
  const { db, clock, fetchOutside } = c.var.services;
  const week = await weeklyAvailabilityOf(db, own);
  const zone = week?.zone ?? expectZone('UTC');
  const read = await readCalendar(fetchOutside, place, { now: clock.now(), zone });
  return read.ok ? read : refused(422, read.error);
}

const onePlace = problem('one-place', 'Give url or ics, and not both.', { path: 'url' });
