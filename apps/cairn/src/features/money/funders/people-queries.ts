import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { Payee } from './funder-rules.ts';

/** Somebody whom money is about, or could be: with a seat, or in the journal. */
export interface MoneyPerson {
  readonly personId: string;
  readonly name: string;
  /** Undefined where they have no seat any more, or never had one. */
  readonly seatKind: Payee['seatKind'];
}

/** Everybody with a seat or an account in the journal, by name. */
export async function moneyPeople(
  db: Reader,
  { summitId }: Treasurer,
): Promise<readonly MoneyPerson[]> {
  const { rows } = await sql<{
    personId: string;
    name: string;
    seatKind: NonNullable<Payee['seatKind']> | null;
  }>`
    select person.id as person_id, person.name, seat.kind as seat_kind
    from person
    left join seat on seat.person_id = person.id and seat.summit_id = ${summitId}
    where seat.number is not null or person.id in (
      select account.person_id from journal_balance account
      join fund_line on fund_line.id = account.line_id
      where fund_line.summit_id = ${summitId} and account.person_id is not null)
    order by lower(person.name), person.id`.execute(db);
  return rows.map(({ seatKind, ...row }) => ({ ...row, seatKind: seatKind ?? undefined }));
}
