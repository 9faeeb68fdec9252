import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Rule, Session, Slot } from '../sessions/model.ts';
import { NumberText } from './number-text.ts';
import { checkSizes } from './sizes.ts';

/**
 * Post enrolment course timetabling, track 2 of the second International Timetabling Competition.
 *
 * What must hold are the competition's hard constraints; the first level is its distance to
 * feasibility (the students of events without a place), the second its soft cost. Things are numbered
 * from 0 as in the file.
 *
 * Source: https://www.eeecs.qub.ac.uk/itc2007/postenrolcourse/, and Lewis, Paechter, McCollum, "Post
 * Enrolment based Course Timetabling: A Description of the Problem Model used for Track Two of the
 * Second International Timetabling Competition" (2007).
 */
export const ITC2007_LEVELS = [
  'what must hold',
  'students of events without a place',
  'soft cost',
] as const;

/** The week of the competition. */
export const ITC2007_DAYS = 5;
export const ITC2007_SLOTS_A_DAY = 9;
const SLOTS = ITC2007_DAYS * ITC2007_SLOTS_A_DAY;
const MOST = 1_000_000_000;

/** The slots of the competition's week: nine on each of five days. The hours are made up. */
export const itc2007Slots: readonly Slot[] = Array.from({ length: SLOTS }, (_, index) => {
  const start = index * 60;
  const day = `day ${Math.floor(index / ITC2007_SLOTS_A_DAY)}`;
  return { key: `slot ${index}`, day, start, end: start + 60 };
});

/** The rules of an instance beside those that always stand and its precedences. */
export const itc2007Rules: readonly Rule[] = [
  { kind: 'placed', level: 1, measure: 'people', name: 'every event takes place' },
  { kind: 'day-pattern', level: 2, pattern: 'last-slot', name: 'no last slot of a day' },
  { kind: 'day-pattern', level: 2, pattern: 'three-in-a-row', name: 'no three events in a row' },
  { kind: 'day-pattern', level: 2, pattern: 'alone', name: 'no day with a single event' },
];

/**
 * Reads a `.tim` file. Its header is believed only as far as the rest of the file can hold what it
 * promises, so that no more memory is taken than the file has earned.
 */
export function readItc2007(text: string, file: string): Result<Instance, Problem[]> {
  const numbers = new NumberText(text, file);
  const events = numbers.whole('the number of events', 1, MOST);
  const rooms = numbers.whole('the number of rooms', 1, MOST);
  const features = numbers.whole('the number of features', 0, MOST);
  const students = numbers.whole('the number of students', 0, MOST);
  const promised =
    rooms + students * events + rooms * features + events * (features + SLOTS + events);
  if (promised > numbers.most) {
    const sentence = `The first line promises ${events} events, ${rooms} rooms, ${features} features and ${students} students, which take ${promised} numbers, but the rest of the file has room for at most ${numbers.most}; is it whole?`;
    numbers.refuse('header-too-large', sentence, 0);
  }
  if (numbers.fault !== undefined) return fail([numbers.fault]);

  const sizes = Array.from({ length: rooms }, (_, room) =>
    numbers.whole(`the size of room ${room}`, 0, MOST),
  );
  const attends = readMatrix(numbers, students, events, ['student', 'attends event']);
  const has = readMatrix(numbers, rooms, features, ['room', 'has feature']);
  const needs = readMatrix(numbers, events, features, ['event', 'needs feature']);
  const free = readMatrix(numbers, events, SLOTS, ['event', 'may be in slot']);
  const order = readOrder(numbers, events);
  numbers.end('the order of the last event');
  if (numbers.fault !== undefined) return fail([numbers.fault]);

  const attending = Array.from({ length: events }, (): number[] => []);
  for (const [student, row] of attends.entries()) {
    for (const [event, yes] of row.entries()) if (yes === 1) attending[event]?.push(student);
  }
  const studentKeys = attends.map((_, student) => `student ${student}`);
  const featureKeys = Array.from({ length: features }, (_, feature) => `feature ${feature}`);
  const instance: Instance = {
    slots: itc2007Slots,
    rooms: sizes.map((capacity, room) => ({
      key: `room ${room}`,
      capacity,
      features: chosen(featureKeys, has[room]),
    })),
    people: studentKeys.map((key) => ({ key })),
    sessions: attending.map((who, event): Session => {
      const open = chosen(
        itc2007Slots.map(({ key }) => key),
        free[event],
      );
      return {
        key: `event ${event}`,
        size: who.length,
        needs: chosen(featureKeys, needs[event]),
        people: who.map((student) => studentKeys[student] ?? ''),
        ...(open.length === SLOTS ? {} : { slots: open }),
      };
    }),
    rules: [
      ...itc2007Rules,
      ...order.flatMap((row, one) =>
        [...row.entries()]
          .filter(([other, sign]) => sign === 1 || order[other]?.[one] === -1)
          .map(
            ([other]): Rule => ({
              kind: 'before',
              level: 0,
              sessions: [`event ${one}`, `event ${other}`],
            }),
          ),
      ),
    ],
    levels: ITC2007_LEVELS,
  };
  const problems = checkSizes(instance, file);
  return problems.length > 0 ? fail(problems) : ok(instance);
}

/** Rows of 0 and 1. The names are what a row and a column are, for what is said of faults. */
function readMatrix(
  numbers: NumberText,
  rows: number,
  columns: number,
  [row, column]: readonly [string, string],
): Int8Array[] {
  return Array.from({ length: rows }, (_, one) => {
    const values = new Int8Array(columns);
    if (numbers.fault !== undefined) return values;
    for (let other = 0; other < columns; other++) {
      values[other] = numbers.whole(`whether ${row} ${one} ${column} ${other}`, 0, 1);
    }
    return values;
  });
}

/**
 * Which event comes before (1) or after (-1) which. Files may say an order from one side only, but not
 * that each of two comes first.
 */
function readOrder(numbers: NumberText, events: number): Int8Array[] {
  const order: Int8Array[] = [];
  for (let one = 0; one < events && numbers.fault === undefined; one++) {
    const row = new Int8Array(events);
    order.push(row);
    for (let other = 0; other < events && numbers.fault === undefined; other++) {
      const sign = numbers.whole(
        `whether event ${one} is before (1) or after (-1) event ${other}`,
        -1,
        1,
      );
      row[other] = sign;
      if (sign === 0 || sign !== order[other]?.[one]) continue;
      const word = sign === 1 ? 'before' : 'after';
      const sentence = `The events ${other} and ${one} are each ${word} the other; write 1 and -1, or 0 and 0.`;
      numbers.refuse('order-contradicts', sentence);
    }
  }
  return order;
}

const chosen = (keys: readonly string[], row: Int8Array | undefined): string[] =>
  keys.filter((_, index) => row?.[index] === 1);
