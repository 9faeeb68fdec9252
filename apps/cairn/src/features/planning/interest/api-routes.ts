import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { numberedParams } from '../threads/thread-api-schema.ts';
import { setInterests } from './interest-commands.ts';
import { interestFacts } from './interest-queries.ts';
import { INTEREST_LEVELS, LONGEST_WHY } from './interest-rules.ts';

const tag = 'Plan';

const interestSchema = z
  .object({
    topic: z.number().int(),
    title: z.string(),
    person: z.uuid(),
    name: z.string(),
    level: z.enum(INTEREST_LEVELS),
    why: z.string(),
  })
  .openapi('Interest');

const topicParams = numberedParams('The topic’s number.');

/** The API's part about interest in topics. */
export function interestApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listInterest',
      method: 'get',
      path: '/summits/{slug}/plan/interest',
      tag,
      summary: 'What everybody wants of the open topics',
      description: 'Who is not listed with a topic has said nothing of it.',
      scope: 'read:plan',
      params: slugParam,
      answer: {
        status: 200,
        description: 'By topic.',
        schema: z.object({ items: z.array(interestSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { topics, people, said } = await interestFacts(c.var.services.db, own.value.summit.id);
      const names = new Map(people.map(({ id, name }) => [id, name]));
      const titles = new Map(topics.map(({ number, title }) => [number, title]));
      return answered({
        items: said.flatMap(({ number, personId, level, why }) => {
          const [title, name] = [titles.get(number), names.get(personId)];
          return title === undefined || name === undefined
            ? []
            : [{ topic: number, title, person: personId, name, level, why }];
        }),
      });
    },
  );

  operation(
    routes,
    {
      id: 'setInterest',
      method: 'put',
      path: '/summits/{slug}/plan/topics/{number}/interest',
      tag,
      summary: 'Say what you want of a topic',
      scope: 'write:plan',
      params: topicParams,
      body: {
        json: z
          .strictObject({
            level: z.enum(INTEREST_LEVELS, `write ${INTEREST_LEVELS.join(', ')}`),
            why: z
              .string()
              .trim()
              .max(LONGEST_WHY, `shorten it to ${LONGEST_WHY} characters`)
              .default(''),
          })
          .openapi('OwnInterest'),
      },
      answer: { status: 204, description: 'Kept.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const kept = await command(c, (tx, actor) =>
        setInterests(tx, actor, own.value.self, new Map([[params.number, body]])),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );

  operation(
    routes,
    {
      id: 'takeBackInterest',
      method: 'delete',
      path: '/summits/{slug}/plan/topics/{number}/interest',
      tag,
      summary: 'Take back what you said of a topic',
      scope: 'write:plan',
      params: topicParams,
      answer: { status: 204, description: 'Taken back; you have said nothing.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const kept = await command(c, (tx, actor) =>
        setInterests(tx, actor, own.value.self, new Map([[params.number, undefined]])),
      );
      return kept.ok ? answered(undefined) : kept;
    },
  );

  return routes;
}
