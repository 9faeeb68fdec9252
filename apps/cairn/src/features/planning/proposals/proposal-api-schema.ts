import { z } from '@hono/zod-openapi';
import { LONGEST_DOCUMENT } from '../documents/document-rules.ts';
import { moment, numberedParams } from '../threads/thread-api-schema.ts';

export const versionNumber = z.number().int().min(1).max(1_000_000);
const commitSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'write the forty digits of a commit')
  .openapi({ description: 'The name of a commit.' });
const pathText = z.string().min(1).max(1000);
const words = z.string().max(60_000);

export const proposalParams = numberedParams('The proposal’s number.');

export const listQuery = z.strictObject({
  state: z.enum(['open', 'merged', 'closed']).optional(),
  of: z.literal('me').optional().openapi({ description: 'Only those of yours.' }),
  awaits: z
    .literal('me')
    .optional()
    .openapi({ description: 'Only those for which your review is asked.' }),
});

export const proposalSchema = z
  .object({
    number: z.number().int(),
    title: z.string(),
    text: z.string(),
    branch: z.string(),
    state: z.enum(['open', 'merged', 'closed']),
    version: versionNumber,
    head: z.string(),
    author: z.object({
      person: z.uuid().nullable(),
      name: z.string().nullable(),
      github: z.string().nullable(),
    }),
    opened_at: moment,
    updated_at: moment,
    merged_at: moment.nullable(),
    merge_commit: z.string().nullable(),
    merged_despite: z.string().nullable().openapi({
      description: 'Why an organiser merged it before its rules were met.',
    }),
    merges_by_itself: z.boolean().openapi({
      description: 'Somebody asked that it be merged once it needs nothing more.',
    }),
  })
  .openapi('PlanProposal');

const problemOf = z.object({ code: z.string(), sentence: z.string(), file: z.string().nullable() });

export const wholeProposalSchema = proposalSchema
  .extend({
    versions: z.array(
      z.object({ version: versionNumber, head: z.string(), base: z.string(), at: moment }),
    ),
    changes: z.array(
      z.object({
        status: z.enum(['added', 'removed', 'changed', 'renamed']),
        path: z.string(),
        old_path: z.string(),
      }),
    ),
    may_be_merged: z.boolean(),
    needs: z
      .array(z.object({ code: z.string(), sentence: z.string() }))
      .openapi({ description: 'What it still needs by the rules of main; empty once it may be.' }),
    conflicts: z.array(z.string()),
    check: z
      .array(problemOf)
      .openapi({ description: 'What would be wrong with the plan after the merge.' }),
  })
  .openapi('WholePlanProposal');

const changesSchema = z
  .array(
    z.strictObject({
      path: pathText,
      text: z
        .string()
        .max(LONGEST_DOCUMENT)
        .nullable()
        .openapi({ description: 'The whole file; null deletes it.' }),
    }),
  )
  .min(1)
  .max(100);

export const newProposalSchema = z
  .strictObject({
    title: z.string().max(200),
    text: words.default('').openapi({ description: 'Why; Markdown.' }),
    base: commitSchema.optional().openapi({
      description: 'The commit of main that you changed; the present one if left out.',
    }),
    changes: changesSchema,
  })
  .openapi('NewPlanProposal');

export const newVersionSchema = z
  .strictObject({
    message: z.string().max(200).default(''),
    base: commitSchema.optional().openapi({
      description: 'The head of the version that you changed; the last one if left out.',
    }),
    changes: changesSchema,
  })
  .openapi('NewPlanVersion');

export const changedProposalSchema = z
  .strictObject({
    title: z.string().max(200).optional(),
    text: words.optional(),
    state: z.enum(['open', 'closed']).optional(),
    merge_by_itself: z.boolean().optional(),
  })
  .openapi('ChangedPlanProposal');

export const mergeSchema = z
  .strictObject({
    version: versionNumber.openapi({ description: 'The one that you have looked at.' }),
    despite: z.string().max(2000).default('').openapi({
      description: 'Of an organiser: why it is to be merged before its rules are met.',
    }),
  })
  .openapi('PlanMerge');

export const conflictsSchema = z
  .object({
    head: z.string(),
    main: z.string(),
    files: z.array(
      z.object({
        path: z.string(),
        base: z.string().nullable(),
        mine: z.string().nullable().openapi({ description: 'Null where there is no text.' }),
        main: z.string().nullable(),
        marked: z
          .string()
          .nullable()
          .openapi({ description: 'Both, with marks at the places to settle.' }),
        may_take: z.array(z.enum(['text', 'mine', 'main', 'nothing'])),
      }),
    ),
  })
  .openapi('PlanConflicts');

export const mendingSchema = z
  .strictObject({
    head: commitSchema,
    main: commitSchema,
    files: z
      .array(
        z.strictObject({
          path: pathText,
          take: z.enum(['text', 'mine', 'main', 'nothing']),
          text: z.string().max(LONGEST_DOCUMENT).default(''),
        }),
      )
      .max(200),
  })
  .openapi('PlanMending');
