import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';

/** What people eat and do not eat, as kitchens ask for it; what is not among them is said in words. */
export const DIETS = {
  vegetarian: 'Vegetarian',
  vegan: 'Vegan',
  pescatarian: 'Fish but no meat',
  halal: 'Halal',
  kosher: 'Kosher',
  no_pork: 'No pork',
  no_beef: 'No beef',
  gluten_free: 'Gluten-free',
  lactose_free: 'Lactose-free',
  nut_free: 'No nuts',
  shellfish_free: 'No shellfish',
  egg_free: 'No eggs',
} as const satisfies Record<string, string>;

export type Diet = keyof typeof DIETS;
export const DIET_KEYS = Object.keys(DIETS) as readonly Diet[]; // the keys of the constant above

/** What somebody needs at table and to get about. */
export interface Need {
  readonly personId: string;
  /** In the order of `DIETS`. */
  readonly diets: readonly Diet[];
  /** In their own words. */
  readonly allergies: string;
  /** In their own words. */
  readonly access: string;
  /** Needs ways without steps: rooms and restaurants are chosen by it. */
  readonly stepFree: boolean;
}

/** The stored diets that this version knows, each once, in the order of `DIETS`. */
export const dietsOf = (keys: readonly string[]): readonly Diet[] =>
  DIET_KEYS.filter((key) => keys.includes(key));

/** `Vegan, gluten-free`; `Eats everything` for none. */
export function dietWords(diets: readonly Diet[]): string {
  const [first, ...others] = diets.map((diet) => DIETS[diet]);
  if (first === undefined) return 'Eats everything';
  return listed([first, ...others.map((word) => word.charAt(0).toLowerCase() + word.slice(1))]);
}

/** How many plates of one kind. */
export interface DietCount {
  /** `vegan+gluten_free`; empty for those who eat everything. */
  readonly key: string;
  readonly diets: readonly Diet[];
  readonly label: string;
  readonly people: number;
}

/**
 * How many plates of each kind for these people: who eats by the same diets counts together, so that the counts add
 * up to the number of people. Whoever said nothing eats everything, which comes last.
 */
export function dietCounts(
  needs: readonly Pick<Need, 'personId' | 'diets'>[],
  among: readonly string[],
): readonly DietCount[] {
  const own = new Map(needs.map(({ personId, diets }) => [personId, diets]));
  const counts = new Map<string, DietCount>();
  for (const personId of new Set(among)) {
    const diets = dietsOf(own.get(personId) ?? []);
    const key = diets.join('+');
    const people = (counts.get(key)?.people ?? 0) + 1;
    counts.set(key, { key, diets, label: dietWords(diets), people });
  }
  return [...counts.values()].sort(
    (one, other) =>
      Number(one.key === '') - Number(other.key === '') ||
      other.people - one.people ||
      one.key.localeCompare(other.key),
  );
}

/** How many of these people follow each diet; somebody vegan and gluten-free counts in both. */
export const followersOf = (
  needs: readonly Pick<Need, 'personId' | 'diets'>[],
): readonly { readonly diet: Diet; readonly label: string; readonly people: number }[] =>
  DIET_KEYS.map((diet) => ({
    diet,
    label: DIETS[diet],
    people: needs.filter(({ diets }) => diets.includes(diet)).length,
  })).filter(({ people }) => people > 0);

/** The day from which on nobody needs to know any more: so many days after the summit's end. */
export const removedOn = (lastDay: string, daysKept: number): string =>
  expectOk(parseDate(lastDay))
    .add({ days: daysKept + 1 })
    .toString();
