import type { Random } from '@cairn/kernel/random';
import type { Instance, Timetable } from '@cairn/timetable/sessions/model';

/** Something that happens after a timetable was made. */
export interface Disruption {
  readonly what: string;
  readonly instance: Instance;
}

/** What happens to summits, each to a part of it that is drawn. */
export const DISRUPTIONS: readonly ((
  instance: Instance,
  timetable: Timetable,
  random: Random,
) => Disruption)[] = [
  (instance, timetable, random) => {
    const led = instance.sessions.flatMap(({ leads = [] }, session) =>
      leads.map((key) => ({ key, session })),
    );
    const { key, session } = one(led, random);
    const slot = instance.slots[timetable.slot[session] ?? 0]?.key ?? '';
    return {
      what: 'somebody who leads is away for a slot',
      instance: awayIn(instance, key, [slot]),
    };
  },
  (instance, _, random) => {
    const leads = instance.sessions.flatMap((session) => session.leads ?? []);
    const day = one(instance.slots, random).day;
    const slots = instance.slots.filter((slot) => slot.day === day).map(({ key }) => key);
    return {
      what: 'somebody who leads is away for a day',
      instance: awayIn(instance, one(leads, random), slots),
    };
  },
  (instance, timetable, random) => {
    const session = Math.floor(random() * instance.sessions.length);
    const room = instance.rooms[timetable.room[session] ?? 0]?.key ?? '';
    const slot = instance.slots[timetable.slot[session] ?? 0]?.key ?? '';
    const rooms = instance.rooms.map((each) =>
      each.key === room ? { ...each, closed: [...new Set([...(each.closed ?? []), slot])] } : each,
    );
    return { what: 'a room is lost for a slot', instance: { ...instance, rooms } };
  },
  (instance, timetable, random) => {
    const session = Math.floor(random() * instance.sessions.length);
    const capacities = instance.rooms.map(({ capacity = 0 }) => capacity);
    const own = capacities[timetable.room[session] ?? 0] ?? 0;
    const larger = capacities.filter((each) => each > own);
    const size = larger.length === 0 ? own : Math.min(...larger);
    const sessions = instance.sessions.map((each, index) =>
      index === session ? { ...each, size } : each,
    );
    return { what: 'a session needs a larger room', instance: { ...instance, sessions } };
  },
  (instance, _, random) => {
    const room = one(instance.rooms, random).key;
    const day = one(instance.slots, random).day;
    const slots = instance.slots.filter((slot) => slot.day === day).map(({ key }) => key);
    const rooms = instance.rooms.map((each) =>
      each.key === room
        ? { ...each, closed: [...new Set([...(each.closed ?? []), ...slots])] }
        : each,
    );
    return { what: 'a room is lost for a day', instance: { ...instance, rooms } };
  },
  (instance, _, random) => {
    const leads = instance.sessions.flatMap((session) => session.leads ?? []);
    const day = one(instance.slots, random).day;
    const slots = instance.slots.filter((slot) => slot.day === day).map(({ key }) => key);
    const away = [1, 2, 3].reduce(
      (changed) => awayIn(changed, one(leads, random), slots),
      instance,
    );
    return { what: 'three who lead are away for a day', instance: away };
  },
];

const one = <T>(items: readonly T[], random: Random): T =>
  items[Math.floor(random() * items.length)] as T; // never empty here

const awayIn = (instance: Instance, key: string, slots: readonly string[]): Instance => ({
  ...instance,
  people: instance.people.map((person) =>
    person.key === key
      ? { ...person, away: [...new Set([...(person.away ?? []), ...slots])] }
      : person,
  ),
});
