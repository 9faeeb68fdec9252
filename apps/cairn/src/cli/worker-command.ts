import { parseArgs } from 'node:util';
import { formatProblem, type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Config, readConfig } from '../config.ts';
import { openInstallation } from '../installation.ts';
import { chooseDataDirectory } from '../platform/db/data-directory.ts';
import { createPool, type OpenDatabase, openDatabase } from '../platform/db/open.ts';
import { type Command, EXIT, say } from './command.ts';
import { couldNot } from './output.ts';
import { readRunning } from './running.ts';

/**
 * `cairn worker`: runs jobs and sweeps beside a server (`cairn serve --no-worker`, or one that needs
 * help), until it is stopped.
 */
export const workerCommand: Command = async (args) => {
  parseArgs({ args: [...args], options: {} });
  const config = readConfig(process.env);
  if (!config.ok) return couldNot(config.error, false);
  const directory = chooseDataDirectory(config.value.dataDir, 'data');
  if (!directory.ok) return couldNot([directory.error], false);
  const dataDir = directory.value.path;
  const opened = await databaseOf(config.value, dataDir);
  if (!opened.ok) return couldNot([opened.error], false);
  const database = opened.value;
  const installed = await openInstallation(config.value, database, dataDir);
  if (!installed.ok) {
    say(formatProblem(installed.error));
    await database.close();
    return EXIT.couldNot;
  }
  const worker = await installed.value.startWorker();
  say('Cairn’s worker runs jobs. Stop it with Ctrl-C.');
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopped());
  });
  await worker.stop();
  installed.value.close();
  await database.close();
  return EXIT.done;
};

/** The database at DATABASE_URL, or the embedded one of the server that runs: it has one owner. */
async function databaseOf(config: Config, dataDir: string): Promise<Result<OpenDatabase, Problem>> {
  if (config.databaseUrl !== undefined) {
    return openDatabase({ dataDir, databaseUrl: config.databaseUrl });
  }
  const running = readRunning(dataDir);
  if (running === undefined) {
    const sentence = `No Cairn runs on ${dataDir}, and its database runs with it; start it first (cairn serve --no-worker), or set DATABASE_URL.`;
    return fail(problem('no-server', sentence));
  }
  const { connectionString } = running;
  const pool = createPool(connectionString);
  return ok({ pool, connectionString, origin: 'external', close: () => pool.end() });
}
