import type { Instant } from '@cairn/kernel/time';
import type { Seal } from '../../../platform/auth/keys.ts';
import type { UserToken } from '../../../platform/github/user-tokens.ts';

/** A token as it is kept: sealed, with the moment at which it ends. */
export const closedGrant = (
  seal: Seal,
  { access, refresh, endsIn }: UserToken,
  now: Instant,
): {
  access: Uint8Array;
  refresh: Uint8Array | null;
  expiresAt: Instant | null;
} => ({
  access: seal.close(access),
  refresh: refresh === undefined ? null : seal.close(refresh),
  expiresAt: endsIn === undefined ? null : now.add({ seconds: endsIn }),
});
