import { parseZone } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Mark } from './moved-rules.ts';
import type { ToldReader } from './told-rules.ts';

/** Those who come, by name, as far as telling them of a release is concerned. For organisers and mails. */
export async function toldReaders(db: Reader, summitId: string): Promise<ToldReader[]> {
  const { rows } = await sql<Omit<ToldReader, 'zone'> & { readonly zone: string | null }>`
    select person.id as "personId", person.name, person.zone, exists (
      select from person_identity where person_id = person.id and kind = 'email') as "hasAddress"
    from person
    where person.erased_at is null and person.id in ${coming(summitId)}
    order by person.name, person.id`.execute(db);
  return rows.map(({ zone, ...reader }) => {
    const parsed = parseZone(zone ?? '');
    return { ...reader, zone: parsed.ok ? parsed.value : undefined };
  });
}

/** What people put into their agendas, or left out of them. For mails and organisers. */
export const agendaMarks = (db: Reader, summitId: string): Promise<Mark[]> =>
  db
    .selectFrom('agendaMark')
    .innerJoin('timetableSession', 'timetableSession.id', 'agendaMark.sessionId')
    .select(['agendaMark.sessionId', 'agendaMark.personId', 'agendaMark.goes'])
    .where('timetableSession.summitId', '=', summitId)
    .execute();

/** How many were told of each version. */
export async function toldCounts(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom('releaseTold')
    .select('version')
    .select(({ fn }) => fn.countAll<string>().as('told'))
    .where('summitId', '=', summitId)
    .groupBy('version')
    .execute();
  return new Map(rows.map(({ version, told }) => [version, Number(told)]));
}
