import { listed } from '@cairn/kernel/words';
import { type Command, EXIT, say } from './command.ts';

/** What `cairn timetable` does; each is loaded when it is asked for. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['dates', async () => (await import('./timetable-dates.ts')).timetableDates],
  ['meetings', async () => (await import('./timetable-meetings.ts')).timetableMeetings],
  ['solve', async () => (await import('./timetable-solve.ts')).timetableSolve],
  ['check', async () => (await import('./timetable-check.ts')).timetableCheck],
  ['explain', async () => (await import('./timetable-explain.ts')).timetableExplain],
  ['repair', async () => (await import('./timetable-repair.ts')).timetableRepair],
  ['groups', async () => (await import('./timetable-groups.ts')).timetableGroups],
  ['draw', async () => (await import('./timetable-draw.ts')).timetableDraw],
]);

/** `cairn timetable dates|meetings|solve|…`: the library of the same name, without a server. */
export const timetableCommand: Command = async ([what = '', ...args]) => {
  const load = COMMANDS.get(what);
  if (load !== undefined) return (await load())(args);
  const named = what === '' ? 'Say which' : `“${what}” is none of them`;
  const all = listed([...COMMANDS.keys()]);
  say(`cairn timetable does ${all}. ${named}; see “cairn help timetable”.`);
  return EXIT.couldNot;
};
