import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Door } from '../../../platform/db/command.ts';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';

/** One line of a summit's audit log. */
export interface LoggedEvent {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly personId: string | null;
  readonly actorId: string | null;
  readonly door: Door;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What happens to money: of others it is for treasurers to see, and not for organisers. */
const OF_MONEY =
  '^(bank_file|bank_row|bundles|claim|estimate|journal|participant_status|payer_batch|payment|receipt)[.]';

/**
 * Events of a summit after the one with the id `after`, oldest first. Those about money of others are left out for
 * whoever does not look after it.
 */
export async function eventsAfter(
  db: Reader,
  { summitId, personId = '' }: Organiser,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<LoggedEvent[]> {
  const { rows } = await sql<LoggedEvent>`
    select id::text as id, at, kind, person_id, actor_id, door, data from event
    where summit_id = ${summitId} and id > ${after}::bigint
      and (kind !~ ${OF_MONEY} or person_id::text = ${personId}
        or exists (select from role where role.summit_id = ${summitId}
          and role.person_id::text = ${personId} and role.role = 'treasurer'))
    order by id limit ${limit}`.execute(db);
  return rows;
}
