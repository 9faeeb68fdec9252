import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { mealFacts, numbersAt } from './fact-queries.ts';
import { mealsOf } from './meal-queries.ts';
import { sayMeal } from './own-commands.ts';
import { ownMeals } from './own-queries.ts';

const tag = 'Stays';
const meal = z.enum(['breakfast', 'lunch', 'dinner']);
const time = { date: z.string(), meal, starts: z.string(), ends: z.string() };

const ownSchema = z.object({
  items: z.array(
    z
      .object({
        ...time,
        kind: z.enum(['catered', 'restaurants', 'own']).nullable(),
        is_provided: z.boolean(),
        place: z.string(),
        note: z.string(),
        elsewhere: z.boolean(),
        table: z.object({ id: z.uuid(), name: z.string(), people: z.array(z.string()) }).nullable(),
        open_tables: z.array(z.object({ id: z.uuid(), name: z.string(), free: z.number() })),
      })
      .openapi('OwnMeal', { description: 'Times are those of the summit’s zone.' }),
  ),
});

const numbersSchema = z.object({
  items: z.array(
    z
      .object({
        ...time,
        kind: z.enum(['catered', 'restaurants', 'own']).nullable(),
        is_provided: z.boolean(),
        people: z.number(),
        unsure: z.number(),
        unsaid: z.number(),
        elsewhere: z.number(),
        portions: z.record(z.string(), z.number()).openapi({
          description: 'By diets joined with +; the empty key is who eats everything.',
        }),
      })
      .openapi('MealNumbers'),
  ),
});

const at = z
  .union([z.enum(['here', 'elsewhere']), z.uuid()])
  .openapi({ description: '`here`, `elsewhere`, or the id of a table with a free seat.' });

/** The API's part about meals. */
export function mealApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listOwnMeals',
      method: 'get',
      path: '/summits/{slug}/me/meals',
      tag,
      summary: 'Where you eat, and with whom',
      scope: 'read:stays',
      params: slugParam,
      answer: { status: 200, description: 'In order.', schema: ownSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const meals = await ownMeals(c.var.services.db, own.value.self);
      return answered({
        items: meals.map((each) => ({
          ...each.time,
          kind: each.kind ?? null,
          is_provided: each.isProvided,
          place: each.place,
          note: each.note,
          elsewhere: each.isElsewhere,
          table: each.table
            ? { id: each.table.id, name: each.table.name, people: [...each.table.people] }
            : null,
          open_tables: each.open.map(({ id, name, free }) => ({ id, name, free })),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'sayMeal',
      method: 'put',
      path: '/summits/{slug}/me/meals/{date}/{meal}',
      tag,
      summary: 'Say where you eat',
      scope: 'write:stays',
      params: slugParam.extend({
        date: z.iso.date().openapi({ param: { name: 'date', in: 'path' } }),
        meal: meal.openapi({ param: { name: 'meal', in: 'path' } }),
      }),
      body: { json: z.strictObject({ at }).openapi('MealInput') },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const said = { date: params.date, meal: params.meal, at: body.at };
      const kept = await command(c, (tx, actor) => sayMeal(tx, actor, own.value.self, said));
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'listMealNumbers',
      method: 'get',
      path: '/summits/{slug}/meals',
      tag,
      summary: 'Who eats when, in numbers by diet',
      description: 'For organisers. It names nobody.',
      scope: 'read:stays',
      params: slugParam,
      answer: { status: 200, description: 'In order.', schema: numbersSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { db } = c.var.services;
      const meals = await mealsOf(db, organised.value.summit.id);
      const facts = await mealFacts(db, organised.value.organiser, meals);
      return answered({
        items: meals.map((each) => {
          const numbers = numbersAt(facts, each);
          return {
            ...each.time,
            kind: each.plan?.kind ?? null,
            is_provided: each.plan?.isProvided ?? each.block?.isProvided ?? false,
            people: numbers.eat.length,
            unsure: numbers.unsure,
            unsaid: numbers.unsaid,
            elsewhere: numbers.elsewhere.length,
            portions: { ...numbers.order.portions },
          };
        }),
      });
    },
  );

  return routes;
}
