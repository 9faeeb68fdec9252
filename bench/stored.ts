import type pg from 'pg';
import { agreementOf } from '../apps/cairn/src/features/people/agreement/agreement-rules.ts';
import type { Summit } from '../apps/cairn/src/features/summits/queries.ts';
import type { SummitDefinition } from '../apps/cairn/src/features/summits/schema.ts';
import { openKysely } from '../apps/cairn/src/platform/db/database.ts';
import { hashSecret, newSecret } from '../apps/cairn/src/platform/http/secret.ts';
import { storePerson, storeSummit } from '../tests/summit.ts';
import { signIn } from './browser.ts';

/** Stores an announced summit with the first version of its agreement. */
export async function storeAnnounced(pool: pg.Pool, definition: SummitDefinition): Promise<Summit> {
  const summit = await storeSummit(openKysely(pool), definition);
  const { text, obligations } = agreementOf(definition);
  await pool.query(
    `insert into agreement_version (summit_id, version, text, obligations, created_at)
     values ($1, 1, $2, $3, now())`,
    [summit.id, text, JSON.stringify(obligations)],
  );
  return summit;
}

/**
 * An organiser of a summit with a session; returns its cookies. They sign in by an invitation and get
 * their role afterwards: the link of an invitation signs in nobody who may do more than answer it.
 */
export async function signInOrganiser(
  pool: pg.Pool,
  address: string,
  summit: Summit,
): Promise<string> {
  const personId = await storePerson(openKysely(pool), `Organiser of ${summit.slug}`);
  const [secret = ''] = await inviteAll(pool, summit, [personId]);
  const cookie = await signIn(address, secret);
  await pool.query(
    `insert into role (summit_id, person_id, role, granted_at) values ($1, $2, 'organiser', now())`,
    [summit.id, personId],
  );
  return cookie;
}

/** Invites people, as if the mails had gone out yesterday; returns the links' secrets in their order. */
export async function inviteAll(
  pool: pg.Pool,
  summit: Summit,
  personIds: readonly string[],
): Promise<string[]> {
  const secrets = personIds.map(() => newSecret());
  await pool.query(
    `insert into invitation (summit_id, person_id, state, token_hash, drafted_at, sent_at, expires_at)
     select $1, person, 'sent', hash, now() - interval '2 days', now() - interval '1 day', now() + interval '20 days'
     from unnest($2::uuid[], $3::bytea[]) as given (person, hash)`,
    [summit.id, personIds, secrets.map((secret) => Buffer.from(hashSecret(secret)))],
  );
  return secrets;
}

/** Stores so many people with an address each; returns their ids. */
export async function storePeople(pool: pg.Pool, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with made as (
       insert into person (name, created_at)
       select ${NAME} || ' ' || i, now() - interval '30 days' from generate_series(1, $1::int) as i
       returning id
     ), known as (
       insert into person_identity (kind, value, person_id, is_primary)
       select 'email', id || '@bench.example', id, true from made
     )
     select id from made`,
    [count],
  );
  return rows.map(({ id }) => id);
}

const list = (words: string): string =>
  `array[${words
    .split(' ')
    .map((word) => `'${word}'`)
    .join(', ')}]`;
const NAME = `(${list('Ada Grace Emmy Alan Kurt Sofia Maryam Srinivasa Chen Ngozi Jun Leila Tomás')})[1 + i % 13]
  || ' ' || (${list('Lovelace Hopper Noether Turing Gödel Kovalevskaya Mirzakhani Ramanujan Wei Adeyemi Tanaka')})[1 + i % 11]`;
