import { parseArgs } from 'node:util';
import { formatProblem } from '@cairn/kernel/problem';
import { readConfig } from '../config.ts';
import { chooseDataDirectory } from '../platform/db/data-directory.ts';
import { type Command, EXIT } from './command.ts';
import { addressFindings } from './doctor-address.ts';
import { gitFindings } from './doctor-git.ts';
import { directoryFindings, machineFindings } from './doctor-machine.ts';
import { databaseFindings, mailFindings, serverFindings } from './doctor-service.ts';
import { type Finding, finding } from './finding.ts';
import { printJson } from './output.ts';
import { readRunning } from './running.ts';

/** `cairn doctor [--json]`: what is wrong with this installation, and how to mend it. Changes nothing. */
export const doctorCommand: Command = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
  });
  const findings = await examine(process.env);
  const isBad = findings.some(({ standing }) => standing === 'bad');
  if (values.json) {
    printJson({ ok: !isBad, findings });
  } else {
    for (const { standing, about, sentence } of findings) {
      process.stdout.write(`${standing.padEnd(5)}${about.padEnd(12)}${sentence}\n`);
    }
  }
  return isBad ? EXIT.badNews : EXIT.done;
};

async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const machine = machineFindings();
  const config = readConfig(env);
  if (!config.ok) {
    const wrong = config.error.map((each) => finding('settings', 'bad', formatProblem(each)));
    return [...machine, ...wrong];
  }
  const { value: settings } = config;
  const directory = chooseDataDirectory(settings.dataDir, 'data');
  if (!directory.ok) {
    return [...machine, finding('data', 'bad', formatProblem(directory.error))];
  }
  const { path, note } = directory.value;
  const running = readRunning(path);
  return [
    ...machine,
    ...(note === undefined ? [] : [finding('data', 'warn', note)]),
    ...(await directoryFindings(path, settings.databaseUrl === undefined)),
    ...(await gitFindings(path)),
    ...(await serverFindings(path, running)),
    ...(await databaseFindings(settings.databaseUrl ?? running?.connectionString)),
    ...(await mailFindings(settings.smtpUrl)),
    ...addressFindings(settings, env['CAIRN_URL'] !== undefined),
  ];
}
