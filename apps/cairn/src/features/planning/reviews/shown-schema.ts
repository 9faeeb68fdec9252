import { z } from 'zod';

const path = z.string().max(1000);
const version = z.coerce.number().int().min(1).max(100_000);

/** What of a proposal's changes is looked at: the query of its page. What makes no sense is left out. */
export const shownSchema = z.object({
  view: z.enum(['unified', 'split']).catch('unified'),
  of: z.enum(['source', 'rendered']).catch('source'),
  /** A version, what the reader has read, or where the branch left main. */
  from: z.union([version, z.literal('read'), z.literal('main')]).catch('main'),
  to: version.optional().catch(undefined),
  /** This file alone. */
  file: path.optional().catch(undefined),
  /** The line that something is to be said about, and its file. */
  say: z
    .string()
    .regex(/^(old|new)-[1-9]\d{0,6}$/)
    .optional()
    .catch(undefined),
  in: path.optional().catch(undefined),
});

export type Shown = z.infer<typeof shownSchema>;

/** The query that shows the same again, with something else in it. */
export function queryOf(
  shown: Shown,
  other: Partial<Record<keyof Shown, string | number | undefined>> = {},
): string {
  const all: Partial<Record<keyof Shown, string | number | undefined>> = { ...shown, ...other };
  const { view, of, from, to, file, say } = all;
  const query = new URLSearchParams();
  if (view === 'split') query.set('view', 'split');
  if (of === 'rendered') query.set('of', 'rendered');
  if (from !== undefined && from !== 'main') query.set('from', String(from));
  if (to !== undefined) query.set('to', String(to));
  if (file !== undefined) query.set('file', String(file));
  if (say !== undefined && all.in !== undefined) {
    query.set('say', String(say));
    query.set('in', String(all.in));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
export const idSchema = uuid;

/** A remark on lines, as its form sends it. */
export const lineForm = z.object({
  version,
  side: z.enum(['old', 'new']),
  path,
  line: z.coerce.number('write a line’s number').int('write a line’s number').min(1),
  firstLine: z
    .string()
    .default('')
    .transform((text, issues) => {
      if (text.trim() === '') return undefined;
      const number = Number(text);
      if (Number.isInteger(number)) return number;
      issues.addIssue({
        code: 'custom',
        message: 'write a line’s number, or nothing for one line',
      });
      return z.NEVER;
    }),
  body: z.string().default(''),
  do: z.enum(['say', 'gather']).catch('say'),
});

/** A review, as its form sends it. */
export const reviewForm = z.object({
  version,
  verdict: z.enum(['approve', 'request_changes', 'comment'], {
    error: 'choose what your review says',
  }),
  body: z.string().default(''),
});

/** What a reader has read: a version, or a file as it is. */
export const readForm = z.union([
  z.object({ path, blob: z.string().regex(/^([0-9a-f]{40})?$/), read: z.enum(['yes', 'no']) }),
  z.object({ version }),
]);
