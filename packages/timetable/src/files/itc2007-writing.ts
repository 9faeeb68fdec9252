import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Rule } from '../sessions/model.ts';
import { ITC2007_DAYS, ITC2007_SLOTS_A_DAY, itc2007Rules } from './itc2007.ts';

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
  const highest = numbers.reduce((most, number) => Math.max(most, number), -1);
  return Array.from({ length: highest + 1 }, (_, number) => `feature ${number}`);
}

/** What of an instance the format has no words for. */
function unspeakable(instance: Instance): Problem[] {
  const wrong = (path: string, what: string): Problem =>
    problem('not-in-format', `A .tim file cannot say ${what}.`, { path });
  const { slots, sessions, rooms, people, rules } = instance;
  const days = new Map<string, number>();
  for (const { day } of slots) days.set(day, (days.get(day) ?? 0) + 1);
  const isWeek =
    days.size === ITC2007_DAYS &&
    [...days.values()].every((count) => count === ITC2007_SLOTS_A_DAY);
  const fixed = itc2007Rules.map(meaningOf);
  const said = rules.filter(({ kind }) => kind !== 'before').map(meaningOf);
  const isGoal = fixed.length === said.length && fixed.every((each) => said.includes(each));
  return [
    ...(isWeek
      ? []
      : [wrong('slots', `other slots than ${ITC2007_DAYS} days of ${ITC2007_SLOTS_A_DAY}`)]),
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
