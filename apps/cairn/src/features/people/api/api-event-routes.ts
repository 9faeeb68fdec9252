import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { pageQuery } from '../../../platform/http/api-page.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { eventSchema, iso } from './api-schema.ts';
import { eventsAfter } from './event-queries.ts';

/** The API's part about what happened. */
export function eventApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listEvents',
      method: 'get',
      path: '/summits/{slug}/events',
      tag: 'Events',
      summary: 'The audit log: who did what, when, through which door; oldest first',
      description:
        'Ask again with the id of the last event that you have. Of two changes that end at the same moment the earlier may appear later: a program that must miss nothing asks from a little before. What happens to money of others is told to treasurers only.',
      scope: 'read:events',
      params: slugParam,
      query: z.strictObject({
        limit: pageQuery.limit,
        after: z
          .string()
          .regex(/^\d{1,18}$/, 'write the id of an event')
          .optional()
          .openapi({ description: 'The id of the last event that you have.' }),
      }),
      answer: {
        status: 200,
        description: 'Events, and the id to go on from.',
        schema: z.object({ items: z.array(eventSchema), last: z.string() }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const after = query.after ?? '0';
      const limit = Number(query.limit ?? 50);
      const { organiser } = organised.value;
      const events = await eventsAfter(c.var.services.db, organiser, { after, limit });
      return answered({
        items: events.map(({ id, at, kind, personId, actorId, door, data }) => ({
          id,
          at: iso(at),
          kind,
          person: personId,
          actor: actorId,
          door,
          data: { ...data },
        })),
        last: events.at(-1)?.id ?? after,
      });
    },
  );

  return routes;
}
