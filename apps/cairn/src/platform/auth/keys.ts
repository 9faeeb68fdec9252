import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Db } from '../db/database.ts';

/** The least that a secret from the environment may hold: 32 characters, as `openssl rand -hex 16` writes. */
const SHORTEST_SECRET = 32;

/**
 * The installation's secret: `configured` (CAIRN_SECRET) when given, else one that is made at the
 * first start and kept in the database. Processes that start together agree on one.
 * Throws when the configured secret is too short to keep anything secret.
 */
export async function installationSecret(
  db: Db,
  configured: string | undefined = undefined,
): Promise<string> {
  if (configured !== undefined && configured !== '') {
    if (configured.length >= SHORTEST_SECRET) return configured;
    throw new Error(
      `CAIRN_SECRET needs at least ${SHORTEST_SECRET} characters; write what “openssl rand -hex 32” prints.`,
    );
  }
  await db
    .insertInto('installation')
    .values({ key: 'secret', value: JSON.stringify({ secret: randomBytes(32).toString('hex') }) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const { value } = await db
    .selectFrom('installation')
    .select('value')
    .where('key', '=', 'secret')
    .executeTakeFirstOrThrow();
  if ('secret' in value && typeof value.secret === 'string') return value.secret;
  throw new Error('the row “secret” of the table installation holds no secret');
}

/** Hashes short or guessable texts (a six-digit code, an address), so that only the key's owner can guess. */
export type KeyedHash = (text: string) => string;

/** A keyed hash for one purpose (HKDF, RFC 5869): hashes of different purposes cannot be compared. */
export function keyedHash(secret: string, purpose: string): KeyedHash {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `cairn ${purpose}`, 32));
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
