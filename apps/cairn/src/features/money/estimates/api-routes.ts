import { amountText, type Currency, expectCurrency } from '@cairn/kernel/money';
import { fail, ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { comersSummit, treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { text } from '../../timetable/frame/api-schema.ts';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import {
  approveEstimate,
  closeEstimate,
  closeOwnEstimate,
  turnBackEstimate,
} from './decision-commands.ts';
import { saveEstimate, submitEstimate, withdrawEstimate } from './estimate-commands.ts';
import { estimateOf, estimatesOf, ownCaps, ownEstimates } from './estimate-queries.ts';
import {
  capField,
  ESTIMATE_STATES,
  type Estimate,
  lineField,
  reasonField,
} from './estimate-rules.ts';
import { itemField, MOST_ITEMS, readDecision, readEstimate } from './estimate-schema.ts';

const tag = 'Money';
const AMOUNT = { description: 'In digits, with a point: `1200.50`.' };

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
const estimateSchema = z
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

function asJson(estimate: Estimate, lines: readonly FundLine[]): z.output<typeof estimateSchema> {
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

const draftBody = z
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
const revised = draftBody.extend({ revision: z.int().min(0) }).openapi('EstimateChange');
const numberParams = slugParam.extend({
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(999_999)
    .openapi({ param: { name: 'number', in: 'path' } }),
});

/** A body as the form would have sent it, so that both are read by the same rules. */
const typedFrom = ({ note, items }: z.output<typeof draftBody>): Record<string, string> =>
  Object.fromEntries([
    ['note', note],
    ...items.flatMap((item, position) =>
      (['category', 'text', 'amount', 'currency'] as const).map((field) => [
        itemField(position, field),
        item[field],
      ]),
    ),
  ]);

const NUMBER = {
  status: 200,
  description: 'Its number.',
  schema: z.object({ number: z.int() }),
} as const;
const DONE = { status: 204, description: 'Done.' } as const;
const OWN = '/summits/{slug}/me/estimates';

/** The API's part about one's own estimates. */
export function estimateApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listOwnEstimates',
      method: 'get',
      path: OWN,
      tag,
      summary: 'Your estimates and caps',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The newest first.',
        schema: z.object({
          items: z.array(estimateSchema),
          caps: z.array(
            z.object({
              line: z.uuid(),
              category: z.enum(CATEGORY_KEYS),
              currency: z.string(),
              cap: z.string(),
              not_claimed: z.string(),
            }),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { self, summit } = own.value;
      const { db } = c.var.services;
      const lines = await fundLinesOf(db, summit.id);
      const currencyOf = (lineId: string): Currency =>
        lines.find(({ id }) => id === lineId)?.funder.currency ?? expectCurrency('USD');
      const [estimates, caps] = await Promise.all([ownEstimates(db, self), ownCaps(db, self)]);
      return answered({
        items: estimates.map((each) => asJson(each, lines)),
        caps: caps.map(({ lineId, category, capMinor, leftMinor }) => ({
          line: lineId,
          category,
          currency: currencyOf(lineId),
          cap: amountText(capMinor, currencyOf(lineId)),
          not_claimed: amountText(leftMinor, currencyOf(lineId)),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'proposeEstimate',
      method: 'post',
      path: OWN,
      tag,
      summary: 'Begin an estimate, as a draft',
      scope: 'write:money',
      params: slugParam,
      body: { json: draftBody },
      answer: NUMBER,
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const read = readEstimate(typedFrom(body));
      if (!read.ok) return refused(422, read.error);
      const saved = await command(c, (tx, actor) =>
        saveEstimate(tx, actor, own.value.self, read.value),
      );
      return saved.ok ? answered({ number: saved.value }) : saved;
    },
  );

  operation(
    routes,
    {
      id: 'changeEstimate',
      method: 'put',
      path: `${OWN}/{number}`,
      tag,
      summary: 'Change a draft, or an estimate that was returned to you',
      scope: 'write:money',
      params: numberParams,
      body: { json: revised },
      answer: NUMBER,
      refuses: [403, 409, 412, 422],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const read = readEstimate(typedFrom(body));
      if (!read.ok) return refused(422, read.error);
      const existing = { number: params.number, revision: body.revision };
      const saved = await command(c, (tx, actor) =>
        saveEstimate(tx, actor, own.value.self, read.value, existing),
      );
      return saved.ok ? answered({ number: saved.value }) : saved;
    },
  );

  for (const [id, verb, summary, run] of [
    ['submitEstimate', 'submit', 'Submit it to the treasurers', submitEstimate],
    ['withdrawEstimate', 'withdraw', 'Take it back before it is decided on', withdrawEstimate],
    ['closeOwnEstimate', 'close', 'Release what is left of its caps', closeOwnEstimate],
  ] as const) {
    operation(
      routes,
      {
        id,
        method: 'post',
        path: `${OWN}/{number}/${verb}`,
        tag,
        summary,
        scope: 'write:money',
        params: numberParams,
        answer: DONE,
        refuses: [403, 409, 422],
      },
      async (c, { params }) => {
        const own = await comersSummit(c, params.slug);
        if (!own.ok) return own;
        const done = await command(c, (tx, actor) => run(tx, actor, own.value.self, params.number));
        return done.ok ? answered(undefined) : done;
      },
    );
  }
  addTreasury(routes);
  return routes;
}

const decisionBody = z
  .discriminatedUnion('decision', [
    z.strictObject({
      decision: z.literal('approve'),
      revision: z.int().min(0),
      over_reason: text(2000).default(''),
      items: z.array(
        z.strictObject({
          id: z.uuid(),
          line: z.uuid(),
          cap: z.string().max(40).openapi(AMOUNT),
          reason: text(500).default(''),
        }),
      ),
    }),
    z.strictObject({
      decision: z.enum(['return', 'decline']),
      revision: z.int().min(0),
      words: text(2000),
    }),
    z.strictObject({ decision: z.literal('close'), words: text(2000) }),
  ])
  .openapi('EstimateDecision');

function addTreasury(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listEstimates',
      method: 'get',
      path: '/summits/{slug}/treasury/estimates',
      tag,
      summary: 'Everybody’s estimates',
      description: 'For treasurers. Drafts are their owners’.',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The newest first.',
        schema: z.object({ items: z.array(estimateSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { db } = c.var.services;
      const { summit, treasurer } = treasured.value;
      const lines = await fundLinesOf(db, summit.id);
      const estimates = await estimatesOf(db, treasurer);
      return answered({ items: estimates.map((each) => asJson(each, lines)) });
    },
  );

  operation(
    routes,
    {
      id: 'decideEstimate',
      method: 'post',
      path: '/summits/{slug}/treasury/estimates/{number}',
      tag,
      summary: 'Approve somebody’s estimate with caps, return, decline or close it',
      description:
        'For treasurers, of others’ estimates. What goes beyond what is foreseen needs `over_reason` and a second treasurer: the state is then `second_look`.',
      scope: 'write:money',
      params: numberParams,
      body: { json: decisionBody },
      answer: { status: 200, description: 'As it stands then.', schema: estimateSchema },
      refuses: [403, 404, 409, 412, 422],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { db } = c.var.services;
      const { summit, treasurer } = treasured.value;
      const { number } = params;
      const estimate = await estimateOf(db, treasurer, number);
      const lines = await fundLinesOf(db, summit.id);
      const decided = await command<unknown>(c, async (tx, actor) => {
        if (body.decision === 'close')
          return closeEstimate(tx, actor, treasurer, number, body.words);
        if (body.decision !== 'approve') {
          const to = body.decision === 'return' ? 'returned' : 'declined';
          return turnBackEstimate(tx, actor, treasurer, number, { ...body, to });
        }
        const typed = Object.fromEntries([
          ['revision', String(body.revision)],
          ['over_reason', body.over_reason],
          ...body.items.flatMap(({ id, line, cap, reason }) => [
            [lineField(id), line],
            [capField(id), cap],
            [reasonField(id), reason],
          ]),
        ]);
        const ids = estimate?.items.map(({ id }) => id) ?? [];
        const currencyOf = (lineId: string) =>
          lines.find(({ id }) => id === lineId)?.funder.currency;
        const read = readDecision(typed, ids, currencyOf);
        if (!read.ok) {
          const [first] = read.error;
          return first === undefined ? ok(undefined) : fail(first);
        }
        return approveEstimate(tx, actor, treasurer, number, read.value);
      });
      if (!decided.ok) return decided;
      const after = await estimateOf(db, treasurer, number);
      if (after === undefined) throw new Error('what was decided on is gone');
      return answered(asJson(after, lines));
    },
  );
}
