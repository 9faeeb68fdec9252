import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { DECISION_STATES } from '../documents/kind-schema.ts';
import { memberSummit } from '../threads/api-access.ts';
import { moment } from '../threads/thread-api-schema.ts';
import { decisionParams, reasonText } from './api-schema.ts';
import { recordDecision, reviseDecision } from './decision-commands.ts';
import {
  type Decision,
  decisionAt,
  decisionsOf,
  type Objection,
  objectionsIn,
} from './decision-queries.ts';
import { newDecision, revisedDecision } from './decision-schema.ts';
import { objectionOperations } from './objection-api-routes.ts';
import { withoutStateLine } from './record-rules.ts';
import { reopenDecision } from './settle-commands.ts';
import { objectionStanding } from './window-rules.ts';

const tag = 'Plan';

const decisionSchema = z
  .object({
    number: z.number().int(),
    title: z.string(),
    state: z.enum(DECISION_STATES).openapi({
      description: 'A provisional one may be objected to until closes_at.',
    }),
    opened_at: moment,
    closes_at: moment,
    settled_at: moment.nullable(),
    standing_objections: z.number().int(),
    path: z.string(),
    made: z.string().nullable(),
    where: z.string().nullable(),
    deciders: z.array(z.string()).openapi({ description: 'Handles.' }),
    topics: z.array(z.string()).openapi({ description: 'Paths of documents.' }),
    text: z
      .string()
      .nullable()
      .openapi({ description: 'Markdown; null once its document is gone.' }),
    blob: z
      .string()
      .nullable()
      .openapi({ description: 'To be sent back when it is written anew.' }),
  })
  .openapi('Decision');

const asJson = (decision: Decision): z.output<typeof decisionSchema> => {
  const { document } = decision;
  return {
    number: decision.number,
    title: decision.title,
    state: decision.state,
    opened_at: decision.openedAt.toString(),
    closes_at: decision.closesAt.toString(),
    settled_at: decision.settledAt?.toString() ?? null,
    standing_objections: decision.standing,
    path: decision.path,
    made: document?.made ?? null,
    where: document?.where ?? null,
    deciders: [...(document?.deciders ?? [])],
    topics: [...(document?.topics ?? [])],
    text: document === undefined ? null : withoutStateLine(document.text),
    blob: document?.blob ?? null,
  };
};

const objectionSchema = z
  .object({
    id: z.uuid(),
    person: z.uuid(),
    name: z.string(),
    at: moment,
    standing: z.enum(['stands', 'answered', 'withdrawn']),
    reason: z.string(),
    answer: z.string(),
    answered_by: z.string().nullable(),
    answered_at: moment.nullable(),
  })
  .openapi('Objection');

const objectionAsJson = (each: Objection): z.output<typeof objectionSchema> => ({
  id: each.id,
  person: each.personId,
  name: each.name,
  at: each.at.toString(),
  standing: objectionStanding(each),
  reason: each.reason,
  answer: each.answer,
  answered_by: each.answeredByName,
  answered_at: each.answeredAt?.toString() ?? null,
});

/** The API's part about decisions. */
export function decisionApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  readOperations(routes);
  writeOperations(routes);
  objectionOperations(routes);
  return routes;
}

function readOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listDecisions',
      method: 'get',
      path: '/summits/{slug}/plan/decisions',
      tag,
      summary: 'The decisions of a plan, those that are open first',
      scope: 'read:plan',
      params: slugParam,
      answer: {
        status: 200,
        description: 'The decisions.',
        schema: z.object({ items: z.array(decisionSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const decisions = await decisionsOf(c.var.services.db, own.value.summit.id);
      return answered({ items: decisions.map(asJson) });
    },
  );

  operation(
    routes,
    {
      id: 'getDecision',
      method: 'get',
      path: '/summits/{slug}/plan/decisions/{number}',
      tag,
      summary: 'A decision, and what people have against it',
      scope: 'read:plan',
      params: decisionParams,
      answer: {
        status: 200,
        description: 'The decision.',
        schema: z.object({ decision: decisionSchema, objections: z.array(objectionSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { db } = c.var.services;
      const place = { summitId: own.value.summit.id, number: params.number };
      const decision = await decisionAt(db, place);
      if (decision === undefined) return refused(404, nothingHere());
      const objections = await objectionsIn(db, place);
      return answered({
        decision: asJson(decision),
        objections: objections.map(objectionAsJson),
      });
    },
  );
}

function writeOperations(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'recordDecision',
      method: 'post',
      path: '/summits/{slug}/plan/decisions',
      tag,
      summary:
        'Record a decision that was made somewhere; it is provisional until its window closes',
      scope: 'write:plan',
      params: slugParam,
      body: {
        json: z
          .strictObject({
            title: newDecision.shape.title,
            decided: newDecision.shape.decided,
            why: newDecision.shape.why,
            alternatives: newDecision.shape.alternatives,
            made: newDecision.shape.made,
            where: newDecision.shape.where,
            people: z.array(z.uuid()).max(500).default([]).openapi({
              description: 'Who was there; everybody else who comes is told by mail.',
            }),
            topics: z.array(z.number().int().positive()).max(500).default([]),
          })
          .openapi('NewDecision'),
      },
      answer: {
        status: 201,
        description: 'Recorded.',
        schema: z.object({ number: z.number().int() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const recorded = await command(c, (tx, actor) =>
        recordDecision(tx, c.var.services, actor, summit, member, body),
      );
      return recorded.ok ? answered({ number: recorded.value.number }) : recorded;
    },
  );

  operation(
    routes,
    {
      id: 'reviseDecision',
      method: 'put',
      path: '/summits/{slug}/plan/decisions/{number}',
      tag,
      summary: 'Write a decision anew; a change of substance opens a whole window',
      scope: 'write:plan',
      params: decisionParams,
      body: { json: z.strictObject(revisedDecision.shape).openapi('RevisedDecision') },
      answer: { status: 204, description: 'Saved.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const saved = await command(c, (tx, actor) =>
        reviseDecision(tx, c.var.services, actor, summit, member, {
          number: params.number,
          ...body,
        }),
      );
      return saved.ok ? answered(undefined) : saved;
    },
  );

  operation(
    routes,
    {
      id: 'reopenDecision',
      method: 'post',
      path: '/summits/{slug}/plan/decisions/{number}/reopen',
      tag,
      summary: 'Take up a ratified decision again, with a reason',
      scope: 'write:plan',
      params: decisionParams,
      body: { json: z.strictObject({ reason: reasonText('reason') }).openapi('Reopening') },
      answer: { status: 204, description: 'Reopened; it does not hold until it is decided anew.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const done = await command(c, (tx, actor) =>
        reopenDecision(tx, c.var.services, actor, summit, member, {
          number: params.number,
          reason: body.reason,
        }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
}
