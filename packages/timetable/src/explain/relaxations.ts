import { listed } from '@cairn/kernel/words';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import { type Instance, STANDING_RULES } from '../sessions/model.ts';
import type { Names } from './names.ts';
import { nameOfRule } from './rule-names.ts';

/** One thing that could be given up or added. What the instance lists keeps its number. */
export interface Relaxation {
  readonly kind:
    | 'room-more'
    | 'room-larger'
    | 'room-open'
    | 'slot-more'
    | 'person-there'
    | 'rule-dropped'
    | 'unpinned'
    | 'any-slot'
    | 'any-room';
  /** What is done: `one room more, as good as the best`. */
  readonly what: string;
  readonly instance: Instance;
}

/** Every single thing that could be relaxed, those that change what must hold first. */
export function relaxationsOf(indexed: IndexedInstance, names: Names): Relaxation[] {
  return [
    ...ofRules(indexed, names),
    ...ofSessions(indexed, names),
    ...ofRooms(indexed, names),
    ...ofPeople(indexed, names),
    ...ofSlots(indexed, names),
  ];
}

/** Rules that must hold and were made for this instance. */
function ofRules(indexed: IndexedInstance, names: Names): Relaxation[] {
  const { instance, rules } = indexed;
  const standing: readonly string[] = STANDING_RULES;
  return instance.rules.flatMap((rule, at): Relaxation[] => {
    const indexedRule = rules.find((each) => each.rule === rule);
    if (rule.level > 0 || standing.includes(rule.kind) || indexedRule === undefined) return [];
    const what = `giving up: ${nameOfRule(indexed, indexedRule, names)}`;
    return [
      { kind: 'rule-dropped', what, instance: { ...instance, rules: without(instance.rules, at) } },
    ];
  });
}

function ofSessions({ instance }: IndexedInstance, names: Names): Relaxation[] {
  return instance.sessions.flatMap((session, at): Relaxation[] => {
    const { pinned, slots, rooms, ...others } = session;
    const kept = {
      ...(pinned === undefined ? {} : { pinned }),
      ...(slots === undefined ? {} : { slots }),
      ...(rooms === undefined ? {} : { rooms }),
    };
    const name = names.session(at);
    const relaxed = (
      kind: Relaxation['kind'],
      key: keyof typeof kept,
      what: string,
    ): Relaxation[] => {
      if (kept[key] === undefined) return [];
      const { [key]: _, ...rest } = kept;
      const changed = { ...others, ...rest };
      return [
        {
          kind,
          what,
          instance: { ...instance, sessions: replaced(instance.sessions, at, changed) },
        },
      ];
    };
    return [
      ...relaxed('unpinned', 'pinned', `not pinning ${name}`),
      ...relaxed('any-slot', 'slots', `letting ${name} start in any slot`),
      ...relaxed('any-room', 'rooms', `letting ${name} be in any room`),
    ];
  });
}

function ofRooms({ instance }: IndexedInstance, names: Names): Relaxation[] {
  if (instance.rooms.length === 0) return [];
  const features = [...new Set(instance.rooms.flatMap((room) => room.features ?? []))];
  const needed = instance.sessions.map(({ size = 0 }) => size);
  const capacity = Math.max(...needed, ...instance.rooms.map((room) => room.capacity ?? 0));
  const key = unusedKey('another room', instance.rooms);
  const more: Relaxation = {
    kind: 'room-more',
    what: 'one room more, as good as the best',
    instance: { ...instance, rooms: [...instance.rooms, { key, capacity, features }] },
  };
  const changed = instance.rooms.flatMap((room, at): Relaxation[] => {
    const { closed = [], ...open } = room;
    const isSmaller = room.capacity !== undefined && room.capacity < capacity;
    const larger = { ...room, capacity };
    const with_ = (each: typeof room) => ({
      ...instance,
      rooms: replaced(instance.rooms, at, each),
    });
    return [
      ...(isSmaller
        ? [
            {
              kind: 'room-larger' as const,
              what: `${names.room(at)} as large as the largest`,
              instance: with_(larger),
            },
          ]
        : []),
      ...(closed.length > 0
        ? [
            {
              kind: 'room-open' as const,
              what: `${names.room(at)} open at all times`,
              instance: with_(open),
            },
          ]
        : []),
    ];
  });
  return [more, ...changed];
}

/** Those who must be somewhere, there at all times. */
function ofPeople({ instance, people }: IndexedInstance, names: Names): Relaxation[] {
  return instance.people.flatMap((person, at): Relaxation[] => {
    const { away = [], ...there } = person;
    if (away.length === 0 || (people[at]?.bound.length ?? 0) === 0) return [];
    const slots = [...(people[at]?.away ?? [])].sort((one, other) => one - other).map(names.slot);
    const when = slots.length > 3 ? 'at all times' : `in ${listed(slots)}`;
    const what = `${names.person(at)} there ${when}`;
    return [
      {
        kind: 'person-there',
        what,
        instance: { ...instance, people: replaced(instance.people, at, there) },
      },
    ];
  });
}

/** Another slot right after the last, as long. */
function ofSlots({ instance }: IndexedInstance, names: Names): Relaxation[] {
  const last = instance.slots.at(-1);
  if (last === undefined) return [];
  const length = last.end - last.start;
  const slot = {
    key: unusedKey('another slot', instance.slots),
    day: last.day,
    start: last.end,
    end: last.end + length,
  };
  const what = `one slot more, after ${names.slot(instance.slots.length - 1)}`;
  return [{ kind: 'slot-more', what, instance: { ...instance, slots: [...instance.slots, slot] } }];
}

const replaced = <T>(items: readonly T[], at: number, by: T): T[] =>
  items.map((item, index) => (index === at ? by : item));

const without = <T>(items: readonly T[], at: number): T[] =>
  items.filter((_, index) => index !== at);

function unusedKey(key: string, things: readonly { readonly key: string }[]): string {
  return things.some((thing) => thing.key === key) ? unusedKey(`${key}, too`, things) : key;
}
