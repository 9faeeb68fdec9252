import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type ApiContext, type ApiEnv, apiActor } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { orRefuse, type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { summitById } from '../../summits/queries.ts';
import { TOPIC_STATES } from '../documents/kind-schema.ts';
import { memberSummit } from '../threads/api-access.ts';
import { handlesOf } from '../threads/handle-queries.ts';
import type { Member } from '../threads/member-rights.ts';
import { moment, threadParams } from '../threads/thread-api-schema.ts';
import { threadsAlike } from './alike-queries.ts';
import { formFrom, topicSchema, topicText } from './topic-api-schema.ts';
import { editTopic, joinTopic, moveTopic, openTopic } from './topic-commands.ts';
import { allOf } from './topic-hold-commands.ts';
import { listTopics } from './topic-list-queries.ts';
import { mergeTopic, unmergeTopic } from './topic-merge-commands.ts';
import { topicOf } from './topic-queries.ts';

const tag = 'Plan';
const path = '/summits/{slug}/plan/topics';

/** Runs a command about a topic as somebody who comes. */
async function change<T>(
  c: ApiContext,
  slug: string,
  run: (tx: Tx, actor: Actor, member: Member) => Promise<Result<T, Problem>>,
): Promise<Result<T, Refusal>> {
  const own = await memberSummit(c, slug);
  if (!own.ok) return own;
  const done = await inTransaction(c.var.services.db, (tx) =>
    run(tx, apiActor(c), own.value.member),
  );
  if (done.ok) return done;
  // What is wrong with fields is told all at once.
  const all = allOf(done.error);
  return all[0]?.place.path === undefined ? orRefuse(done) : refused(422, all);
}

/** The API's part about topics; what is said in them is that of conversations. */
export function topicApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listTopics',
      method: 'get',
      path,
      tag,
      summary: 'Topics of a plan, those that changed last first, 50 on a page',
      scope: 'read:plan',
      params: slugParam,
      query: z.strictObject({
        state: z.enum(TOPIC_STATES).optional(),
        label: z.string().max(100).optional(),
        project: z.string().max(100).optional(),
        lead: z.string().max(100).optional().openapi({
          description: 'A handle, or `none` for those that nobody leads.',
        }),
        q: z.string().max(200).default(''),
        page: z.coerce.number().int().min(1).max(10_000).default(1),
      }),
      answer: {
        status: 200,
        description: 'One page of them; those that were merged into others are left out.',
        schema: z.object({
          page: z.number().int(),
          pages: z.number().int(),
          items: z.array(
            z
              .object({
                number: z.number().int(),
                title: z.string(),
                state: z.enum(TOPIC_STATES),
                lead: z.string().nullable(),
                labels: z.array(z.string()),
                comments: z.number().int(),
                wanting: z.number().int(),
                lacks: z.number().int(),
                updated_at: moment,
              })
              .openapi('ListedPlanTopic'),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db } = c.var.services;
      const handle = (await handlesOf(db, [self.personId])).get(self.personId);
      const { state, label, project, lead, q, page } = query;
      const rest = { mine: false, lacks: false, sort: 'updated', view: 'list' } as const;
      const filter = { state, label, project, lead, q, page, ...rest };
      const list = await listTopics(db, summit.id, filter, handle);
      return answered({
        page: list.page,
        pages: list.pages,
        items: list.topics.map(({ facts, labels, updatedAt, ...topic }) => ({
          ...topic,
          lead: facts.lead,
          labels: labels.map((each) => each.label),
          updated_at: updatedAt.toString(),
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'findAlike',
      method: 'get',
      path: `${path}/alike`,
      tag,
      summary: 'Topics and issues that look like what you are about to open',
      scope: 'read:plan',
      params: slugParam,
      query: z.strictObject({
        title: z.string().max(300).default(''),
        problem: z.string().max(4_000).default(''),
      }),
      answer: {
        status: 200,
        description: 'The most alike first.',
        schema: z.object({
          items: z.array(
            z.object({
              number: z.number().int(),
              kind: z.enum(['topic', 'issue']),
              title: z.string(),
              state: z.string(),
            }),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const found = await threadsAlike(c.var.services.db, own.value.summit.id, query);
      return answered({
        items: found.map(({ number, kind, title, state }) => ({ number, kind, title, state })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'openTopic',
      method: 'post',
      path,
      tag,
      summary: 'Open a topic: a document on main, or a proposal where the plan wants one',
      scope: 'write:plan',
      params: slugParam,
      body: { json: topicText.openapi('NewPlanTopic') },
      answer: {
        status: 201,
        description: 'It is open, or proposed.',
        schema: z.object({ kind: z.enum(['topic', 'proposal']), number: z.number().int() }),
      },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const opened = await change(c, params.slug, async (tx, actor, member) => {
        const { definition } = await summitById(tx, member.self.summitId);
        return openTopic(tx, c.var.services, actor, member, formFrom(body), definition.zone);
      });
      return opened.ok ? answered({ ...opened.value }) : opened;
    },
  );

  operation(
    routes,
    {
      id: 'readTopic',
      method: 'get',
      path: `${path}/{number}`,
      tag,
      summary: 'A topic with what its document says and what it lacks',
      scope: 'read:plan',
      params: threadParams,
      answer: { status: 200, description: 'The topic.', schema: topicSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const place = { summitId: own.value.summit.id, number: params.number };
      const topic = await topicOf(c.var.services.db, place);
      if (topic === undefined) return refused(404, nothingHere());
      const { says } = topic;
      return answered({
        number: topic.number,
        path: topic.path,
        state: topic.state,
        merged_into: topic.duplicateOf,
        blob: topic.document?.blob ?? null,
        says:
          says === undefined
            ? null
            : {
                title: says.title,
                problem: says.problem,
                goal: says.goal,
                done_when: says.doneWhen,
                first_tasks: [...says.firstTasks],
                lead: says.lead ?? null,
                people: [...says.people],
                projects: [...says.projects],
                effort: says.effort ?? null,
                links: [...says.links],
                labels: [...says.labels],
              },
        lacks: (topic.told?.problems ?? []).map(({ code, sentence }) => ({ code, sentence })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'editTopic',
      method: 'put',
      path: `${path}/{number}`,
      tag,
      summary: 'Change what a topic of yours says; others propose',
      description: 'With `blob`, what others changed since is kept; without it, it is overwritten.',
      scope: 'write:plan',
      params: threadParams,
      body: {
        json: topicText.extend({ blob: z.string().max(40).default('') }).openapi('PlanTopicText'),
      },
      answer: { status: 204, description: 'It says that now.' },
      refuses: [403, 409, 422],
    },
    async (c, { params, body }) => {
      const { blob, ...text } = body;
      const edit = { form: formFrom(text), base: blob };
      const edited = await change(c, params.slug, (tx, actor, member) =>
        editTopic(tx, c.var.services, actor, member, params.number, edit),
      );
      return edited.ok ? answered(undefined) : edited;
    },
  );

  operation(
    routes,
    {
      id: 'moveTopic',
      method: 'put',
      path: `${path}/{number}/state`,
      tag,
      summary: 'Move a topic to a state, by the rules of the plan',
      scope: 'write:plan',
      params: threadParams,
      body: { json: z.strictObject({ state: z.enum(TOPIC_STATES) }).openapi('PlanTopicState') },
      answer: { status: 204, description: 'It is in that state.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const moved = await change(c, params.slug, (tx, actor, member) =>
        moveTopic(tx, c.var.services, actor, member, params.number, body.state),
      );
      return moved.ok ? answered(undefined) : moved;
    },
  );

  operation(
    routes,
    {
      id: 'joinTopic',
      method: 'post',
      path: `${path}/{number}/join`,
      tag,
      summary: 'Lead a topic that nobody leads, join it, or leave it',
      scope: 'write:plan',
      params: threadParams,
      body: {
        json: z.strictObject({ as: z.enum(['lead', 'join', 'leave']) }).openapi('PlanTopicPart'),
      },
      answer: { status: 204, description: 'Its document says so.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const joined = await change(c, params.slug, (tx, actor, member) =>
        joinTopic(tx, c.var.services, actor, member, params.number, body.as),
      );
      return joined.ok ? answered(undefined) : joined;
    },
  );

  operation(
    routes,
    {
      id: 'mergeTopic',
      method: 'put',
      path: `${path}/{number}/merged-into`,
      tag,
      summary: 'Merge a topic into another one, or take it out again (organisers)',
      scope: 'write:plan',
      params: threadParams,
      body: {
        json: z
          .strictObject({ number: z.number().int().positive().nullable() })
          .openapi('PlanTopicMerge'),
      },
      answer: { status: 204, description: 'It is part of that, or stands by itself.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const { services } = c.var;
      const done = await change(c, params.slug, (tx, actor, member) =>
        body.number === null
          ? unmergeTopic(tx, services, actor, member, params.number)
          : mergeTopic(tx, services, actor, member, params.number, body.number),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
