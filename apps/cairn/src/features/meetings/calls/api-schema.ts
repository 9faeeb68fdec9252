import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';

const moment = z.string().openapi({ format: 'date-time' });

export const calendarParam = slugParam.extend({
  calendar: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)
    .openapi({ param: { name: 'calendar', in: 'path' }, example: 'sparse_arrays' }),
});

const callSchema = z
  .object({
    uid: z.string().openapi({ description: 'The same for the life of the call.' }),
    name: z.string(),
    description: z.string().nullable(),
    location: z.string().nullable(),
    url: z.string().nullable(),
    start: z.string().openapi({ description: 'The first time, on the clock of `zone`.' }),
    zone: z.string(),
    minutes: z.number().int(),
    rule: z.string().nullable().openapi({ description: 'The value of an RRULE.' }),
    repeats: z.string().openapi({ description: 'How often, in words.' }),
    next: moment.nullable(),
    runs_out: moment.nullable().openapi({ description: 'The last time; null without an end.' }),
  })
  .openapi('RecurringCall');

export const calendarSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    feed: z.string().openapi({ format: 'uri' }),
    calls: z.array(callSchema),
  })
  .openapi('CallCalendar');

export const changeSchema = z
  .object({
    revision: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    cancelled: z.number().int(),
    to_mend: z
      .array(z.string())
      .openapi({ description: 'Events that could not be read, by line.' }),
  })
  .openapi('CallCalendarChange');

export const followSchema = z.strictObject({ calendars: z.array(z.string()).max(100) });
