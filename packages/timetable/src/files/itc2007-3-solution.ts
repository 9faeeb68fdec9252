import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Timetable } from '../sessions/model.ts';
import { LineText } from './line-text.ts';
import { quoted } from './place-in-text.ts';

/** Reads a solution: a line `COURSE ROOM DAY PERIOD` for each lecture that has a place. */
export function readItc2007ThreeSolution(
  text: string,
  { sessions, slots, rooms }: Instance,
  file: string,
): Result<Timetable, Problem[]> {
  const lines = new LineText(text, file);
  /** Of each course its lectures without a line, the first last. */
  const lectures = new Map<string, number[]>();
  for (const [index, { key }] of sessions.toReversed().entries()) {
    const left = lectures.get(courseKey(key)) ?? [];
    left.push(sessions.length - 1 - index);
    lectures.set(courseKey(key), left);
  }
  const roomNumbers = new Map(rooms.map(({ key }, number) => [key, number]));
  const slotNumbers = new Map(slots.map(({ key }, number) => [key, number]));
  const slot = new Int32Array(sessions.length).fill(-1);
  const room = new Int32Array(sessions.length).fill(-1);
  while (lines.fault === undefined && lines.peek() !== undefined) {
    const [course, where, day, period, ...more] = lines.words('a lecture');
    const lecture = lectures.get(course?.text ?? '')?.pop();
    if (lecture === undefined) {
      const sentence = lectures.has(course?.text ?? '')
        ? `The course ${quoted(course?.text ?? '')} has more lines than lectures.`
        : `There is no course ${quoted(course?.text ?? '')}.`;
      lines.refuse('unknown-key', sentence, course);
      break;
    }
    const inRoom = roomNumbers.get(where?.text ?? '');
    if (inRoom === undefined) {
      lines.refuse(
        'unknown-key',
        `There is no room ${quoted(where?.text ?? '')}.`,
        where ?? course,
      );
    }
    const at = slotNumbers.get(`day ${day?.text} period ${period?.text}`);
    if (at === undefined) {
      const sentence = `There is no period ${quoted(`${day?.text ?? ''} ${period?.text ?? ''}`.trim())}; days and periods count from 0.`;
      lines.refuse('unknown-key', sentence, day ?? course);
    }
    if (more[0] !== undefined) {
      lines.refuse(
        'text-goes-on',
        'A line is COURSE ROOM DAY PERIOD, and nothing after it.',
        more[0],
      );
    }
    slot[lecture] = at ?? -1;
    room[lecture] = inRoom ?? -1;
  }
  return lines.fault === undefined ? ok({ slot, room }) : fail([lines.fault]);
}

/** Writes a solution as the competition's validator reads it. */
export const writeItc2007ThreeSolution = (
  { sessions, slots, rooms }: Instance,
  timetable: Timetable,
): string =>
  sessions
    .map(({ key }, number) => {
      const slot = slots[timetable.slot[number] ?? -1];
      const room = rooms[timetable.room[number] ?? -1];
      if (slot === undefined || room === undefined) return '';
      return `${courseKey(key)} ${room.key} ${slot.key.replace('day ', '').replace('period ', '')}\n`;
    })
    .join('');

/** The course of a lecture's key. */
const courseKey = (session: string): string => session.slice(0, session.lastIndexOf(' '));
