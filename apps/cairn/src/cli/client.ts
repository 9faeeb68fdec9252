import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { chooseDataDirectory } from '../platform/db/data-directory.ts';
import { readRunning } from './running.ts';

const PATIENCE_MS = 60_000;

/** A server to talk to: the one on this machine, or one elsewhere with a token of somebody's. */
export interface Client {
  /** Asks for something under `/api/v1`; a refusal comes back as its problems. */
  ask(path: string, init?: RequestInit): Promise<Result<Response, Refused>>;
}

/** Why the server did not do it. */
export interface Refused {
  /** Undefined where no server answered. */
  readonly status: number | undefined;
  readonly problems: readonly Problem[];
}

const refusalSchema = z.object({
  problems: z.array(
    z.object({
      code: z.string(),
      sentence: z.string(),
      place: z.object({
        file: z.string().optional(),
        line: z.number().optional(),
        column: z.number().optional(),
        path: z.string().optional(),
      }),
    }),
  ),
});

/**
 * The server that the environment means: with CAIRN_TOKEN the one at CAIRN_URL, otherwise the one
 * that runs on this machine's data directory.
 */
export function findServer(
  env: Readonly<Record<string, string | undefined>>,
): Result<Client, readonly Problem[]> {
  const config = readConfig(env);
  if (!config.ok) return config;
  const token = env['CAIRN_TOKEN']?.trim() ?? '';
  if (token !== '') {
    if (!/^[\w-]+$/.test(token)) {
      const sentence = 'CAIRN_TOKEN is no token of Cairn’s; copy it again, whole (cairn_…).';
      return fail([problem('bad-token', sentence, { path: 'CAIRN_TOKEN' })]);
    }
    return ok(clientOf(config.value.url, token));
  }
  const directory = chooseDataDirectory(config.value.dataDir, 'data');
  if (!directory.ok) return fail([directory.error]);
  const running = readRunning(directory.value.path);
  if (running !== undefined) return ok(clientOf(running.address, running.token));
  return fail([
    problem(
      'no-server',
      `No Cairn runs on ${directory.value.path}; start it (npm start), set CAIRN_DATA to its directory, or set CAIRN_URL and CAIRN_TOKEN for one elsewhere.`,
    ),
  ]);
}

/** A client of the server at an address. */
function clientOf(address: string, token: string): Client {
  const unreachable = (error: unknown): Refused => ({
    status: undefined,
    problems: [
      problem(
        'no-answer',
        `${address} does not answer (${reasonOf(error)}); see whether Cairn runs there, and whether CAIRN_URL is right.`,
      ),
    ],
  });
  return {
    ask: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${token}`);
      try {
        const answer = await fetch(`${address}/api/v1${path}`, {
          ...init,
          headers,
          // The token is for this server and for no other that it may point to.
          redirect: 'error',
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        return answer.ok
          ? ok(answer)
          : fail({ status: answer.status, problems: await problemsOf(answer, address) });
      } catch (error) {
        return fail(unreachable(error));
      }
    },
  };
}

async function problemsOf(answer: Response, address: string): Promise<readonly Problem[]> {
  const body: unknown = await answer.json().catch(() => undefined);
  const parsed = refusalSchema.safeParse(body);
  if (parsed.success) {
    return parsed.data.problems.map(({ code, sentence, place }) => {
      const { file, line, column, path } = place;
      return problem(code, sentence, {
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
        ...(path === undefined ? {} : { path }),
      });
    });
  }
  const sentence = `${address} answered ${answer.status}, and not as Cairn does; is CAIRN_URL right?`;
  return [problem('not-cairn', sentence)];
}

/** Node's fetch says only “fetch failed”; what failed is its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
