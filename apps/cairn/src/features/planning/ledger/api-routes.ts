import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { ledgerOf } from './ledger-queries.ts';

const count = z.number().int().min(0);

const ledgerRowSchema = z
  .object({
    person: z.uuid(),
    name: z.string(),
    handle: z.string().nullable(),
    opened: count,
    discussed: count,
    reviewed: count,
    merged: count,
    contributions: count.openapi({ description: 'What counts towards the promise.' }),
    reviews: count.openapi({ description: 'What counts towards the promise.' }),
  })
  .openapi('LedgerRow');

/** The API's part about who did what in the plan. */
export function ledgerApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listPlanPeople',
      method: 'get',
      path: '/summits/{slug}/plan/people',
      tag: 'Plan',
      summary: 'Who opened, discussed, reviewed and merged what in the plan',
      description: 'From the web, Git and GitHub alike, for everybody who comes or did something.',
      scope: 'read:plan',
      params: slugParam,
      answer: {
        status: 200,
        description: 'By name.',
        schema: z.object({ items: z.array(ledgerRowSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const rows = await ledgerOf(c.var.services.db, own.value.summit.id);
      return answered({
        items: rows.map(({ personId, name, handle, counts, contributions, reviews }) => ({
          person: personId,
          name,
          handle,
          ...counts,
          contributions,
          reviews,
        })),
      });
    },
  );

  return routes;
}
