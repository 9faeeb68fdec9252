import { counted, listed } from '@cairn/kernel/words';
import { dayOfPerson } from '@cairn/timetable/explain/difference';
import { namesOf } from '@cairn/timetable/explain/names';
import { fewOf } from '@cairn/timetable/explain/words';
import { checkPlacements, daysOf, type PlacementBreak } from '../solving/check-rules.ts';
import type { TimetableFacts } from '../solving/facts-rules.ts';
import { type LevelName, levelsOf, timetableInstance } from '../solving/instance-rules.ts';
import { timetableOf } from '../solving/placed-rules.ts';
import type { Made } from './made-schema.ts';
import type { Placement } from './placement-rules.ts';

/** What a timetable costs one person. */
export interface PersonCost {
  readonly id: string;
  readonly name: string;
  /** Of 100: how much of what they care for they do not get. */
  readonly percent: number;
  /** Titles, with their times, of what they care for and cannot be in. */
  readonly missed: readonly string[];
}

/** What a timetable costs whom. */
export interface Costs {
  /** Who misses something, those who lose most first. */
  readonly people: readonly PersonCost[];
  /** Each session that somebody misses, most people first: “Docs” (Monday 09:00): Ada and Bob. */
  readonly bySession: readonly string[];
  /** How many people care for something at all. */
  readonly caring: number;
  /** In one sentence. */
  readonly headline: string;
  /** Points of interest that all lose together, and that there are. */
  readonly lost: number;
  readonly all: number;
}

/** Says what placements cost whom: which of the sessions that they care for people cannot be in. */
export function costsOf(facts: TimetableFacts, placements: readonly Placement[]): Costs {
  const problem = timetableInstance(facts, { on: daysOf(placements) });
  const { indexed } = problem;
  const names = namesOf(indexed);
  const timetable = timetableOf(problem, placements);
  const when = (session: number): string => {
    const slot = timetable.slot[session] ?? -1;
    return slot < 0 ? 'no place yet' : names.slot(slot);
  };
  const missing = new Map<number, string[]>();
  let [all, lost, caring] = [0, 0, 0];
  const people = indexed.people.flatMap(({ interest }, number): PersonCost[] => {
    const most = [...interest]
      .map(([session, points]) => points * (indexed.sessions[session]?.length ?? 0))
      .reduce((sum, points) => sum + points, 0);
    if (most === 0) return [];
    const { sessions, points } = dayOfPerson(indexed, timetable, number);
    [all, lost, caring] = [all + most, lost + most - points, caring + 1];
    if (points >= most) return [];
    const gone = [...interest.keys()].filter((session) => !sessions.has(session));
    const name = names.person(number);
    for (const session of gone) missing.set(session, [...(missing.get(session) ?? []), name]);
    const missed = gone.map((session) => `${names.session(session)} (${when(session)})`);
    const percent = Math.round((100 * (most - points)) / most);
    return [{ id: problem.personIds[number] ?? '', name, percent, missed }];
  });
  people.sort((one, other) => other.percent - one.percent || one.name.localeCompare(other.name));
  return {
    people,
    bySession: [...missing]
      .toSorted(([, some], [, others]) => others.length - some.length)
      .map(([session, who]) => `${names.session(session)} (${when(session)}): ${fewOf(who)}.`),
    caring,
    headline: headlineOf(people, caring),
    lost,
    all,
  };
}

function headlineOf(people: readonly PersonCost[], caring: number): string {
  const [worst] = people;
  if (worst === undefined) {
    return caring === 0
      ? 'Nobody has said yet what they care for.'
      : 'Nobody misses anything that they care for.';
  }
  const what = worst.missed.length === 0 ? 'a part of it' : fewOf(worst.missed);
  if (people.length === 1) return `One person loses something: ${worst.name} misses ${what}.`;
  const most = people.filter(({ percent }) => percent === worst.percent);
  const who =
    most.length === 1 ? `${worst.name} loses` : `${fewOf(most.map(({ name }) => name))} lose`;
  return `${people.length} of ${counted(caring, 'person', 'people')} lose something that they care for; ${who} most, ${worst.percent} % of it.`;
}

/** How a draft stands: what it breaks, what it costs, what it is worth. */
export interface Standing {
  readonly placed: number;
  /** Sessions that should have a place. */
  readonly sessions: number;
  /** What must hold and does not. */
  readonly broken: readonly PlacementBreak[];
  /** Wishes that are broken. */
  readonly wishes: readonly PlacementBreak[];
  /** Groups that change rooms, or meet on fewer days than they could. */
  readonly steady: readonly PlacementBreak[];
  readonly costs: Costs;
  readonly values: readonly number[];
}

/** How placements stand by the facts of now. */
export function standingOf(facts: TimetableFacts, placements: readonly Placement[]): Standing {
  const { breaks, values } = checkPlacements(facts, placements);
  const here = new Set(facts.sessions.map(({ id }) => id));
  return {
    placed: placements.filter(({ sessionId }) => here.has(sessionId)).length,
    sessions: facts.sessions.length,
    broken: breaks.filter(({ isHard }) => isHard),
    wishes: breaks.filter(({ level }) => level === 'wishes'),
    steady: breaks.filter(({ level }) => level === 'steady'),
    costs: costsOf(facts, placements),
    values,
  };
}

/** Levels as sentences name them. */
const SHORT_LEVELS: Readonly<Record<LevelName, string>> = {
  must: 'what must hold',
  moved: 'how few sessions move',
  wishes: 'clashes and wishes',
  worst: 'how much anybody loses',
  interest: 'the interest of all',
  steady: 'rooms and days of groups',
};

const isLevel = (name: string): name is LevelName => name in SHORT_LEVELS;

/**
 * What is proven of a draft that a search made, in sentences; nothing where it was made otherwise.
 * What was proven holds no longer when the draft or the facts were changed.
 */
export function proofWords(
  { verdict, values = [], bounds = [], levels = [], fingerprint }: Made,
  { isChanged, now }: { readonly isChanged: boolean; readonly now: string },
): string[] {
  if (verdict === undefined) return [];
  if (isChanged)
    return ['It was changed by hand since it was found; what was proven then is not said.'];
  if (fingerprint !== now) {
    return [
      'Sessions, people or rooms have changed since it was found; search again to know how good it is.',
    ];
  }
  if (verdict === 'optimal') {
    return [
      `Proven: no timetable is better in ${listed(levels.filter(isLevel).map((name) => SHORT_LEVELS[name]))}, in this order.`,
    ];
  }
  const isBest = (at: number) => (bounds[at] ?? 0) >= (values[at] ?? 0);
  const first = levels.findIndex((_, at) => !isBest(at));
  const proven = levels.slice(0, Math.max(0, first)).filter(isLevel);
  const open = levels[first];
  const words: string[] = [];
  if (proven.length > 0) {
    words.push(
      `Proven: no timetable is better in ${listed(proven.map((name) => SHORT_LEVELS[name]))}.`,
    );
  }
  if (open !== undefined && isLevel(open)) {
    words.push(gapWords(open, values[first] ?? 0, bounds[first] ?? 0));
  }
  return words;
}

function gapWords(level: LevelName, value: number, bound: number): string {
  if (level === 'worst') {
    return `Not proven: that somebody loses ${value / 10} %; no plan can have everybody lose less than ${bound / 10} %.`;
  }
  return `Not proven in ${SHORT_LEVELS[level]}: it is ${value} here, and cannot be less than ${bound}.`;
}

/** `no plan loses less`, where that is proven of the usual order: for who is told what they lose. */
export const isWorstProven = ({ aim, levels = [], values = [], bounds = [] }: Made): boolean => {
  if (aim !== 'fair') return false;
  const at = levels.indexOf('worst');
  return (
    at >= 0 &&
    levels.slice(0, at + 1).every((_, level) => (bounds[level] ?? 0) >= (values[level] ?? 0))
  );
};

/** The level of the most that anybody loses, in thousandths, in the usual order. */
export const worstOf = (values: readonly number[]): number =>
  values[levelsOf().indexOf('worst')] ?? 0;
