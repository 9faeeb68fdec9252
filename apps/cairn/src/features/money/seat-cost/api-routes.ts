import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { seatCostModel, seatCostOf } from './cost-queries.ts';
import { storedModel } from './cost-schema.ts';
import { forecast } from './forecast-rules.ts';
import { saveModel } from './model-commands.ts';
import { drawnAt } from './spread-rules.ts';

const tag = 'Money';
const DRAWS = 2000;
const PATH = '/summits/{slug}/treasury/seat-cost';

const percent = (name: string) =>
  z.coerce
    .number()
    .int()
    .min(-90)
    .max(500)
    .default(0)
    .openapi({ param: { name, in: 'query' } });
const query = z.object({
  lodging_percent: percent('lodging_percent'),
  fares_percent: percent('fares_percent'),
  fewer_days: z.coerce
    .number()
    .int()
    .min(0)
    .max(60)
    .default(0)
    .openapi({ param: { name: 'fewer_days', in: 'query' } }),
  seats: z.coerce
    .number()
    .int()
    .min(0)
    .max(20)
    .default(5)
    .openapi({ param: { name: 'seats', in: 'query' } }),
});

const forecastSchema = z
  .object({
    currency: z.string(),
    granted: z.int(),
    p10: z.int(),
    p50: z.int(),
    p90: z.int(),
    carried: z.number().openapi({ description: 'In what share of the draws the lines carry all.' }),
    missing: z.int(),
    more: z.array(z.object({ seats: z.int(), expected: z.int(), carried: z.number() })),
  })
  .openapi('SeatCost', { description: 'Amounts in whole minor units (cents) of the currency.' });

const modelSchema = z.object({ revision: z.int(), model: z.record(z.string(), z.unknown()) });

/** The API's part about what seats cost. */
export function seatCostApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getSeatCost',
      method: 'get',
      path: PATH,
      tag,
      summary: 'What seats may cost, and whether the lines carry more of them',
      description: 'For treasurers, where somebody has said what costs are expected.',
      scope: 'read:money',
      params: slugParam,
      query,
      answer: {
        status: 200,
        description: 'Null without a model or a line.',
        schema: forecastSchema.nullable(),
      },
      refuses: [403],
    },
    async (c, { params, query: asked }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const { summit, treasurer } = treasured.value;
      const world = await seatCostOf(c.var.services.db, treasurer, summit);
      if (world?.model === undefined) return answered(null);
      const whatIf = {
        lodgingPercent: asked.lodging_percent,
        faresPercent: asked.fares_percent,
        fewerDays: asked.fewer_days,
      };
      const size = { seats: asked.seats, draws: DRAWS };
      const { spread, more } = forecast({ ...world, model: world.model }, whatIf, size);
      return answered({
        currency: world.currency,
        granted: world.granted,
        p10: drawnAt(spread, 0.1),
        p50: drawnAt(spread, 0.5),
        p90: drawnAt(spread, 0.9),
        carried: spread.carried,
        missing: spread.missing,
        more: more.map(({ seats, expected, carried }) => ({ seats, expected, carried })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'getSeatCostModel',
      method: 'get',
      path: `${PATH}/model`,
      tag,
      summary: 'What costs are expected',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Null where nobody has said.',
        schema: modelSchema.nullable(),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const kept = await seatCostModel(c.var.services.db, treasured.value.treasurer);
      return answered(
        kept === undefined ? null : { revision: kept.revision, model: { ...kept.model } },
      );
    },
  );

  operation(
    routes,
    {
      id: 'setSeatCostModel',
      method: 'put',
      path: `${PATH}/model`,
      tag,
      summary: 'Say what costs are expected',
      description:
        'Amounts in whole minor units. The revision is that of the model as read, 0 for none.',
      scope: 'write:money',
      params: slugParam,
      body: { json: z.strictObject({ revision: z.int().min(0), model: storedModel }) },
      answer: {
        status: 200,
        description: 'Its revision.',
        schema: z.object({ revision: z.int() }),
      },
      refuses: [403, 412],
    },
    async (c, { params, body }) => {
      const treasured = await treasuredSummit(c, params.slug);
      if (!treasured.ok) return treasured;
      const saved = await command(c, (tx, actor) =>
        saveModel(tx, actor, treasured.value.treasurer, body.model, body.revision),
      );
      return saved.ok ? answered({ revision: saved.value }) : saved;
    },
  );
  return routes;
}
