import { statfs } from 'node:fs/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { errorCode } from './error-code.ts';

// A new cluster takes 40 MB and its first write-ahead segments as much again.
const ROOM_FOR_CLUSTER = 100_000_000;
const ROOM_TO_START = 20_000_000;

/** A full disk, before a new cluster is begun on it; `undefined` when there is room. */
export async function noRoomForCluster(dataDir: string): Promise<Problem | undefined> {
  return (await freeBytes(dataDir)) < ROOM_FOR_CLUSTER ? diskFull(dataDir) : undefined;
}

/** What a database program that ended too early wrote to its log, as a problem. */
export async function explainFailedStart(
  dataDir: string,
  log: string,
  logPath: string,
): Promise<Problem> {
  // On a full disk the log is often the first thing that cannot be written.
  if (/no space left on device/i.test(log) || (await freeBytes(dataDir)) < ROOM_TO_START) {
    return diskFull(dataDir);
  }
  const cause = log
    .split('\n')
    .map((line) => /(?:FATAL|PANIC|error):\s+(.*)$/.exec(line)?.[1])
    .findLast((found) => found !== undefined);
  return problem(
    'database-did-not-start',
    `The embedded PostgreSQL did not start${cause === undefined ? '' : ` (${cause})`}; its log ${logPath} says more.`,
    { file: logPath },
  );
}

/** A file system error that the person who runs Cairn can mend; others are thrown again. */
export function explainFileError(dataDir: string, error: unknown): Problem {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(dataDir);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return problem(
        'data-directory-not-writable',
        `Cairn cannot write in its data directory ${dataDir}; give its user the right to, or choose another CAIRN_DATA.`,
        { file: dataDir },
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return problem(
        'data-directory-not-a-directory',
        `${dataDir} is not a directory; choose another CAIRN_DATA.`,
        { file: dataDir },
      );
    default:
      throw error;
  }
}

const diskFull = (dataDir: string): Problem =>
  problem(
    'disk-full',
    `The disk that holds ${dataDir} is full; free at least 100 MB on it and start Cairn again.`,
    { file: dataDir },
  );

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
