/** Somebody who is at a place at a moment, local time, and would share a ride. */
export interface Rider {
  readonly personId: string;
  readonly place: string;
  readonly at: string;
}

/** People who can share a ride: at one place, and nobody waits longer than was said. */
export interface Ride<R extends Rider> {
  readonly place: string;
  readonly from: string;
  readonly until: string;
  readonly riders: readonly R[];
}

const minutesOf = (wall: string): number => Date.parse(`${wall}:00Z`) / 60_000;

/** Two ways of writing a place are one: `SEA`, ` sea`. */
const placeKey = (place: string): string => place.trim().toLowerCase().replace(/\s+/g, ' ');

/**
 * The fewest rides: everybody in one with others of their place, nobody waiting more than `minutes` for the last of
 * it, at most `seats` in each. Taking the earliest first and whoever comes within the wait is best, for nobody could
 * be spared by leaving later.
 */
export function shareRides<R extends Rider>(
  riders: readonly R[],
  { minutes, seats }: { readonly minutes: number; readonly seats: number },
): Ride<R>[] {
  const rides: { place: string; riders: R[]; from: string; until: string }[] = [];
  for (const there of Map.groupBy(riders, ({ place }) => placeKey(place)).values()) {
    let last: (typeof rides)[number] | undefined;
    const inOrder = there.toSorted(
      (one, other) => one.at.localeCompare(other.at) || one.personId.localeCompare(other.personId),
    );
    for (const rider of inOrder) {
      const fits =
        last !== undefined &&
        last.riders.length < seats &&
        minutesOf(rider.at) - minutesOf(last.from) <= minutes;
      if (last !== undefined && fits) {
        last.riders.push(rider);
        last.until = rider.at;
        continue;
      }
      last = { place: rider.place, from: rider.at, until: rider.at, riders: [rider] };
      rides.push(last);
    }
  }
  return rides.toSorted(
    (one, other) => one.from.localeCompare(other.from) || one.place.localeCompare(other.place),
  );
}
