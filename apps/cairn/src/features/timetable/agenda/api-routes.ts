import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { markSession } from './agenda-commands.ts';
import { ownAgenda } from './agenda-queries.ts';

const tag = 'Timetable';

const agendaEntrySchema = z
  .object({
    session: z.uuid(),
    title: z.string(),
    date: z.string().openapi({ example: '2023-05-22' }),
    starts: z.string().openapi({ example: '09:30' }),
    ends: z.string().openapi({ example: '11:00' }),
    why: z.enum(['lead', 'group', 'needed', 'everybody', 'marked']),
    goes: z.boolean(),
    clashes: z.array(z.uuid()),
  })
  .openapi('AgendaEntry');

const sessionParams = slugParam.extend({ session: z.uuid().describe('The session’s id.') });

/** The API's part about one's own agenda. */
export function agendaApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getOwnAgenda',
      method: 'get',
      path: '/summits/{slug}/timetable/agenda',
      tag,
      summary: 'Your own agenda',
      description:
        'Sessions where you are expected or which you marked, in order, with why they are there and what they clash with. Times are local times of the summit.',
      scope: 'read:timetable',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Empty while no timetable was released.',
        schema: z.object({ items: z.array(agendaEntrySchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const agenda = await ownAgenda(c.var.services.db, own.value.self);
      return answered({
        items: (agenda?.entries ?? []).map(({ session, why, goes, clashes }) => {
          const { id, title, date, starts, ends } = session;
          return { session: id, title, date, starts, ends, why, goes, clashes: [...clashes] };
        }),
      });
    },
  );

  operation(
    routes,
    {
      id: 'markSession',
      method: 'put',
      path: '/summits/{slug}/timetable/agenda/{session}',
      tag,
      summary: 'Say whether you go to a session',
      scope: 'write:timetable',
      params: sessionParams,
      body: { json: z.strictObject({ goes: z.boolean() }).openapi('AgendaMark') },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const marked = await command(c, (tx, actor) =>
        markSession(tx, actor, own.value.self, { sessionId: params.session, goes: body.goes }),
      );
      return marked.ok ? answered(undefined) : marked;
    },
  );

  operation(
    routes,
    {
      id: 'unmarkSession',
      method: 'delete',
      path: '/summits/{slug}/timetable/agenda/{session}',
      tag,
      summary: 'Take back what you said of a session',
      scope: 'write:timetable',
      params: sessionParams,
      answer: { status: 204, description: 'Your agenda is as if you had said nothing of it.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const marked = await command(c, (tx, actor) =>
        markSession(tx, actor, own.value.self, { sessionId: params.session, goes: undefined }),
      );
      return marked.ok ? answered(undefined) : marked;
    },
  );

  return routes;
}
