import { problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { ownSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { acceptChangedAgreement } from '../agreement/agreement-commands.ts';
import { currentAgreement, lastAcceptance } from '../agreement/agreement-queries.ts';
import { type Answer, type Answered, answerInvitation } from '../invitations/answer-commands.ts';
import { ownInvitation } from '../invitations/answer-queries.ts';
import { chooseListing } from '../listing/listing-commands.ts';
import { ownListing } from '../listing/listing-queries.ts';
import { seatOf, waitingPlaceOf } from '../seats/seat-queries.ts';
import { answerOffer, sayNotice } from '../seats/waiting-commands.ts';
import {
  acceptanceSchema,
  answerSchema,
  iso,
  isoOrNull,
  listingSchema,
  noticeSchema,
  offerAnswerSchema,
  outcomeSchema,
  ownPartSchema,
  versionSchema,
} from './api-schema.ts';

const tag = 'Your part';

const outcome = (answer: Answered) => ({
  outcome: answer.kind,
  seat: answer.kind === 'seated' ? answer.number : null,
});

/** The API's part about one's own invitation, seat, agreement and listing. */
export function answerApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getOwnPart',
      method: 'get',
      path: '/summits/{slug}/me',
      tag,
      summary: 'Your invitation, seat, place on the waiting list and agreement',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'Your part.', schema: ownPartSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db } = c.var.services;
      const invitation = await ownInvitation(db, self);
      const seat = await seatOf(db, summit.id, self.personId);
      const waiting = await waitingPlaceOf(db, summit.id, self.personId);
      const accepted = await lastAcceptance(db, summit.id, self.personId);
      const current = await currentAgreement(db, summit.id);
      return answered({
        invitation:
          invitation === undefined
            ? null
            : {
                state: invitation.state,
                seat_kind: invitation.seatKind,
                expires_at: isoOrNull(invitation.expiresAt),
                answered_at: isoOrNull(invitation.answeredAt),
                note: invitation.note,
              },
        seat:
          seat === undefined
            ? null
            : { number: seat.number, kind: seat.kind, taken_at: iso(seat.takenAt) },
        waiting:
          waiting === undefined
            ? null
            : {
                before: waiting.before,
                notice_days: waiting.noticeDays ?? null,
                offer_expires_at: isoOrNull(waiting.offer?.expiresAt),
              },
        // The first yes publishes the first version.
        agreement: { accepted: accepted?.version ?? null, current: current?.version ?? 1 },
      });
    },
  );

  operation(
    routes,
    {
      id: 'answerInvitation',
      method: 'post',
      path: '/summits/{slug}/invitations/me/answer',
      tag,
      summary: 'Answer your invitation: accept, unsure or decline',
      description:
        'Accepting takes a seat, or a place on the waiting list when none is free. Read the agreement first: its version is part of a yes.',
      scope: 'answer',
      params: slugParam,
      body: { json: answerSchema },
      answer: { status: 200, description: 'What your answer led to.', schema: outcomeSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self, signedIn } = own.value;
      const { note, agreement_version: version, notice_days: days } = body;
      const given: Answer =
        body.answer === 'accept'
          ? {
              answer: 'accept',
              agreement: { version: version ?? 0 },
              noticeDays: days ?? undefined,
              note,
              signIn: { method: signedIn.signInMethod, sessionId: signedIn.sessionId },
            }
          : { answer: body.answer, note };
      const done = await command(c, (tx, actor) =>
        answerInvitation(tx, actor, summit.id, self.personId, given),
      );
      return done.ok ? answered(outcome(done.value)) : done;
    },
  );

  operation(
    routes,
    {
      id: 'answerOffer',
      method: 'post',
      path: '/summits/{slug}/seats/me/answer',
      tag,
      summary: 'Take or decline the seat that you are offered from the waiting list',
      scope: 'answer',
      params: slugParam,
      body: { json: offerAnswerSchema },
      answer: { status: 200, description: 'What your answer led to.', schema: outcomeSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const done = await command(c, (tx, actor) =>
        answerOffer(tx, actor, summit.id, self.personId, body.answer),
      );
      return done.ok ? answered(outcome(done.value)) : done;
    },
  );

  operation(
    routes,
    {
      id: 'sayNotice',
      method: 'put',
      path: '/summits/{slug}/seats/me/notice',
      tag,
      summary: 'Say how many days’ notice you need, while you wait for a seat',
      scope: 'answer',
      params: slugParam,
      body: { json: noticeSchema },
      answer: { status: 204, description: 'Said.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const waits = await waitingPlaceOf(c.var.services.db, summit.id, self.personId);
      if (waits === undefined) {
        return refused(409, problem('not-waiting', 'You are not on the waiting list.'));
      }
      const said = await command(c, (tx, actor) =>
        sayNotice(tx, actor, summit.id, self.personId, body.notice_days ?? undefined),
      );
      return said.ok ? answered(undefined) : said;
    },
  );

  operation(
    routes,
    {
      id: 'acceptChangedAgreement',
      method: 'post',
      path: '/summits/{slug}/agreement/accept',
      tag,
      summary: 'Accept an agreement that was changed after you said yes',
      scope: 'answer',
      params: slugParam,
      body: { json: acceptanceSchema },
      answer: { status: 200, description: 'Accepted; a copy is mailed.', schema: versionSchema },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self, signedIn } = own.value;
      const accepted = await command(c, (tx, actor) =>
        acceptChangedAgreement(tx, actor, summit, self.personId, body, {
          method: signedIn.signInMethod,
          sessionId: signedIn.sessionId,
        }),
      );
      return accepted.ok ? answered({ version: accepted.value.version }) : accepted;
    },
  );

  operation(
    routes,
    {
      id: 'getOwnListing',
      method: 'get',
      path: '/summits/{slug}/participants/me',
      tag,
      summary: 'What you show of yourself on the public list',
      scope: 'read:me',
      params: slugParam,
      answer: { status: 200, description: 'The fields.', schema: listingSchema },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const { summit, self } = own.value;
      const { db, clock } = c.var.services;
      const { fields } = await ownListing(db, self, summit, clock.now());
      return answered({ fields: [...fields] });
    },
  );

  operation(
    routes,
    {
      id: 'chooseListing',
      method: 'put',
      path: '/summits/{slug}/participants/me',
      tag,
      summary: 'Choose what you show of yourself; none takes you off the list',
      scope: 'answer',
      params: slugParam,
      body: { json: listingSchema },
      answer: { status: 200, description: 'Shown from now on.', schema: listingSchema },
      refuses: [403],
    },
    async (c, { params, body }) => {
      const own = await ownSummit(c, params.slug);
      if (!own.ok) return own;
      const chosen = await command(c, (tx, actor) =>
        chooseListing(tx, actor, own.value.self, body.fields),
      );
      if (!chosen.ok) return chosen;
      return ok({ body: { fields: body.fields } });
    },
  );

  return routes;
}
