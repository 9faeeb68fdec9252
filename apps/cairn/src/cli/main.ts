import { type Command, EXIT, say } from './command.ts';
import { COMMAND_NAMES, type CommandName, isCommandName, usageText } from './usage.ts';

/** Each is loaded when it is asked for: a check of a file need not load the server. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  serve: async () => (await import('./serve-command.ts')).serveCommand,
  worker: async () => (await import('./worker-command.ts')).workerCommand,
  demo: async () => (await import('./demo-command.ts')).demoCommand,
  doctor: async () => (await import('./doctor-command.ts')).doctorCommand,
  summit: async () => (await import('./summit-command.ts')).summitCommand,
  plan: async () => (await import('./plan-command.ts')).planCommand,
  timetable: async () => (await import('./timetable-command.ts')).timetableCommand,
  calendar: async () => (await import('./calendar-command.ts')).calendarCommand,
  help: async () => (await import('./help-command.ts')).helpCommand,
};

async function run([given = 'help', ...args]: readonly string[]): Promise<number> {
  const name = given === '--help' || given === '-h' ? 'help' : given;
  if (!isCommandName(name)) {
    say(`There is no command “${name}”; there are ${COMMAND_NAMES.join(', ')}.`);
    return EXIT.couldNot;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usageText(name));
    return EXIT.done;
  }
  try {
    const command = await COMMANDS[name]();
    return await command(args);
  } catch (error) {
    if (!isWrongUse(error)) throw error;
    say(`${error.message} See “cairn help ${name}”.`);
    return EXIT.couldNot;
  }
}

/** What `parseArgs` throws for an option that the command does not know, or one without its value. */
const isWrongUse = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('ERR_PARSE_ARGS');

process.exitCode = await run(process.argv.slice(2));
