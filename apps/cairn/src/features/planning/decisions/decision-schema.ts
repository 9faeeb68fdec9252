import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import { LONGEST_TITLE } from '../documents/kind-schema.ts';

/** The longest part of a decision's text, in UTF-16 units. */
const LONGEST_PART = 20_000;
const MOST_CHOSEN = 500;

const text = (what: string) =>
  z.string().max(LONGEST_PART, `${what} is longer than 20,000 characters; shorten it`);

/** What was ticked: nothing, one, or many. */
const ticked = z.union([z.array(z.string()), z.string().transform((value) => [value])]).default([]);
const NOT_LISTED = 'choose from the list';

const title = z
  .string()
  .overwrite((value) => value.replace(/\s+/g, ' '))
  .trim()
  .min(1, 'say in one line what was decided')
  .max(LONGEST_TITLE, `the title is longer than ${LONGEST_TITLE} characters; shorten it`);

/** A decision as a form or a program sends it. */
export const newDecision = z.object({
  title,
  decided: text('what was decided').refine(
    (value) => value.trim() !== '',
    'write what was decided',
  ),
  why: text('the reason').default(''),
  alternatives: text('what else was thought of').default(''),
  made: z
    .string()
    .refine((value) => parseDate(value).ok, 'write the day as year-month-day, such as 2023-05-24'),
  where: z
    .string()
    .overwrite((value) => value.replace(/\s+/g, ' '))
    .trim()
    .min(1, 'say where it was made: in which meeting, call or room')
    .max(500, 'shorten this to 500 characters'),
  people: ticked.pipe(z.array(z.uuid(NOT_LISTED)).max(MOST_CHOSEN)),
  topics: ticked.pipe(
    z
      .array(
        z
          .string()
          .regex(/^[1-9]\d{0,8}$/, NOT_LISTED)
          .transform(Number),
      )
      .max(MOST_CHOSEN),
  ),
});

/** A decision written anew. */
export const revisedDecision = z.object({
  title,
  text: text('the text').refine((value) => value.trim() !== '', 'write what was decided'),
  blob: z.string().regex(/^[0-9a-f]{40}$/, 'open the page again; this form is not whole'),
});

/** What somebody does with a decision: a button, and what belongs to it. */
export const decisionDeed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('object'), reason: z.string() }),
  z.object({ do: z.literal('withdraw'), objection: z.uuid() }),
  z.object({ do: z.literal('uphold'), objection: z.uuid() }),
  z.object({ do: z.literal('answer'), objection: z.uuid(), answer: z.string() }),
  z.object({ do: z.literal('reopen'), reason: z.string() }),
]);
export type DecisionDeed = z.output<typeof decisionDeed>;
