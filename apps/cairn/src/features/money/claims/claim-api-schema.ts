import { amountText } from '@cairn/kernel/money';
import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { CLAIM_STATES, type Claim, type ClaimItem, claimName } from './claim-rules.ts';

/** Under which heading the API describes claims. */
export const tag = 'Money';

/** An amount in a currency that stands beside it. */
export const amount = z.string().openapi({ example: '12.50', description: 'Decimal text.' });

/** A code of ISO 4217. */
export const currency = z.string().openapi({ example: 'USD' });

const itemSchema = z.object({
  id: z.uuid(),
  category: z.string(),
  meal: z.string().nullable(),
  spent_on: z.string().nullable(),
  text: z.string(),
  facts: z.record(z.string(), z.unknown()),
  spent: amount.nullable(),
  spent_currency: currency.nullable(),
  line: z.string().nullable().openapi({ description: 'The key of the line that pays.' }),
  currency: currency.nullable().openapi({ description: 'That of the line.' }),
  asked: amount.nullable(),
  rate: z.string().nullable(),
  rate_on: z.string().nullable(),
  deductions: z.array(z.object({ rule: z.string(), amount, sentence: z.string() })),
  findings: z.array(z.object({ rule: z.string(), kind: z.string(), sentence: z.string() })),
  approved: amount.nullable(),
  reason: z.string(),
  covers: z.array(z.object({ person: z.uuid(), share: amount.nullable() })),
  receipts: z.array(z.uuid()),
});

/** A claim, as its owner and treasurers read it. */
export const claimSchema = z
  .object({
    number: z.int(),
    name: z.string().openapi({ example: 'C-12' }),
    payee: z.string(),
    state: z.enum(CLAIM_STATES),
    title: z.string(),
    note: z.string(),
    is_final: z.boolean(),
    revision: z.int().openapi({ description: 'Sent back with every change.' }),
    submitted_at: z.string().nullable(),
    approved_at: z.string().nullable(),
    paid_at: z.string().nullable(),
    items: z.array(itemSchema),
  })
  .openapi('Claim');

/** Several claims. */
export const listSchema = z.object({ items: z.array(claimSchema) });

/** A claim, and what the rules make of it today. */
export const assessedSchema = z.object({
  claim: claimSchema,
  items: z.array(
    z.object({
      id: z.uuid(),
      line: z.string().nullable(),
      currency: currency.nullable(),
      amount: amount.nullable(),
      allowed: amount.nullable(),
      deductions: z.array(z.object({ rule: z.string(), amount, sentence: z.string() })),
      findings: z.array(z.object({ rule: z.string(), kind: z.string(), sentence: z.string() })),
    }),
  ),
  problems: z
    .array(z.object({ code: z.string(), field: z.string().nullable(), sentence: z.string() }))
    .openapi({ description: 'What has to be mended before it can be submitted.' }),
});

/** A summit and the number of a claim. */
export const numbered = slugParam.extend({
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(999_999_999)
    .openapi({ param: { name: 'number', in: 'path' } }),
});

/** Lines by id. */
export type Lines = ReadonlyMap<string, FundLine>;
function itemAsJson(item: ClaimItem, lines: Lines): z.output<typeof itemSchema> {
  const line = lines.get(item.lineId ?? '');
  const inLine = (minor: number | null) =>
    minor === null || line === undefined ? null : amountText(minor, line.funder.currency);
  const inSlip = (minor: number | null) =>
    minor === null || item.spentCurrency === null ? null : amountText(minor, item.spentCurrency);
  return {
    id: item.id,
    category: item.category,
    meal: item.meal,
    spent_on: item.spentOn,
    text: item.text,
    facts: { ...item.facts },
    spent: inSlip(item.spentMinor),
    spent_currency: item.spentCurrency,
    line: line?.key ?? null,
    currency: line?.funder.currency ?? null,
    asked: inLine(item.minor),
    rate: item.rate,
    rate_on: item.rateOn,
    deductions: item.deductions.map(({ rule, minor, sentence }) => ({
      rule,
      amount: inLine(minor) ?? '0',
      sentence,
    })),
    findings: item.findings.map(({ rule, kind, sentence }) => ({ rule, kind, sentence })),
    approved: inLine(item.approvedMinor),
    reason: item.reason,
    covers: item.covers.map(({ personId, minor }) => ({ person: personId, share: inSlip(minor) })),
    receipts: [...item.receiptIds],
  };
}

/** A claim, its amounts in the currencies that they are of. */
export const claimAsJson = (claim: Claim, lines: Lines): z.output<typeof claimSchema> => ({
  number: claim.number,
  name: claimName(claim.number),
  payee: claim.payee,
  state: claim.state,
  title: claim.title,
  note: claim.note,
  is_final: claim.isFinal,
  revision: claim.revision,
  submitted_at: claim.submittedAt?.toString() ?? null,
  approved_at: claim.approvedAt?.toString() ?? null,
  paid_at: claim.paidAt?.toString() ?? null,
  items: claim.items.map((item) => itemAsJson(item, lines)),
});

/** The answer where there is nothing to say. */
export const DONE = { status: 204, description: 'Done.' } as const;
