import { counted } from '@cairn/kernel/words';

/** What somebody needs to be fed, as far as an order says it. */
export interface Eater {
  readonly diets: readonly string[];
  readonly allergies: string;
}

/** What is ordered of a meal: portions, one for each person. */
export interface Order {
  readonly people: number;
  /** Portions by what they have to be: `vegan`, or several joined with `+`; `''` is anything. */
  readonly portions: Readonly<Record<string, number>>;
  /** How many of them have an allergy. */
  readonly allergic: number;
}

/** How portions of the same kind are called: somebody vegan and without gluten is one portion, not two. */
export const portionKey = (diets: readonly string[]): string =>
  [...new Set(diets)].toSorted().join('+');

/** The order for those who eat. Portions add up to people. */
export function orderFor(eaters: readonly Eater[]): Order {
  const portions: Record<string, number> = {};
  for (const { diets } of eaters) {
    const key = portionKey(diets);
    portions[key] = (portions[key] ?? 0) + 1;
  }
  const allergic = eaters.filter(({ allergies }) => allergies.trim() !== '').length;
  return { people: eaters.length, portions, allergic };
}

/** A kind of portion in words; `label` says what a diet is called. */
export const portionWords = (key: string, label: (diet: string) => string): string =>
  key === '' ? 'anything' : key.split('+').map(label).join(', ');

/** Kinds of portions, most frequent first, those of anything last. */
export const portionRows = (order: Order): readonly (readonly [key: string, count: number])[] =>
  Object.entries(order.portions)
    .filter(([, count]) => count > 0)
    .toSorted(
      ([one, few], [other, many]) =>
        Number(one === '') - Number(other === '') || many - few || (one < other ? -1 : 1),
    );

/** What is not as it was ordered, a sentence for each; nothing where the order still fits. */
export function orderChanges(
  ordered: Order,
  now: Order,
  label: (diet: string) => string,
): readonly string[] {
  const more = (count: number): string => (count > 0 ? 'more' : 'fewer');
  const people = now.people - ordered.people;
  const keys = [...new Set([...Object.keys(ordered.portions), ...Object.keys(now.portions)])];
  const portions = keys.toSorted().flatMap((key) => {
    const change = (now.portions[key] ?? 0) - (ordered.portions[key] ?? 0);
    if (change === 0) return [];
    const [words, by] = [portionWords(key, label), counted(Math.abs(change), 'portion')];
    return [`${by} ${more(change)} of “${words}”: ${now.portions[key] ?? 0} now.`];
  });
  const allergic = now.allergic - ordered.allergic;
  return [
    ...(people === 0
      ? []
      : [
          `${counted(Math.abs(people), 'person', 'people')} ${more(people)} than ordered: ${now.people} now.`,
        ]),
    ...portions,
    ...(allergic === 0
      ? []
      : [
          `${counted(Math.abs(allergic), 'person', 'people')} ${more(allergic)} with an allergy: ${now.allergic} now.`,
        ]),
  ];
}
