import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { OPEN_STATES, type SeatKind } from '../invitations/invitation-rules.ts';
import type { Organiser } from '../rights.ts';
import type { SeatCount, Waiting } from './seat-rules.ts';

/** The seats of a summit now. Numbers only, so it needs no right. */
export async function seatCount(db: Reader, summitId: string): Promise<SeatCount> {
  const { cap } = await db
    .selectFrom('summit')
    .select('seats as cap')
    .where('id', '=', summitId)
    .executeTakeFirstOrThrow();
  const taken = await db
    .selectFrom('seat')
    .select('number')
    .where('summitId', '=', summitId)
    .orderBy('number')
    .execute();
  const { openOffers } = await db
    .selectFrom('seatOffer')
    .select(sql<number>`count(*)::int`.as('openOffers'))
    .where('summitId', '=', summitId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  const { openInvitations } = await db
    .selectFrom('invitation')
    .select(sql<number>`count(*)::int`.as('openInvitations'))
    .where('summitId', '=', summitId)
    .where('state', 'in', [...OPEN_STATES])
    .executeTakeFirstOrThrow();
  return { cap, taken: taken.map(({ number }) => number), openOffers, openInvitations };
}

/** The seat of one person, if they have one. */
export const seatOf = (db: Reader, summitId: string, personId: string) =>
  db
    .selectFrom('seat')
    .select(['number', 'kind', 'takenAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst();

/** Somebody's place on the waiting list: how many stand before them, and the open offer if there is one. */
export async function waitingPlaceOf(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<WaitingPlace | undefined> {
  const own = await db
    .selectFrom('waiting')
    .select(['position', 'noticeDays', 'joinedAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const { before } = await db
    .selectFrom('waiting')
    .select(sql<number>`count(*)::int`.as('before'))
    .where('summitId', '=', summitId)
    .where('position', '<', own.position)
    .executeTakeFirstOrThrow();
  const offer = await openOfferOf(db, summitId, personId);
  return {
    before,
    joinedAt: own.joinedAt,
    noticeDays: own.noticeDays ?? undefined,
    offer: offer && { id: offer.id, expiresAt: offer.expiresAt },
  };
}

export interface WaitingPlace {
  readonly before: number;
  readonly joinedAt: Instant;
  readonly noticeDays: number | undefined;
  readonly offer: { readonly id: string; readonly expiresAt: Instant } | undefined;
}

/** The offer of a seat that somebody may still take. */
export const openOfferOf = (db: Reader, summitId: string, personId: string) =>
  db
    .selectFrom('seatOffer')
    .select(['id', 'expiresAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('state', '=', 'open')
    .executeTakeFirst();

/** The waiting list as the rules see it, in the organiser's order. */
export async function waitingList(db: Reader, summitId: string): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('waiting')
    .leftJoin('seatOffer', (join) =>
      join
        .onRef('seatOffer.summitId', '=', 'waiting.summitId')
        .onRef('seatOffer.personId', '=', 'waiting.personId')
        .onRef('seatOffer.offeredAt', '>=', 'waiting.joinedAt'),
    )
    .select(['waiting.personId', 'waiting.position', 'waiting.seatKind', 'waiting.noticeDays'])
    .select(sql<boolean>`coalesce(bool_or(seat_offer.state = 'open'), false)`.as('holdsOpenOffer'))
    .select(
      sql<number>`count(*) filter (where seat_offer.state in ('declined', 'expired'))::int`.as(
        'lapsedOffers',
      ),
    )
    .where('waiting.summitId', '=', summitId)
    .groupBy(['waiting.summitId', 'waiting.personId'])
    .orderBy('waiting.position')
    .execute();
  return rows.map((row) => ({ ...row, noticeDays: row.noticeDays ?? undefined }));
}

/** One line of the organiser's picture of seats. */
export interface SeatRow {
  readonly number: number;
  readonly personId: string;
  readonly name: string;
  readonly kind: SeatKind;
  readonly takenAt: Instant;
}

/** Who sits where. */
export const seatRows = (db: Reader, { summitId }: Organiser): Promise<SeatRow[]> =>
  db
    .selectFrom('seat')
    .innerJoin('person', 'person.id', 'seat.personId')
    .select(['seat.number', 'seat.personId', 'person.name', 'seat.kind', 'seat.takenAt'])
    .where('seat.summitId', '=', summitId)
    .orderBy('seat.number')
    .execute();

/** One line of the organiser's waiting list. */
export interface WaitingRow {
  readonly personId: string;
  readonly name: string;
  readonly position: number;
  readonly reason: string;
  readonly seatKind: SeatKind;
  readonly noticeDays: number | null;
  readonly joinedAt: Instant;
  readonly offerExpiresAt: Instant | null;
}

/** Who waits, in the organiser's order. */
export const waitingRows = (db: Reader, { summitId }: Organiser): Promise<WaitingRow[]> =>
  db
    .selectFrom('waiting')
    .innerJoin('person', 'person.id', 'waiting.personId')
    .leftJoin('seatOffer', (join) =>
      join
        .onRef('seatOffer.summitId', '=', 'waiting.summitId')
        .onRef('seatOffer.personId', '=', 'waiting.personId')
        .on('seatOffer.state', '=', 'open'),
    )
    .select([
      'waiting.personId',
      'person.name',
      'waiting.position',
      'waiting.reason',
      'waiting.seatKind',
      'waiting.noticeDays',
      'waiting.joinedAt',
      'seatOffer.expiresAt as offerExpiresAt',
    ])
    .where('waiting.summitId', '=', summitId)
    .orderBy('waiting.position')
    .execute();

/** People of the summit (invited, or with a role) who neither sit nor wait, by name. */
export const unseatedRows = (db: Reader, { summitId }: Organiser) =>
  db
    .selectFrom('person')
    .select(['person.id as personId', 'person.name'])
    .where('person.erasedAt', 'is', null)
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('role')
            .select('role.personId')
            .whereRef('role.personId', '=', 'person.id')
            .where('role.summitId', '=', summitId),
        ),
        exists(
          selectFrom('invitation')
            .select('invitation.id')
            .whereRef('invitation.personId', '=', 'person.id')
            .where('invitation.summitId', '=', summitId),
        ),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('seat')
            .select('seat.number')
            .whereRef('seat.personId', '=', 'person.id')
            .where('seat.summitId', '=', summitId),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('waiting')
            .select('waiting.position')
            .whereRef('waiting.personId', '=', 'person.id')
            .where('waiting.summitId', '=', summitId),
        ),
      ),
    )
    .orderBy('person.name')
    .limit(500)
    .execute();
