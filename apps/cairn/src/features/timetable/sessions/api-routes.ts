import { ok } from '@cairn/kernel/result';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { organisedSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { DONE, organiserChange, tag } from '../frame/organiser-operation.ts';
import {
  asRule,
  asSession,
  madeSchema,
  makeBody,
  ruleBody,
  ruleJson,
  ruleListSchema,
  ruleParams,
  savedSchema,
  sessionBody,
  sessionJson,
  sessionListSchema,
  sessionParams,
} from './api-schema.ts';
import { makeSessions } from './make-commands.ts';
import { removeSessionRule, saveSessionRule } from './rule-commands.ts';
import { removeSession, saveSession } from './session-commands.ts';
import { sessionRulesOf, sessionsOf } from './session-queries.ts';

const SESSIONS = '/summits/{slug}/timetable/making/sessions';
const RULES = '/summits/{slug}/timetable/making/session-rules';
const idSchema = z.object({ id: z.uuid() });

/** The API's part about what is to be put into a timetable, and rules between sessions. */
export function sessionApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listSessionsToPlace',
      method: 'get',
      path: SESSIONS,
      tag,
      summary: 'What is to be put into the timetable, and what is in open space',
      description: 'For organisers; others read the timetable that was released.',
      scope: 'read:timetable',
      params: slugParam,
      answer: { status: 200, description: 'As they were made.', schema: sessionListSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const sessions = await sessionsOf(c.var.services.db, organised.value.summit.id);
      return answered({ items: sessions.map(sessionJson) });
    },
  );
  organiserChange(
    routes,
    {
      id: 'addSession',
      method: 'post',
      path: SESSIONS,
      summary: 'Add a session',
      params: slugParam,
      body: { json: sessionBody },
      answer: { status: 201, description: 'The session.', schema: savedSchema },
    },
    (tx, actor, organiser, { body }) => saveSession(tx, actor, organiser, asSession(body)),
  );
  organiserChange(
    routes,
    {
      id: 'changeSession',
      method: 'put',
      path: `${SESSIONS}/{session}`,
      summary: 'Change a session',
      params: sessionParams,
      body: { json: sessionBody },
      answer: { status: 200, description: 'The session.', schema: savedSchema },
    },
    (tx, actor, organiser, { params, body }) =>
      saveSession(tx, actor, organiser, { ...asSession(body), id: params.session }),
  );
  organiserChange(
    routes,
    {
      id: 'removeSession',
      method: 'delete',
      path: `${SESSIONS}/{session}`,
      summary: 'Remove a session and the rules that speak of it',
      params: sessionParams,
      answer: DONE,
    },
    async (tx, actor, organiser, { params }) => {
      const removed = await removeSession(tx, actor, organiser, { id: params.session });
      return removed.ok ? ok(undefined) : removed;
    },
  );
  organiserChange(
    routes,
    {
      id: 'makeSessions',
      method: 'post',
      path: '/summits/{slug}/timetable/making/sessions-for-each',
      summary: 'Make the sessions that groups or planned topics lack',
      description: 'Done again it makes none.',
      params: slugParam,
      body: { json: makeBody },
      answer: { status: 201, description: 'How many.', schema: madeSchema },
    },
    (tx, actor, organiser, { body: { in_order: inOrder, ...body } }) =>
      makeSessions(tx, actor, organiser, { ...body, inOrder }),
  );
  addRules(routes);
  return routes;
}

function addRules(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'listSessionRules',
      method: 'get',
      path: RULES,
      tag,
      summary: 'What must or should hold between sessions',
      description: 'For organisers.',
      scope: 'read:timetable',
      params: slugParam,
      answer: { status: 200, description: 'As they were made.', schema: ruleListSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const rules = await sessionRulesOf(c.var.services.db, organised.value.summit.id);
      return answered({ items: rules.map(ruleJson) });
    },
  );
  organiserChange(
    routes,
    {
      id: 'addSessionRule',
      method: 'post',
      path: RULES,
      summary: 'Add a rule between sessions',
      params: slugParam,
      body: { json: ruleBody },
      answer: { status: 201, description: 'The rule.', schema: idSchema },
    },
    (tx, actor, organiser, { body }) => saveSessionRule(tx, actor, organiser, asRule(body)),
  );
  organiserChange(
    routes,
    {
      id: 'changeSessionRule',
      method: 'put',
      path: `${RULES}/{rule}`,
      summary: 'Change a rule between sessions',
      params: ruleParams,
      body: { json: ruleBody },
      answer: { status: 200, description: 'The rule.', schema: idSchema },
    },
    (tx, actor, organiser, { params, body }) =>
      saveSessionRule(tx, actor, organiser, { ...asRule(body), id: params.rule }),
  );
  organiserChange(
    routes,
    {
      id: 'removeSessionRule',
      method: 'delete',
      path: `${RULES}/{rule}`,
      summary: 'Remove a rule between sessions',
      params: ruleParams,
      answer: DONE,
    },
    (tx, actor, organiser, { params }) =>
      removeSessionRule(tx, actor, organiser, { id: params.rule }),
  );
}
