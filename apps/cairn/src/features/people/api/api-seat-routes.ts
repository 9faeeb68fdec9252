import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono } from '@hono/zod-openapi';
import { type ApiEnv, allows } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { waitingWhys } from '../../money/seat-cost/carry-queries.ts';
import { organisedSummit, seenSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { freeSeatByHand, seatByHand } from '../seats/seat-commands.ts';
import { seatCount, seatRows, waitingRows } from '../seats/seat-queries.ts';
import { freeSeats, ifEveryOfferIsAccepted } from '../seats/seat-rules.ts';
import { arrangeWaiting, offerByHand } from '../seats/waiting-commands.ts';
import { knownPerson } from './api-person-routes.ts';
import { iso, isoOrNull, seatStepSchema, seatsSchema } from './api-schema.ts';

const tag = 'Seats';

/** The API's part about seats and the waiting list. */
export function seatApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'getSeats',
      method: 'get',
      path: '/summits/{slug}/seats',
      tag,
      summary: 'How many seats are taken, offered and free; for organisers, by whom',
      description: 'Who sits and who waits needs a token that also allows read:people.',
      scope: 'read:summit',
      params: slugParam,
      answer: { status: 200, description: 'The seats.', schema: seatsSchema },
    },
    async (c, { params }) => {
      const seen = await seenSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { summit, organiser } = seen.value;
      const { db } = c.var.services;
      const count = await seatCount(db, summit.id);
      const { caller } = c.var;
      const mayName =
        organiser !== undefined && caller !== undefined && allows(caller, 'read:people');
      const seats = mayName ? await seatRows(db, organiser) : undefined;
      const waiting = mayName ? await waitingRows(db, organiser) : undefined;
      const uncarried = mayName
        ? await waitingWhys(db, organiser, summit, waiting ?? [])
        : new Map<string, string>();
      return answered({
        cap: count.cap,
        taken: count.taken.length,
        open_offers: count.openOffers,
        open_invitations: count.openInvitations,
        free: freeSeats(count),
        if_every_offer_is_accepted: ifEveryOfferIsAccepted(count),
        seats:
          seats?.map(({ number, personId, name, kind, takenAt }) => ({
            number,
            person: personId,
            name,
            kind,
            taken_at: iso(takenAt),
          })) ?? null,
        waiting:
          waiting?.map(
            ({ personId, name, reason, seatKind, noticeDays, joinedAt, offerExpiresAt }) => ({
              person: personId,
              name,
              reason,
              kind: seatKind,
              notice_days: noticeDays,
              joined_at: iso(joinedAt),
              offer_expires_at: isoOrNull(offerExpiresAt),
              uncarried: uncarried.get(personId) ?? null,
            }),
          ) ?? null,
      });
    },
  );

  operation(
    routes,
    {
      id: 'changeSeats',
      method: 'post',
      path: '/summits/{slug}/seats',
      tag,
      summary: 'Seat somebody by hand, free a seat, offer one, or arrange the waiting list',
      scope: 'write:people',
      params: slugParam,
      body: { json: seatStepSchema },
      answer: { status: 204, description: 'Done.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const organised = await organisedSummit(c, params.slug);
      if (!organised.ok) return organised;
      const { organiser } = organised.value;
      const { person } = body;
      const known = await knownPerson(c, { ...params, person });
      if (!known.ok) return known;
      const changed = await command<unknown>(
        c,
        async (tx, actor): Promise<Result<unknown, Problem>> => {
          switch (body.action) {
            case 'seat':
              return seatByHand(tx, actor, organiser, person, body.seat_kind);
            case 'release':
              return freeSeatByHand(tx, actor, organiser, person);
            case 'offer':
              return offerByHand(tx, actor, organiser, person);
            case 'offer_uncarried':
              return offerByHand(tx, actor, organiser, person, { evenUncarried: true });
            case 'up':
            case 'down':
              return arrangeWaiting(tx, actor, organiser, person, { move: body.action });
            case 'reason':
              return arrangeWaiting(tx, actor, organiser, person, { reason: body.reason.trim() });
            default:
              return ok(body satisfies never);
          }
        },
      );
      return changed.ok ? answered(undefined) : changed;
    },
  );

  return routes;
}
