import type { Instance, Rule, Timetable } from '../sessions/model.ts';
import { Draw } from './draw.ts';

/** An instance in another order and under other names. */
export interface Permuted {
  readonly instance: Instance;
  /** The same timetable of the other instance. */
  readonly timetableOf: (timetable: Timetable) => Timetable;
}

/**
 * The same instance with its rooms, people, sessions, rules and all lists in another order, and every
 * key but those of slots and days replaced: whatever is right for one is right for the other, and
 * nothing can be known by its name or its place. Slots are an order of time and stay.
 */
export function permuted(instance: Instance, seed: number): Permuted {
  const draw = new Draw(seed);
  const order = draw.shuffled([...instance.sessions.keys()]);
  const roomOrder = draw.shuffled([...instance.rooms.keys()]);
  const sessionKeys = renamed(
    order.map((number) => instance.sessions[number]?.key ?? ''),
    'n',
  );
  const roomKeys = renamed(
    roomOrder.map((number) => instance.rooms[number]?.key ?? ''),
    'm',
  );
  const people = draw.shuffled(instance.people);
  const personKeys = renamed(
    people.map(({ key }) => key),
    'q',
  );
  const session = (key: string): string => sessionKeys.get(key) ?? key;
  const room = (key: string): string => roomKeys.get(key) ?? key;
  const person = (key: string): string => personKeys.get(key) ?? key;
  const mixed = <T>(items: readonly T[] | undefined, name: (item: T) => T): T[] | undefined =>
    items && draw.shuffled(items).map(name);
  const same = <T>(item: T): T => item;
  const pick = <T>(items: readonly T[], numbers: readonly number[]): T[] =>
    numbers.flatMap((number) => items.slice(number, number + 1));
  const place = (at: { readonly slot: string; readonly room?: string }) => ({
    slot: at.slot,
    ...(at.room === undefined ? {} : { room: room(at.room) }),
  });

  const rule = (each: Rule): Rule => {
    switch (each.kind) {
      // The order of their sessions is what they say.
      case 'before':
      case 'consecutive':
        return { ...each, sessions: each.sessions.map(session) };
      case 'room-wish':
        return {
          ...each,
          sessions: draw.shuffled(each.sessions).map(session),
          rooms: draw.shuffled(each.rooms).map(room),
        };
      case 'attends':
        return {
          ...each,
          sessions: draw.shuffled(each.sessions).map(session),
          ...(each.people && { people: draw.shuffled(each.people).map(person) }),
        };
      case 'unmoved':
        return {
          ...each,
          from: Object.fromEntries(
            draw.shuffled(Object.entries(each.from)).map(([key, at]) => [session(key), place(at)]),
          ),
        };
      default:
        return 'sessions' in each
          ? { ...each, sessions: draw.shuffled(each.sessions).map(session) }
          : each;
    }
  };

  return {
    instance: {
      ...instance,
      rooms: pick(instance.rooms, roomOrder).map((each) =>
        defined({
          ...each,
          key: room(each.key),
          features: mixed(each.features, same),
          closed: mixed(each.closed, same),
        }),
      ),
      people: people.map((each) =>
        defined({
          ...each,
          key: person(each.key),
          away: mixed(each.away, same),
          interest:
            each.interest &&
            Object.fromEntries(
              draw
                .shuffled(Object.entries(each.interest))
                .map(([key, weight]) => [session(key), weight]),
            ),
        }),
      ),
      sessions: pick(instance.sessions, order).map((each) =>
        defined({
          ...each,
          key: session(each.key),
          needs: mixed(each.needs, same),
          tracks: mixed(each.tracks, same),
          leads: mixed(each.leads, person),
          people: mixed(each.people, person),
          slots: mixed(each.slots, same),
          rooms: mixed(each.rooms, room),
          pinned: each.pinned && place(each.pinned),
        }),
      ),
      rules: draw.shuffled(instance.rules).map(rule),
    },
    timetableOf: ({ slot, room: inRoom }) => ({
      slot: order.map((number) => slot[number] ?? -1),
      room: order.map((number) => roomOrder.indexOf(inRoom[number] ?? -1)),
    }),
  };
}

/** New keys in the order of old ones. */
const renamed = (keys: readonly string[], prefix: string): Map<string, string> =>
  new Map(keys.map((key, index) => [key, `${prefix}${index}`]));

/** Without the keys that are undefined. */
function defined<T extends object>(thing: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const given = Object.entries(thing).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof T]: Exclude<T[Key], undefined> }; // what is left of it
}
