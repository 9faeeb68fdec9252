import { parseArgs } from 'node:util';
import { formatProblem } from '@cairn/kernel/problem';
import { readConfig } from '../config.ts';
import { MOMENT_FACTS, MOMENTS, type Moment } from '../demo/moments.ts';
import { chooseDataDirectory } from '../platform/db/data-directory.ts';
import { type Command, EXIT, say } from './command.ts';
import { type Running, readRunning } from './running.ts';
import { serveUntilStopped } from './serve-command.ts';

const isMoment = (text: string): text is Moment => MOMENTS.some((moment) => moment === text);

/**
 * `cairn demo [--at invited|planning|week|after]`: tells the demo's story anew up to a moment of its
 * life. A demo that runs is asked to do it; otherwise one is started there.
 */
export const demoCommand: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { at: { type: 'string', default: 'planning' } },
  });
  if (!isMoment(values.at)) {
    say(`--at takes one of ${MOMENTS.join(', ')}; “${values.at}” is none of them.`);
    return EXIT.couldNot;
  }
  say(MOMENT_FACTS[values.at].what);
  const config = readConfig(process.env);
  if (!config.ok) {
    for (const each of config.error) say(formatProblem(each));
    return EXIT.couldNot;
  }
  const directory = chooseDataDirectory(config.value.dataDir, 'data');
  if (!directory.ok) {
    say(formatProblem(directory.error));
    return EXIT.couldNot;
  }
  const running = readRunning(directory.value.path);
  return running === undefined
    ? serveUntilStopped({ withWorker: true, demoAt: values.at })
    : askServer(running, values.at);
};

async function askServer({ address, token }: Running, moment: Moment): Promise<number> {
  const answer = await fetch(`${address}/demo/at/${moment}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const words = await answer.text();
  if (answer.ok) {
    process.stdout.write(words);
    return EXIT.done;
  }
  say(words.trimEnd());
  return EXIT.couldNot;
}
