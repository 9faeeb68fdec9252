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

/** Events of a summit after the one with the id `after`, oldest first. */
export async function eventsAfter(
  db: Reader,
  { summitId }: Organiser,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<LoggedEvent[]> {
  const { rows } = await sql<LoggedEvent>`
    select id::text as id, at, kind, person_id, actor_id, door, data from event
    where summit_id = ${summitId} and id > ${after}::bigint
    order by id limit ${limit}`.execute(db);
  return rows;
}
