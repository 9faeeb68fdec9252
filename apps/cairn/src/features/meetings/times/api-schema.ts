import { z } from '@hono/zod-openapi';
import { SEARCH_STATES } from './times-queries.ts';
import { TRACK_LEVELS } from './track-rules.ts';
import { EFFORTS } from './wishes-rules.ts';

const moment = z.string().openapi({ format: 'date-time' });

const wall = z.string().openapi({ example: '2023-02-27T09:00' });

export const tracksSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          track: z.string().max(100),
          level: z.enum(TRACK_LEVELS, `write one of ${TRACK_LEVELS.join(', ')}`),
          why: z.string().max(300).default(''),
        }),
      )
      .max(200),
  })
  .openapi('TrackInterest');

export const ownCallsSchema = z
  .object({
    has_said: z.boolean().openapi({ description: 'Whether you have said when you can.' }),
    calls: z.array(
      z.object({
        meeting: z.string(),
        title: z.string(),
        begins: moment,
        can: z.enum(['no', 'if_need_be', 'yes']),
        is_unsociable: z.boolean(),
      }),
    ),
    sentences: z.array(z.string()),
  })
  .openapi('OwnTimes');

const day = z.string().openapi({ format: 'date' });

export const wishesSchema = z
  .strictObject({
    calls: z
      .array(z.strictObject({ meeting: z.string().max(200), from: day, until: day }))
      .max(100)
      .optional()
      .openapi({ description: 'Every open meeting in its month when left out.' }),
    step: z.union([z.literal(30), z.literal(60)]).optional(),
    weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
    sociable: z.strictObject({ from: z.int(), until: z.int() }).optional(),
    min_gap_days: z.int().optional(),
    required: z.int().optional(),
    whom: z.enum(['seated', 'invited']).optional(),
    needed: z.array(z.uuid()).max(10_000).optional(),
    effort: z.enum(EFFORTS).optional(),
    seed: z.int().optional(),
  })
  .openapi('TimeWishes');

const foundSchema = z.array(
  z.object({ meeting: z.string(), starts: wall, tracks: z.array(z.string()) }),
);

export const searchSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(SEARCH_STATES),
    created_at: moment,
    finished_at: moment.nullable(),
    applied_at: moment.nullable(),
    times: foundSchema.nullable().openapi({ description: 'On the wall of the summit’s zone.' }),
    is_optimal: z.boolean().nullable(),
    known: z.number().int().nullable(),
    keeping: z.number().int().nullable().openapi({
      description: 'How many can make as many calls as they should.',
    }),
    fixed_time: z
      .object({ words: z.string(), keeping: z.number().int() })
      .nullable()
      .openapi({ description: 'The best that one fixed time of the month can do.' }),
  })
  .openapi('TimeSearch');

export const searchStepSchema = z.strictObject({
  action: z.enum(['cancel', 'apply'], 'write cancel or apply'),
});

export const tag = 'Planning meetings';
