import type { Standing } from '../../people/promises/obligation-rules.ts';

/** Where the promises of people stand: one entry for each person and promise. */
export type Standings = ReadonlyMap<string, Standing>;

/** So many people’s promise would stand differently. */
export interface StandingChange {
  readonly from: Standing;
  readonly to: Standing;
  readonly people: number;
}

/** Whose standing a change of the rule alters, the largest group first. */
export function standingChanges(before: Standings, after: Standings): readonly StandingChange[] {
  const counts = new Map<string, StandingChange>();
  for (const [who, to] of after) {
    const from = before.get(who);
    if (from === undefined || from === to) continue;
    const id = `${from} ${to}`;
    counts.set(id, { from, to, people: (counts.get(id)?.people ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.people - a.people);
}

const WERE: Record<Standing, readonly [one: string, many: string]> = {
  broken: ['could no longer keep it', 'could no longer keep it'],
  at_risk: ['was at risk', 'were at risk'],
  can_miss_more: ['could miss one more', 'could miss one more'],
  on_course: ['was on course', 'were on course'],
  excused: ['was excused', 'were excused'],
  kept: ['had kept it', 'had kept it'],
};
const WOULD: Record<Standing, string> = {
  broken: 'could no longer keep it',
  at_risk: 'would be at risk',
  can_miss_more: 'could miss one more',
  on_course: 'would be on course',
  excused: 'would be excused',
  kept: 'would have kept it',
};

/** “3 people who were on course would have kept it.” */
export const changeWords = ({ from, to, people }: StandingChange): string =>
  people === 1
    ? `1 person who ${WERE[from][0]} ${WOULD[to]}.`
    : `${people} people who ${WERE[from][1]} ${WOULD[to]}.`;
