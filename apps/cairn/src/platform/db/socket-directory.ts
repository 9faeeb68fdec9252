import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { ServerUser } from './server-user.ts';

// The kernel stores a socket's path in 104 bytes (macOS) or 108 (Linux), its final zero included.
const LONGEST_PATH = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

/** The path of PostgreSQL's socket in a directory. */
export const socketPath = (directory: string): string => join(directory, SOCKET_NAME);

/**
 * Where the socket of a data directory goes: inside it, or, when that path is too long for a
 * socket, a short directory under the temporary one that is always the same for the same data.
 */
export function socketDirectoryFor(dataDir: string, temporary = tmpdir()): string {
  const inside = join(dataDir, 'socket');
  if (Buffer.byteLength(socketPath(inside)) <= LONGEST_PATH) return inside;
  const name = `cairn-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  const short = join(temporary, name);
  return Buffer.byteLength(socketPath(short)) <= LONGEST_PATH ? short : join('/tmp', name);
}

/**
 * Creates the socket's directory so that only the server's account may enter it: the server trusts
 * whoever reaches the socket. Somebody else's directory of that name is a problem.
 */
export async function createSocketDirectory(
  directory: string,
  user: ServerUser | undefined,
): Promise<Result<void, Problem>> {
  await mkdir(directory, { mode: 0o700 }).catch(async (error: unknown) => {
    const found = await lstat(directory);
    if (!found.isDirectory()) throw error;
  });
  const { uid } = await lstat(directory);
  const wanted = user?.uid ?? process.getuid?.() ?? uid;
  if (uid !== wanted && uid !== process.getuid?.()) {
    return fail(
      problem(
        'socket-directory-of-another-user',
        `The directory ${directory} belongs to the user with number ${uid}; remove it, or choose a CAIRN_DATA with a shorter path.`,
        { file: directory },
      ),
    );
  }
  await chmod(directory, 0o700);
  if (uid !== wanted && user !== undefined) await chown(directory, user.uid, user.gid);
  return ok(undefined);
}

/** Removes the socket's directory; for a server that has stopped. */
export const removeSocketDirectory = (directory: string): Promise<void> =>
  rm(directory, { recursive: true, force: true });
