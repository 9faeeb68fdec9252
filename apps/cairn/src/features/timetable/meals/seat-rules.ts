/** Somebody who is to sit at a table. */
export interface Diner {
  readonly id: string;
  readonly communities: readonly string[];
  readonly diets: readonly string[];
  /** They need a place that is reached without steps. */
  readonly needsAccess: boolean;
}

/** A place with food: a restaurant, or the rooms to which a meal is delivered. */
export interface Place {
  /** Of a restaurant; null where the meal is delivered, and then everybody is served. */
  readonly restaurantId: string | null;
  readonly seats: number;
  readonly diets: readonly string[];
  readonly isAccessible: boolean;
  readonly walkMinutes: number | null;
}

/** A table before anybody sits at it. */
export interface Table extends Omit<Place, 'walkMinutes'> {
  readonly key: string;
  readonly title: string;
  readonly walkMinutes: number;
}

/** What suits people besides a dish of exactly their kind. */
const SUITS: Readonly<Record<string, readonly string[]>> = {
  vegetarian: ['vegan'],
  pescatarian: ['vegetarian', 'vegan'],
  no_pork: ['halal', 'kosher', 'vegetarian', 'vegan'],
  no_beef: ['pescatarian', 'vegetarian', 'vegan'],
  shellfish_free: ['kosher', 'vegetarian', 'vegan'],
  lactose_free: ['vegan'],
  egg_free: ['vegan'],
};

/** Whether a place has something for somebody who eats only that. */
export const serves = (place: Pick<Place, 'restaurantId' | 'diets'>, diet: string): boolean =>
  place.restaurantId === null ||
  [diet, ...(SUITS[diet] ?? [])].some((each) => place.diets.includes(each));

/** Whether somebody can eat at a place: all of their diets are served, and they get in. */
export const suits = (place: Omit<Place, 'seats' | 'walkMinutes'>, diner: Diner): boolean =>
  (place.isAccessible || !diner.needsAccess) && diner.diets.every((diet) => serves(place, diet));

/** The tables of a place, at most `size` people at each, as even as they come. */
export function tablesIn(place: Place, size: number): Table[] {
  const count = Math.max(1, Math.ceil(place.seats / size));
  return Array.from({ length: count }, (_, index) => ({
    ...place,
    walkMinutes: place.walkMinutes ?? 0,
    seats: Math.floor(place.seats / count) + (index < place.seats % count ? 1 : 0),
    key: `${place.restaurantId ?? ''}:Table ${index + 1}`,
    title: `Table ${index + 1}`,
  }));
}

/**
 * As many people seated as can be, each where they can eat: a matching with augmenting paths, so no way of seating
 * has more of them. `kept` sit where they were put, whether it suits or not.
 */
export function seatMost(
  diners: readonly Diner[],
  tables: readonly Table[],
  kept: ReadonlyMap<string, string>,
): Map<string, string> {
  const at = new Map<string, string>();
  const sitting = new Map<string, Set<string>>(tables.map(({ key }) => [key, new Set()]));
  for (const { id } of diners) {
    const key = kept.get(id);
    if (key === undefined || !sitting.has(key)) continue;
    at.set(id, key);
    sitting.get(key)?.add(id);
  }
  const free = diners.filter(({ id }) => !at.has(id));
  const choices = new Map(
    free.map((diner) => [diner.id, tables.filter((table) => suits(table, diner))]),
  );
  const sit = (id: string, key: string): void => {
    sitting.get(at.get(id) ?? '')?.delete(id);
    at.set(id, key);
    sitting.get(key)?.add(id);
  };
  const place = (id: string, seen: Set<string>): boolean => {
    const open = (choices.get(id) ?? []).filter(({ key }) => !seen.has(key));
    const roomy = open.find(({ key, seats }) => (sitting.get(key)?.size ?? 0) < seats);
    if (roomy !== undefined) {
      sit(id, roomy.key);
      return true;
    }
    for (const { key } of open) {
      if (seen.has(key)) continue;
      seen.add(key);
      for (const other of [...(sitting.get(key) ?? [])]) {
        if (!choices.has(other) || !place(other, seen)) continue;
        sit(id, key);
        return true;
      }
    }
    return false;
  };
  // Who can sit at few tables first, so that few have to give way.
  const fewest = free.toSorted(
    (one, other) => (choices.get(one.id)?.length ?? 0) - (choices.get(other.id)?.length ?? 0),
  );
  for (const { id } of fewest) place(id, new Set());
  return at;
}

/**
 * Leaves out tables that nobody needs, the farthest and then the smallest first: with those that stay as many people
 * are seated as with all.
 */
export function neededTables(
  diners: readonly Diner[],
  tables: readonly Table[],
  kept: ReadonlyMap<string, string>,
): readonly Table[] {
  const most = seatMost(diners, tables, kept).size;
  const taken = new Set(kept.values());
  let needed = [...tables];
  const order = tables.toSorted(
    (one, other) => other.walkMinutes - one.walkMinutes || one.seats - other.seats,
  );
  for (const { key } of order) {
    if (taken.has(key)) continue;
    const without = needed.filter((table) => table.key !== key);
    const seats = without.reduce((sum, table) => sum + table.seats, 0);
    if (seats >= most && seatMost(diners, without, kept).size === most) needed = without;
  }
  return needed;
}
