import type { Random } from '@cairn/kernel/random';
import type { Instance } from '@cairn/timetable/sessions/model';

/** Something larger than one session that happens after a timetable was made. */
interface LargeDisruption {
  readonly what: string;
  readonly instance: Instance;
}

/** What happens to a day of a summit, each to a part of it that is drawn. */
export const LARGE_DISRUPTIONS: readonly ((
  instance: Instance,
  random: Random,
) => LargeDisruption)[] = [
  (instance, random) => {
    const room = one(instance.rooms, random).key;
    const slots = dayOf(instance, random);
    const rooms = instance.rooms.map((each) =>
      each.key === room
        ? { ...each, closed: [...new Set([...(each.closed ?? []), ...slots])] }
        : each,
    );
    return { what: 'room lost for a day', instance: { ...instance, rooms } };
  },
  (instance, random) => {
    const leads = instance.sessions.flatMap((session) => session.leads ?? []);
    const slots = dayOf(instance, random);
    const away = [1, 2, 3].reduce(
      (changed) => awayIn(changed, one(leads, random), slots),
      instance,
    );
    return { what: 'three leads away for a day', instance: away };
  },
];

const one = <T>(items: readonly T[], random: Random): T =>
  items[Math.floor(random() * items.length)] as T; // never empty here

function dayOf({ slots }: Instance, random: Random): string[] {
  const { day } = one(slots, random);
  return slots.filter((slot) => slot.day === day).map(({ key }) => key);
}

const awayIn = (instance: Instance, key: string, slots: readonly string[]): Instance => ({
  ...instance,
  people: instance.people.map((person) =>
    person.key === key
      ? { ...person, away: [...new Set([...(person.away ?? []), ...slots])] }
      : person,
  ),
});
