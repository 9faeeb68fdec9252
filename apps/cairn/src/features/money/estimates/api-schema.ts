import { amountText } from '@cairn/kernel/money';
import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { text } from '../../timetable/frame/api-schema.ts';
import { CATEGORY_KEYS } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { ESTIMATE_STATES, type Estimate } from './estimate-rules.ts';
import { itemField, MOST_ITEMS } from './estimate-schema.ts';

export const tag = 'Money';

/** Says how amounts are written. */
export const AMOUNT = { description: 'In digits, with a point: `1200.50`.' };

const itemSchema = z.object({
  id: z.uuid(),
  category: z.enum(CATEGORY_KEYS),
  text: z.string(),
  amount: z.string().openapi(AMOUNT),
  currency: z.string(),
  line: z.uuid().nullable(),
  line_amount: z
    .string()
    .nullable()
    .openapi({ description: 'In the currency of the line, with the rate that was frozen.' }),
  line_currency: z.string().nullable(),
  rate: z.string().nullable(),
  rate_on: z.string().nullable(),
  rate_source: z.string().nullable(),
  cap: z.string().nullable().openapi({ description: 'What may be spent, in the line’s currency.' }),
  cap_reason: z.string(),
});

/** An estimate, as its owner and treasurers read it. */
export const estimateSchema = z
  .object({
    number: z.int(),
    person: z.uuid(),
    state: z.enum(ESTIMATE_STATES),
    note: z.string(),
    over_reason: z.string(),
    revision: z.int(),
    submitted_at: z.string().nullable(),
    items: z.array(itemSchema),
    steps: z.array(
      z.object({ at: z.string(), state: z.enum(ESTIMATE_STATES), reason: z.string() }),
    ),
  })
  .openapi('Estimate');

/** An estimate, its amounts in the currencies that they are of. */
export function asJson(
  estimate: Estimate,
  lines: readonly FundLine[],
): z.output<typeof estimateSchema> {
  return {
    number: estimate.number,
    person: estimate.personId,
    state: estimate.state,
    note: estimate.note,
    over_reason: estimate.overReason,
    revision: estimate.revision,
    submitted_at: estimate.submittedAt?.toString() ?? null,
    items: estimate.items.map((item) => {
      const currency = lines.find(({ id }) => id === item.lineId)?.funder.currency;
      const ofLine = (minor: number | null): string | null =>
        minor === null || currency === undefined ? null : amountText(minor, currency);
      return {
        id: item.id,
        category: item.category,
        text: item.text,
        amount: amountText(item.spentMinor, item.spentCurrency),
        currency: item.spentCurrency,
        line: item.lineId,
        line_amount: ofLine(item.minor),
        line_currency: currency ?? null,
        rate: item.rate,
        rate_on: item.rateOn,
        rate_source: item.rateSource,
        cap: ofLine(item.capMinor),
        cap_reason: item.capReason,
      };
    }),
    steps: estimate.steps.map(({ at, state, reason }) => ({ at: at.toString(), state, reason })),
  };
}

/** An estimate as a program sends it, whole. */
export const draftBody = z
  .strictObject({
    note: text(2000).default(''),
    items: z
      .array(
        z.strictObject({
          category: z.enum(CATEGORY_KEYS),
          text: text(200),
          amount: z.string().max(40).openapi(AMOUNT),
          currency: z.string().max(10),
        }),
      )
      .max(MOST_ITEMS),
  })
  .openapi('EstimateInput');

/** The same, with the revision that it was made from. */
export const revised = draftBody.extend({ revision: z.int().min(0) }).openapi('EstimateChange');

/** A summit and the number of an estimate. */
export const numberParams = slugParam.extend({
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(999_999)
    .openapi({ param: { name: 'number', in: 'path' } }),
});

/** A body as the form would have sent it, so that both are read by the same rules. */
export const typedFrom = ({ note, items }: z.output<typeof draftBody>): Record<string, string> =>
  Object.fromEntries([
    ['note', note],
    ...items.flatMap((item, position) =>
      (['category', 'text', 'amount', 'currency'] as const).map((field) => [
        itemField(position, field),
        item[field],
      ]),
    ),
  ]);

/** The answer that says the number. */
export const NUMBER = {
  status: 200,
  description: 'Its number.',
  schema: z.object({ number: z.int() }),
} as const;

/** The answer where there is nothing to say. */
export const DONE = { status: 204, description: 'Done.' } as const;
