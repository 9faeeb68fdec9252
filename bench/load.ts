import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { send } from './browser.ts';
import { onLoadCore } from './processes.ts';
import { ROOT } from './root.ts';

/** What a server did under load; latencies in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly cookie?: string | undefined;
}

const resultSchema = z.object({
  requests: z.object({ average: z.number(), total: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
  non2xx: z.number(),
  errors: z.number(),
  timeouts: z.number(),
});

const AUTOCANNON = join(ROOT, 'node_modules', 'autocannon', 'autocannon.js');
const run = promisify(execFile);

/**
 * Asks for one page again and again from so many connections, each of which waits for its answer.
 * The load generator is a process of its own, on another core than a pinned server. Throws when
 * anything but a page comes back: such figures would mean nothing.
 */
export async function load(
  url: string,
  { connections, seconds, cookie }: LoadOptions,
): Promise<Load> {
  // Requests that an earlier load left behind are answered first, and not measured.
  for (let count = 0; count < 2; count += 1)
    await send(url, cookie === undefined ? {} : { cookie });
  const [program = '', ...args] = onLoadCore([
    process.execPath,
    AUTOCANNON,
    ...['--json', '--no-progress', '-c', String(connections), '-d', String(seconds)],
    ...(cookie === undefined ? [] : ['-H', `cookie: ${cookie}`]),
    url,
  ]);
  const { stdout } = await run(program, args, { maxBuffer: 16 * 1024 * 1024 });
  const { requests, latency, non2xx, errors, timeouts } = resultSchema.parse(JSON.parse(stdout));
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${url}: ${non2xx} refused, ${errors} broken, ${timeouts} never answered`);
  }
  if (requests.total === 0) throw new Error(`${url}: not one answer in ${seconds} s`);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}
