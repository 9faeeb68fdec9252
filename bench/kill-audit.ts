import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Ledger, WRITER_PREFIX } from './kill-writes.ts';

/** Acknowledged writes that are not stored, one sentence for each. */
export async function lost(pool: pg.Pool, { people, facts }: Ledger): Promise<string[]> {
  const missingPeople = await pool.query<{ id: string }>(
    `select id from unnest($1::uuid[]) as told (id)
     where not exists (select from person where person.id = told.id)
       or not exists (select from invitation where person_id = told.id)`,
    [people],
  );
  const missingFacts = await pool.query<{ id: string; subject: string }>(
    `select id, subject from unnest($1::uuid[], $2::text[]) as told (id, subject)
     where not exists (
       select from evidence where person_id = told.id and evidence.subject = told.subject and withdrawn_at is null
     )`,
    [facts.map(({ personId }) => personId), facts.map(({ subject }) => subject)],
  );
  return [
    ...missingPeople.rows.map(({ id }) => `person ${id} was acknowledged and is not there.`),
    ...missingFacts.rows.map(
      ({ id, subject }) => `${subject} of person ${id} was acknowledged and is not there.`,
    ),
  ];
}

/** Writes that are there by half, one sentence for each; acknowledged or not. */
export async function halfWritten(pool: pg.Pool): Promise<string[]> {
  const people = await pool.query<{ id: string }>(
    `with told as (
       select person_id,
         count(*) filter (where kind = 'person.created') as created,
         count(*) filter (where kind = 'person.communities_joined') as joined,
         count(*) filter (where kind = 'invitation.drafted') as drafted
       from event group by person_id
     )
     select coalesce(p.id, told.person_id) as id
     from (select id from person where name like 'Writer %') as p
     full join (
       select told.* from told join person on person.id = told.person_id and name like 'Writer %'
     ) as told on told.person_id = p.id
     where told.created is distinct from 1 or told.joined is distinct from 1 or told.drafted is distinct from 1
       or (select count(*) from person_identity i where i.person_id = p.id and i.value::text like $1) <> 1
       or (select count(*) from person_community c where c.person_id = p.id) <> 1
       or (select count(*) from invitation v where v.person_id = p.id) <> 1`,
    [`${WRITER_PREFIX}%`],
  );
  const facts = await pool.query<{ id: string }>(
    `select id from (select id::text as id, count(*) as stored from evidence group by 1) as facts
     full join (
       select data ->> 'evidence' as id, count(*) as told
       from event where kind = 'evidence.recorded' group by 1
     ) as events using (id)
     where stored is distinct from 1 or told is distinct from 1`,
  );
  return [
    ...people.rows.map(({ id }) => `person ${id} is there by half.`),
    ...facts.rows.map(({ id }) => `evidence ${id} is there by half.`),
  ];
}

/** How many jobs of the queue are left when it is empty, or after so long. */
export async function jobsLeft(connectionString: string, patienceMs: number): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: 1 });
  try {
    for (let waited = 0; ; waited += 250) {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::int as count from graphile_worker._private_jobs',
      );
      const count = rows[0]?.count ?? 0;
      if (count === 0 || waited >= patienceMs) return count;
      await wait(250);
    }
  } finally {
    await pool.end();
  }
}
