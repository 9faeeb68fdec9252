import type { NumberedGroup } from './checker.ts';
import type { IndexedGroups } from './index-groups.ts';

/**
 * Makes groups of the people of each topic: as many as it takes for their number, of equal size, with
 * those who would lead and those of one project dealt out like cards. `order` says who is dealt first
 * among equals.
 */
export function splitTopics(
  indexed: IndexedGroups,
  place: ArrayLike<number>,
  order: readonly number[],
): NumberedGroup[] {
  const { topics, people } = indexed;
  const apart = indexed.rules.filter(({ kind }) => kind === 'apart').map((rule) => rule.people);
  const members = topics.map((): number[] => []);
  for (const person of order) members[place[person] ?? -1]?.push(person);
  return members.flatMap((here, topic) => {
    if (here.length === 0) return [];
    const about = topics[topic];
    const separate = Math.max(
      1,
      ...apart.map((named) => here.filter((person) => named.includes(person)).length),
    );
    const count = groupCount(about, here.length, separate);
    const leading = (person: number) =>
      about?.leads.includes(person) ? 0 : about?.leading.has(person) ? 1 : 2;
    const project = (person: number) => people[person]?.projects[0] ?? '';
    const dealt = here.toSorted(
      (one, other) =>
        leading(one) - leading(other) ||
        (project(one) < project(other) ? -1 : Number(project(one) > project(other))),
    );
    return Array.from({ length: count }, (_, group) => ({
      topic,
      people: dealt.filter((_, index) => index % count === group),
    }));
  });
}

/** Into how many groups so many people go with the least wrong in their sizes; `wanted` of them if it can be. */
function groupCount(
  topic: IndexedGroups['topics'][number] | undefined,
  people: number,
  wanted: number,
): number {
  const { least = 1, most = people, groups = 1 } = topic ?? {};
  const wrong = (count: number) => {
    const [small, larger] = [Math.floor(people / count), people % count];
    const of = (size: number) => Math.max(0, least - size, size - most);
    return larger * of(small + 1) + (count - larger) * of(small);
  };
  const counts = Array.from({ length: Math.min(groups, people) }, (_, index) => index + 1);
  const fewest = Math.min(...counts.map(wrong));
  const best = counts.filter((count) => wrong(count) === fewest);
  return best.find((count) => count >= wanted) ?? best.at(-1) ?? 1;
}
