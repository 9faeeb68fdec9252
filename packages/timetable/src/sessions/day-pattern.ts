import type { Break } from './break.ts';
import type { Placed } from './placed.ts';

/**
 * The three wishes of ITC 2007, track 2, for everybody who must be somewhere, by day: nothing in the
 * last slot (1 each), not more than two slots in a row (1 for each further one), not just one slot.
 * Source: Lewis, Paechter, McCollum, "Post Enrolment based Course Timetabling: A Description of the
 * Problem Model used for Track Two of the Second International Timetabling Competition" (2007), 2.
 */
export function dayPatternBreaks(
  pattern: 'last-slot' | 'three-in-a-row' | 'alone',
  placed: Placed,
): readonly Break[] {
  const { people, dayOf } = placed.indexed;
  const days = [...new Set(dayOf)].map((day) =>
    [...dayOf.keys()].filter((slot) => dayOf[slot] === day),
  );
  return people.flatMap(({ bound }, person) => {
    const busy = new Set(placed.those(bound).flatMap(({ covers }) => covers));
    return days
      .map((day) => ({
        cost: casesOf(
          pattern,
          day.map((slot) => busy.has(slot)),
        ),
        sessions: [],
        people: [person],
        slot: day[0] ?? -1,
      }))
      .filter(({ cost }) => cost > 0);
  });
}

function casesOf(
  pattern: 'last-slot' | 'three-in-a-row' | 'alone',
  day: readonly boolean[],
): number {
  switch (pattern) {
    case 'last-slot':
      return Number(day.at(-1) ?? false);
    case 'three-in-a-row':
      return day.filter((isBusy, at) => isBusy && day[at - 1] === true && day[at - 2] === true)
        .length;
    case 'alone':
      return Number(day.filter(Boolean).length === 1);
  }
}
