import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { memberSummit } from './api-access.ts';
import { editComment, withdrawComment } from './edit-commands.ts';
import {
  closesByItself,
  closeThread,
  mayTurn,
  reopenThread,
  setLabels,
  setReaction,
} from './state-commands.ts';
import {
  commentBody,
  commentParams,
  conversationSchema,
  shownEntry,
  shownReactions,
  shownThread,
  threadParams,
} from './thread-api-schema.ts';
import { addComment } from './thread-commands.ts';
import { conversationOf, threadOf } from './thread-queries.ts';
import { REACTIONS } from './thread-rules.ts';

const tag = 'Plan';
const path = '/summits/{slug}/plan/threads/{number}';

/** The API's part about conversations: of topics, issues, proposals and decisions alike. */
export function threadApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'readConversation',
      method: 'get',
      path,
      tag,
      summary: 'A topic, issue, proposal or decision, with all that was said and done in it',
      scope: 'read:plan',
      params: threadParams,
      answer: { status: 200, description: 'The conversation.', schema: conversationSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const place = { summitId: summit.id, number: params.number };
      const asked = { personId: self.personId, all: true };
      const found = await conversationOf(c.var.services.db, place, asked);
      if (found === undefined) return refused(404, nothingHere());
      return answered({
        ...shownThread(found.thread, found.labels),
        reactions: shownReactions(found.reactions),
        entries: found.entries.map(shownEntry),
      });
    },
  );

  operation(
    routes,
    {
      id: 'comment',
      method: 'post',
      path: `${path}/comments`,
      tag,
      summary: 'Say something in a conversation',
      scope: 'write:plan',
      params: threadParams,
      body: { json: commentBody },
      answer: { status: 201, description: 'It is said.', schema: z.object({ id: z.uuid() }) },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, number: params.number };
      if ((await threadOf(c.var.services.db, place)) === undefined) {
        return refused(404, nothingHere());
      }
      const said = await command(c, async (tx, actor) => {
        const may = await mayTurn(tx, place, member);
        return may.ok ? addComment(tx, actor, place, { body: body.text }) : may;
      });
      return said.ok ? answered({ id: said.value.id }) : said;
    },
  );

  operation(
    routes,
    {
      id: 'editComment',
      method: 'put',
      path: `${path}/comments/{comment}`,
      tag,
      summary: 'Change what a comment of yours says; what it said before is kept with it',
      scope: 'write:plan',
      params: commentParams,
      body: { json: commentBody },
      answer: { status: 204, description: 'It says that now.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, id: params.comment };
      const done = await command(c, (tx, actor) =>
        editComment(tx, actor, member, place, body.text),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'withdrawComment',
      method: 'delete',
      path: `${path}/comments/{comment}`,
      tag,
      summary: 'Withdraw a comment: its words are gone, and a line says that there was one',
      scope: 'write:plan',
      params: commentParams,
      answer: { status: 204, description: 'It is withdrawn.' },
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, id: params.comment };
      const done = await command(c, (tx, actor) => withdrawComment(tx, actor, member, place));
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'setReaction',
      method: 'put',
      path: `${path}/reaction`,
      tag,
      summary: 'React to a thread or to one of its comments, or take that back',
      scope: 'write:plan',
      params: threadParams,
      body: {
        json: z
          .strictObject({
            comment: z.uuid().optional(),
            reaction: z.enum(REACTIONS),
            on: z.boolean(),
          })
          .openapi('PlanReaction'),
      },
      answer: { status: 204, description: 'It stands like that.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, number: params.number, comment: body.comment };
      const done = await command(c, async (tx, actor) => {
        const may = await mayTurn(tx, place, member);
        if (!may.ok) return may;
        return setReaction(tx, actor, place, { reaction: body.reaction, isOn: body.on });
      });
      return done.ok ? answered(undefined) : done;
    },
  );

  operation(
    routes,
    {
      id: 'setLabels',
      method: 'put',
      path: `${path}/labels`,
      tag,
      summary: 'Give a thread exactly these labels',
      description: 'Those of a topic stand in its document as well; change them with the topic.',
      scope: 'write:plan',
      params: threadParams,
      body: {
        json: z
          .strictObject({ labels: z.array(z.string().max(200)).max(100) })
          .openapi('PlanLabels'),
      },
      answer: {
        status: 200,
        description: 'Its labels now.',
        schema: z.object({ labels: z.array(z.string()) }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, number: params.number };
      const set = await command(c, async (tx, actor) => {
        const may = await mayTurn(tx, place, member);
        return may.ok ? setLabels(tx, actor, place, body.labels) : may;
      });
      return set.ok ? answered({ labels: [...set.value.labels] }) : set;
    },
  );

  operation(
    routes,
    {
      id: 'setIssueState',
      method: 'put',
      path: `${path}/state`,
      tag,
      summary: 'Close an issue, or open it again',
      scope: 'write:plan',
      params: threadParams,
      body: {
        json: z.strictObject({ state: z.enum(['open', 'closed']) }).openapi('PlanIssueState'),
      },
      answer: { status: 204, description: 'It stands like that.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await memberSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, member } = own.value;
      const place = { summitId: summit.id, number: params.number };
      const thread = await threadOf(c.var.services.db, place);
      if (thread === undefined) return refused(404, nothingHere());
      if (thread.kind !== 'issue') return refused(409, closesByItself());
      const turned = await command(c, async (tx, actor) => {
        const may = await mayTurn(tx, place, member);
        if (!may.ok) return may;
        const turn = body.state === 'closed' ? closeThread : reopenThread;
        return turn(tx, actor, place);
      });
      return turned.ok ? answered(undefined) : turned;
    },
  );

  return routes;
}
