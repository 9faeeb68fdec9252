import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import type { SeatKind } from '../invitations/invitation-rules.ts';
import { belonging } from '../promises/evidence-queries.ts';
import type { Organiser } from '../rights.ts';
import { closeOffer, rollWaitingList } from './offer-commands.ts';
import { openOfferOf, seatCount, seatOf, waitingPlaceOf } from './seat-queries.ts';
import { type Seating, seatFor } from './seat-rules.ts';

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

/** The organiser gives a seat by hand: to a host, or to somebody who said yes by other means. */
export async function seatByHand(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  personId: string,
  seatKind: SeatKind,
): Promise<Result<Seating, Problem>> {
  const { summitId } = organiser;
  const summit = await lockSeats(tx, summitId);
  // A seat makes somebody one of the summit's people, whose contact its organisers see: an id alone,
  // however it was come by, must not.
  if (!(await mayBeSeated(tx, organiser, personId))) {
    return fail(
      problem('no-such-person', 'This person is not part of this summit; invite them first.'),
    );
  }
  const own = await seatOf(tx, summitId, personId);
  if (own !== undefined) return ok({ kind: 'seated', number: own.number });
  const seating = await takeSeat(tx, actor, summit, { id: personId, seatKind });
  await recordEvent(tx, actor, {
    kind: 'seat.taken',
    summitId,
    personId,
    data: seating.kind === 'seated' ? { seat: seating.number, by_hand: true } : { waiting: true },
  });
  return ok(seating);
}

async function mayBeSeated(tx: Tx, organiser: Organiser, personId: string): Promise<boolean> {
  const person = await tx
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .where('erasedAt', 'is', null)
    .executeTakeFirst();
  return person !== undefined && (await belonging(tx, organiser, [personId])).has(personId);
}

/** The organiser takes a seat or a place on the list away. */
export async function freeSeatByHand(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
): Promise<Result<void, Problem>> {
  const summit = await lockSeats(tx, summitId);
  const held =
    (await seatOf(tx, summitId, personId)) ?? (await waitingPlaceOf(tx, summitId, personId));
  if (held === undefined) {
    const sentence = 'This person holds neither a seat nor a place on the list any more.';
    return fail(problem('holds-nothing', sentence));
  }
  await recordEvent(tx, actor, { kind: 'seat.released', summitId, personId });
  await releaseSeat(tx, actor, summit, personId);
  return ok(undefined);
}
