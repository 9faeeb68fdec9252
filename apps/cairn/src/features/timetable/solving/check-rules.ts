import { counted } from '@cairn/kernel/words';
import { type Names, namesOf } from '@cairn/timetable/explain/names';
import { fewOf, sentenceOf } from '@cairn/timetable/explain/words';
import { checkTimetable, type RuleBreak } from '@cairn/timetable/sessions/checker';
import type { Placement } from '../drafts/placement-rules.ts';
import { dayNames } from '../frame/frame-words-rules.ts';
import type { TimetableFacts } from './facts-rules.ts';
import {
  type InstanceOptions,
  type LevelName,
  levelsOf,
  type TimetableProblem,
  timetableInstance,
} from './instance-rules.ts';
import { timetableOf } from './placed-rules.ts';

/** One case in which placements break what must or should hold. */
export interface PlacementBreak {
  readonly sentence: string;
  /** Ids of the sessions and people that it is about. */
  readonly sessions: readonly string[];
  readonly people: readonly string[];
  /** A kind of the timetabling library, or one of `OWN_RULES`. */
  readonly rule: RuleBreak['rule']['kind'] | OwnRule;
  /** It must not be so; otherwise it costs somebody something. */
  readonly isHard: boolean;
  /** What it counts under, and how much. */
  readonly level: LevelName;
  readonly cost: number;
}

/** What the library cannot see, since it knows slots and rooms by number only. */
export type OwnRule = 'off-grid' | 'room-gone' | 'no-room' | 'open-room-closed';

export interface Checked {
  /** What must hold first; those of one kind stand together. */
  readonly breaks: readonly PlacementBreak[];
  /** By `levels`, the first is what must hold; less is better. */
  readonly values: readonly number[];
  readonly levels: readonly LevelName[];
}

/**
 * Judges placements by the facts, with the library's own checker: everything that is broken, and what
 * it is worth. Sessions without a place are told as such, unless they are optional.
 */
export function checkPlacements(
  facts: TimetableFacts,
  placements: readonly Placement[],
  options: InstanceOptions = {},
): Checked {
  const pinned = options.pinned ?? [];
  const problem = timetableInstance(facts, { ...options, pinned, on: daysOf(placements) });
  const names = namesOf(problem.indexed);
  const levels = levelsOf(options);
  const own = ownBreaks(facts, problem, placements);
  const told = new Set(own.flatMap(({ sessions }) => sessions));
  const { breaks, values } = checkTimetable(problem.indexed, timetableOf(problem, placements));
  const found = mergedBreaks(breaks).map((each): PlacementBreak => {
    const { rule, sessions, people, cost } = each;
    const level = levels[rule.level] ?? 'must';
    return {
      sentence:
        level === 'steady' ? steadySentence(each, names) : sentenceOf(problem.indexed, each, names),
      sessions: sessions.map((number) => problem.sessionIds[number] ?? ''),
      people: people.map((number) => problem.personIds[number] ?? ''),
      rule: rule.kind,
      isHard: rule.level === 0,
      level,
      cost: cost * rule.weight,
    };
  });
  const all = [
    ...own,
    // That it is nowhere is said better by why it is.
    ...found.filter(({ rule, sessions: [id = ''] }) => rule !== 'placed' || !told.has(id)),
  ];
  return {
    breaks: all.toSorted((one, other) => Number(other.isHard) - Number(one.isHard)),
    values,
    levels,
  };
}

/** Of the sessions of one group: it would be too long to name them all. */
function steadySentence({ rule, sessions, cost }: RuleBreak, names: Names): string {
  const [first = -1] = sessions;
  const those = `The ${sessions.length} sessions of ${names.session(first)}`;
  if (rule.kind === 'same-room') return `${those} are in ${cost + 1} rooms.`;
  return `${those} could be on ${counted(cost, 'more day', 'more days')}.`;
}

/** By session the day on which it is. */
export const daysOf = (placements: readonly Placement[]): ReadonlyMap<string, string> =>
  new Map(placements.map(({ sessionId, date }) => [sessionId, date]));

/** Breaks that differ in nothing but their slot are one, at the first. */
export function mergedBreaks(breaks: readonly RuleBreak[]): RuleBreak[] {
  const seen = new Map<string, RuleBreak>();
  for (const each of breaks) {
    const key = `${each.rule.kind}|${each.rule.level}|${each.sessions}|${each.people}|${each.rule.sessions}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}

function ownBreaks(
  facts: TimetableFacts,
  { slots, roomIds }: TimetableProblem,
  placements: readonly Placement[],
): PlacementBreak[] {
  const { frame } = facts;
  const dayName = dayNames(frame.days.map(({ date }) => date));
  const keys = new Set(slots.map(({ key }) => key));
  const titles = new Map(facts.sessions.map(({ id, title }) => [id, title]));
  const hard = (rule: OwnRule, id: string, sentence: string): PlacementBreak => ({
    sentence,
    sessions: [id],
    people: [],
    rule,
    isHard: true,
    level: 'must',
    cost: 1,
  });
  const placed = placements.flatMap(({ sessionId, date, starts, roomId }) => {
    const title = titles.get(sessionId);
    if (title === undefined) return [];
    const when = `${dayName(date)} ${starts}`;
    if (!keys.has(`${date}T${starts}`)) {
      const sentence = `“${title}” is on ${when}, where no slot begins; give it another time.`;
      return [hard('off-grid', sessionId, sentence)];
    }
    if (roomId === null) {
      return [hard('no-room', sessionId, `“${title}” (${when}) has no room yet.`)];
    }
    if (!roomIds.includes(roomId)) {
      const sentence = `“${title}” (${when}) is in a room that is no longer there.`;
      return [hard('room-gone', sessionId, sentence)];
    }
    return [];
  });
  const closed = facts.open.flatMap((session) => {
    const closure = frame.closures.find(
      (each) =>
        each.roomId === session.roomId &&
        each.date === session.date &&
        each.starts < session.ends &&
        session.starts < each.ends,
    );
    const room = frame.rooms.find(({ id }) => id === session.roomId);
    if (closure === undefined && room !== undefined) return [];
    const where = room === undefined ? 'Its room is gone' : `${room.name} is closed`;
    const sentence = `${where} while “${session.title}” of the open space is in it (${dayName(session.date)} ${session.starts}).`;
    return [hard('open-room-closed', session.id, sentence)];
  });
  return [...placed, ...closed];
}

/** `Ada, Bob and 3 more`, by their numbers. */
export const fewPeople = (names: Names, people: readonly number[]): string =>
  fewOf(people.map(names.person));
