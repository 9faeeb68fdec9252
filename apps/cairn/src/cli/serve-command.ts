import { parseArgs } from 'node:util';
import { formatProblem } from '@cairn/kernel/problem';
import { readConfig } from '../config.ts';
import { type Command, EXIT, say } from './command.ts';
import { greet, type Served, startServer } from './serve.ts';

/** `cairn serve [--no-worker]`: answers requests, and runs jobs, until it is stopped. */
export const serveCommand: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { worker: { type: 'boolean', default: true } },
    allowNegative: true,
  });
  const config = readConfig(process.env);
  if (!config.ok) {
    for (const each of config.error) say(formatProblem(each));
    return EXIT.couldNot;
  }
  const started = await startServer(config.value, { withWorker: values.worker, say });
  if (!started.ok) {
    say(formatProblem(started.error));
    return EXIT.couldNot;
  }
  process.stdout.write(await greet(started.value, config.value.url));
  await untilStopped(started.value);
  return EXIT.done;
};

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
