import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import type { Db, Tx } from '../db/database.ts';

/** A key that signs for the installation, as OpenSSH and Git know it. */
export interface SigningKey {
  /** `ssh-ed25519 AAAA…`: what others verify by. */
  readonly publicKey: string;
  /** Signs a text for Git: an armoured SSH signature, with a line end behind it. */
  readonly sign: (text: string) => string;
}

const NAME = 'plan-signing-key';
const ALGORITHM = 'ssh-ed25519';

/**
 * The key with which this installation signs tags: made when it is first needed, and kept in the
 * database beside its other secrets. Processes that need it at once agree on one.
 */
export async function signingKey(db: Db | Tx): Promise<SigningKey> {
  const find = () =>
    db.selectFrom('installation').select('value').where('key', '=', NAME).executeTakeFirst();
  let row = await find();
  if (row === undefined) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await db
      .insertInto('installation')
      .values({ key: NAME, value: JSON.stringify({ pem }) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    row = await find();
  }
  const pem: unknown = Object(row?.value)['pem'];
  if (typeof pem !== 'string') throw new Error(`the row “${NAME}” of installation holds no key`);
  return keyOf(pem);
}

/** A key from its PEM text (PKCS #8, Ed25519). */
export function keyOf(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const blob = Buffer.concat([field(ALGORITHM), field(Buffer.from(x, 'base64url'))]);
  return {
    publicKey: `${ALGORITHM} ${blob.toString('base64')}`,
    sign: (text) => armoured(signatureOf(text, blob, (bytes) => sign(null, bytes, key))),
  };
}

/** What Git asks OpenSSH to sign for. */
const NAMESPACE = 'git';
const HASH = 'sha512';

/**
 * A signature in OpenSSH's own format (PROTOCOL.sshsig): what is signed is the hash of the text with
 * the namespace, so that a signature for Git is none for anything else.
 */
function signatureOf(text: string, blob: Buffer, signed: (bytes: Buffer) => Buffer): Buffer {
  const magic = Buffer.from('SSHSIG');
  const digest = createHash(HASH).update(text).digest();
  const facts = [field(NAMESPACE), field(''), field(HASH)];
  const signature = signed(Buffer.concat([magic, ...facts, field(digest)]));
  const version = Buffer.from([0, 0, 0, 1]);
  const wrapped = Buffer.concat([field(ALGORITHM), field(signature)]);
  return Buffer.concat([magic, version, field(blob), ...facts, field(wrapped)]);
}

/** A string of the SSH protocol: its length in four bytes, then itself. */
function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const armoured = (signature: Buffer): string =>
  [
    '-----BEGIN SSH SIGNATURE-----',
    ...(signature.toString('base64').match(/.{1,70}/g) ?? []),
    '-----END SSH SIGNATURE-----',
    '',
  ].join('\n');
