import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { day, time } from '../frame/api-schema.ts';
import { LONGEST_TEXT, titleField } from './space-schema.ts';

const room = z.string().max(60).openapi({ description: 'The room’s key.' });
export const topic = z
  .int()
  .positive()
  .max(2 ** 31 - 1)
  .nullable()
  .default(null)
  .openapi({ description: 'The number of a topic of the plan.' });
export const text = z.string().trim().max(LONGEST_TEXT).default('');
export const minutes = z.int().min(5).max(1440);

export const placeSchema = z
  .object({ date: day, starts: time, ends: time, room })
  .openapi('FreePlace');
export const sessionSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    text: z.string(),
    topic: z.int().nullable(),
    ...{ date: day, starts: time, ends: time, room: room.nullable() },
    by: z.uuid().nullable(),
    goers: z.array(z.uuid()).openapi({ description: 'Who else said that they come.' }),
  })
  .openapi('OpenSession');

export const where = z.strictObject({ date: day, starts: time, room });
export const claimSchema = where
  .extend({
    title: titleField,
    ...{ text, topic, minutes },
    size: z.int().min(1).max(10_000).nullable().default(null),
    needs: z.array(z.string().max(60)).max(20).default([]),
  })
  .openapi('OpenSpaceClaim');

export const sessionParams = slugParam.extend({
  session: z.uuid().openapi({ param: { name: 'session', in: 'path' } }),
});
