import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { oneself } from '../../people/own-data/own-data-queries.ts';
import type { Self } from '../../people/rights.ts';
import { somebody } from '../../summits/api-access.ts';
import { moment, tag } from './api-schema.ts';
import { weeklyAvailabilityOf } from './availability-queries.ts';
import { addBusySource, deleteBusySource, replaceBusySource } from './busy-commands.ts';
import { busySourcesOf } from './busy-queries.ts';
import { type CalendarPlace, readCalendar } from './busy-reading.ts';
import { readSourceName } from './busy-schema.ts';

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

export function busyOperations(routes: OpenAPIHono<ApiEnv>): void {
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
