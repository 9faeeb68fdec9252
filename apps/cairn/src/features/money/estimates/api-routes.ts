import { amountText, type Currency, expectCurrency } from '@cairn/kernel/money';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import {
  asJson,
  DONE,
  draftBody,
  estimateSchema,
  NUMBER,
  numberParams,
  revised,
  tag,
  typedFrom,
} from './api-schema.ts';
import { closeOwnEstimate } from './close-commands.ts';
import { saveEstimate, submitEstimate, withdrawEstimate } from './estimate-commands.ts';
import { ownCaps, ownEstimates } from './estimate-queries.ts';
import { readEstimate } from './estimate-schema.ts';
import { addTreasury } from './review-api-routes.ts';

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
