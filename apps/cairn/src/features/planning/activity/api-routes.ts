import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { planPerson } from '../ledger/ledger-queries.ts';
import { numberedParams } from '../threads/thread-api-schema.ts';
import { writerWords } from '../threads/writer-views.tsx';
import { activityOf } from './activity-queries.ts';
import { OPENED_IN, TOLD_GROUPS, TOLD_KINDS } from './activity-rules.ts';
import { setDigest, setWatch } from './digest-commands.ts';
import { ownDigest } from './digest-queries.ts';
import { CADENCES } from './digest-rules.ts';
import { makePlanFeed, revokePlanFeed } from './feed-commands.ts';
import { ownPlanFeeds } from './feed-queries.ts';
import { FEED_ABOUT } from './feed-schema.ts';

const tag = 'Plan';

const activitySchema = z
  .object({
    id: z.string(),
    at: z.string().openapi({ format: 'date-time' }),
    kind: z.string().openapi({ description: 'The event’s, such as `review.given`.' }),
    by: z.string().openapi({ description: 'The name of who did it.' }),
    number: z.number().int().nullable(),
    title: z.string().nullable(),
  })
  .openapi('PlanActivity');

const cadence = z.enum(CADENCES);
const digestSchema = z
  .strictObject({
    mentions: cadence,
    taking_part: cadence,
    everything: cadence,
    hour: z.number().int().min(0).max(23).openapi({ description: 'On your own wall.' }),
    weekday: z.number().int().min(1).max(7).openapi({ description: 'From Monday, 1.' }),
    asks: z.boolean().openapi({ description: 'Whether you may be invited to reviews.' }),
  })
  .openapi('PlanMails');

const threadParams = numberedParams('The thread’s number.');

const feedSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    about: z.enum(FEED_ABOUT),
    number: z.number().int().nullable(),
  })
  .openapi('PlanFeed');

const feedParams = slugParam.extend({
  feed: z.uuid().openapi({ param: { name: 'feed', in: 'path' } }),
});

/** The API's part about what happens in the plan, and how one hears of it. */
export function activityApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  addActivity(routes);
  addMails(routes);
  addFeeds(routes);
  return routes;
}

function addActivity(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listPlanActivity',
      method: 'get',
      path: '/summits/{slug}/plan/activity',
      tag,
      summary: 'What happened in the plan, the newest first',
      description: '50 at a time; ask for what is before the last one that you have.',
      scope: 'read:plan',
      params: slugParam,
      query: z.strictObject({
        what: z.enum(TOLD_GROUPS).optional(),
        by: z.string().max(40).optional().openapi({ description: 'The handle of who did it.' }),
        number: z
          .string()
          .regex(/^[1-9]\d{0,8}$/, 'write the number of a thread')
          .optional(),
        before: z
          .string()
          .regex(/^\d{1,15}$/, 'write the id of what you have last')
          .optional(),
      }),
      answer: {
        status: 200,
        description: 'What happened.',
        schema: z.object({ items: z.array(activitySchema) }),
      },
      refuses: [403],
    },
    async (c, { params, query }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { db } = c.var.services;
      const { id } = own.value.summit;
      const { what, by, number, before } = query;
      const person = by === undefined ? undefined : await planPerson(db, id, by);
      if (by !== undefined && person === undefined) return answered({ items: [] });
      const items = await activityOf(db, id, {
        limit: 50,
        ...(what === undefined ? {} : { kinds: TOLD_KINDS[what], opened: OPENED_IN[what] }),
        ...(person === undefined ? {} : { personId: person.personId }),
        ...(number === undefined ? {} : { number: Number(number) }),
        ...(before === undefined ? {} : { before: Number(before) }),
      });
      return answered({
        items: items.map((one) => ({
          id: String(one.id),
          at: one.at.toString(),
          kind: one.kind,
          by: writerWords(one.by),
          number: one.number,
          title: one.title,
        })),
      });
    },
  );
}

function addMails(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'getPlanMails',
      method: 'get',
      path: '/summits/{slug}/me/plan-mails',
      tag,
      summary: 'How you hear of the plan by mail',
      scope: 'read:plan',
      params: slugParam,
      answer: {
        status: 200,
        description: 'What you chose, or what is proposed.',
        schema: digestSchema,
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { choice } = await ownDigest(c.var.services.db, own.value.self);
      const { takingPart, mentions, everything, hour, weekday, asks } = choice;
      return answered({ mentions, taking_part: takingPart, everything, hour, weekday, asks });
    },
  );

  operation(
    routes,
    {
      id: 'setPlanMails',
      method: 'put',
      path: '/summits/{slug}/me/plan-mails',
      tag,
      summary: 'Say how you want to hear of the plan by mail',
      scope: 'write:plan',
      params: slugParam,
      body: { json: digestSchema },
      answer: { status: 204, description: 'Said.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { taking_part: takingPart, ...choice } = body;
      const set = await command(c, (tx, actor) =>
        setDigest(tx, actor, own.value.self, { ...choice, takingPart }),
      );
      return set.ok ? answered(undefined) : set;
    },
  );

  operation(
    routes,
    {
      id: 'watchThread',
      method: 'put',
      path: '/summits/{slug}/plan/threads/{number}/watch',
      tag,
      summary:
        'Watch a topic, issue, proposal or decision, or say that you do not want to hear of it',
      scope: 'write:plan',
      params: threadParams,
      body: { json: z.strictObject({ watches: z.boolean() }).openapi('PlanWatch') },
      answer: { status: 204, description: 'Said.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const { number } = params;
      const set = await command(c, (tx, actor) =>
        setWatch(tx, actor, own.value.self, { number, watches: body.watches }),
      );
      return set.ok ? answered(undefined) : set;
    },
  );
}

function addFeeds(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listPlanFeeds',
      method: 'get',
      path: '/summits/{slug}/me/plan-feeds',
      tag,
      summary: 'Your Atom feeds of the plan, without their addresses',
      scope: 'read:plan',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The newest first.',
        schema: z.object({ items: z.array(feedSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const feeds = await ownPlanFeeds(c.var.services.db, own.value.self);
      return answered({
        items: feeds.map(({ id, name, about, number }) => ({ id, name, about, number })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'makePlanFeed',
      method: 'post',
      path: '/summits/{slug}/me/plan-feeds',
      tag,
      summary: 'Make an Atom feed of the plan; its address is told only now',
      scope: 'write:plan',
      params: slugParam,
      body: {
        json: z
          .strictObject({
            name: z.string().trim().min(1).max(60),
            about: z.enum(FEED_ABOUT),
            number: z
              .number()
              .int()
              .positive()
              .max(2 ** 31 - 1)
              .optional(),
          })
          .refine(({ about, number }) => (about === 'thread') === (number !== undefined), {
            message: 'write a number for a feed about a thread, and none for another one',
            path: ['number'],
          })
          .openapi('NewPlanFeed'),
      },
      answer: {
        status: 201,
        description: 'Made.',
        schema: z.object({ address: z.url() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { name, about, number } = body;
      const made = await command(c, (tx, actor) =>
        makePlanFeed(tx, actor, own.value.self, { name, about, number }),
      );
      if (!made.ok) return made;
      const { slug } = own.value.summit;
      const address = `${c.var.services.url}/s/${slug}/plan/feeds/${made.value.secret}.atom`;
      return answered({ address }, { 'cache-control': 'no-store' });
    },
  );

  operation(
    routes,
    {
      id: 'revokePlanFeed',
      method: 'delete',
      path: '/summits/{slug}/me/plan-feeds/{feed}',
      tag,
      summary: 'Close one of your Atom feeds for good',
      scope: 'write:plan',
      params: feedParams,
      answer: { status: 204, description: 'Closed.' },
      refuses: [403, 404, 409],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const revoked = await command(c, (tx, actor) =>
        revokePlanFeed(tx, actor, own.value.self, params.feed),
      );
      return revoked.ok ? answered(undefined) : revoked;
    },
  );
}
