import { type Command, EXIT, say } from './command.ts';
import { timetableDates } from './timetable-dates.ts';
import { timetableMeetings } from './timetable-meetings.ts';

/** `cairn timetable dates|meetings`: the library of the same name, without a server. */
export const timetableCommand: Command = async ([what, ...args]) => {
  switch (what) {
    case 'dates':
      return timetableDates(args);
    case 'meetings':
      return timetableMeetings(args);
    default: {
      const named = what === undefined ? 'Say which' : `“${what}” is none of them`;
      say(`cairn timetable does dates and meetings. ${named}; see “cairn help timetable”.`);
      return EXIT.couldNot;
    }
  }
};
