import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import type { ReactionCount } from './reaction-queries.ts';
import { LONGEST_COMMENT } from './thread-commands.ts';
import type { Comment, Happening, Thread, WrittenBy } from './thread-queries.ts';
import { REACTIONS, THREAD_KINDS } from './thread-rules.ts';

export const moment = z.string().openapi({ format: 'date-time' });

/** A summit, and the number of something in its plan; `whose` describes it in the API's own document. */
export const numberedParams = (whose: string) =>
  slugParam.extend({
    number: z.coerce
      .number()
      .int()
      .positive()
      // Of a PostgreSQL integer.
      .max(2 ** 31 - 1)
      .openapi({ param: { name: 'number', in: 'path' }, description: whose }),
  });

export const threadParams = numberedParams('Of a topic, an issue, a proposal or a decision.');
/** The same, and which of its comments. */
export const commentParams = threadParams.extend({
  comment: z.uuid().openapi({ param: { name: 'comment', in: 'path' } }),
});

/** Whoever wrote or did something; Cairn where everything is null. */
export const writerSchema = z
  .object({
    person: z.uuid().nullable(),
    name: z.string().nullable(),
    handle: z.string().nullable(),
    github: z
      .string()
      .nullable()
      .openapi({ description: 'The account, where it came from there.' }),
  })
  .openapi('PlanWriter');

const reactionsSchema = z.array(
  z.object({ reaction: z.enum(REACTIONS), count: z.number().int(), yours: z.boolean() }),
);

const commentSchema = z
  .object({
    type: z.literal('comment'),
    id: z.uuid(),
    by: writerSchema,
    text: z.string().openapi({ description: 'Markdown; empty when it was withdrawn.' }),
    said_in: z.number().int().nullable().openapi({
      description: 'The number under which it was said, where its topic was merged into this one.',
    }),
    created_at: moment,
    edited_at: moment.nullable(),
    withdrawn_at: moment.nullable(),
    reactions: reactionsSchema,
  })
  .openapi('PlanComment');

const happeningSchema = z
  .object({
    type: z.literal('happening'),
    kind: z.string(),
    by: writerSchema,
    at: moment,
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('PlanHappening');

/** A thread without its conversation. */
const threadFields = {
  number: z.number().int(),
  kind: z.enum(THREAD_KINDS),
  title: z.string(),
  text: z.string().openapi({ description: 'Markdown; that of a topic stands in its document.' }),
  state: z.enum(['open', 'closed']),
  locked: z.boolean(),
  by: writerSchema,
  labels: z.array(z.string()),
  created_at: moment,
  updated_at: moment,
};

export const conversationSchema = z
  .object({
    ...threadFields,
    reactions: reactionsSchema,
    entries: z.array(z.discriminatedUnion('type', [commentSchema, happeningSchema])),
  })
  .openapi('PlanConversation');

export const commentBody = z
  .strictObject({ text: z.string().min(1).max(LONGEST_COMMENT) })
  .openapi('PlanCommentText');

export const shownWriter = ({ personId, name, handle, login }: WrittenBy) => ({
  person: personId,
  name,
  handle,
  github: login,
});

export const shownReactions = (reactions: readonly ReactionCount[]) =>
  reactions.map(({ reaction, count, mine }) => ({ reaction, count, yours: mine }));

export const shownThread = (thread: Thread, labels: readonly { readonly label: string }[]) => ({
  number: thread.number,
  kind: thread.kind,
  title: thread.title,
  text: thread.body,
  state: thread.state,
  locked: thread.lockedAt !== null,
  by: shownWriter(thread.author),
  labels: labels.map(({ label }) => label),
  created_at: thread.createdAt.toString(),
  updated_at: thread.updatedAt.toString(),
});

export const shownEntry = (entry: Comment | Happening) =>
  entry.type === 'comment'
    ? {
        type: 'comment' as const,
        id: entry.id,
        by: shownWriter(entry.author),
        text: entry.body,
        said_in: entry.movedFrom,
        created_at: entry.at.toString(),
        edited_at: entry.editedAt?.toString() ?? null,
        withdrawn_at: entry.withdrawnAt?.toString() ?? null,
        reactions: shownReactions(entry.reactions),
      }
    : {
        type: 'happening' as const,
        kind: entry.kind,
        by: shownWriter(entry.by),
        at: entry.at.toString(),
        data: entry.data,
      };
