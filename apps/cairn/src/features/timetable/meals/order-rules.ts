import { counted } from '@cairn/kernel/words';
import { dietCounts, dietsOf, dietWords, type Need } from '../../people/needs/need-rules.ts';

/** What is ordered of a meal: portions, one for each person. It names nobody. */
export interface Order {
  readonly people: number;
  /** Portions by what they have to be: `vegan`, or several joined with `+`; `''` is anything. */
  readonly portions: Readonly<Record<string, number>>;
  /** How many of them have an allergy. */
  readonly allergic: number;
}

/** The order for those who eat. Portions add up to people: vegan and without gluten is one portion, not two. */
export function orderFor(needs: readonly Need[], eat: readonly string[]): Order {
  const among = new Set(eat);
  return {
    people: eat.length,
    portions: Object.fromEntries(dietCounts(needs, eat).map(({ key, people }) => [key, people])),
    allergic: needs.filter((need) => among.has(need.personId) && need.allergies.trim() !== '')
      .length,
  };
}

/** A kind of portion in words. */
export const portionWords = (key: string): string => dietWords(dietsOf(key.split('+')));

/** Kinds of portions, most frequent first, those of anything last. */
export const portionRows = (
  order: Order,
): readonly { readonly key: string; readonly label: string; readonly count: number }[] =>
  Object.entries(order.portions)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({ key, label: portionWords(key), count }))
    .toSorted(
      (one, other) =>
        Number(one.key === '') - Number(other.key === '') ||
        other.count - one.count ||
        (one.key < other.key ? -1 : 1),
    );

const more = (count: number): string => (count > 0 ? 'more' : 'fewer');

/** What is not as it was ordered, a sentence for each; nothing where the order still fits. */
export function orderChanges(ordered: Order, now: Order): readonly string[] {
  const line = (before: number, after: number, one: string, many: string, of: string): string[] =>
    before === after
      ? []
      : [
          `${counted(Math.abs(after - before), one, many)} ${more(after - before)}${of}: ${after} now.`,
        ];
  const keys = [...new Set([...Object.keys(ordered.portions), ...Object.keys(now.portions)])];
  return [
    ...line(ordered.people, now.people, 'person', 'people', ' than ordered'),
    ...keys
      .toSorted()
      .flatMap((key) =>
        line(
          ordered.portions[key] ?? 0,
          now.portions[key] ?? 0,
          'portion',
          'portions',
          ` of “${portionWords(key)}”`,
        ),
      ),
    ...line(ordered.allergic, now.allergic, 'person', 'people', ' with an allergy'),
  ];
}
