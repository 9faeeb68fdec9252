import { breakOf, type ConferenceBreak } from './break.ts';
import { type Conflicts, conflictsOf } from './conflicts.ts';
import {
  CONFERENCE_RULES,
  type Conference,
  type ConferenceRule,
  type ConferenceSchedule,
} from './model.ts';
import { cellsOf, placementsBySubmission, placementsOf } from './placements.ts';
import { submissionBreaks } from './submission-breaks.ts';
import { trackBreaks } from './track-breaks.ts';

/** What a schedule is worth. */
export interface CheckedConference {
  /**
   * Compared in order, less is better: time slots of submissions that have none or a wrong one, and
   * submissions in several pieces; then pairs of submissions that need a presenter twice at once, then the library's objective.
   */
  readonly values: readonly [faults: number, presenters: number, objective: number];
  /** The library's objective: what every rule costs, and what is split. */
  readonly objective: number;
  /** Whether every submission has all its time slots. */
  readonly isComplete: boolean;
  /** Whether rooms have submissions of their tracks only. */
  readonly isValid: boolean;
  /** What every rule costs that has a weight, in the order of the library's settings. */
  readonly terms: readonly ConferenceTerm[];
  readonly breaks: readonly ConferenceBreak[];
}

/** What one rule costs. */
export interface ConferenceTerm {
  readonly rule: ConferenceRule | 'split';
  readonly weight: number;
  readonly amount: number;
  /** Weight times amount. */
  readonly cost: number;
}

/**
 * Judges a schedule as plainly as it is defined: as the library's own checker does, and everything
 * that it breaks by name. Rules of no weight are not looked at.
 *
 * The schedule is of the conference's sizes, as the readers and the search make it.
 */
export function checkConference(
  conference: Conference,
  schedule: ConferenceSchedule,
): CheckedConference {
  const conflicts = conflictsOf(conference);
  const faults = faultsOf(conference, schedule);
  const split = splitBreaks(conference, schedule);
  const breaks = breaksOf(conference, schedule, conflicts).filter(
    ({ rule, amount }) => weightOf(conference, rule) > 0 && amount !== 0,
  );
  const terms: ConferenceTerm[] = CONFERENCE_RULES.flatMap((rule) => {
    const weight = conference.weights[rule];
    const amount = sumOf(breaks.filter((one) => one.rule === rule));
    return weight > 0 ? [{ rule, weight, amount, cost: weight * amount }] : [];
  });
  const missing = new Set(
    faults.flatMap(({ rule, submissions }) => (rule === 'unscheduled' ? submissions : [])),
  );
  const interrupted = split.filter(({ submissions }) =>
    submissions.some((submission) => !missing.has(submission)),
  ).length;
  const splitCost = sumOf(split);
  terms.push({ rule: 'split', weight: 1, amount: splitCost, cost: splitCost });
  const objective = terms.reduce((sum, { cost }) => sum + cost, 0);
  const presenters = sumOf(
    breaks.filter(({ rule }) => rule === 'presenters' || rule === 'presenters-in-time-slot'),
  );
  return {
    values: [sumOf(faults) + interrupted, presenters, objective],
    objective,
    isComplete: !faults.some(({ rule }) => rule === 'unscheduled'),
    isValid: !faults.some(({ rule }) => rule === 'wrong-track'),
    terms,
    breaks: [...faults, ...split, ...breaks],
  };
}

const weightOf = ({ weights }: Conference, rule: ConferenceBreak['rule']): number =>
  (weights as Readonly<Record<string, number>>)[rule] ?? 0;

const sumOf = (breaks: readonly ConferenceBreak[]): number =>
  breaks.reduce((sum, { amount }) => sum + amount, 0);

const breaksOf = (
  conference: Conference,
  schedule: ConferenceSchedule,
  conflicts: Conflicts,
): ConferenceBreak[] => [
  ...trackBreaks(conference, cellsOf(schedule), conflicts),
  ...submissionBreaks(conference, schedule, conflicts),
];

/** Submissions without all their time slots, and time slots in rooms of other tracks. */
function faultsOf(conference: Conference, schedule: ConferenceSchedule): ConferenceBreak[] {
  const placements = placementsOf(schedule);
  const by = placementsBySubmission(conference, placements);
  const unscheduled = conference.submissions.flatMap(({ timeSlots, track }, submission) => {
    const missing = Math.abs(timeSlots - (by[submission]?.length ?? 0));
    const about = { submissions: [submission], tracks: [track] };
    return missing === 0 ? [] : [breakOf('unscheduled', missing, about)];
  });
  const wrong = placements.flatMap(({ submission, session, room, timeSlot }) => {
    const track = schedule.tracks[session]?.[room] ?? -1;
    if (track === conference.submissions[submission]?.track) return [];
    const about = { submissions: [submission], sessions: [session], rooms: [room], timeSlot };
    return [breakOf('wrong-track', 1, track === -1 ? about : { ...about, tracks: [track] })];
  });
  return [...unscheduled, ...wrong];
}

const ELSEWHERE = 10_000_000;
const INTERRUPTED = 1_000_000_000;

/**
 * Submissions of several time slots that are not whole: the library's prices for one that is in
 * several rooms (for each room), that is interrupted, or that is nowhere (then nothing else of this).
 */
function splitBreaks(conference: Conference, schedule: ConferenceSchedule): ConferenceBreak[] {
  const by = placementsBySubmission(conference, placementsOf(schedule));
  const long = conference.submissions.flatMap(({ timeSlots }, submission) =>
    timeSlots > 1 ? [{ submission, timeSlots, places: by[submission] ?? [] }] : [],
  );
  const missing = long.filter(({ places }) => places.length === 0);
  if (missing.length > 0) {
    return [
      breakOf('split', INTERRUPTED, { submissions: missing.map(({ submission }) => submission) }),
    ];
  }
  return long.flatMap(({ submission, timeSlots, places }) => {
    const rooms = Map.groupBy(places, ({ session, room }) => `${session} ${room}`);
    const partial = [...rooms.values()].filter((parts) => parts.length !== timeSlots);
    const first = places[0]?.timeSlot ?? 0;
    const last = places.at(-1)?.timeSlot ?? 0;
    const slots = places.reduce((sum, { timeSlot }) => sum + timeSlot, 0);
    const expected = last < first ? 0 : ((first + last) * (last - first + 1)) / 2;
    const amount = partial.length * ELSEWHERE + (slots === expected ? 0 : INTERRUPTED);
    return amount === 0 ? [] : [breakOf('split', amount, { submissions: [submission] })];
  });
}
