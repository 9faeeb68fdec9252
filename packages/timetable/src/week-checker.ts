import type { WeekProblem, WeekValues } from './week-ranking.ts';

/**
 * The ranking once more, as slowly and plainly as its definition reads: every week by itself, and
 * each against each. Tests and the bench hold the fast one against it.
 *
 * @returns the rank of each window by its id
 */
export function ranksByDefinition(problem: WeekProblem): Map<string, number> {
  const values = problem.windows.map(({ id }) => valuesByDefinition(problem, id));
  return new Map(
    problem.windows.map(({ id }, mine) => {
      const better = values.filter((other) => isBetter(other, values[mine]));
      return [id, better.length + 1];
    }),
  );
}

/** One week on each level. */
export function valuesByDefinition(problem: WeekProblem, windowId: string): WeekValues {
  const { people, communities, windows, seats } = problem;
  const window = windows.find(({ id }) => id === windowId);
  if (window === undefined) throw new Error(`no window ${windowId}`);
  const said = (answer: string) =>
    people.filter(
      ({ answers }) => Object.hasOwn(answers, windowId) && answers[windowId] === answer,
    );
  const coming = [...said('yes'), ...said('if_need_be')];
  const fill = (who: typeof people) =>
    who
      .map(({ weight }) => weight)
      .sort((one, other) => other - one)
      .slice(0, seats)
      .reduce((sum, weight) => sum + weight, 0);
  const from = (key: string) => coming.filter((person) => person.communities.includes(key)).length;
  const costs = windows.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  return {
    neededNo: said('no').filter(({ isNeeded }) => isNeeded).length,
    neededUnanswered: people.filter(
      ({ isNeeded, answers }) => isNeeded && !Object.hasOwn(answers, windowId),
    ).length,
    communitiesLeftOut: communities.filter(({ key }) => from(key) === 0).length,
    communityPeopleShort: communities
      .map(({ key, least = 1 }) => Math.max(0, least - from(key)))
      .reduce((sum, short) => sum + short, 0),
    seatsFilled: fill(coming),
    comfort: fill(said('yes')),
    extraCost:
      costs.length === windows.length && window.cost !== undefined
        ? window.cost - Math.min(...costs)
        : 0,
    leadShortDays: window.leadShortDays,
  };
}

function isBetter(one: WeekValues, other: WeekValues | undefined): boolean {
  if (other === undefined) return false;
  if (one.neededNo !== other.neededNo) return one.neededNo < other.neededNo;
  if (one.neededUnanswered !== other.neededUnanswered) {
    return one.neededUnanswered < other.neededUnanswered;
  }
  if (one.communitiesLeftOut !== other.communitiesLeftOut) {
    return one.communitiesLeftOut < other.communitiesLeftOut;
  }
  if (one.communityPeopleShort !== other.communityPeopleShort) {
    return one.communityPeopleShort < other.communityPeopleShort;
  }
  if (one.seatsFilled !== other.seatsFilled) return one.seatsFilled > other.seatsFilled;
  if (one.comfort !== other.comfort) return one.comfort > other.comfort;
  if (one.extraCost !== other.extraCost) return one.extraCost < other.extraCost;
  return one.leadShortDays < other.leadShortDays;
}
