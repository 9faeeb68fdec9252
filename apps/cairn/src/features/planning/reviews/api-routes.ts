import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { comersSummit, ownSummit } from '../../summits/api-access.ts';
import { proposalParams, versionNumber } from '../proposals/proposal-api-schema.ts';
import { moment } from '../threads/thread-api-schema.ts';
import { proposalFor } from './api-access.ts';
import {
  authorOf,
  done,
  made,
  reviewParams,
  reviewSchema,
  tag,
  words,
  writtenLine,
} from './api-schema.ts';
import { requestReview } from './request-commands.ts';
import { dismissReview, giveReview } from './review-commands.ts';
import { reviewRequestsOf, reviewsOf } from './review-queries.ts';
import { VERDICTS } from './review-rules.ts';
import { undoReview } from './undo-commands.ts';

/** The API's part about reviews of proposals. */
export function reviewApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  const path = '/summits/{slug}/plan/proposals/{number}';

  operation(
    routes,
    {
      id: 'listReviews',
      method: 'get',
      path: `${path}/reviews`,
      tag,
      summary: 'Reviews of a proposal, and of whom one is awaited',
      scope: 'read:plan',
      params: proposalParams,
      answer: {
        status: 200,
        description: 'In the order in which they were given.',
        schema: z.object({
          items: z.array(reviewSchema),
          awaited: z.array(z.object({ person: z.uuid(), name: z.string(), asked_at: moment })),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params, ownSummit);
      if (!found.ok) return found;
      const { db } = c.var.services;
      const reviews = await reviewsOf(db, found.value.proposal);
      const requests = await reviewRequestsOf(db, found.value.proposal);
      return answered({
        items: reviews.map(({ id, version, verdict, body, author: by, at, dismissed }) => ({
          id,
          version,
          verdict,
          text: body,
          author: authorOf(by),
          at: at.toString(),
          dismissed:
            dismissed === undefined ? null : { at: dismissed.at.toString(), why: dismissed.why },
        })),
        awaited: requests
          .filter(({ answeredAt }) => answeredAt === null)
          .map(({ personId, name, askedAt }) => ({
            person: personId,
            name,
            asked_at: askedAt.toString(),
          })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'giveReview',
      method: 'post',
      path: `${path}/reviews`,
      tag,
      summary: 'Give a review of one version, with remarks on lines',
      description: 'Nobody approves their own work; whoever asks for changes says which.',
      scope: 'write:plan',
      params: proposalParams,
      body: {
        json: z.strictObject({
          version: versionNumber,
          verdict: z.enum(VERDICTS),
          text: words.default(''),
          lines: z.array(writtenLine).max(500).default([]),
        }),
      },
      answer: made,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const { version, verdict } = body;
      const lines = body.lines.map(({ text, first_line: firstLine, ...line }) => ({
        ...line,
        firstLine,
        body: text,
      }));
      const review = { number: proposal.number, version, verdict, body: body.text, lines };
      const given = await command(c, (tx, actor) =>
        giveReview(tx, c.var.services, actor, self, review),
      );
      return given.ok ? answered(given.value) : given;
    },
  );

  operation(
    routes,
    {
      id: 'dismissReview',
      method: 'post',
      path: `${path}/reviews/{review}/dismissal`,
      tag,
      summary: 'Dismiss a review with a reason: your own, or any as an organiser',
      scope: 'write:plan',
      params: reviewParams,
      body: { json: z.strictObject({ why: words.min(1) }) },
      answer: done,
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { self } = found.value;
      const { review } = params;
      const dismissed = await command(c, (tx, actor) =>
        dismissReview(tx, actor, self, { review, why: body.why }),
      );
      return dismissed.ok ? answered({ done: true }) : dismissed;
    },
  );

  operation(
    routes,
    {
      id: 'undoReview',
      method: 'post',
      path: `${path}/reviews/{review}/undo`,
      tag,
      summary: 'Take back a review that you just gave; its remarks are drafts again',
      scope: 'write:plan',
      params: reviewParams,
      answer: done,
      refuses: [403, 409],
    },
    async (c, { params }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const place = { number: proposal.number, review: params.review };
      const undone = await command(c, (tx, actor) => undoReview(tx, actor, self, place));
      return undone.ok ? answered({ done: true }) : undone;
    },
  );

  operation(
    routes,
    {
      id: 'requestReview',
      method: 'post',
      path: `${path}/review-requests`,
      tag,
      summary: 'Ask people for their review, or ask them again after changes',
      scope: 'write:plan',
      params: proposalParams,
      body: { json: z.strictObject({ people: z.array(z.uuid()).min(1).max(100) }) },
      answer: { status: 200, description: 'Asked.', schema: z.object({ asked: z.number().int() }) },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const found = await proposalFor(c, params, comersSummit);
      if (!found.ok) return found;
      const { proposal, self } = found.value;
      const of = { number: proposal.number, of: body.people };
      const asked = await command(c, (tx, actor) => requestReview(tx, actor, self, of));
      return asked.ok ? answered(asked.value) : asked;
    },
  );

  return routes;
}
