import { dietCounts, type Need } from './need-rules.ts';

/** Header and rows of what a kitchen gets: counts by diet, then allergies in the words of people. No names. */
export function kitchenSheet(
  needs: readonly Pick<Need, 'personId' | 'diets' | 'allergies'>[],
  among: readonly string[],
): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
} {
  const eaters = new Set(among);
  const words = new Map<string, number>();
  for (const { personId, allergies } of needs) {
    if (allergies === '' || !eaters.has(personId)) continue;
    words.set(allergies, (words.get(allergies) ?? 0) + 1);
  }
  return {
    header: ['kind', 'what', 'people'],
    rows: [
      ...dietCounts(needs, among).map(({ label, people }) => ['plates', label, people]),
      // By their words, so that the order tells nothing of who they are.
      ...[...words]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([text, people]) => ['allergy', text, people]),
    ],
  };
}
