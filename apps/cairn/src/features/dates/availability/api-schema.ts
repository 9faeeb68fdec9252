import { z } from '@hono/zod-openapi';

export const tag = 'Yourself';

export const moment = z.string().openapi({ format: 'date-time' });

const hoursOfDay = z.strictObject({
  yes: z.string().max(500).default('').openapi({ example: '9-12, 14-18' }),
  if_need_be: z.string().max(500).default(''),
});

export const weekSchema = z
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

export const weekBodySchema = z
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
