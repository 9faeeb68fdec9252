import { z } from '@hono/zod-openapi';
import { day, text } from '../../timetable/frame/api-schema.ts';
import { STAGES } from '../journal/journal-rules.ts';
import { KIND_KEYS } from '../journal/journal-words-rules.ts';

export const tag = 'Money';

/** An amount in the currency of its line. */
const amount = z.string().openapi({ example: '12.50', description: 'Decimal text.' });

/** A line with what stands in each stage. */
export const lineSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    funder: z.string(),
    currency: z.string(),
    is_closed: z.boolean(),
    categories: z.array(z.string()),
    granted: amount,
    left: amount.openapi({ description: 'Below zero where somebody let the line be overdrawn.' }),
    committed: amount,
    claimed: amount,
    approved: amount,
    paid: amount,
  })
  .openapi('FundLine');

/** An entry of the journal with its postings. */
export const entrySchema = z
  .object({
    id: z.number().int(),
    at: z.iso.datetime(),
    on_date: z.string().nullable(),
    kind: z.enum(KIND_KEYS),
    claim: z.string().nullable().openapi({ example: 'C-12' }),
    estimate: z.string().nullable().openapi({ example: 'E-12' }),
    corrects: z.number().int().nullable(),
    corrected_by: z.number().int().nullable(),
    is_override: z.boolean(),
    note: z.string(),
    postings: z.array(
      z.object({
        line: z.uuid(),
        category: z.string(),
        person: z.uuid().nullable(),
        stage: z.enum(STAGES),
        amount,
        currency: z.string(),
      }),
    ),
  })
  .openapi('JournalEntry');

const told = {
  amount,
  on_date: day.optional(),
  note: text(1000).default(''),
  key: z.uuid().openapi({ description: 'Sent twice with the same key, it counts once.' }),
  may_overdraw: z.boolean().default(false).openapi({ description: 'Asks for a note.' }),
};

/** What a funder gives to a line. */
export const allotBody = z.strictObject({ line: z.uuid(), ...told }).openapi('Allotment');

/** What goes from one line to another. */
export const transferBody = z
  .strictObject({ from: z.uuid(), to: z.uuid(), ...told })
  .openapi('MoneyTransfer');
const writtenSchema = z
  .object({ entry: z.number().int().nullable() })
  .openapi('WrittenEntry', { description: 'Null where the same key was sent before.' });

/** The answer of an operation that writes an entry. */
export const WRITTEN = { status: 200, description: 'The entry.', schema: writtenSchema } as const;
