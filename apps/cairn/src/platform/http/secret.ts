import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret for a link or a token: 256 random bits, safe in a URL. Shown once; only its hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret. A plain SHA-256 suffices: 256 random bits cannot be guessed. */
export const hashSecret = (secret: string): Uint8Array =>
  createHash('sha256').update(secret).digest();

/** Compares a secret that was shown with ours, without telling by the time how much was right. */
export const isSameSecret = (shown: string, ours: string): boolean =>
  timingSafeEqual(hashSecret(shown), hashSecret(ours));
