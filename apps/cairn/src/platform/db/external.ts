import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import pg from 'pg';
import { errorCode } from './error-code.ts';

const OLDEST_MAJOR = 15;
const CONNECT_PATIENCE_MS = 10_000;

/** Tries the PostgreSQL behind an address: it answers, lets us in, is new enough and stores UTF-8. */
export async function checkExternal(url: string): Promise<Result<void, Problem>> {
  if (!/^postgres(ql)?:\/\//.test(url)) return fail(notAnAddress());
  let client: pg.Client;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    });
  } catch {
    return fail(notAnAddress());
  }
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version,
              current_setting('server_encoding') as encoding`,
    );
    return judgeServer(Number(rows[0]?.version), rows[0]?.encoding ?? '');
  } catch (error) {
    return fail(explainRefusal(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether Cairn can use a server, by `server_version_num` (e.g. 180004) and its encoding. */
export function judgeServer(version: number, encoding: string): Result<void, Problem> {
  const major = Math.floor(version / 10_000);
  if (major < OLDEST_MAJOR) {
    return fail(
      problem(
        'database-too-old',
        `The server at DATABASE_URL is PostgreSQL ${major}, but Cairn needs ${OLDEST_MAJOR} or newer; upgrade it, or leave DATABASE_URL unset to use the embedded one.`,
      ),
    );
  }
  if (encoding !== 'UTF8') {
    return fail(
      problem(
        'database-not-utf8',
        `The database at DATABASE_URL stores ${encoding}, but Cairn needs UTF8; create one with: create database cairn encoding 'UTF8' template template0.`,
      ),
    );
  }
  return ok(undefined);
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
function explainRefusal(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  switch (errorCode(error)) {
    case '28P01':
    case '28000':
      return problem(
        'database-refuses-login',
        `The server at DATABASE_URL refuses the user or password (${reason}); correct them in DATABASE_URL.`,
      );
    case '3D000':
      return problem(
        'database-missing',
        `The server at DATABASE_URL has no such database (${reason}); create it there, or correct the name.`,
      );
    default:
      return problem(
        'database-unreachable',
        `The server at DATABASE_URL does not answer (${reason || errorCode(error)}); start it, correct the address, or leave DATABASE_URL unset to use the embedded database.`,
      );
  }
}

const notAnAddress = (): Problem =>
  problem(
    'database-url-malformed',
    'DATABASE_URL is not an address of a PostgreSQL database; write postgresql://user:password@host:5432/name.',
  );
