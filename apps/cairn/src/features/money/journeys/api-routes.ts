import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { wall } from '../../../platform/http/fields.ts';
import { comersSummit, organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { sayJourney } from './journey-commands.ts';
import { journeysOf, ownJourney } from './journey-queries.ts';
import { DIRECTIONS, journeyProblems, type Leg, MODES } from './journey-rules.ts';
import { MOST_LEGS } from './journey-schema.ts';

const tag = 'Stays';
const text = (most: number) => z.string().trim().max(most);

const legBody = z
  .strictObject({
    direction: z.enum(DIRECTIONS),
    mode: z.enum(MODES),
    from: text(120).min(1),
    to: text(120).min(1),
    carrier: text(60).default(''),
    number: text(20).default(''),
    departs_at: wall.nullable().default(null),
    arrives_at: wall.nullable().default(null),
    wants_ride: z.boolean().default(false),
    note: text(300).default(''),
  })
  .openapi('LegInput', { description: 'Times are local times of each place.' });

const legSchema = z
  .object({
    direction: z.enum(DIRECTIONS),
    mode: z.enum(MODES),
    from: z.string(),
    to: z.string(),
    carrier: z.string(),
    number: z.string(),
    departs_at: z.string().nullable(),
    arrives_at: z.string().nullable(),
    wants_ride: z.boolean(),
    note: z.string(),
  })
  .openapi('Leg');

const asJson = (leg: Leg): z.output<typeof legSchema> => ({
  direction: leg.direction,
  mode: leg.mode,
  from: leg.fromPlace,
  to: leg.toPlace,
  carrier: leg.carrier,
  number: leg.number,
  departs_at: leg.departsAt,
  arrives_at: leg.arrivesAt,
  wants_ride: leg.wantsRide,
  note: leg.note,
});

const asLeg = (leg: z.output<typeof legBody>): Leg => ({
  direction: leg.direction,
  mode: leg.mode,
  fromPlace: leg.from,
  toPlace: leg.to,
  carrier: leg.carrier,
  number: leg.number,
  departsAt: leg.departs_at,
  arrivesAt: leg.arrives_at,
  wantsRide: leg.wants_ride,
  note: leg.note,
});

/** The API's part about how people come and leave. */
export function journeyApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  const path = '/summits/{slug}/me/journey';

  operation(
    routes,
    {
      id: 'getOwnJourney',
      method: 'get',
      path,
      tag,
      summary: 'How you said that you come and leave',
      scope: 'read:stays',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Leg by leg.',
        schema: z.object({ legs: z.array(legSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const legs = await ownJourney(c.var.services.db, own.value.self);
      return answered({ legs: legs.map(asJson) });
    },
  );

  operation(
    routes,
    {
      id: 'sayJourney',
      method: 'put',
      path,
      tag,
      summary: 'Say how you come and leave',
      description: 'All legs, in order; what was said before is replaced.',
      scope: 'write:stays',
      params: slugParam,
      body: {
        json: z.strictObject({ legs: z.array(legBody).max(MOST_LEGS) }).openapi('JourneyInput'),
      },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const legs = body.legs.map(asLeg);
      const [wrong] = journeyProblems(legs.map((leg, at) => ({ ...leg, at: `legs[${at}]` })));
      if (wrong !== undefined) return refused(422, wrong);
      const kept = await command(c, (tx, actor) => sayJourney(tx, actor, own.value.self, legs));
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'listJourneys',
      method: 'get',
      path: '/summits/{slug}/journeys',
      tag,
      summary: 'How everybody comes and leaves',
      description: 'For organisers.',
      scope: 'read:stays',
      params: slugParam,
      answer: {
        status: 200,
        description: 'By name; without legs where somebody said nothing.',
        schema: z.object({
          items: z.array(
            z.object({ person: z.uuid(), name: z.string(), legs: z.array(legSchema) }),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const journeys = await journeysOf(c.var.services.db, organised.value.organiser);
      return answered({
        items: journeys.map(({ personId, name, legs }) => ({
          person: personId,
          name,
          legs: legs.map(asJson),
        })),
      });
    },
  );

  return routes;
}
