import { parseAmount, parseCurrency } from '@cairn/kernel/money';
import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { z } from '@hono/zod-openapi';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { MEALS } from '../policy/rule-schema.ts';
import { amount, currency, type Lines } from './claim-api-schema.ts';
import { type Draft, MOST_COVERED, MOST_ITEMS } from './draft-schema.ts';

const day = z.iso.date();

const itemBody = z.strictObject({
  id: z.uuid().optional().openapi({ description: 'Left out for a new cost.' }),
  category: z.enum(CATEGORY_KEYS as readonly [string, ...string[]]),
  meal: z.enum(MEALS).nullable().default(null),
  spent_on: day.nullable().default(null),
  text: z.string().trim().max(300).default(''),
  facts: z
    .record(
      z.string().max(80),
      z.union([
        z.string().max(2000),
        z.number(),
        z.boolean(),
        z
          .array(
            z.strictObject({
              on: z.string().max(20),
              from: z.string().max(100),
              to: z.string().max(100),
              flight: z.string().max(20),
            }),
          )
          .max(20),
      ]),
    )
    .default({}),
  spent: amount.nullable().default(null),
  spent_currency: currency.nullable().default(null),
  line: z.string().nullable().default(null),
  covers: z
    .array(z.strictObject({ person: z.uuid(), share: amount.nullable().default(null) }))
    .max(MOST_COVERED)
    .default([]),
  receipts: z.array(z.uuid()).max(40).default([]),
});

/** A claim as a program sends it, whole. */
export const claimBody = z
  .strictObject({
    revision: z.int(),
    title: z.string().trim().max(100).default(''),
    note: z.string().trim().max(2000).default(''),
    is_final: z.boolean().default(false),
    over_reason: z.string().trim().max(1000).default(''),
    items: z.array(itemBody).max(MOST_ITEMS),
  })
  .openapi('ClaimInput');

/** What a program sent as a draft; an amount that cannot be read is refused at its place. */
export function draftFrom(
  { title, note, is_final, over_reason, items }: z.output<typeof claimBody>,
  lines: Lines,
): Result<Draft, Refusal> {
  const read: Draft['items'][number][] = [];
  for (const [index, item] of items.entries()) {
    const at = (field: string) => ({ path: `items.${index}.${field}` });
    const code = item.spent_currency === null ? undefined : parseCurrency(item.spent_currency);
    if (code?.ok === false) return refused(422, { ...code.error, place: at('spent_currency') });
    const minor = (text: string | null): Result<number | null, Refusal> => {
      if (text === null) return ok(null);
      if (code === undefined) {
        const sentence = 'Say in which currency this is.';
        return refused(422, problem('no-currency', sentence, at('spent_currency')));
      }
      const parsed = parseAmount(text, code.value);
      if (!parsed.ok) return refused(422, { ...parsed.error, place: at('spent') });
      const sentence = 'Write amounts without a minus.';
      return parsed.value < 0
        ? refused(422, problem('below-nothing', sentence, at('spent')))
        : parsed;
    };
    const spent = minor(item.spent);
    if (!spent.ok) return spent;
    const covers: { personId: string; minor: number | null }[] = [];
    for (const { person, share } of item.covers) {
      const part = minor(share);
      if (!part.ok) return part;
      covers.push({ personId: person, minor: part.value });
    }
    const line = [...lines.values()].find(({ key }) => key === item.line);
    if (item.line !== null && line === undefined) {
      return refused(422, problem('no-line', 'There is no such line.', at('line')));
    }
    const category = CATEGORY_KEYS.find((key) => key === item.category) ?? 'other';
    read.push({
      id: item.id,
      category,
      meal: category === 'meals' ? item.meal : null,
      spentOn: item.spent_on,
      text: item.text,
      facts: item.facts,
      spentMinor: spent.value,
      spentCurrency: code?.value ?? null,
      lineId: line?.id ?? null,
      covers,
      receiptIds: [...new Set(item.receipts)],
      typed: {},
    });
  }
  return ok({ title, note, isFinal: is_final, overReason: over_reason, items: read });
}
