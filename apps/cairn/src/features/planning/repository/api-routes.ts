import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { organisedSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { planOf } from './main-queries.ts';
import { chooseReaders, READERS } from './settings-commands.ts';

const tag = 'Plan';

const planSchema = z
  .object({
    clone_url: z.string().openapi({ description: 'The address of the repository, for Git.' }),
    main: z.string().openapi({ description: 'The commit that main stands at.' }),
    moved_at: z.string().openapi({ format: 'date-time', description: 'When main moved last.' }),
    readers: z.enum(READERS),
  })
  .openapi('Plan');

/** The API's part about the repository of a plan. */
export function repositoryApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getPlan',
      method: 'get',
      path: '/summits/{slug}/plan',
      tag,
      summary: 'Where the plan is for Git, where its main stands, and who may read it',
      scope: 'read:plan',
      isPublic: true,
      params: slugParam,
      answer: { status: 200, description: 'The plan.', schema: planSchema },
      refuses: [404],
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { summit, organiser, takesPart } = seen.value;
      const plan = await planOf(c.var.services.db, summit.id);
      const mayRead = plan?.readers === 'everyone' || takesPart || organiser !== undefined;
      if (plan === undefined || !mayRead) return refused(404, nothingHere());
      return answered({
        clone_url: `${c.var.services.url}/s/${summit.slug}/plan.git`,
        main: plan.head,
        moved_at: plan.movedAt.toString(),
        readers: plan.readers,
      });
    },
  );

  operation(
    routes,
    {
      id: 'choosePlanReaders',
      method: 'put',
      path: '/summits/{slug}/plan/readers',
      tag,
      summary: 'Choose who may read the plan, and clone it',
      description: 'For organisers. Discussions are always for those who take part.',
      scope: 'write:summit',
      params: slugParam,
      body: {
        json: z.strictObject({
          readers: z.enum(READERS, `write ${READERS.join(' or ')}`),
        }),
      },
      answer: { status: 204, description: 'Chosen.' },
      refuses: [403, 404, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const chosen = await command(c, (tx, actor) =>
        chooseReaders(tx, actor, organiser, body.readers),
      );
      return chosen.ok ? answered(undefined) : chosen;
    },
  );

  return routes;
}
