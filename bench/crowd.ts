import type pg from 'pg';
import type { Summit } from '../apps/cairn/src/features/summits/queries.ts';
import { storePeople } from './stored.ts';

/**
 * Fills a summit with a crowd: `seated` people with a seat, and besides them a tenth as many who
 * wait, a tenth who have not answered, and a twentieth who declined. Communities, acceptances,
 * consents to be listed, about three and a half facts for each person seated, and the events that
 * all this would have left. Written in bulk, past the commands: only reading is measured here.
 */
export async function storeCrowd(pool: pg.Pool, summit: Summit, seated: number): Promise<void> {
  const waiting = Math.ceil(seated / 10);
  const silent = Math.ceil(seated / 10);
  const declined = Math.ceil(seated / 20);
  const people = await storePeople(pool, seated + waiting + silent + declined);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `create temporary table crowd on commit drop as
       select id, i::int, case when i <= $2 then 'seated' when i <= $3 then 'waiting'
         when i <= $4 then 'silent' else 'declined' end as fate
       from unnest($1::uuid[]) with ordinality as given (id, i)`,
      [people, seated, seated + waiting, seated + waiting + silent],
    );
    for (const { statement, values } of crowdStatements(summit)) {
      await client.query(statement, values);
    }
    await client.query('commit');
  } finally {
    client.release();
  }
  // What autovacuum does by itself a minute later: without it the planner knows nothing of the crowd.
  await pool.query('vacuum analyze');
}

interface Statement {
  readonly statement: string;
  readonly values: unknown[];
}

function crowdStatements({ id, definition }: Summit): Statement[] {
  const { communities, planning_meetings } = definition;
  const meetings = planning_meetings.list.map(({ key }) => `meeting:${key}`);
  return [
    {
      statement: `insert into invitation (summit_id, person_id, state, drafted_at, sent_at, opened_at, answered_at, expires_at)
        select $1, id,
          case fate when 'silent' then (array['sent', 'opened', 'unsure'])[1 + i % 3] when 'declined' then 'declined' else 'accepted' end,
          now() - interval '30 days', now() - interval '2 days',
          now() - interval '1 day',
          case when fate = 'silent' then null else now() - interval '1 day' end,
          now() + interval '19 days'
        from crowd`,
      values: [id],
    },
    {
      statement: `insert into person_community (summit_id, person_id, community)
        select $1, id, ($2::text[])[1 + i % cardinality($2::text[])] from crowd`,
      values: [id, communities.map(({ key }) => key)],
    },
    {
      statement: `insert into person_identity (kind, value, person_id, is_primary)
        select 'github', 'bench-' || id, id, true from crowd where i % 2 = 0`,
      values: [],
    },
    {
      statement: `insert into agreement_acceptance (summit_id, person_id, version, accepted_at, sign_in_method)
        select $1, id, 1, now() - interval '1 day', 'link' from crowd where fate in ('seated', 'waiting')`,
      values: [id],
    },
    {
      statement: `insert into seat (summit_id, number, person_id, kind, taken_at)
        select $1, i, id, (array['funded', 'funded', 'funded', 'self_funded'])[1 + i % 4], now() - interval '1 day'
        from crowd where fate = 'seated'`,
      values: [id],
    },
    {
      statement: `insert into role (summit_id, person_id, role, granted_at)
        select $1, id, 'participant', now() - interval '1 day' from crowd where fate = 'seated'`,
      values: [id],
    },
    {
      statement: `insert into waiting (summit_id, person_id, position, seat_kind, joined_at)
        select $1, id, i, 'funded', now() - interval '1 day' from crowd where fate = 'waiting'`,
      values: [id],
    },
    {
      statement: `insert into evidence (summit_id, person_id, kind, subject, at, source, recorded_at)
        select $1, id, kind, subject, now() - interval '1 day', 'organiser', now() - interval '1 day'
        from crowd, lateral (
          select 'attendance' as kind, ($2::text[])[1] as subject where i % 10 < 9
          union all select 'attendance', ($2::text[])[2] where i % 10 < 7
          union all select 'contribution', 'pull:' || i where i % 10 < 6
          union all select 'contribution', 'issue:' || i where i % 10 < 8
          union all select 'review', 'pull:' || (i + 1) where i % 10 < 5
        ) as facts
        where fate = 'seated'`,
      values: [id, meetings],
    },
    {
      statement: `insert into listing (summit_id, person_id, fields, updated_at)
        select $1, id, case when i % 3 = 0 then array['name', 'communities', 'github', 'promises']
          else array['name', 'communities'] end, now()
        from crowd where fate = 'seated' and i % 10 < 6`,
      values: [id],
    },
    {
      statement: `insert into event (at, kind, summit_id, person_id, door)
        select now() - interval '1 day', kind, $1, id, 'web'
        from crowd, unnest(array['person.created', 'invitation.drafted', 'invitation.sent', 'invitation.opened']) as kind`,
      values: [id],
    },
  ];
}
