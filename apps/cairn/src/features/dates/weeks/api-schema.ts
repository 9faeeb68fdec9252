import { z } from '@hono/zod-openapi';
import { WEEK_ANSWERS } from './answer-rules.ts';
import { REPLIES } from './concern-rules.ts';

const day = z.string().openapi({ format: 'date' });
const moment = z.string().openapi({ format: 'date-time' });
const isoDay = z.iso.date('write a day as 2023-05-22');

const reason = z.object({
  code: z.string().openapi({ example: 'holiday' }),
  sentence: z.string(),
});

const counts = z
  .object({
    yes: z.number().int(),
    if_need_be: z.number().int(),
    no: z.number().int(),
    unanswered: z.number().int().openapi({ description: 'Never counted as a yes.' }),
  })
  .openapi('WeekCounts');

const weekSchema = z
  .object({
    start: day.openapi({ description: 'The first day of work; names the week for ever.' }),
    end: day,
    arrival: day,
    departure: day,
    offered: z.boolean(),
    excluded: z.array(reason).openapi({ description: 'All that speaks against it.' }),
    mentioned: z.array(reason),
    note: z.string(),
    counts: counts.nullable().openapi({ description: 'Null while they are hidden.' }),
  })
  .openapi('CandidateWeek');

export const weekPollSchema = z
  .object({
    state: z.enum(['draft', 'open', 'closed', 'chosen', 'abandoned']),
    takes_answers: z.boolean(),
    from: day,
    until: day,
    days: z.number().int(),
    closes_on: day.nullable().openapi({ description: 'The last day, in the summit’s zone.' }),
    chosen: day.nullable(),
    weeks: z.array(weekSchema),
    you: z
      .object({
        answers: z.array(
          z.object({ start: day, answer: z.enum(WEEK_ANSWERS).nullable(), note: z.string() }),
        ),
        remark: z.string(),
        answered_at: moment.nullable(),
        concern: z
          .object({
            why: z.enum(['no', 'unanswered']),
            reply: z.enum(REPLIES).nullable(),
            note: z.string(),
          })
          .nullable(),
      })
      .nullable()
      .openapi({ description: 'Your part; null if you are not asked.' }),
  })
  .openapi('WeekPoll');

export const weekAnswersSchema = z
  .strictObject({
    answers: z
      .array(
        z.strictObject({
          start: isoDay,
          answer: z.enum(WEEK_ANSWERS).nullable().openapi({
            description: 'Null takes the answer back: silence, which is never a yes.',
          }),
          note: z.string().trim().max(500, 'shorten the note to 500 characters').default(''),
        }),
      )
      .max(200, 'these are more weeks than any poll has'),
    remark: z.string().trim().max(2000, 'shorten the remark to 2,000 characters').optional(),
  })
  .openapi('WeekAnswers');

export const weekReplySchema = z
  .strictObject({
    reply: z.enum(REPLIES),
    note: z.string().trim().max(2000, 'shorten the note to 2,000 characters').default(''),
  })
  .openapi('WeekReply');

export const rankingQuery = z.strictObject({
  without: z
    .string()
    .optional()
    .openapi({ description: 'Ids of people to leave out, with commas between them.' }),
  from: isoDay.optional(),
  until: isoDay.optional(),
});

export const rankingSchema = z
  .object({
    weeks: z.array(
      z.object({
        start: day,
        rank: z.number().int().openapi({ description: 'Ties share one.' }),
        is_tied: z.boolean(),
        counts,
        seats_filled: z.number().int(),
        needed_missing: z.array(z.uuid()),
        needed_unanswered: z.array(z.uuid()),
        communities_left_out: z.array(z.string()),
        communities_short: z.array(z.string()),
        could_lead: z.boolean().openapi({
          description: 'Whether answers that are still missing could put it first.',
        }),
        sentences: z.array(z.string()),
      }),
    ),
    people: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        is_needed: z.boolean(),
        weight: z.number().int(),
        answers: z.record(z.string(), z.enum(WEEK_ANSWERS)).openapi({
          description: 'By the first day of the week; a week that is not in it was not answered.',
        }),
      }),
    ),
  })
  .openapi('WeekRanking');

export const chooseSchema = z
  .strictObject({
    start: isoDay,
    closing: z.boolean().default(false).openapi({ description: 'Close an open poll by choosing.' }),
  })
  .openapi('WeekChoice');

export const chosenSchema = z
  .object({
    unsuited: z.number().int().openapi({ description: 'Who got a mail that asks what to do.' }),
    unanswered: z.number().int(),
  })
  .openapi('WeekChosen');
