import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { memberSummit } from '../threads/api-access.ts';
import type { Member } from '../threads/member-rights.ts';
import { decisionParams, objectionParams, reasonText } from './api-schema.ts';
import {
  answerObjection,
  objectTo,
  upholdObjection,
  withdrawObjection,
} from './objection-commands.ts';

const tag = 'Plan';

/** The API's part about objections to decisions. */
export function objectionOperations(routes: OpenAPIHono<ApiEnv>): void {
  objectOperation(routes);
  for (const spec of DEEDS) deedOperation(routes, spec);
}

function objectOperation(routes: OpenAPIHono<ApiEnv>): void {
  operation(
    routes,
    {
      id: 'objectToDecision',
      method: 'post',
      path: '/summits/{slug}/plan/decisions/{number}/objections',
      tag,
      summary: 'Object to a provisional decision, with a reason',
      scope: 'write:plan',
      params: decisionParams,
      body: { json: z.strictObject({ reason: reasonText('reason') }).openapi('NewObjection') },
      answer: { status: 201, description: 'It stands.', schema: z.object({ id: z.uuid() }) },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const made = await command(c, (tx, actor) =>
        objectTo(tx, actor, own.value.member, { number: params.number, reason: body.reason }),
      );
      return made.ok ? answered({ id: made.value.id }) : made;
    },
  );

  operation(
    routes,
    {
      id: 'answerObjection',
      method: 'post',
      path: '/summits/{slug}/plan/decisions/{number}/objections/{objection}/answer',
      tag,
      summary: 'Answer an objection; it then no longer stands, unless it is upheld',
      scope: 'write:plan',
      params: objectionParams,
      body: { json: z.strictObject({ answer: reasonText('answer') }).openapi('ObjectionAnswer') },
      answer: { status: 204, description: 'Answered.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { number, objection: id } = params;
      const done = await command(c, (tx, actor) =>
        answerObjection(tx, actor, own.value.member, { number, id, answer: body.answer }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
}

interface Deed {
  readonly id: string;
  readonly path: 'withdraw' | 'uphold';
  readonly summary: string;
  readonly run: (
    tx: Tx,
    actor: Actor,
    member: Member,
    place: { readonly number: number; readonly id: string },
  ) => ReturnType<typeof withdrawObjection>;
}

const DEEDS: readonly Deed[] = [
  {
    id: 'withdrawObjection',
    path: 'withdraw',
    summary: 'Take your objection back',
    run: withdrawObjection,
  },
  {
    id: 'upholdObjection',
    path: 'uphold',
    summary: 'Say that your objection stands in spite of the answer',
    run: upholdObjection,
  },
];

function deedOperation(routes: OpenAPIHono<ApiEnv>, { id, path, summary, run }: Deed): void {
  operation(
    routes,
    {
      id,
      method: 'post',
      path: `/summits/{slug}/plan/decisions/{number}/objections/{objection}/${path}`,
      tag,
      summary,
      scope: 'write:plan',
      params: objectionParams,
      answer: { status: 204, description: 'Done.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const done = await command(c, (tx, actor) =>
        run(tx, actor, own.value.member, { number: params.number, id: params.objection }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );
}
