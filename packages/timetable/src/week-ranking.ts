/**
 * Which week suits best, computed so that everybody can follow it.
 *
 * What matters is an ordered list of levels, and a week is better than another one if it is better
 * on the first level on which they differ. No sum mixes them: no number of comfortable people
 * outweighs a community of which nobody can come. Weights count only inside a level.
 *
 * Whoever has not answered is not counted as coming, nor as staying away: they are counted as not
 * having answered, and `couldLead` says where their answers could still matter.
 */

export type WeekAnswer = 'yes' | 'if_need_be' | 'no';

/** A week that people were asked about. */
export interface WeekWindow {
  readonly id: string;
  /** Days of the wanted lead time that are missing; 0 when it is long enough. */
  readonly leadShortDays: number;
  /** Days from today to the first day of work. */
  readonly leadDays: number;
  /** What this week costs, or costs more than another, in minor units; one currency for all weeks. */
  readonly cost?: number;
}

export interface WeekPerson {
  readonly id: string;
  readonly communities: readonly string[];
  /** A whole number; somebody of weight 2 counts as two. */
  readonly weight: number;
  /** Without whom the summit makes no sense. */
  readonly isNeeded: boolean;
  /** By the window's id; a window that is not in it was not answered. */
  readonly answers: Readonly<Record<string, WeekAnswer>>;
}

export interface WeekProblem {
  /** How many people the summit has places for. */
  readonly seats: number;
  readonly windows: readonly WeekWindow[];
  readonly people: readonly WeekPerson[];
  /** The communities that matter, each with how many of it should come at least (default 1). */
  readonly communities: readonly { readonly key: string; readonly least?: number }[];
}

/** What matters, the most important first, and which way is better. */
export const WEEK_LEVELS = [
  { key: 'neededNo', better: 'less' },
  { key: 'neededUnanswered', better: 'less' },
  { key: 'communitiesLeftOut', better: 'less' },
  { key: 'communityPeopleShort', better: 'less' },
  { key: 'seatsFilled', better: 'more' },
  { key: 'comfort', better: 'more' },
  { key: 'extraCost', better: 'less' },
  { key: 'leadShortDays', better: 'less' },
] as const;

export type WeekLevel = (typeof WEEK_LEVELS)[number]['key'];

/**
 * A week on each level: needed people who said no; needed people who have not answered; communities
 * of which nobody can come; people missing to what communities should send at least; the weights of
 * those who can come, of at most as many as there are seats; the same of those who said yes; what it
 * costs more than the cheapest week (0 for all unless each week states a cost); days of lead time
 * missing.
 */
export type WeekValues = Readonly<Record<WeekLevel, number>>;

export interface WeekCounts {
  readonly yes: number;
  readonly ifNeedBe: number;
  readonly no: number;
  /** Never part of `canCome`. */
  readonly unanswered: number;
  /** Yes and if need be. */
  readonly canCome: number;
  readonly seatsFilled: number;
  readonly seatsLeft: number;
}

/** A week with its place, and all that its place comes from. */
export interface RankedWindow {
  readonly id: string;
  /** 1 for the best. Weeks that no level tells apart share one, and the next rank is left out. */
  readonly rank: number;
  readonly isTied: boolean;
  readonly counts: WeekCounts;
  /** Needed people who said no, and those who have not answered, in the order of the problem. */
  readonly neededMissing: readonly string[];
  readonly neededUnknown: readonly string[];
  /** Communities of which nobody can come, and those of which some but too few can. */
  readonly communitiesLeftOut: readonly string[];
  readonly communitiesUnder: readonly string[];
  readonly values: WeekValues;
  readonly leadDays: number;
  /** Whether it could still come first, alone or with others, if all who have not answered so decided. */
  readonly couldLead: boolean;
  /** The first level on which it falls behind the best week; absent on the best. */
  readonly behind?: {
    readonly level: WeekLevel;
    readonly value: number;
    readonly best: number;
  };
}

export interface WeekRanking {
  /** The best first; those of one rank in the order of the problem. */
  readonly ranking: readonly RankedWindow[];
  /** The levels on which the weeks differ at all, the most important first. */
  readonly levels: readonly WeekLevel[];
}

/**
 * Ranks weeks by what people answered.
 *
 * ```ts
 * const { ranking } = rankWeeks({ seats: 40, windows, people, communities });
 * ranking[0]?.isTied; // whether there is one best week
 * ```
 */
export function rankWeeks(problem: WeekProblem): WeekRanking {
  const tables = tally(problem);
  const measured = tables.map((table) => ({ ...table, values: table.measure(AS_ANSWERED) }));
  const inOrder = measured.toSorted((one, other) => compareWeeks(one.values, other.values));
  const best = inOrder[0]?.values;
  const levels = WEEK_LEVELS.flatMap(({ key }) =>
    measured.some(({ values }) => values[key] !== best?.[key]) ? [key] : [],
  );
  const leaders = whoCouldLead(tables);
  let rank = 0;
  const ranking = inOrder.map((each, index): RankedWindow => {
    const { window, values, counts } = each;
    const before = inOrder[index - 1];
    const after = inOrder[index + 1];
    const tiesBefore = before !== undefined && compareWeeks(before.values, values) === 0;
    const tiesAfter = after !== undefined && compareWeeks(after.values, values) === 0;
    if (!tiesBefore) rank = index + 1;
    const level = WEEK_LEVELS.find(({ key }) => best !== undefined && best[key] !== values[key]);
    return {
      id: window.id,
      rank,
      isTied: tiesBefore || tiesAfter,
      counts,
      neededMissing: each.neededMissing,
      neededUnknown: each.neededUnknown,
      communitiesLeftOut: each.communitiesLeftOut,
      communitiesUnder: each.communitiesUnder,
      values,
      leadDays: window.leadDays,
      couldLead: leaders.has(window.id),
      ...(level === undefined || best === undefined
        ? {}
        : { behind: { level: level.key, value: values[level.key], best: best[level.key] } }),
    };
  });
  return { ranking, levels };
}

/** Negative if the first week is better than the second, 0 if nothing tells them apart. */
export function compareWeeks(one: WeekValues, other: WeekValues): number {
  for (const { key, better } of WEEK_LEVELS) {
    const difference = better === 'less' ? one[key] - other[key] : other[key] - one[key];
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What becomes of a missing answer: nothing, or what its week could hope for or fear. */
const AS_ANSWERED = 0;
const AT_BEST = 1;
const AT_WORST = 2;
type Unanswered = typeof AS_ANSWERED | typeof AT_BEST | typeof AT_WORST;

/** A week with what its people and communities come to. */
interface Table {
  readonly window: WeekWindow;
  readonly counts: WeekCounts;
  readonly neededMissing: readonly string[];
  readonly neededUnknown: readonly string[];
  readonly communitiesLeftOut: readonly string[];
  readonly communitiesUnder: readonly string[];
  readonly measure: (unanswered: Unanswered) => WeekValues;
}

/** Who could come first if the unanswered say yes to it alone, and no to every other week. */
function whoCouldLead(tables: readonly Table[]): ReadonlySet<string> {
  const worst = tables.map(({ measure }) => measure(AT_WORST));
  // Against the best of the others at their worst; the two best are enough to leave one out.
  const order = worst.map((_, index) => index);
  order.sort((one, other) => compareWeeks(at(worst, one), at(worst, other)));
  const leaders = new Set<string>();
  for (const [index, { window, measure }] of tables.entries()) {
    const rival = order[0] === index ? order[1] : order[0];
    if (rival === undefined || compareWeeks(measure(AT_BEST), at(worst, rival)) <= 0) {
      leaders.add(window.id);
    }
  }
  return leaders;
}

/**
 * One look at every answer for each week. People are gone through from the greatest weight on, so
 * that the first of them that can come are those who fill the seats.
 */
function tally({ seats, windows, people, communities }: WeekProblem): Table[] {
  const byWeight = people.toSorted((one, other) => other.weight - one.weight);
  const index = new Map(communities.map(({ key }, position) => [key, position]));
  const memberships = byWeight.map(({ communities: keys }) => [
    ...new Set(keys.flatMap((key) => index.get(key) ?? [])),
  ]);
  const needed = people.filter(({ isNeeded }) => isNeeded);
  const isCostKnown = windows.every(({ cost }) => cost !== undefined);
  const cheapest = Math.min(...windows.map(({ cost = 0 }) => cost));
  return windows.map((window): Table => {
    const extraCost = isCostKnown ? (window.cost ?? 0) - cheapest : 0;
    const yes = new Seats(seats);
    const canCome = new Seats(seats);
    const yesAtBest = new Seats(seats);
    const canComeAtBest = new Seats(seats);
    const present = new Uint32Array(communities.length);
    const presentAtBest = new Uint32Array(communities.length);
    let no = 0;
    for (const [position, { weight, answers }] of byWeight.entries()) {
      const answer = answers[window.id];
      if (answer === 'no') {
        no += 1;
        continue;
      }
      const isYes = answer === 'yes';
      const isKnown = isYes || answer === 'if_need_be';
      if (isYes) yes.add(weight);
      if (isKnown) canCome.add(weight);
      if (isYes || !isKnown) yesAtBest.add(weight);
      canComeAtBest.add(weight);
      for (const community of at(memberships, position)) {
        presentAtBest[community] = (presentAtBest[community] ?? 0) + 1;
        if (isKnown) present[community] = (present[community] ?? 0) + 1;
      }
    }
    const neededMissing = needed.filter(({ answers }) => answers[window.id] === 'no');
    const neededUnknown = needed.filter(({ answers }) => !isAnswer(answers[window.id]));
    const short = (of: Uint32Array, position: number): number =>
      Math.max(0, (communities[position]?.least ?? 1) - (of[position] ?? 0));
    const measure = (unanswered: Unanswered): WeekValues => {
      const atBest = unanswered === AT_BEST;
      const counted = atBest ? presentAtBest : present;
      return {
        neededNo: neededMissing.length + (unanswered === AT_WORST ? neededUnknown.length : 0),
        neededUnanswered: unanswered === AS_ANSWERED ? neededUnknown.length : 0,
        communitiesLeftOut: counted.reduce((sum, each) => sum + (each === 0 ? 1 : 0), 0),
        communityPeopleShort: counted.reduce((sum, _, each) => sum + short(counted, each), 0),
        seatsFilled: (atBest ? canComeAtBest : canCome).weight,
        comfort: (atBest ? yesAtBest : yes).weight,
        extraCost,
        leadShortDays: window.leadShortDays,
      };
    };
    const seatsFilled = Math.min(seats, canCome.people);
    return {
      window,
      counts: {
        yes: yes.people,
        ifNeedBe: canCome.people - yes.people,
        no,
        unanswered: people.length - no - canCome.people,
        canCome: canCome.people,
        seatsFilled,
        seatsLeft: seats - seatsFilled,
      },
      neededMissing: neededMissing.map(({ id }) => id),
      neededUnknown: neededUnknown.map(({ id }) => id),
      communitiesLeftOut: communities.flatMap(({ key }, position) =>
        present[position] === 0 ? [key] : [],
      ),
      communitiesUnder: communities.flatMap(({ key }, position) =>
        present[position] !== 0 && short(present, position) > 0 ? [key] : [],
      ),
      measure,
    };
  });
}

/** People who fill seats, the weightiest first; whoever comes when all are taken is only counted. */
class Seats {
  people = 0;
  weight = 0;
  readonly #seats: number;

  constructor(seats: number) {
    this.#seats = seats;
  }

  add(weight: number): void {
    if (this.people < this.#seats) this.weight += weight;
    this.people += 1;
  }
}

const isAnswer = (answer: string | undefined): answer is WeekAnswer =>
  answer === 'yes' || answer === 'if_need_be' || answer === 'no';

/** What stands at an index that is known to be within. */
function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
}
