import { type Command, EXIT, say } from './command.ts';
import { COMMAND_NAMES, isCommandName, usageText } from './usage.ts';

/** `cairn help [COMMAND]`. */
export const helpCommand: Command = async ([name]) => {
  if (name !== undefined && !isCommandName(name)) {
    say(`There is no command “${name}”; there are ${COMMAND_NAMES.join(', ')}.`);
    return EXIT.couldNot;
  }
  process.stdout.write(usageText(name));
  return EXIT.done;
};
