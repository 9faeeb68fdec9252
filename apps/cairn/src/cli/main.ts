import { type Command, EXIT } from './command.ts';
import { demoCommand } from './demo-command.ts';
import { serveCommand } from './serve-command.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  demo: demoCommand,
};

const [name = 'help', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  process.stderr.write(
    `cairn knows ${Object.keys(COMMANDS).join(', ')}; “${name}” is not among them.\n`,
  );
  process.exitCode = EXIT.couldNot;
} else {
  process.exitCode = await command(args);
}
