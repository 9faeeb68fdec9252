import { parseArgs } from 'node:util';
import { formatProblem } from '@cairn/kernel/problem';
import { readConfig } from '../config.ts';
import { type Command, EXIT, say } from './command.ts';
import { greeting, type Served, type ServeOptions, startServer } from './serve.ts';

/** `cairn serve [--no-worker]`: answers requests, and runs jobs, until it is stopped. */
export const serveCommand: Command = (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { worker: { type: 'boolean', default: true } },
    allowNegative: true,
  });
  return serveUntilStopped({ withWorker: values.worker });
};

/** Serves with the environment's configuration until a signal comes. */
export async function serveUntilStopped(options: Omit<ServeOptions, 'say'>): Promise<number> {
  const config = readConfig(process.env);
  if (!config.ok) {
    for (const each of config.error) say(formatProblem(each));
    return EXIT.couldNot;
  }
  const started = await startServer(config.value, { ...options, say });
  if (!started.ok) {
    say(formatProblem(started.error));
    return EXIT.couldNot;
  }
  process.stdout.write(await greeting(started.value, config.value));
  await untilStopped(started.value);
  return EXIT.done;
}

/** Waits for a signal, then closes in order. A signal often comes twice: from the terminal, and from npm. */
function untilStopped(served: Served): Promise<void> {
  return new Promise((stopped) => {
    let isClosing = false;
    const close = (): void => {
      if (isClosing) return;
      isClosing = true;
      void served.close().then(stopped);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, close);
  });
}
