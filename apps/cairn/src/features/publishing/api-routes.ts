import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../platform/http/api-caller.ts';
import { command } from '../../platform/http/api-command.ts';
import { answered, operation } from '../../platform/http/api-operation.ts';
import { refused } from '../../platform/http/api-problem.ts';
import { formProblems } from '../../platform/http/form.ts';
import { ownSummit } from '../summits/api-access.ts';
import { slugParam } from '../summits/api-schema.ts';
import { makeFeed, revokeFeed } from './feed-commands.ts';
import { ownFeeds } from './feed-queries.ts';
import { feedForm } from './feed-schema.ts';

const tag = 'Your part';
const moment = z.string().openapi({ format: 'date-time' });

const feedSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    created_at: moment,
    last_read_at: moment.nullable(),
  })
  .openapi('Feed');

const feedParams = slugParam.extend({
  id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }),
});

/** The API's part about one's own calendar feeds. */
export function feedApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listFeeds',
      method: 'get',
      path: '/summits/{slug}/me/feeds',
      tag,
      summary: 'Your calendar feeds; their addresses are kept by nobody but you',
      scope: 'read:me',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The feeds that still answer, newest first.',
        schema: z.object({ items: z.array(feedSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const feeds = await ownFeeds(c.var.services.db, own.value.self);
      return answered({
        items: feeds.map(({ id, name, createdAt, lastReadAt }) => ({
          id,
          name,
          created_at: createdAt.toString(),
          last_read_at: lastReadAt?.toString() ?? null,
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'makeFeed',
      method: 'post',
      path: '/summits/{slug}/me/feeds',
      tag,
      summary: 'Make a calendar feed of your own; its secret address is told this once',
      scope: 'answer',
      params: slugParam,
      body: {
        json: z
          .strictObject({ name: z.string('write where you will read it, such as phone') })
          .openapi('NewFeed'),
      },
      answer: {
        status: 201,
        description: 'Made.',
        schema: z.object({ url: z.string().openapi({ format: 'uri' }) }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const read = feedForm.safeParse({ ...body, action: 'make' });
      if (!read.success) return refused(422, formProblems(read.error));
      const name = 'name' in read.data ? read.data.name : body.name;
      const made = await command(c, (tx, actor) => makeFeed(tx, actor, own.value.self, { name }));
      if (!made.ok) return made;
      const { url } = c.var.services;
      return answered(
        { url: `${url}/s/${params.slug}/feeds/${made.value.secret}.ics` },
        { 'cache-control': 'no-store' },
      );
    },
  );

  operation(
    routes,
    {
      id: 'revokeFeed',
      method: 'delete',
      path: '/summits/{slug}/me/feeds/{id}',
      tag,
      summary: 'Close one of your feeds for good',
      scope: 'answer',
      params: feedParams,
      answer: { status: 204, description: 'Closed.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const revoked = await command(c, (tx, actor) =>
        revokeFeed(tx, actor, own.value.self, params.id),
      );
      return revoked.ok ? answered(undefined) : revoked;
    },
  );

  return routes;
}
