import { dateIn, expectZone } from '@cairn/kernel/time';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { organisedSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { TOPIC_STATES } from '../documents/kind-schema.ts';
import { moment } from '../threads/thread-api-schema.ts';
import { freezeWorkPlan, LONGEST_NAME, pointTags } from './freeze-commands.ts';
import { changesSince, workPlanNow } from './workplan-page-queries.ts';
import { type FrozenPlan, frozenPlans } from './workplan-queries.ts';
import { daysToFreeze, freezeDay } from './workplan-rules.ts';

const tag = 'Plan';

const versionSchema = z
  .object({
    tag: z.string(),
    name: z.string(),
    commit: z.string(),
    frozen_at: moment,
  })
  .openapi('FrozenWorkPlan');

const versionAsJson = (version: FrozenPlan): z.output<typeof versionSchema> => ({
  tag: version.tag,
  name: version.name,
  commit: version.commit,
  frozen_at: version.frozenAt.toString(),
});

const workPlanSchema = z
  .object({
    freeze_on: z.string().openapi({ format: 'date' }),
    days_left: z.number().int(),
    topics: z.array(
      z.object({
        number: z.number().int().nullable(),
        path: z.string(),
        title: z.string(),
        state: z.enum(TOPIC_STATES),
        lead: z.string().nullable(),
        people: z.array(z.string()),
        done_when: z.string(),
        first_tasks: z.array(z.object({ text: z.string(), done: z.boolean() })),
        lacks: z.array(z.object({ code: z.string(), sentence: z.string() })),
      }),
    ),
    idle: z.array(z.object({ person: z.uuid(), name: z.string() })),
    overloaded: z.array(z.object({ person: z.uuid(), name: z.string() })),
    versions: z.array(versionSchema),
    changes: z.array(
      z.object({
        path: z.string(),
        title: z.string(),
        kind: z.enum(['added', 'changed', 'removed']),
        words: z.array(z.string()),
      }),
    ),
  })
  .openapi('WorkPlan');

/** The API's part about the work plan. */
export function workPlanApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getWorkPlan',
      method: 'get',
      path: '/summits/{slug}/plan/work-plan',
      tag,
      summary: 'What is planned, what it lacks, and what changed since it was frozen',
      scope: 'read:plan',
      params: slugParam,
      answer: { status: 200, description: 'As it stands now.', schema: workPlanSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { services } = c.var;
      const { id, definition } = own.value.summit;
      const work = await workPlanNow(services.db, id);
      const versions = await frozenPlans(services.db, id);
      const today = dateIn(services.clock.now(), expectZone(definition.zone));
      const person = (each: { readonly id: string; readonly name: string }) => ({
        person: each.id,
        name: each.name,
      });
      return answered({
        freeze_on: freezeDay(definition).toString(),
        days_left: daysToFreeze(definition, today),
        topics: work.topics.map(({ number, path, topic, lacks }) => ({
          number: number ?? null,
          path,
          title: topic.title,
          state: topic.state,
          lead: topic.lead ?? null,
          people: [...topic.people],
          done_when: topic.doneWhen,
          first_tasks: topic.firstTasks.map(({ text, done }) => ({ text, done })),
          lacks: lacks.map(({ code, sentence }) => ({ code, sentence })),
        })),
        idle: work.idle.map(person),
        overloaded: work.people.filter(({ isOverloaded }) => isOverloaded === true).map(person),
        versions: versions.map(versionAsJson),
        changes: (await changesSince(services, id, versions[0])).map(
          ({ path, title, kind, words }) => ({ path, title, kind, words: [...words] }),
        ),
      });
    },
  );

  operation(
    routes,
    {
      id: 'freezeWorkPlan',
      method: 'post',
      path: '/summits/{slug}/plan/work-plan/versions',
      tag,
      summary: 'Freeze the work plan as it stands: a signed tag; for organisers',
      scope: 'write:plan',
      params: slugParam,
      body: {
        json: z
          .strictObject({ name: z.string().trim().min(1).max(LONGEST_NAME) })
          .openapi('Freeze'),
      },
      answer: { status: 201, description: 'Frozen.', schema: z.object({ tag: z.string() }) },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { services } = c.var;
      const { organiser, summit } = organised.value;
      const frozen = await command(c, (tx, actor) =>
        freezeWorkPlan(tx, services, actor, organiser, body),
      );
      if (!frozen.ok) return frozen;
      await services.db.transaction().execute((tx) => pointTags(tx, services, summit.id));
      return answered({ tag: frozen.value.tag });
    },
  );

  return routes;
}
