import { daysBetween, type PlainDate } from '@cairn/kernel/time';
import {
  type RankedWindow,
  rankWeeks,
  type WeekAnswer,
  type WeekProblem,
} from '@cairn/timetable/week-ranking';
import { explainWindow } from '@cairn/timetable/week-words';
import type { SummitDefinition } from '../../summits/schema.ts';
import { moneyWords } from './money-rules.ts';
import type { Poll } from './poll-rules.ts';
import { type Week, weekName } from './week-rules.ts';

/** What the ranking needs to know of somebody who is asked. */
export interface RankedPerson {
  readonly personId: string;
  readonly name: string;
  readonly communities: readonly string[];
  readonly isNeeded: boolean;
  readonly weight: number;
  readonly answers: Readonly<Record<string, WeekAnswer>>;
}

/** What an organiser tries: without these people, and only weeks within these days. */
export interface WhatIf {
  readonly without: ReadonlySet<string>;
  readonly from: PlainDate | undefined;
  readonly until: PlainDate | undefined;
}

const AS_IT_IS: WhatIf = { without: new Set(), from: undefined, until: undefined };

/** Whether anything is tried at all. */
export const triesSomething = ({ without, from, until }: WhatIf): boolean =>
  without.size > 0 || from !== undefined || until !== undefined;

/** A week with its place in the ranking, and the reasons for it in words. */
export interface ToldWeek {
  readonly week: Week;
  readonly ranked: RankedWindow;
  readonly sentences: readonly string[];
}

/** The weeks that stay in view of a what-if. */
const within = (weeks: readonly Week[], { from, until }: WhatIf): Week[] =>
  weeks.filter(
    ({ start, end }) =>
      (from === undefined || daysBetween(from, start) >= 0) &&
      (until === undefined || daysBetween(end, until) >= 0),
  );

/**
 * The offered weeks in the order in which they suit, as `rankWeeks` computes it. A community counts
 * only if somebody of it is asked, and is never held to need more people than are asked of it.
 */
export function ranking(
  poll: Poll,
  definition: SummitDefinition,
  weeks: readonly Week[],
  people: readonly RankedPerson[],
  today: PlainDate,
  whatIf: WhatIf = AS_IT_IS,
): ToldWeek[] {
  const asked = people.filter(({ personId }) => !whatIf.without.has(personId));
  const inView = within(weeks, whatIf);
  const byId = new Map(inView.map((week) => [week.id, week]));
  const problem: WeekProblem = {
    seats: definition.seats.planned,
    windows: inView.map(({ id, start, extraCost }) => ({
      id,
      ...leadOf(poll, start, today),
      ...(extraCost === undefined ? {} : { cost: extraCost }),
    })),
    people: asked.map(({ personId, communities, weight, isNeeded, answers }) => ({
      id: personId,
      communities: [...communities],
      weight,
      isNeeded,
      answers,
    })),
    communities: definition.communities.flatMap(({ key, target }) => {
      const members = asked.filter(({ communities }) => communities.includes(key)).length;
      if (members === 0) return [];
      return [{ key, ...(target === undefined ? {} : { least: Math.min(target.least, members) }) }];
    }),
  };
  const ranked = rankWeeks(problem);
  const nameOf = new Map(asked.map(({ personId, name }) => [personId, name]));
  const communities = new Map(definition.communities.map(({ key, name }) => [key, name]));
  const names = {
    window: (id: string) => {
      const week = byId.get(id);
      return week === undefined ? id : weekName(week);
    },
    person: (id: string) => nameOf.get(id) ?? id,
    community: (key: string) => communities.get(key) ?? key,
    money: (minor: number) => moneyWords(minor, poll.currency),
  };
  return ranked.ranking.flatMap((each) => {
    const week = byId.get(each.id);
    if (week === undefined) return [];
    return [{ week, ranked: each, sentences: explainWindow(each, ranked, names) }];
  });
}

/** How many days of lead a week leaves from today, and how many of the poll's months are missing. */
function leadOf(
  { leadMonths }: Poll,
  start: PlainDate,
  today: PlainDate,
): { readonly leadDays: number; readonly leadShortDays: number } {
  const latest = start.subtract({ months: leadMonths });
  return {
    leadDays: daysBetween(today, start),
    leadShortDays: Math.max(0, daysBetween(latest, today)),
  };
}
