import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** The unprivileged account that PostgreSQL runs as when Cairn itself runs as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const CANDIDATES = ['postgres', '_postgres', 'nobody'] as const;

/** Whether this process is root, as which PostgreSQL refuses to run. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Who runs the database server: this process's own account (`undefined`), or, as root, the owner of
 * the existing cluster, else the first of postgres and nobody that /etc/passwd knows.
 * A cluster that another account owns, and an account without a name, are problems.
 */
export function chooseServerUser(clusterDir: string): Result<ServerUser | undefined, Problem> {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (!isRoot()) {
    if (owner !== undefined && owner.uid !== process.getuid?.()) {
      return fail(
        problem(
          'data-directory-of-another-user',
          `The database in ${clusterDir} belongs to the user with number ${owner.uid}; start Cairn as the user that created it, or choose another CAIRN_DATA.`,
          { file: clusterDir },
        ),
      );
    }
    // Only initdb asks for the name of the account; a cluster that exists starts without one.
    return owner === undefined && !hasName() ? fail(namelessAccount()) : ok(undefined);
  }
  if (owner !== undefined && owner.uid !== 0) {
    return ok({ uid: owner.uid, gid: owner.gid, name: `number ${owner.uid}` });
  }
  const accounts = readAccounts();
  const user = CANDIDATES.map((name) => accounts.get(name)).find((found) => found !== undefined);
  return user === undefined ? fail(noUnprivilegedAccount()) : ok(user);
}

/**
 * Whether an account can enter a directory, tried rather than computed: access lists, mount options
 * and missing capabilities all count. `undefined` stands for this process's own account.
 */
export function canEnter(
  user: ServerUser | undefined,
  directory: string,
): Result<boolean, Problem> {
  return tryAs(user, 'cd -- "$1"', directory);
}

/** Whether an account can run a program and reach it. */
export function canRun(user: ServerUser | undefined, program: string): Result<boolean, Problem> {
  return tryAs(user, 'test -r "$1" && test -x "$1"', program);
}

function tryAs(
  user: ServerUser | undefined,
  script: string,
  path: string,
): Result<boolean, Problem> {
  const account = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  const { status, error } = spawnSync('/bin/sh', ['-c', script, 'sh', path], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return error === undefined
    ? ok(status === 0)
    : fail(
        problem(
          'cannot-drop-root',
          `PostgreSQL must not run as root, and this system does not let Cairn switch to the user ${user?.name ?? 'it needs'}; start Cairn as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
        ),
      );
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

const namelessAccount = (): Problem =>
  problem(
    'account-without-name',
    `The user with number ${process.getuid?.() ?? '?'} has no entry in /etc/passwd, and PostgreSQL cannot create a database without one; start Cairn as a named user, or set DATABASE_URL to a PostgreSQL server.`,
  );

const noUnprivilegedAccount = (): Problem =>
  problem(
    'no-unprivileged-account',
    'PostgreSQL must not run as root, and /etc/passwd has neither a user postgres nor a user nobody; start Cairn as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );

function readAccounts(): Map<string, ServerUser> {
  const accounts = new Map<string, ServerUser>();
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) continue;
    // macOS writes nobody's number as -2, which the kernel stores unsigned.
    accounts.set(name, { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 });
  }
  return accounts;
}
