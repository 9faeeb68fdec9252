import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { canCarry } from '../../money/seat-cost/carry-queries.ts';
import type { Organiser } from '../rights.ts';
import { closeOffer, makeOffer, rollWaitingList } from './offer-commands.ts';
import { lockSeats, takeSeat } from './seat-commands.ts';
import { openOfferOf, seatCount, waitingList } from './seat-queries.ts';
import { freeSeats, type Seating } from './seat-rules.ts';

/** Answers an offered seat. */
export async function answerOffer(
  tx: Tx,
  actor: Actor,
  summitId: string,
  personId: string,
  answer: 'accept' | 'decline',
): Promise<Result<Seating | { readonly kind: 'declined' }, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const offer = await openOfferOf(tx, summitId, personId);
  if (offer === undefined || offer.expiresAt.epochMilliseconds <= actor.now.epochMilliseconds) {
    return fail(
      problem(
        'offer-closed',
        'This offer has run out and went to the next person; you are still on the waiting list.',
      ),
    );
  }
  if (answer === 'decline') {
    await closeOffer(tx, actor, offer.id, 'declined');
    await recordEvent(tx, actor, { kind: 'seat.offer_declined', summitId, personId });
    await rollWaitingList(tx, actor, summit);
    return ok({ kind: 'declined' });
  }
  const { seatKind } = await tx
    .selectFrom('waiting')
    .select('seatKind')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();
  const seating = await takeSeat(tx, actor, summit, { id: personId, seatKind });
  if (seating.kind === 'waiting') {
    return fail(
      problem(
        'no-free-seat',
        'The organisers have taken seats away since this one was offered, and none is left; you are still on the waiting list.',
      ),
    );
  }
  await recordEvent(tx, actor, {
    kind: 'seat.taken',
    summitId,
    personId,
    data: { seat: seating.number },
  });
  return ok(seating);
}

/** Ends every offer whose time is over and offers the seats to the next; says how many ended. */
export async function expireOffers(tx: Tx, actor: Actor, summitId: string): Promise<number> {
  const summit = await lockSeats(tx, summitId);
  const due = await tx
    .updateTable('seatOffer')
    .set({ state: 'expired', closedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('state', '=', 'open')
    .where('expiresAt', '<=', actor.now)
    .returning(['id', 'personId'])
    .execute();
  for (const { id, personId } of due) {
    await recordEvent(tx, actor, {
      kind: 'seat.offer_expired',
      summitId,
      personId,
      data: { offer: id },
    });
  }
  await rollWaitingList(tx, actor, summit);
  return due.length;
}

/**
 * The organiser offers a free seat to somebody of their choice on the list, also after a lapsed offer. Where no line
 * can carry it, they are told so, and may offer it all the same (`evenUncarried`).
 */
export async function offerByHand(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
  { evenUncarried = false }: { readonly evenUncarried?: boolean } = {},
): Promise<Result<void, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const waiting = (await waitingList(tx, summitId)).find((one) => one.personId === personId);
  if (waiting === undefined) {
    return fail(problem('not-waiting', 'This person is not on the waiting list any more.'));
  }
  if (waiting.holdsOpenOffer) {
    return fail(problem('offer-open', 'This person already holds an open offer.'));
  }
  if (freeSeats(await seatCount(tx, summitId)) === 0) {
    return fail(
      problem('no-free-seat', 'No seat is free: each is taken or held by an open offer.'),
    );
  }
  const carriage = await canCarry(tx, summit, personId, waiting.seatKind);
  if (!carriage.carries && !evenUncarried) {
    return fail(
      problem(
        'not-carried',
        `${carriage.why} Find money first, or press “Offer all the same” if you know who pays.`,
      ),
    );
  }
  await makeOffer(tx, actor, summit, personId, { isUncarried: !carriage.carries });
  return ok(undefined);
}

/** Moves somebody up or down the waiting list, or notes why they stand where they stand. */
export async function arrangeWaiting(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
  change: { readonly move?: 'up' | 'down'; readonly reason?: string },
): Promise<Result<void, Problem>> {
  await lockSeats(tx, summitId);
  const list = await waitingList(tx, summitId);
  const index = list.findIndex((one) => one.personId === personId);
  const own = list[index];
  if (own === undefined) {
    return fail(problem('not-waiting', 'This person is not on the waiting list any more.'));
  }
  const update = (id: string, values: { position?: number; reason?: string }) =>
    tx
      .updateTable('waiting')
      .set(values)
      .where('summitId', '=', summitId)
      .where('personId', '=', id)
      .execute();
  const other = change.move && list[change.move === 'up' ? index - 1 : index + 1];
  // The first cannot move up nor the last down: nothing changes, so nothing is recorded.
  if (other === undefined && change.reason === undefined) return ok(undefined);
  if (other !== undefined) {
    await update(own.personId, { position: other.position });
    await update(other.personId, { position: own.position });
  }
  if (change.reason !== undefined) await update(personId, { reason: change.reason });
  await recordEvent(tx, actor, { kind: 'waiting.arranged', summitId, personId });
  return ok(undefined);
}

/** Somebody on the list says how many days' notice they need. */
export async function sayNotice(
  tx: Tx,
  actor: Actor,
  summitId: string,
  personId: string,
  noticeDays: number | undefined,
): Promise<Result<void, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const said = await tx
    .updateTable('waiting')
    .set({ noticeDays: noticeDays ?? null })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .returning('personId')
    .executeTakeFirst();
  if (said === undefined) {
    return fail(problem('not-waiting', 'You are not on the waiting list any more.'));
  }
  await recordEvent(tx, actor, { kind: 'waiting.notice_said', summitId, personId });
  await rollWaitingList(tx, actor, summit);
  return ok(undefined);
}
