import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { sessionPeople } from '../../timetable/sessions/people-queries.ts';
import { keepNeedsFor, sayNeed, withdrawNeed } from './need-commands.ts';
import { needSetting, needsOf, ownNeed } from './need-queries.ts';
import { DIET_KEYS, dietCounts, dietsOf, type Need } from './need-rules.ts';

const tag = 'Stays';
const path = '/summits/{slug}/me/needs';
const text = z.string().trim().max(1000, 'shorten it to 1000 characters');

const needBody = z
  .strictObject({
    diets: z.array(z.enum(DIET_KEYS)).max(DIET_KEYS.length).default([]),
    allergies: text.default(''),
    access: text.default(''),
    step_free: z.boolean().default(false),
  })
  .openapi('NeedInput');
const fields = {
  diets: z.array(z.enum(DIET_KEYS)),
  allergies: z.string(),
  access: z.string(),
  step_free: z.boolean(),
};
const needSchema = z
  .object({ has_said: z.boolean(), ...fields })
  .openapi('Need', { description: 'What somebody eats, and what they need to take part.' });
const needsSchema = z.object({
  items: z.array(z.object({ person: z.uuid(), name: z.string(), ...fields })),
  plates: z
    .array(
      z.object({ diets: z.array(z.enum(DIET_KEYS)), label: z.string(), people: z.number().int() }),
    )
    .openapi({ description: 'Each of those who come once, with all of their diets together.' }),
  days_kept: z.number().int(),
});

const asJson = (need: Omit<Need, 'personId'> | undefined) => ({
  diets: [...(need?.diets ?? [])],
  allergies: need?.allergies ?? '',
  access: need?.access ?? '',
  step_free: need?.stepFree ?? false,
});

/** The API's part about what people need. */
export function needApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addOwn(routes);
  operation(
    routes,
    {
      id: 'listNeeds',
      method: 'get',
      path: '/summits/{slug}/needs',
      tag,
      summary: 'What those who come need',
      description: 'For organisers. Removed some time after the summit.',
      scope: 'read:stays',
      params: slugParam,
      answer: { status: 200, description: 'By name, and plates.', schema: needsSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { summit, organiser } = organised.value;
      const { db } = c.var.services;
      const needs = await needsOf(db, organiser);
      const people = (await sessionPeople(db, summit.id)).map(({ id }) => id);
      return answered({
        items: needs.map((need) => ({ person: need.personId, name: need.name, ...asJson(need) })),
        plates: dietCounts(needs, people).map(({ diets, label, people: many }) => ({
          diets: [...diets],
          label,
          people: many,
        })),
        days_kept: (await needSetting(db, summit.id)).daysKept,
      });
    },
  );
  operation(
    routes,
    {
      id: 'keepNeedsFor',
      method: 'put',
      path: '/summits/{slug}/needs/days-kept',
      tag,
      summary: 'Say for how many days after the summit needs are kept',
      scope: 'write:stays',
      params: slugParam,
      body: { json: z.strictObject({ days_kept: z.int().min(0).max(3650) }) },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const kept = await command(c, (tx, actor) =>
        keepNeedsFor(tx, actor, organiser, body.days_kept),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );
  return routes;
}

function addOwn(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'getOwnNeeds',
      method: 'get',
      path,
      tag,
      summary: 'What you said that you need',
      scope: 'read:stays',
      params: slugParam,
      answer: { status: 200, description: 'As you said.', schema: needSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const need = await ownNeed(c.var.services.db, own.value.self);
      return answered({ has_said: need !== undefined, ...asJson(need) });
    },
  );
  operation(
    routes,
    {
      id: 'sayNeeds',
      method: 'put',
      path,
      tag,
      summary: 'Say what you need',
      scope: 'write:stays',
      params: slugParam,
      body: { json: needBody },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { diets, allergies, access, step_free: stepFree } = body;
      const said = await command(c, (tx, actor) =>
        sayNeed(tx, actor, own.value.self, { diets: dietsOf(diets), allergies, access, stepFree }),
      );
      return said.ok ? answered(undefined) : said;
    },
  );
  operation(
    routes,
    {
      id: 'withdrawNeeds',
      method: 'delete',
      path,
      tag,
      summary: 'Take back what you said that you need',
      scope: 'write:stays',
      params: slugParam,
      answer: { status: 204, description: 'Removed.' },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const gone = await command(c, (tx, actor) => withdrawNeed(tx, actor, own.value.self));
      return gone.ok ? answered(undefined) : gone;
    },
  );
}
