import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Rule, Session, Slot, Timetable } from '../sessions/model.ts';
import { NumberText } from './number-text.ts';

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

const DAYS = 5;
const SLOTS_A_DAY = 9;
const SLOTS = DAYS * SLOTS_A_DAY;
const MOST = 1_000_000_000;

/** The slots of the competition's week: nine on each of five days. The hours are made up. */
export const itc2007Slots: readonly Slot[] = Array.from({ length: SLOTS }, (_, index) => {
  const start = index * 60;
  const day = `day ${Math.floor(index / SLOTS_A_DAY)}`;
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
  const order = readMatrix(
    numbers,
    events,
    events,
    ['event', 'is before (1) or after (-1) event'],
    -1,
  );
  numbers.end('the order of the last event');
  checkOrder(order, numbers);
  if (numbers.fault !== undefined) return fail([numbers.fault]);

  const attending = Array.from({ length: events }, (): number[] => []);
  for (const [student, row] of attends.entries()) {
    for (const [event, yes] of row.entries()) if (yes === 1) attending[event]?.push(student);
  }
  const studentKeys = attends.map((_, student) => `student ${student}`);
  const featureKeys = Array.from({ length: features }, (_, feature) => `feature ${feature}`);
  return ok({
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
  });
}

/** Rows of 0 and 1, or also of -1. `names` are what a row and a column are, for what is said of faults. */
function readMatrix(
  numbers: NumberText,
  rows: number,
  columns: number,
  [row, column]: readonly [string, string],
  least = 0,
): Int8Array[] {
  return Array.from({ length: rows }, (_, one) => {
    const values = new Int8Array(columns);
    if (numbers.fault !== undefined) return values;
    for (let other = 0; other < columns; other++) {
      values[other] = numbers.whole(`whether ${row} ${one} ${column} ${other}`, least, 1);
    }
    return values;
  });
}

/** Files may say an order from one side only, but not that each of two comes first. */
function checkOrder(order: readonly Int8Array[], numbers: NumberText): void {
  for (const [one, row] of order.entries()) {
    for (const [other, sign] of row.entries()) {
      if (sign === 0 || sign !== order[other]?.[one]) continue;
      const word = sign === 1 ? 'before' : 'after';
      const sentence = `The events ${one} and ${other} are each ${word} the other; write 1 and -1, or 0 and 0.`;
      numbers.refuse('order-contradicts', sentence);
      return;
    }
  }
}

const chosen = (keys: readonly string[], row: Int8Array | undefined): string[] =>
  keys.filter((_, index) => row?.[index] === 1);

/** Writes an instance as a `.tim` file; refuses one that says what the format cannot. */
export function writeItc2007(instance: Instance): Result<string, Problem[]> {
  const problems = unspeakable(instance);
  if (problems.length > 0) return fail(problems);
  const { sessions, rooms, people } = instance;
  const features = featuresOf(instance);
  const attends = new Map(people.map(({ key }): [string, Set<string>] => [key, new Set()]));
  for (const session of sessions) {
    for (const who of [...(session.leads ?? []), ...(session.people ?? [])]) {
      attends.get(who)?.add(session.key);
    }
  }
  const order = new Map<string, 1 | -1>();
  for (const rule of instance.rules) {
    if (rule.kind !== 'before') continue;
    for (const [index, next] of rule.sessions.entries()) {
      const one = rule.sessions[index - 1];
      if (one === undefined) continue;
      order.set(`${one}\n${next}`, 1);
      order.set(`${next}\n${one}`, -1);
    }
  }
  const bits = <T>(items: readonly T[], isSet: (item: T) => boolean): string =>
    items.map((item) => (isSet(item) ? '1\n' : '0\n')).join('');
  return ok(
    [
      `${sessions.length} ${rooms.length} ${features.length} ${people.length}\n`,
      ...rooms.map(({ capacity }) => `${capacity ?? people.length}\n`),
      ...people.map(({ key }) =>
        bits(sessions, (session) => attends.get(key)?.has(session.key) === true),
      ),
      ...rooms.map((room) => bits(features, (each) => room.features?.includes(each) === true)),
      ...sessions.map(({ needs }) => bits(features, (each) => needs?.includes(each) === true)),
      ...sessions.map(({ slots }) =>
        bits(instance.slots, ({ key }) => slots?.includes(key) !== false),
      ),
      ...sessions.map(({ key }) =>
        sessions.map((other) => `${order.get(`${key}\n${other.key}`) ?? 0}\n`).join(''),
      ),
    ].join(''),
  );
}

/** All features in an order of their own; those that are numbered as by the reader by their numbers. */
function featuresOf({ rooms, sessions }: Instance): string[] {
  const named = new Set([
    ...rooms.flatMap(({ features }) => features ?? []),
    ...sessions.flatMap(({ needs }) => needs ?? []),
  ]);
  const numbers = [...named].map((name) => Number(/^feature (\d{1,4})$/.exec(name)?.[1] ?? -1));
  if (numbers.includes(-1)) return [...named].sort();
  return Array.from({ length: Math.max(-1, ...numbers) + 1 }, (_, number) => `feature ${number}`);
}

/** What of an instance the format has no words for. */
function unspeakable(instance: Instance): Problem[] {
  const wrong = (path: string, what: string): Problem =>
    problem('not-in-format', `A .tim file cannot say ${what}.`, { path });
  const { slots, sessions, rooms, people, rules } = instance;
  const days = new Map<string, number>();
  for (const { day } of slots) days.set(day, (days.get(day) ?? 0) + 1);
  const isWeek = days.size === DAYS && [...days.values()].every((count) => count === SLOTS_A_DAY);
  const fixed = itc2007Rules.map(meaningOf);
  const said = rules.filter(({ kind }) => kind !== 'before').map(meaningOf);
  const isGoal = fixed.length === said.length && fixed.every((each) => said.includes(each));
  return [
    ...(isWeek ? [] : [wrong('slots', `other slots than ${DAYS} days of ${SLOTS_A_DAY}`)]),
    ...(sessions.length > 0 ? [] : [wrong('sessions', 'that there are no sessions')]),
    ...(rooms.length > 0 ? [] : [wrong('rooms', 'that there are no rooms')]),
    ...sessions.flatMap((each, index) =>
      (each.length ?? 1) === 1 &&
      (each.kind ?? 'session') === 'session' &&
      each.pinned === undefined &&
      each.rooms === undefined &&
      !each.isOptional &&
      !each.isRoomless &&
      each.size === new Set([...(each.leads ?? []), ...(each.people ?? [])]).size
        ? []
        : [
            wrong(
              `sessions[${index}]`,
              'more of a session than who is in it, what it needs and when it may be, nor another size than its people',
            ),
          ],
    ),
    ...rooms.flatMap((each, index) =>
      (each.closed?.length ?? 0) === 0 ? [] : [wrong(`rooms[${index}]`, 'that a room is closed')],
    ),
    ...people.flatMap((each, index) =>
      (each.away?.length ?? 0) === 0 && Object.keys(each.interest ?? {}).length === 0
        ? []
        : [wrong(`people[${index}]`, 'that somebody is away or has wishes')],
    ),
    ...(isGoal ? [] : [wrong('rules', 'other rules than those of the competition')]),
    ...rules.flatMap((rule, index) =>
      rule.kind !== 'before' || (rule.level === 0 && (rule.slots ?? 0) === 0)
        ? []
        : [wrong(`rules[${index}]`, 'an order that is only wished, or with slots between')],
    ),
  ];
}

const meaningOf = (rule: Rule): string =>
  JSON.stringify([
    rule.kind,
    rule.level,
    rule.weight ?? 1,
    rule.kind === 'day-pattern' && rule.pattern,
    rule.kind === 'placed' && rule.measure,
  ]);

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
