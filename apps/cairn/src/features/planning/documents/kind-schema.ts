import { nearestWord } from '@cairn/formats/nearest-word';
import { parseDate } from '@cairn/kernel/time';
import * as z from 'zod';
import type { DocumentKind } from './kind-rules.ts';

/** Where a topic stands, from a thought to the end of its work. */
export const TOPIC_STATES = ['idea', 'proposed', 'planned', 'active', 'done', 'dropped'] as const;
export type TopicState = (typeof TOPIC_STATES)[number];

/** How much work a topic is: hours, the days of a summit, or more than one summit. */
export const EFFORTS = ['small', 'medium', 'large'] as const;
export type Effort = (typeof EFFORTS)[number];

/** How a decision stands: open to objections until its window closes, then standing or taken up again. */
export const DECISION_STATES = ['provisional', 'ratified', 'reopened'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

/** What a project makes of a practice. */
const ADOPTIONS = ['adopted', 'differs', 'not yet'] as const;

/** The longest title, as that of a thread. */
export const LONGEST_TITLE = 200;
const MOST_ENTRIES = 500;

const title = z
  .string()
  .trim()
  .min(1, '“title” is empty; say in one line what this document is about.')
  .max(
    LONGEST_TITLE,
    `“title” is longer than ${LONGEST_TITLE} characters; move a part of it into the text.`,
  )
  .refine((text) => !/[\r\n]/.test(text), '“title” has several lines; write it as one.');

const day = z.string().superRefine((text, context) => {
  if (!parseDate(text).ok) {
    context.addIssue({
      code: 'custom',
      message: `“${shortened(text)}” is not a day of the calendar; write year-month-day, such as 2023-05-22.`,
    });
  }
});

const HANDLE = /^[a-z0-9](?:-?[a-z0-9])*$/i;

const handle = z
  .string()
  .superRefine((text, context) => {
    if (HANDLE.test(text)) return;
    const bare = text.replace(/^@/, '');
    const message = HANDLE.test(bare)
      ? `Write the handle without the at sign: ${bare}.`
      : `“${shortened(text)}” is not a handle; write what stands behind @ where people are mentioned: letters, digits and single hyphens, such as mira-lehto.`;
    context.addIssue({ code: 'custom', message });
  })
  .toLowerCase();

const path = z.string().superRefine((text, context) => {
  if (isDocumentPath(text)) return;
  context.addIssue({
    code: 'custom',
    message: `“${shortened(text)}” is not the path of a document; write it from the top of the plan, such as topics/sparse-arrays.md.`,
  });
});

const word = z
  .string()
  .trim()
  .min(1, 'This entry is empty; write a word, or take the line away.')
  .max(100, 'This entry is longer than 100 characters; write a name of a word or two.');
const line = z
  .string()
  .trim()
  .min(1, 'This entry is empty; write a sentence, or take the line away.')
  .max(2000, 'This entry is longer than 2000 characters; move a part of it into the text below.');

const link = z.string().superRefine((text, context) => {
  if (/^https?:\/\/[^\s/]+/i.test(text) || isRelativeLink(text)) return;
  context.addIssue({
    code: 'custom',
    message: `“${shortened(text)}” is not a link; write a full address such as https://example.org, or the path of a file of the plan.`,
  });
});

const listOf = <T extends z.ZodType>(entry: T) => z.array(entry).max(MOST_ENTRIES);

const AUTHOR = /^[^<>\n]*[^<>\s][^<>\n]*<[^<>\s@]+@[^<>\s@]+>$/;
const author = z
  .string()
  .regex(
    AUTHOR,
    'Write name and address of an author as “Name <name@example.org>”, in quotes if the name needs them.',
  );

const differs = z.strictObject({
  status: z.enum(ADOPTIONS),
  reason: line.optional(),
});
const adoption = z
  .union([z.enum(ADOPTIONS), differs], {
    error: (issue) =>
      issue.code === 'invalid_union' && typeof issue.input === 'string'
        ? `“${shortened(issue.input)}” is not a status; write “adopted”, “not yet”, or “{status: differs, reason: why}”.`
        : undefined,
  })
  .superRefine((value, context) => {
    const { status, reason } = typeof value === 'string' ? { status: value } : value;
    if (status === 'differs' && reason === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'A project that differs says why; write “{status: differs, reason: why}”.',
      });
    }
  });

/** Keys that any document may have besides, as MyST and its kin know them. */
const SHARED = ['description', 'date', 'tags', 'authors', 'license', 'label', 'subtitle'];

/**
 * The front matter of each kind of document. Keys that are not named here are kept and not looked at,
 * unless they look like a slip of the pen.
 */
export const KIND_SCHEMAS = {
  topic: z.looseObject({
    title,
    state: z.enum(TOPIC_STATES).default('idea'),
    lead: handle.nullish(),
    people: listOf(handle).nullish(),
    projects: listOf(word).nullish(),
    effort: z.enum(EFFORTS).nullish(),
    labels: listOf(word).nullish(),
    links: listOf(link).nullish(),
    opened: day.nullish(),
    by: handle.nullish(),
    'duplicate-of': path.nullish(),
  }),
  notes: z.looseObject({
    title: title.nullish(),
    date: day,
    meeting: word,
    track: word.nullish(),
    people: listOf(handle).nullish(),
  }),
  decision: z.looseObject({
    title,
    state: z.enum(DECISION_STATES).default('provisional'),
    made: day,
    closes: day,
    where: line.nullish(),
    deciders: listOf(handle).nullish(),
    topics: listOf(path).nullish(),
  }),
  practice: z.looseObject({
    title,
    owner: handle,
    'last-review': day.nullish(),
    standard: path.nullish(),
    status: z.record(word, adoption).nullish(),
  }),
  standard: z.looseObject({
    title,
    number: z.int().min(0).max(9999),
    date: day,
    author: listOf(author).min(
      1,
      '“author” has no entry; list who wrote it, as “Name <name@example.org>”.',
    ),
    'is-draft': z.boolean().nullish(),
    'endorsed-by': listOf(word).nullish(),
    discussion: link.nullish(),
    shortcutDepth: z.int().nullish(),
  }),
  goal: z.looseObject({
    title,
    needs: listOf(line).min(
      1,
      '“needs” has no entry; say what is lacking today, a line for each need.',
    ),
    deliverable: line,
    'who-benefits': listOf(line).min(1, '“who-benefits” has no entry; say for whom it is done.'),
    owner: handle.nullish(),
  }),
} as const satisfies Record<DocumentKind, z.ZodObject>;

/**
 * Keys that nobody knows and that look like a slip for one that is not there: as written, with what
 * was probably meant.
 */
export function slipsIn(
  kind: DocumentKind,
  front: Readonly<Record<string, unknown>>,
): { readonly key: string; readonly meant: string }[] {
  const known = Object.keys(KIND_SCHEMAS[kind].shape);
  const free = known.filter((key) => !Object.hasOwn(front, key));
  return Object.keys(front).flatMap((key) => {
    if (known.includes(key) || SHARED.includes(key)) return [];
    const meant = nearestWord(key, free);
    return meant === undefined ? [] : [{ key, meant }];
  });
}

/** Whether a text can be the path of a document, from the top of the plan. */
export const isDocumentPath = (text: string): boolean =>
  /^(?!\/)[^\\:?#\p{Cc}]+\.md$/u.test(text) &&
  text.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Whether a text can lead from one file of the plan to another. */
const isRelativeLink = (text: string): boolean =>
  /^(?![/\\])[^\\:\s\p{Cc}]+$/u.test(text) && /[./]/.test(text);

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
