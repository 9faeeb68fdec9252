import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { searchPlan } from './search-queries.ts';
import { FOUND, SEARCHED_KINDS, searchQuery } from './search-rules.ts';

const hitSchema = z
  .object({
    kind: z.string(),
    number: z.number().int().nullable(),
    path: z.string().nullable().openapi({ description: 'Of a document of the plan.' }),
    id: z.uuid().nullable().openapi({ description: 'Of a comment or a review.' }),
    title: z.string(),
    snippet: z.string(),
    by: z.string().nullable(),
    at: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('PlanHit');

/** The API's part about searching the plan. */
export function searchApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'searchPlan',
      method: 'get',
      path: '/summits/{slug}/plan/search',
      tag: 'Plan',
      summary: 'Search documents, threads, comments and reviews of the plan',
      description:
        'The best first, 20 on a page. “several words” in quotation marks are looked for together, `-word` is left out, `or` stands between choices.',
      scope: 'read:plan',
      params: slugParam,
      query: z.strictObject({
        q: z.string().min(1, 'write some words').max(300, 'write fewer words'),
        kind: z.enum(SEARCHED_KINDS).optional(),
        state: z.enum(['open', 'closed']).optional(),
        by: z.string().optional().openapi({ description: 'The handle of whoever wrote it.' }),
        label: z.string().optional(),
        page: z
          .string()
          .regex(/^[1-9]\d?$/, 'write a whole number from 1 to 99')
          .optional(),
      }),
      answer: {
        status: 200,
        description: 'What was found, and how much there is of it.',
        schema: z.object({ items: z.array(hitSchema), total: z.number().int() }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { hits, count } = await searchPlan(
        c.var.services.db,
        own.value.summit.id,
        'everything',
        searchQuery.parse(query),
      );
      return answered({
        items: hits.map(({ source, ref, what, number, title, snippet, author, at }) => ({
          kind: what,
          number,
          path: source === 'document' ? ref : null,
          id: source === 'comment' || source === 'review' ? ref : null,
          title,
          snippet: snippet.replaceAll(FOUND.from, '').replaceAll(FOUND.to, ''),
          by: author,
          at: at.toString(),
        })),
        total: count,
      });
    },
  );

  return routes;
}
