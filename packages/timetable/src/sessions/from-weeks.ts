import type { WeekPerson, WeekProblem } from '../week-ranking.ts';
import type { Instance, Person, Rule, Timetable } from './model.ts';

/**
 * The choice of a week as a timetable: the summit is the one session, and each week a slot. The
 * levels are those of `WEEK_LEVELS`, after level 0, each of them less is better; where more is better
 * they count what is missing to everybody.
 *
 * What somebody said means something else on each level, so they are in the instance once for each
 * meaning: away where they said no, where they have not answered, where they cannot come, where they
 * did not say yes. A community is a person too, who is away where too few of it can come.
 *
 * All levels are expressible. Two kinds are so only as a price of each week, worked out here: costs and
 * lead times, which depend on nobody; and the seats where there are more people than seats, since no
 * rule says “of at most so many”.
 */
export function weekInstance(given: WeekProblem): Instance {
  const { windows, people, communities, seats } = given;
  const weeks = windows.map(({ id }) => id);
  const made = new Attending(weeks);
  const needed = people.filter(({ isNeeded }) => isNeeded);
  made.all(1, needed, 'not against', (person, week) => answerOf(person, week) !== 'no');
  made.all(2, needed, 'answered', (person, week) => answerOf(person, week) !== undefined);
  const from = (key: string, week: string) =>
    people.filter((person) => person.communities.includes(key) && canCome(person, week)).length;
  for (const { key, least = 1 } of communities) {
    made.one(3, `somebody of ${key}`, (week) => from(key, week) > 0);
    for (let count = 1; count <= least; count++) {
      made.one(4, `${count} of ${key}`, (week) => from(key, week) >= count);
    }
  }
  const isYes = (person: WeekPerson, week: string) => answerOf(person, week) === 'yes';
  if (people.length <= seats) {
    made.all(5, people, 'can come', canCome, ({ weight }) => weight);
    made.all(6, people, 'says yes', isYes, ({ weight }) => weight);
  } else {
    const filled = (counts: typeof canCome) => (week: string) =>
      people
        .filter((person) => counts(person, week))
        .map(({ weight }) => weight)
        .sort((one, other) => other - one)
        .slice(0, seats)
        .reduce((sum, weight) => sum + weight, 0);
    made.price(5, missingTo(weeks, filled(canCome)));
    made.price(6, missingTo(weeks, filled(isYes)));
  }
  const costs = new Map(
    windows.flatMap(({ id, cost }) => (cost === undefined ? [] : [[id, cost]])),
  );
  const cheapest = Math.min(...costs.values());
  if (costs.size === windows.length) {
    made.price(7, (week) => (costs.get(week) ?? cheapest) - cheapest);
  }
  const short = new Map(windows.map(({ id, leadShortDays }) => [id, leadShortDays]));
  made.price(8, (week) => short.get(week) ?? 0);
  return {
    slots: weeks.map((key, at) => ({ key, day: key, start: 2 * at, end: 2 * at + 1 })),
    rooms: [],
    people: made.people,
    sessions: [{ key: SUMMIT, isRoomless: true }],
    rules: made.rules,
    levels: [
      'One of the weeks',
      'Needed people who said no',
      'Needed people who have not answered',
      'Communities of which nobody can come',
      'People missing to what communities should send',
      'Weight of those who cannot come',
      'Weight of those who do not say yes',
      'Cost more than the cheapest',
      'Days of lead time missing',
    ],
  };
}

/** A week as the instance's timetable. */
export const timetableOfWeek = ({ windows }: WeekProblem, id: string): Timetable => ({
  slot: [windows.findIndex((window) => window.id === id)],
  room: [-1],
});

const SUMMIT = 'summit';

const answerOf = ({ answers }: WeekPerson, week: string): string | undefined =>
  Object.hasOwn(answers, week) ? answers[week] : undefined;

const canCome = (person: WeekPerson, week: string): boolean =>
  answerOf(person, week) === 'yes' || answerOf(person, week) === 'if_need_be';

function missingTo(weeks: readonly string[], filled: (week: string) => number) {
  const most = Math.max(0, ...weeks.map(filled));
  return (week: string) => most - filled(week);
}

/** People and rules as they are made. */
class Attending {
  readonly people: Person[] = [];
  readonly rules: Rule[] = [];
  readonly #weeks: readonly string[];

  constructor(weeks: readonly string[]) {
    this.#weeks = weeks;
  }

  /** Somebody of whom a level asks whether they are there. */
  one(level: number, key: string, isThere: (week: string) => boolean, weight = 1): void {
    if (weight < 1) return;
    const own = `${level}: ${key}`;
    this.people.push({ key: own, away: this.#weeks.filter((week) => !isThere(week)) });
    const sessions = [SUMMIT];
    this.rules.push({ kind: 'attends', level, least: 1, sessions, people: [own], weight });
  }

  all(
    level: number,
    people: readonly WeekPerson[],
    meaning: string,
    isThere: (person: WeekPerson, week: string) => boolean,
    weightOf: (person: WeekPerson) => number = () => 1,
  ): void {
    for (const [index, person] of people.entries()) {
      const key = `${index} ${person.id} ${meaning}`;
      this.one(level, key, (week) => isThere(person, week), weightOf(person));
    }
  }

  /** What a week costs on a level by itself. */
  price(level: number, of: (week: string) => number): void {
    for (const week of this.#weeks) {
      const weight = of(week);
      if (weight < 1) continue;
      this.rules.push({
        ...{ kind: 'slot-wish', level, weight, wish: 'out' },
        sessions: [SUMMIT],
        slots: [week],
      });
    }
  }
}
