import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What a running server leaves in its data directory for the command line and for workers: where it
 * answers, where its database is, and a token that proves the caller may read this directory. The
 * file is readable by its owner only and goes when the server does.
 */
const runningSchema = z.object({
  pid: z.number().int(),
  /** Where it listens on this machine, which may differ from the public address. */
  address: z.string(),
  connectionString: z.string(),
  token: z.string(),
});
export type Running = z.output<typeof runningSchema>;

const fileIn = (dataDir: string): string => join(dataDir, 'running.json');

/** Leaves the note. With a database elsewhere there may be no data directory yet. */
export function writeRunning(dataDir: string, running: Running): void {
  mkdirSync(dataDir, { recursive: true });
  // Anew, not over what is there: the mode of a file is given when it is made.
  rmSync(fileIn(dataDir), { force: true });
  writeFileSync(fileIn(dataDir), `${JSON.stringify(running)}\n`, { mode: 0o600 });
}

/** Takes this process's note away, and not that of another server on the same database. */
export function removeRunning(dataDir: string): void {
  if (readRunning(dataDir)?.pid === process.pid) rmSync(fileIn(dataDir), { force: true });
}

/** The server that runs on a data directory, if there is one; a note left by a crash is not believed. */
export function readRunning(dataDir: string): Running | undefined {
  try {
    const running = runningSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}
