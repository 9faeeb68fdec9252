import { amountText, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Reader } from '../../../platform/db/database.ts';
import type { ApiContext, ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { comersSummit, treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { MEALS } from '../policy/rule-schema.ts';
import { assessClaim } from './assess-queries.ts';
import { saveClaim, startClaim, withdrawClaim } from './claim-commands.ts';
import { claimOf, claimsOf, ownClaim, ownClaims } from './claim-queries.ts';
import { CLAIM_STATES, type Claim, type ClaimItem, claimName } from './claim-rules.ts';
import { decideClaim, declineClaim, returnClaim } from './decide-commands.ts';
import { type Draft, MOST_COVERED, MOST_ITEMS } from './draft-schema.ts';
import { submitClaim } from './submit-commands.ts';

const tag = 'Money';
const amount = z.string().openapi({ example: '12.50', description: 'Decimal text.' });
const currency = z.string().openapi({ example: 'USD' });
const day = z.iso.date();

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
const claimSchema = z
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
const listSchema = z.object({ items: z.array(claimSchema) });
const assessedSchema = z.object({
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
const claimBody = z
  .strictObject({
    revision: z.int(),
    title: z.string().trim().max(100).default(''),
    note: z.string().trim().max(2000).default(''),
    is_final: z.boolean().default(false),
    over_reason: z.string().trim().max(1000).default(''),
    items: z.array(itemBody).max(MOST_ITEMS),
  })
  .openapi('ClaimInput');
const seenBody = z.strictObject({ revision: z.int() });
const wordsBody = z.strictObject({
  revision: z.int(),
  words: z.string().max(2000).default(''),
  items: z
    .array(z.strictObject({ item: z.uuid(), words: z.string().max(1000) }))
    .max(MOST_ITEMS)
    .default([]),
});
const decisionBody = z.strictObject({
  revision: z.int(),
  over_reason: z.string().max(1000).default(''),
  items: z
    .array(
      z.strictObject({
        item: z.uuid(),
        approved: amount,
        reason: z.string().max(1000).default(''),
      }),
    )
    .max(MOST_ITEMS),
});
const numbered = slugParam.extend({
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(999_999_999)
    .openapi({ param: { name: 'number', in: 'path' } }),
});

type Lines = ReadonlyMap<string, FundLine>;
const linesOf = async (db: Reader, summitId: string): Promise<Lines> =>
  new Map((await fundLinesOf(db, summitId)).map((line) => [line.id, line]));

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

const claimAsJson = (claim: Claim, lines: Lines): z.output<typeof claimSchema> => ({
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

/** What a program sent as a draft; an amount that cannot be read is refused at its place. */
function draftFrom(
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

/** The API’s part about claims: one’s own, and those that treasurers decide on. */
export function claimApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addOwn(routes);
  addChanges(routes);
  addReview(routes);
  return routes;
}

const OWN = '/summits/{slug}/me/claims';
const REVIEWED = '/summits/{slug}/claims';
const ONE = { status: 200, description: 'The claim.', schema: claimSchema } as const;
const DONE = { status: 204, description: 'Done.' } as const;

async function ownAt(c: ApiContext, slug: string, number: number) {
  const own = await comersSummit(c, slug);
  if (!own.ok) return own;
  const { db } = c.var.services;
  const claim = await ownClaim(db, own.value.self, number);
  return claim === undefined
    ? refused(404, nothingHere())
    : ok({ ...own.value, claim, lines: await linesOf(db, own.value.summit.id) });
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listOwnClaims',
      method: 'get',
      path: OWN,
      tag,
      summary: 'Your claims',
      description: 'Newest first; bills of suppliers that you entered are among them.',
      scope: 'read:money',
      params: slugParam,
      answer: { status: 200, description: 'Your claims.', schema: listSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { db } = c.var.services;
      const lines = await linesOf(db, own.value.summit.id);
      const claims = await ownClaims(db, own.value.self);
      return answered({ items: claims.map((claim) => claimAsJson(claim, lines)) });
    },
  );
  operation(
    routes,
    {
      id: 'getOwnClaim',
      method: 'get',
      path: `${OWN}/{number}`,
      tag,
      summary: 'One of your claims, and what the rules make of it',
      description:
        'Amounts of `items` are what it comes to now; what was frozen stands in `claim`.',
      scope: 'read:money',
      params: numbered,
      answer: { status: 200, description: 'The claim.', schema: assessedSchema },
      refuses: [403, 404],
    },
    async (c, { params }) => {
      const own = await ownAt(c, params.slug, params.number);
      if (!own.ok) return own;
      const { claim, lines } = own.value;
      const { db, clock } = c.var.services;
      const { items, problems } = await assessClaim(db, claim, clock.now());
      return answered({
        claim: claimAsJson(claim, lines),
        items: items.map(({ item, line, minor, allowed, deductions, findings }) => {
          const words = (value: number | null) =>
            value === null || line === undefined ? null : amountText(value, line.funder.currency);
          return {
            id: item.id,
            line: line?.key ?? null,
            currency: line?.funder.currency ?? null,
            amount: words(minor),
            allowed: words(allowed),
            deductions: deductions.map(({ rule, minor: off, sentence }) => ({
              rule,
              amount: words(off) ?? '0',
              sentence,
            })),
            findings: findings.map(({ rule, kind, sentence }) => ({ rule, kind, sentence })),
          };
        }),
        problems: problems.map(({ code, sentence, place }) => ({
          code,
          sentence,
          field: place.path ?? null,
        })),
      });
    },
  );
  operation(
    routes,
    {
      id: 'startClaim',
      method: 'post',
      path: OWN,
      tag,
      summary: 'Begin a claim',
      scope: 'write:money',
      params: slugParam,
      answer: { status: 201, description: 'The claim, empty.', schema: claimSchema },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const begun = await command(c, (tx, actor) => startClaim(tx, actor, own.value.self));
      if (!begun.ok) return begun;
      const at = await ownAt(c, params.slug, begun.value.number);
      return at.ok ? answered(claimAsJson(at.value.claim, at.value.lines)) : at;
    },
  );
}

function addChanges(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'saveClaim',
      method: 'put',
      path: `${OWN}/{number}`,
      tag,
      summary: 'Keep a claim as it is meant',
      description:
        'Costs that are left out are gone. Receipts are uploaded on the page; their ids are those of the claim.',
      scope: 'write:money',
      params: numbered,
      body: { json: claimBody },
      answer: ONE,
      refuses: [403, 404, 409, 422],
    },
    async (c, { params, body }) => {
      const own = await ownAt(c, params.slug, params.number);
      if (!own.ok) return own;
      const draft = draftFrom(body, own.value.lines);
      if (!draft.ok) return draft;
      const seen = { number: params.number, revision: body.revision };
      const saved = await command(c, (tx, actor) =>
        saveClaim(tx, actor, own.value.self, { ...seen, draft: draft.value }),
      );
      if (!saved.ok) return saved;
      const at = await ownAt(c, params.slug, params.number);
      return at.ok ? answered(claimAsJson(at.value.claim, at.value.lines)) : at;
    },
  );
  for (const [id, word, summary, run] of [
    ['submitClaim', 'submit', 'Submit a claim', submitClaim],
    ['withdrawClaim', 'withdraw', 'Take a claim back', withdrawClaim],
  ] as const) {
    operation(
      routes,
      {
        id,
        method: 'post',
        path: `${OWN}/{number}/${word}`,
        tag,
        summary,
        scope: 'write:money',
        params: numbered,
        body: { json: seenBody },
        answer: DONE,
        refuses: [403, 404, 409],
      },
      async (c, { params, body }) => {
        const own = await comersSummit(c, params.slug);
        if (!own.ok) return own;
        const seen = { number: params.number, revision: body.revision };
        const done = await command(c, (tx, actor) => run(tx, actor, own.value.self, seen));
        return done.ok ? answered(undefined) : done;
      },
    );
  }
}

function addReview(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listClaims',
      method: 'get',
      path: REVIEWED,
      tag,
      summary: 'Claims that were submitted',
      description: 'For treasurers; the longest waiting first.',
      scope: 'read:money',
      params: slugParam,
      query: z.object({ state: z.enum(CLAIM_STATES).optional() }),
      answer: { status: 200, description: 'The claims.', schema: listSchema },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { db } = c.var.services;
      const filter = query.state === undefined ? {} : { states: [query.state] };
      const claims = await claimsOf(db, treasured.value.treasurer, filter);
      const lines = await linesOf(db, treasured.value.summit.id);
      return answered({ items: claims.map((claim) => claimAsJson(claim, lines)) });
    },
  );
  operation(
    routes,
    {
      id: 'decideClaim',
      method: 'post',
      path: `${REVIEWED}/{number}/decide`,
      tag,
      summary: 'Approve a claim, or a part of it',
      description:
        'For treasurers, and not for their own. Less than the rules leave needs a reason for each cost; more than is foreseen needs `over_reason` and a second treasurer.',
      scope: 'write:money',
      params: numbered,
      body: { json: decisionBody },
      answer: {
        status: 200,
        description: 'Approved, or awaiting a second look.',
        schema: z.object({ state: z.enum(['approved', 'second_look']) }),
      },
      refuses: [403, 404, 409, 422],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { treasurer, summit } = treasured.value;
      const { db } = c.var.services;
      const claim = await claimOf(db, treasurer, params.number);
      if (claim === undefined) return refused(404, nothingHere());
      const lines = await linesOf(db, summit.id);
      const decisions = [];
      for (const { item, approved, reason } of body.items) {
        const line = lines.get(claim.items.find(({ id }) => id === item)?.lineId ?? '');
        if (line === undefined) continue;
        const minor = parseAmount(approved, line.funder.currency);
        if (!minor.ok) return refused(422, minor.error);
        decisions.push({ itemId: item, approvedMinor: minor.value, reason });
      }
      const decision = { decisions, overReason: body.over_reason, revision: body.revision };
      const done = await command(c, (tx, actor) =>
        decideClaim(tx, actor, treasurer, { ...decision, number: params.number }),
      );
      return done.ok ? answered({ state: done.value }) : done;
    },
  );
  for (const [id, word, summary] of [
    ['returnClaim', 'return', 'Return a claim to be mended'],
    ['declineClaim', 'decline', 'Decline a claim'],
  ] as const) {
    operation(
      routes,
      {
        id,
        method: 'post',
        path: `${REVIEWED}/{number}/${word}`,
        tag,
        summary,
        description: 'For treasurers, with words that the claimant reads.',
        scope: 'write:money',
        params: numbered,
        body: { json: wordsBody },
        answer: DONE,
        refuses: [403, 404, 409],
      },
      async (c, { params, body }) => {
        const treasured = await treasuredSummit(c, params.slug);
        if (!treasured.ok) return treasured;
        const { treasurer } = treasured.value;
        const seen = { number: params.number, revision: body.revision };
        const items = body.items.map(({ item, words }) => ({ itemId: item, words }));
        const done = await command(c, (tx, actor) =>
          word === 'return'
            ? returnClaim(tx, actor, treasurer, { ...seen, question: { words: body.words, items } })
            : declineClaim(tx, actor, treasurer, { ...seen, words: body.words }),
        );
        return done.ok ? answered(undefined) : done;
      },
    );
  }
}
