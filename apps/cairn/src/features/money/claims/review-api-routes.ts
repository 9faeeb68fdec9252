import { parseAmount } from '@cairn/kernel/money';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { linesById } from '../funders/funder-queries.ts';
import { amount, claimAsJson, DONE, listSchema, numbered, tag } from './claim-api-schema.ts';
import { claimOf, claimsOf } from './claim-queries.ts';
import { CLAIM_STATES } from './claim-rules.ts';
import { decideClaim, declineClaim, returnClaim } from './decide-commands.ts';
import { MOST_ITEMS } from './draft-schema.ts';

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
const REVIEWED = '/summits/{slug}/treasury/claims';

/** Adds the operations of treasurers: what waits, and the decisions on it. */
export function addReview(routes: OpenAPIHono<ApiEnv>): void {
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
      const lines = await linesById(db, treasured.value.summit.id);
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
      const lines = await linesById(db, summit.id);
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
