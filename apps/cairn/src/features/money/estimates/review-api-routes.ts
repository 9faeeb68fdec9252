import { fail, ok } from '@cairn/kernel/result';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { text } from '../../timetable/frame/api-schema.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { AMOUNT, asJson, estimateSchema, numberParams, tag } from './api-schema.ts';
import { closeEstimate } from './close-commands.ts';
import { approveEstimate, turnBackEstimate } from './decision-commands.ts';
import { estimateOf, estimatesOf } from './estimate-queries.ts';
import { capField, lineField, reasonField } from './estimate-rules.ts';
import { readDecision } from './estimate-schema.ts';

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

/** Adds the operations of treasurers: what waits, and the decisions on it. */
export function addTreasury(routes: OpenAPIHono<ApiEnv>): void {
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
