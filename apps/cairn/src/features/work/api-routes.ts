import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../platform/http/api-caller.ts';
import { command } from '../../platform/http/api-command.ts';
import { answered, operation } from '../../platform/http/api-operation.ts';
import { comersSummit, ownSummit } from '../summits/api-access.ts';
import { slugParam } from '../summits/api-schema.ts';
import { setTaskDone } from './task-commands.ts';
import { openTasks, type Task, tasksOf } from './task-queries.ts';

const tag = 'Tasks';

const taskSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    due: z.string().nullable().openapi({ format: 'date' }),
    state: z.enum(['open', 'done']),
    owners: z.array(z.object({ person: z.uuid(), name: z.string() })),
    from: z.object({
      title: z.string(),
      page: z.string().openapi({ description: 'Below the summit’s address.' }),
      line_is_gone: z.boolean(),
    }),
  })
  .openapi('Task');

const asJson = ({ id, title, due, state, owners, origin }: Task): z.output<typeof taskSchema> => ({
  id,
  title,
  due: due?.toString() ?? null,
  state,
  owners: owners.map((owner) => ({ person: owner.id, name: owner.name })),
  from: { title: origin.title, page: origin.page, line_is_gone: origin.isGone },
});

const taskParams = slugParam.extend({
  task: z.uuid().openapi({ param: { name: 'task', in: 'path' } }),
});

const list = {
  status: 200,
  description: 'By their days.',
  schema: z.object({ items: z.array(taskSchema) }),
} as const;

/** The API's part about tasks. */
export function taskApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listTasks',
      method: 'get',
      path: '/summits/{slug}/tasks',
      tag,
      summary: 'Every open task of a summit',
      scope: 'read:notes',
      params: slugParam,
      answer: list,
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const tasks = await openTasks(c.var.services.db, own.value.summit.id);
      return answered({ items: tasks.map(asJson) });
    },
  );

  operation(
    routes,
    {
      id: 'listOwnTasks',
      method: 'get',
      path: '/summits/{slug}/me/tasks',
      tag,
      summary: 'Your tasks, open and done',
      scope: 'read:notes',
      params: slugParam,
      answer: list,
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const tasks = await tasksOf(c.var.services.db, own.value.self);
      return answered({ items: tasks.map(asJson) });
    },
  );

  operation(
    routes,
    {
      id: 'setTaskDone',
      method: 'patch',
      path: '/summits/{slug}/tasks/{task}',
      tag,
      summary: 'Say that a task is done, or that it is not after all; its line is ticked after it',
      scope: 'write:notes',
      params: taskParams,
      body: {
        json: z.strictObject({ done: z.boolean('write true or false') }).openapi('TaskDone'),
      },
      answer: { status: 204, description: 'Said.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const done = await command(c, (tx, actor) =>
        setTaskDone(tx, actor, own.value.self, { task: params.task, isDone: body.done }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
