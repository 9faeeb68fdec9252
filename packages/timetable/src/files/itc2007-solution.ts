import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Timetable } from '../sessions/model.ts';
import { NumberText } from './number-text.ts';

/** Reads a solution: for each event a line of its slot and its room, `-1 -1` where it has none. */
export function readItc2007Solution(
  text: string,
  { sessions, slots, rooms }: Instance,
  file: string,
): Result<Timetable, Problem[]> {
  const numbers = new NumberText(text, file);
  const slot = new Int32Array(sessions.length).fill(-1);
  const room = new Int32Array(sessions.length).fill(-1);
  for (let event = 0; event < sessions.length && numbers.fault === undefined; event++) {
    slot[event] = numbers.whole(`the slot of event ${event}, or -1`, -1, slots.length - 1);
    room[event] = numbers.whole(`the room of event ${event}, or -1`, -1, rooms.length - 1);
    if ((slot[event] === -1) !== (room[event] === -1)) {
      numbers.refuse(
        'half-placed',
        `Event ${event} has a slot or a room, but not both; write -1 -1 if it has no place.`,
      );
    }
  }
  numbers.end('the last event');
  return numbers.fault === undefined ? ok({ slot, room }) : fail([numbers.fault]);
}

/** Writes a solution as the competition's validator reads it. */
export const writeItc2007Solution = ({ sessions }: Instance, { slot, room }: Timetable): string =>
  sessions
    .map((_, event) => {
      const isPlaced = (slot[event] ?? -1) >= 0 && (room[event] ?? -1) >= 0;
      return isPlaced ? `${slot[event]} ${room[event]}\n` : '-1 -1\n';
    })
    .join('');
