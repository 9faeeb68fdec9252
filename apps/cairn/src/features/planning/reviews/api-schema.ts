import { z } from '@hono/zod-openapi';
import { proposalParams, versionNumber } from '../proposals/proposal-api-schema.ts';
import { moment } from '../threads/thread-api-schema.ts';
import type { WrittenBy } from '../threads/thread-queries.ts';
import { VERDICTS } from './review-rules.ts';

export const tag = 'Plan';
const lineSchema = z.number().int().min(1).max(10_000_000);
export const pathSchema = z.string().min(1).max(1000);
export const words = z.string().max(60_000);

export const remarkParams = proposalParams.extend({
  remark: z.uuid().openapi({ param: { name: 'remark', in: 'path' } }),
});
export const reviewParams = proposalParams.extend({
  review: z.uuid().openapi({ param: { name: 'review', in: 'path' } }),
});

const author = z.object({
  person: z.uuid().nullable(),
  name: z.string().nullable(),
  github: z.string().nullable(),
});
export const authorOf = ({ personId, name, login }: WrittenBy) => ({
  person: personId,
  name,
  github: login,
});

export const changedFileSchema = z
  .object({
    status: z.enum(['added', 'removed', 'changed', 'renamed']),
    path: z.string(),
    old_path: z.string(),
    added: z.number().int().nullable().openapi({ description: 'Lines; null for what is no text.' }),
    removed: z.number().int().nullable(),
    not_shown: z
      .enum(['binary', 'large', 'many'])
      .nullable()
      .openapi({ description: 'Why there are no lines; ask for this file alone where many.' }),
    lines: z
      .array(
        z.object({
          kind: z.enum(['same', 'removed', 'added']),
          old_line: z.number().int().nullable(),
          new_line: z.number().int().nullable(),
          text: z.string(),
        }),
      )
      .openapi({ description: 'Of the stretches that changed, with three lines around them.' }),
  })
  .openapi('ChangedFile');

const placeSchema = {
  version: versionNumber,
  path: pathSchema,
  side: z.enum(['old', 'new']),
  first_line: lineSchema.nullable(),
  line: lineSchema,
};

export const remarkSchema = z
  .object({
    id: z.uuid(),
    ...placeSchema,
    now: z
      .object({
        side: z.enum(['old', 'new']),
        path: z.string(),
        first_line: lineSchema.nullable(),
        line: lineSchema,
      })
      .nullable()
      .openapi({
        description: 'Where the lines are in the last version; null when they are gone.',
      }),
    review: z.uuid().nullable(),
    settled: z.boolean(),
    applied_in: versionNumber.nullable(),
    said: z.array(z.object({ id: z.uuid(), author, text: z.string().nullable(), at: moment })),
  })
  .openapi('LineRemark');

export const reviewSchema = z
  .object({
    id: z.uuid(),
    version: versionNumber,
    verdict: z.enum(VERDICTS),
    text: z.string(),
    author,
    at: moment,
    dismissed: z.object({ at: moment, why: z.string() }).nullable(),
  })
  .openapi('Review');

export const writtenLine = z.strictObject({
  path: pathSchema,
  side: z.enum(['old', 'new']).default('new'),
  line: lineSchema,
  first_line: lineSchema.optional(),
  text: words.min(1),
});

export const made = {
  status: 201,
  description: 'Done.',
  schema: z.object({ id: z.uuid() }),
} as const;
export const done = {
  status: 200,
  description: 'Done.',
  schema: z.object({ done: z.literal(true) }),
} as const;
