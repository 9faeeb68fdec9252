import type { Instant, PlainDate } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { Reply } from './concern-rules.ts';

/** Those of the asked who have not declined their invitation, and from whom it was not taken. */
export async function mayStillCome(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ personId: string }>`
    select g.person_id from week_guest g
    left join invitation v on v.summit_id = g.summit_id and v.person_id = g.person_id
    where g.summit_id = ${summitId} and coalesce(v.state, '') not in ('declined', 'withdrawn')`.execute(
    db,
  );
  return new Set(rows.map(({ personId }) => personId));
}

/** What somebody is asked about the chosen week, and what they said. */
export interface OwnConcern {
  readonly start: string;
  readonly why: 'no' | 'unanswered';
  readonly reply: Reply | undefined;
  readonly note: string;
  readonly repliedAt: Instant | undefined;
}

/** One's own concern about a week that was chosen. */
export async function ownConcern(
  db: Reader,
  { summitId, personId }: Self,
  start: PlainDate,
): Promise<OwnConcern | undefined> {
  const row = await db
    .selectFrom('weekConcern')
    .select(['start', 'why', 'reply', 'note', 'repliedAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('start', '=', start.toString())
    .executeTakeFirst();
  return row && { ...row, reply: row.reply ?? undefined, repliedAt: row.repliedAt ?? undefined };
}

/** A concern as organisers see it. */
export interface Concern extends OwnConcern {
  readonly personId: string;
  readonly name: string;
}

/** Whom the chosen week does not suit, and who never said; those who have not replied first. */
export async function concernsOf(
  db: Reader,
  { summitId }: Organiser,
  start: PlainDate,
): Promise<Concern[]> {
  const rows = await db
    .selectFrom('weekConcern')
    .innerJoin('person', 'person.id', 'weekConcern.personId')
    .select([
      'weekConcern.personId',
      'person.name',
      'weekConcern.start',
      'weekConcern.why',
      'weekConcern.reply',
      'weekConcern.note',
      'weekConcern.repliedAt',
    ])
    .where('weekConcern.summitId', '=', summitId)
    .where('weekConcern.start', '=', start.toString())
    .where('person.erasedAt', 'is', null)
    .orderBy((eb) => eb('weekConcern.reply', 'is not', null))
    .orderBy('person.name')
    .execute();
  return rows.map((row) => ({
    ...row,
    reply: row.reply ?? undefined,
    repliedAt: row.repliedAt ?? undefined,
  }));
}
