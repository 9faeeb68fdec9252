import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, daysBetween, expectZone, formatInstant, startOfDay } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import { summitDays } from '../summits/facts.ts';
import { type Summit, summitById } from '../summits/queries.ts';
import type { SeatKind } from './invitation-rules.ts';
import { notify } from './notify-commands.ts';
import type { Organiser } from './rights.ts';
import { openOfferOf, seatCount, seatOf, waitingList } from './seat-queries.ts';
import { freeSeats, nextOffers, offerExpiry, type Seating, seatFor } from './seat-rules.ts';

/**
 * Holds the summit's seats for the rest of the transaction: whoever comes next waits, then counts
 * anew. `no key update` leaves others free to write rows that merely refer to the summit.
 */
export async function lockSeats(tx: Tx, summitId: string): Promise<Summit> {
  await sql`select 1 from summit where id = ${summitId} for no key update`.execute(tx);
  return summitById(tx, summitId);
}

/**
 * Gives a person a seat, or a place at the end of the waiting list when none is free. Call it with
 * the seats locked. Somebody who already has one keeps it.
 */
export async function takeSeat(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  person: { readonly id: string; readonly seatKind: SeatKind; readonly noticeDays?: number },
): Promise<Seating> {
  const own = await seatOf(tx, summit.id, person.id);
  if (own !== undefined) return { kind: 'seated', number: own.number };
  const offer = await openOfferOf(tx, summit.id, person.id);
  const seating = seatFor(await seatCount(tx, summit.id), offer !== undefined);
  if (seating.kind === 'waiting') {
    await joinWaitingList(tx, actor, summit.id, person);
    return seating;
  }
  if (offer !== undefined) await closeOffer(tx, actor, offer.id, 'accepted');
  await tx
    .deleteFrom('waiting')
    .where('summitId', '=', summit.id)
    .where('personId', '=', person.id)
    .execute();
  await tx
    .insertInto('seat')
    .values({
      summitId: summit.id,
      number: seating.number,
      personId: person.id,
      kind: person.seatKind,
      takenAt: actor.now,
    })
    .execute();
  await tx
    .insertInto('role')
    .values({
      summitId: summit.id,
      personId: person.id,
      role: 'participant',
      grantedAt: actor.now,
      grantedBy: actor.personId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return seating;
}

async function joinWaitingList(
  tx: Tx,
  actor: Actor,
  summitId: string,
  person: { readonly id: string; readonly seatKind: SeatKind; readonly noticeDays?: number },
): Promise<void> {
  const { last } = await tx
    .selectFrom('waiting')
    .select(sql<number>`coalesce(max(position), 0)`.as('last'))
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('waiting')
    .values({
      summitId,
      personId: person.id,
      position: last + 1,
      seatKind: person.seatKind,
      noticeDays: person.noticeDays ?? null,
      joinedAt: actor.now,
    })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doNothing())
    .execute();
}

const closeOffer = (
  tx: Tx,
  actor: Actor,
  id: string,
  state: 'accepted' | 'declined' | 'expired' | 'withdrawn',
) =>
  tx
    .updateTable('seatOffer')
    .set({ state, closedAt: actor.now })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute();

/**
 * Takes a person's seat, place on the waiting list and open offer away, and offers what became free
 * to those who wait. Call it with the seats locked. True when they held a seat.
 */
export async function releaseSeat(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  personId: string,
): Promise<boolean> {
  const offer = await openOfferOf(tx, summit.id, personId);
  if (offer !== undefined) await closeOffer(tx, actor, offer.id, 'withdrawn');
  await tx
    .deleteFrom('waiting')
    .where('summitId', '=', summit.id)
    .where('personId', '=', personId)
    .execute();
  const released = await tx
    .deleteFrom('seat')
    .where('summitId', '=', summit.id)
    .where('personId', '=', personId)
    .returning('number')
    .executeTakeFirst();
  await tx
    .deleteFrom('role')
    .where('summitId', '=', summit.id)
    .where('personId', '=', personId)
    .where('role', '=', 'participant')
    .execute();
  await rollWaitingList(tx, actor, summit);
  return released !== undefined;
}

/** Offers every free seat to those who wait, in order. Call it with the seats locked. */
export async function rollWaitingList(tx: Tx, actor: Actor, summit: Summit): Promise<number> {
  const days = summitDays(summit.definition);
  const zone = expectZone(summit.definition.zone);
  const daysLeft = daysBetween(dateIn(actor.now, zone), days.arrival);
  if (daysLeft < 0) return 0;
  const free = freeSeats(await seatCount(tx, summit.id));
  const next = nextOffers(await waitingList(tx, summit.id), free, daysLeft);
  for (const { personId } of next) await makeOffer(tx, actor, summit, personId);
  return next.length;
}

async function makeOffer(tx: Tx, actor: Actor, summit: Summit, personId: string): Promise<void> {
  const { definition } = summit;
  const zone = expectZone(definition.zone);
  const expiresAt = offerExpiry(
    actor.now,
    definition.invitations.offer_within_days,
    startOfDay(summitDays(definition).arrival, zone),
  );
  const { id } = await tx
    .insertInto('seatOffer')
    .values({ summitId: summit.id, personId, offeredAt: actor.now, expiresAt, closedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, {
    kind: 'seat.offered',
    summitId: summit.id,
    personId,
    data: { offer: id },
  });
  await notify(tx, actor, {
    summitId: summit.id,
    personId,
    key: `offer:${id}`,
    subject: `A seat for you at ${definition.title}`,
    body: [
      `A seat has become free at ${definition.title}, and you are next on the waiting list.`,
      `It is held for you until ${formatInstant(expiresAt, zone)} (${definition.zone}). Sign in with this address and take or decline it on your page.`,
      'If you do nothing, it goes to the next person, and you stay on the list.',
    ].join('\n\n'),
  });
}

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
  await recordEvent(tx, actor, {
    kind: 'seat.taken',
    summitId,
    personId,
    data: seating.kind === 'seated' ? { seat: seating.number } : { waiting: true },
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

/** The organiser gives a seat by hand: to a host, or to somebody who said yes by other means. */
export async function seatByHand(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
  seatKind: SeatKind,
): Promise<Result<Seating, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const seating = await takeSeat(tx, actor, summit, { id: personId, seatKind });
  await recordEvent(tx, actor, {
    kind: 'seat.taken',
    summitId,
    personId,
    data: seating.kind === 'seated' ? { seat: seating.number, by_hand: true } : { waiting: true },
  });
  return ok(seating);
}

/** The organiser takes a seat or a place on the list away. */
export async function freeSeatByHand(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
): Promise<Result<void, Problem>> {
  const summit = await lockSeats(tx, summitId);
  await recordEvent(tx, actor, { kind: 'seat.released', summitId, personId });
  await releaseSeat(tx, actor, summit, personId);
  return ok(undefined);
}

/** The organiser offers a free seat to somebody of their choice on the list, also after a lapsed offer. */
export async function offerByHand(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
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
  await makeOffer(tx, actor, summit, personId);
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
  await tx
    .updateTable('waiting')
    .set({ noticeDays: noticeDays ?? null })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  await recordEvent(tx, actor, { kind: 'waiting.notice_said', summitId, personId });
  await rollWaitingList(tx, actor, summit);
  return ok(undefined);
}
