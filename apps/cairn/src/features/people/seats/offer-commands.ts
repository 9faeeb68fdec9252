import { dateIn, daysBetween, expectZone, formatInstant, startOfDay } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { waitingCarriers } from '../../money/seat-cost/carry-queries.ts';
import { summitDays } from '../../summits/facts.ts';
import type { Summit } from '../../summits/queries.ts';
import { notify } from '../invitations/notify-commands.ts';
import { seatCount, waitingList } from './seat-queries.ts';
import { freeSeats, nextOffers, offerExpiry } from './seat-rules.ts';

/**
 * Offers every free seat to those who wait and whom a line can carry, in order. Call it with the seats locked.
 */
export async function rollWaitingList(tx: Tx, actor: Actor, summit: Summit): Promise<number> {
  const days = summitDays(summit.definition);
  const zone = expectZone(summit.definition.zone);
  const daysLeft = daysBetween(dateIn(actor.now, zone), days.arrival);
  if (daysLeft < 0) return 0;
  const free = freeSeats(await seatCount(tx, summit.id));
  if (free === 0) return 0;
  const inOrder = nextOffers(await waitingList(tx, summit.id), Number.POSITIVE_INFINITY, daysLeft);
  if (inOrder.length === 0) return 0;
  const carriers = await waitingCarriers(tx, summit);
  let offered = 0;
  for (const { personId, seatKind } of inOrder) {
    if (offered === free) break;
    if (!carriers.judge(personId, seatKind).carries) continue;
    await makeOffer(tx, actor, summit, personId);
    carriers.offered(personId);
    offered += 1;
  }
  return offered;
}

/**
 * Holds a seat for somebody who waits, and writes to them. Call it with the seats locked. `isUncarried`: an organiser
 * offers it though no line can carry it, which its event keeps.
 */
export async function makeOffer(
  tx: Tx,
  actor: Actor,
  summit: Summit,
  personId: string,
  { isUncarried = false }: { readonly isUncarried?: boolean } = {},
): Promise<void> {
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
    data: { offer: id, ...(isUncarried ? { uncarried: true } : {}) },
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
    page: `/s/${summit.slug}/me`,
  });
}

/** Ends an open offer. */
export const closeOffer = (
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
