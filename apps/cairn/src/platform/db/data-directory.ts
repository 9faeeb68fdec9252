import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { canEnter, chooseServerUser } from './server-user.ts';

/** The data directory to use, and what to tell the operator about the choice. */
export interface DataDirectory {
  readonly path: string;
  readonly note?: string;
}

/**
 * Chooses the data directory: the explicit one (`CAIRN_DATA`) as it is, else `preferred`, unless
 * Cairn runs as root in a place where the database's account cannot follow (a checkout under
 * /root, say); then one of its own under /var/lib, always the same for the same checkout.
 */
export function chooseDataDirectory(
  explicit: string | undefined,
  preferred: string,
): Result<DataDirectory, Problem> {
  if (explicit !== undefined && explicit !== '') return ok({ path: resolve(explicit) });
  const path = resolve(preferred);
  const user = chooseServerUser(join(path, 'postgres'));
  if (!user.ok) return user;
  if (user.value === undefined) return ok({ path });
  const reachable = canEnter(user.value, nearestExisting(path));
  if (!reachable.ok) return reachable;
  if (reachable.value) return ok({ path });
  const name = createHash('sha256').update(path).digest('hex').slice(0, 8);
  const elsewhere = `/var/lib/cairn-${name}`;
  return ok({
    path: elsewhere,
    note: `Cairn runs as root and its database as the user ${user.value.name}, which may not enter ${path}; the data is kept in ${elsewhere} (CAIRN_DATA chooses another place).`,
  });
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
