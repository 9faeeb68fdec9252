import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
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

/** Keeps texts that the installation has to read again, such as a token of somebody's, unreadable in the database. */
export interface Seal {
  close(text: string): Uint8Array;
  /** The text; undefined where another key closed it, or something changed it. */
  open(sealed: Uint8Array): string | undefined;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A seal for one purpose: AES-256-GCM under a key of its own (HKDF, RFC 5869), a new nonce for each text. */
export function sealFor(secret: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `cairn ${purpose}`, 32));
  return {
    close: (text) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
    },
    open: (sealed) => {
      try {
        const bytes = Buffer.from(sealed);
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const open = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([open, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
