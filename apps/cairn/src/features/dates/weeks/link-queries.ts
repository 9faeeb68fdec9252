import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Organiser } from '../../people/rights.ts';

/** What a mailed link stands for. */
export interface LinkedGuest {
  readonly linkId: string;
  readonly summitId: string;
  readonly personId: string;
  readonly name: string;
  readonly isRevoked: boolean;
  /** Still among those who are asked. */
  readonly isAsked: boolean;
}

/** Who is behind the secret of a link; undefined for a secret that never was one. */
export async function guestBehindLink(
  db: Reader,
  secret: string,
): Promise<LinkedGuest | undefined> {
  const row = await db
    .selectFrom('weekLink')
    .innerJoin('person', 'person.id', 'weekLink.personId')
    .leftJoin('weekGuest', (join) =>
      join
        .onRef('weekGuest.summitId', '=', 'weekLink.summitId')
        .onRef('weekGuest.personId', '=', 'weekLink.personId')
        .on('weekGuest.withdrawnAt', 'is', null),
    )
    .select([
      'weekLink.id as linkId',
      'weekLink.summitId',
      'weekLink.personId',
      'weekLink.revokedAt',
      'weekGuest.personId as asked',
      'person.name',
    ])
    .where('weekLink.tokenHash', '=', hashSecret(secret))
    .where('person.erasedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { revokedAt, asked, ...rest } = row;
  return { ...rest, isRevoked: revokedAt !== null, isAsked: asked !== null };
}

/** How many links of each person still open the poll. */
export async function linkCounts(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ personId: string; links: number }>`
    select person_id, count(*)::int as links from week_link
    where summit_id = ${summitId} and revoked_at is null group by person_id`.execute(db);
  return new Map(rows.map(({ personId, links }) => [personId, links]));
}
