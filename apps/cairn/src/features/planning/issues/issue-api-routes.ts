import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { memberSummit } from '../threads/api-access.ts';
import { editThread } from '../threads/edit-commands.ts';
import { moment, shownWriter, threadParams, writerSchema } from '../threads/thread-api-schema.ts';
import { threadOf } from '../threads/thread-queries.ts';
import { openIssue } from './issue-commands.ts';
import { listIssues } from './issue-list-queries.ts';

const tag = 'Plan';

const issueText = z.strictObject({
  title: z.string().min(1).max(300),
  text: z.string().default('').openapi({ description: 'Markdown.' }),
});

const listQuery = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  label: z.string().max(100).optional(),
  q: z.string().max(200).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

/** The API's part about issues; what is said in them is that of conversations. */
export function issueApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listIssues',
      method: 'get',
      path: '/summits/{slug}/plan/issues',
      tag,
      summary: 'Issues of a plan, those that changed last first, 50 on a page',
      scope: 'read:plan',
      params: slugParam,
      query: listQuery,
      answer: {
        status: 200,
        description: 'One page of them.',
        schema: z.object({
          page: z.number().int(),
          pages: z.number().int(),
          items: z.array(
            z
              .object({
                number: z.number().int(),
                title: z.string(),
                state: z.enum(['open', 'closed']),
                by: writerSchema,
                labels: z.array(z.string()),
                comments: z.number().int(),
                updated_at: moment,
              })
              .openapi('PlanIssue'),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const list = await listIssues(c.var.services.db, own.value.summit.id, {
        ...query,
        label: query.label,
        sort: 'updated',
      });
      return answered({
        page: list.page,
        pages: list.pages,
        items: list.issues.map(({ number, title, state, author, labels, comments, updatedAt }) => ({
          number,
          title,
          state,
          by: shownWriter(author),
          labels: labels.map(({ label }) => label),
          comments,
          updated_at: updatedAt.toString(),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'openIssue',
      method: 'post',
      path: '/summits/{slug}/plan/issues',
      tag,
      summary: 'Open an issue',
      scope: 'write:plan',
      params: slugParam,
      body: {
        json: issueText
          .extend({ labels: z.array(z.string().max(200)).max(100).default([]) })
          .openapi('NewPlanIssue'),
      },
      answer: {
        status: 201,
        description: 'It is open.',
        schema: z.object({ number: z.number().int() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { member } = own.value;
      const { title, text, labels } = body;
      const opened = await command(c, (tx, actor) =>
        openIssue(tx, actor, member.self, { title, body: text, labels }),
      );
      return opened.ok ? answered({ number: opened.value.number }) : opened;
    },
  );

  operation(
    routes,
    {
      id: 'editIssue',
      method: 'put',
      path: '/summits/{slug}/plan/issues/{number}',
      tag,
      summary: 'Change title and text of an issue of yours; what it said before is kept with it',
      scope: 'write:plan',
      params: threadParams,
      body: { json: issueText.openapi('PlanIssueText') },
      answer: { status: 204, description: 'It says that now.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, number: params.number };
      const thread = await threadOf(c.var.services.db, place);
      if (thread?.kind !== 'issue') return refused(404, nothingHere());
      const { title, text } = body;
      const edited = await command(c, (tx, actor) =>
        editThread(tx, actor, member, place, { title, body: text }),
      );
      return edited.ok ? answered(undefined) : edited;
    },
  );

  return routes;
}
