import { sql } from 'kysely';
import { type Actor, EVENT_JOB, type EventFacts } from './command.ts';
import type { Tx } from './database.ts';

/**
 * What `recordEvent` does for one, in one statement for many: an import of thousands of people makes
 * thousands of events.
 */
export async function recordEvents(
  tx: Tx,
  actor: Actor,
  events: readonly EventFacts[],
): Promise<void> {
  if (events.length === 0) return;
  const facts = events.map(({ kind, summitId, personId, data }) => ({
    kind,
    summit_id: summitId,
    person_id: personId,
    data: data ?? {},
  }));
  await sql`
    with recorded as (
      insert into event (at, kind, summit_id, person_id, actor_id, door, data)
      select ${actor.now}, kind, summit_id, person_id, ${actor.personId ?? null}::uuid, ${actor.door}, data
      from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
        as fact (kind text, summit_id uuid, person_id uuid, data jsonb)
      returning id, kind
    )
    select count(*) from graphile_worker.add_jobs(array(
      select (
        ${EVENT_JOB}, json_build_object('event', id::text, 'kind', kind),
        null, null, 12, null, null, null
      )::graphile_worker.job_spec
      from recorded order by id
    ))`.execute(tx);
}
