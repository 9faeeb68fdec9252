import { z } from 'zod';
import { LABEL_MEANINGS } from './label-rules.ts';
import { REACTIONS } from './thread-rules.ts';

/** What the form of a comment posts, and which of its buttons was pressed. */
export const commentForm = z.object({
  body: z.string('write something'),
  do: z.enum(['comment', 'close', 'preview']).catch('comment'),
});

/** What the form of a thread's own text posts. */
export const threadTextForm = z.object({
  title: z.string().default(''),
  body: z.string().default(''),
  do: z.enum(['save', 'preview']).catch('save'),
});

/** A reaction that is given or taken back. */
export const reactionForm = z.union([
  z.object({ add: z.enum(REACTIONS) }),
  z.object({ remove: z.enum(REACTIONS) }),
]);

export const labelsForm = z.object({ labels: z.string().default('') });

export const stateForm = z.object({ do: z.enum(['close', 'reopen', 'lock', 'unlock']) });

/** What a label of the summit means. */
export const labelMeaningForm = z.object({
  label: z.string().trim().min(1, 'say which label').max(50, 'a label has at most 50 characters'),
  meaning: z.enum(LABEL_MEANINGS, 'choose what it means'),
  about: z.string().trim().max(200, 'say it in at most 200 characters').default(''),
});
