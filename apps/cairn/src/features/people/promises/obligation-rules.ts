import type { Instant, PlainDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { Obligation } from '../../summits/schema.ts';

/*
 * Judges promises. These principles hold everywhere below:
 *
 * - What nobody recorded, nobody missed. A meeting is over long before its attendance is typed in;
 *   until it has been recorded for at least one person it counts as open, for everybody.
 * - What was earned is kept. The rule is the summit's present one, but a fact keeps counting when
 *   the meeting it belongs to is dropped, and one that comes late still counts. Whoever kept a promise
 *   by coming while an easier rule was in force has kept it.
 * - An excused absence is not missed, and is not attended either. A promise that only excused absences
 *   keep from being kept is excused.
 */

export const EVIDENCE_KINDS = [
  'attendance',
  'contribution',
  'review',
  'presence',
  'update',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** A fact that counts towards an obligation. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** What it is a fact about; the same for ever for the same fact: `meeting:february`, `day:2023-05-22`. */
  readonly subject: string;
  readonly at: Instant;
}

/** The subject of having arrived at the summit; a sign of presence, though not of any one day. */
export const ARRIVAL = 'arrival';
export const meetingSubject = (key: string): string => `meeting:${key}`;
export const daySubject = (date: PlainDate): string => `day:${date}`;

/** An obligation waived, or the absence from one occasion: by whom and why. */
export interface Excuse {
  readonly reason: string;
  /** The name of the organiser or lead. */
  readonly by: string;
}

export const STANDINGS = [
  'broken',
  'at_risk',
  'can_miss_more',
  'on_course',
  'excused',
  'kept',
] as const;
/**
 * Where a promise stands, the one that most needs a word first. `on_course` has missed nothing;
 * `can_miss_more` has missed something and has room left; `at_risk` has no room left, or little time.
 */
export type Standing = (typeof STANDINGS)[number];

/** The forecast of one promise of one person. */
export interface Forecast {
  readonly standing: Standing;
  /** How much is done and how much is needed, in the rule's own unit. */
  readonly done: number;
  readonly needed: number;
  /** How many of those still open may be missed; undefined where that means nothing. */
  readonly canMiss?: number;
  /** The facts without advice, for anyone: `1 of 2 attended, 1 missed, 1 to come`. */
  readonly tally: string;
  /** One sentence for the person concerned; the standing is shown beside it and not said again. */
  readonly sentence: string;
  /** What that person can still do, where the sentence does not say it and something is left to do. */
  readonly advice?: string;
}

/** Something that happens once and can be missed. */
interface Occasion {
  /** When it is over; undefined while its time is not fixed, so it is still to come. */
  readonly over: Instant | undefined;
  /** Whether anybody's part in it has been recorded: only then does a gap mean absence. */
  readonly isRecorded: boolean;
}
export interface MeetingOccasion extends Occasion {
  readonly key: string;
  readonly title: string;
}
export interface DayOccasion extends Occasion {
  readonly subject: string;
  /** `Tue 23 May 2023` */
  readonly name: string;
}

/** What the rules need to know of the summit: when each thing that can be evidenced is over. */
export interface ObligationCalendar {
  readonly meetings: readonly MeetingOccasion[];
  /** When people should have arrived by. */
  readonly arrival: Occasion;
  /** Days of the summit, in its own zone. */
  readonly days: readonly DayOccasion[];
  /** From when the work plan can be worked on: the announcement. */
  readonly planOpens: Instant;
  /** When the work plan is frozen: the summit's start. */
  readonly planFrozen: Instant;
  /** When the summit is over and what was promised for afterwards begins. */
  readonly followUpOpens: Instant;
  /** When the promised months after the summit are over, for so many months. */
  readonly followUpOver: (months: number) => Instant;
  /** Rules about meetings that held before and were changed. */
  readonly earlierRules: readonly EarlierRule[];
}

/** So many meetings were required by a promise, from one moment until another. */
export interface EarlierRule {
  /** The key of the promise. */
  readonly obligation: string;
  readonly meetings: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** Excuses by what they are for: the key of a promise, or the subject of one occasion. */
export type Excuses = ReadonlyMap<string, Excuse>;
const NO_EXCUSES: Excuses = new Map();

const TELL_ORGANISERS = 'Tell the organisers why; they can excuse you.';

/**
 * Judges one promise from the evidence so far. Pure: the same facts at the same moment give the
 * same standing. An excuse waives what is not kept; a promise kept in spite of an excuse is kept.
 */
export function forecast(
  obligation: Pick<Obligation, 'rule'> & Partial<Pick<Obligation, 'key'>>,
  evidence: readonly Evidence[],
  excuse: Excuse | undefined,
  calendar: ObligationCalendar,
  now: Instant,
  absences: Excuses = NO_EXCUSES,
): Forecast {
  const judged = judge(obligation, evidence, calendar, now, absences);
  if (excuse === undefined || judged.standing === 'kept') return judged;
  const { advice: _, ...waived } = judged;
  return {
    ...waived,
    standing: 'excused',
    sentence: `Excused by ${excuse.by}: ${excuse.reason}`,
  };
}

function judge(
  { key, rule }: Parameters<typeof forecast>[0],
  evidence: readonly Evidence[],
  calendar: ObligationCalendar,
  now: Instant,
  absences: Excuses,
): Forecast {
  switch (rule.kind) {
    case 'attend': {
      const found = judgeAttendance(rule.meetings, evidence, calendar, now, absences);
      return found.standing === 'kept' ? found : (keptEarlier(key, evidence, calendar) ?? found);
    }
    case 'contribute':
      return judgeContribution(rule, evidence, calendar, now);
    case 'present':
      return judgePresence(evidence, calendar, now);
    case 'follow_up':
      return judgeFollowUp(rule, evidence, calendar, now);
    default:
      return rule satisfies never;
  }
}

const isPast = (moment: Instant | undefined, now: Instant): boolean =>
  moment !== undefined && moment.epochMilliseconds <= now.epochMilliseconds;

/** Whether not having been there has shown. */
const isCounted = ({ over, isRecorded }: Occasion, now: Instant): boolean =>
  isRecorded && isPast(over, now);

/** Distinct subjects of one kind of evidence: a fact told twice is one fact. */
const subjects = (evidence: readonly Evidence[], kind: EvidenceKind): Set<string> =>
  new Set(evidence.filter((fact) => fact.kind === kind).map((fact) => fact.subject));

function judgeAttendance(
  needed: number,
  evidence: readonly Evidence[],
  calendar: ObligationCalendar,
  now: Instant,
  absences: Excuses,
): Forecast {
  const attended = subjects(evidence, 'attendance');
  const done = attended.size;
  const notAttended = calendar.meetings.filter(({ key }) => !attended.has(meetingSubject(key)));
  const excused = notAttended.filter(({ key }) => absences.has(meetingSubject(key)));
  const others = notAttended.filter(({ key }) => !absences.has(meetingSubject(key)));
  const missed = others.filter((meeting) => isCounted(meeting, now)).length;
  const open = others.filter((meeting) => !isCounted(meeting, now));
  const toCome = open.filter(({ over }) => !isPast(over, now));
  const uncounted = open.length - toCome.length;
  const canMiss = open.length - (needed - done - excused.length);
  const tally = [
    `${done} of ${needed} attended`,
    excused.length > 0 && `${excused.length} excused`,
    missed > 0 && `${missed} missed`,
    uncounted > 0 && `${uncounted} not recorded yet`,
    toCome.length > 0 && `${toCome.length} to come`,
  ]
    .filter((part) => part !== false)
    .join(', ');
  const base = { done, needed, tally };
  const advice =
    toCome.length === 0
      ? 'Wait until the attendance of the last meetings has been recorded.'
      : `Come to: ${toCome.map(({ title }) => title).join(', ')}.`;

  if (done >= needed) {
    const sentence = `You attended ${counted(done, 'planning meeting')}; ${needed} ${needed === 1 ? 'was' : 'were'} needed.`;
    return { ...base, standing: 'kept', sentence };
  }
  if (done + excused.length >= needed) {
    const which = excused.map(({ title }) => title).join(' and ');
    const sentence = `You are excused from ${which}, so nobody asks for more: ${tally}.`;
    return { ...base, standing: 'excused', canMiss: open.length, sentence };
  }
  if (canMiss < 0) {
    const sentence = `This can no longer be kept: ${tally}, and ${needed} ${needed === 1 ? 'is' : 'are'} needed.`;
    return { ...base, standing: 'broken', canMiss: 0, sentence, advice: TELL_ORGANISERS };
  }
  const room =
    canMiss === 0
      ? `cannot miss ${open.length === 1 ? 'the one' : `any of the ${open.length}`} still open`
      : `can miss ${canMiss === 1 ? 'one' : canMiss}${missed > 0 ? ' more' : ''} of the ${open.length} still open`;
  const standing = missed === 0 ? 'on_course' : canMiss === 0 ? 'at_risk' : 'can_miss_more';
  const because =
    excused.length === 0
      ? ''
      : ` You are excused from ${excused.map(({ title }) => title).join(' and ')}.`;
  return { ...base, standing, canMiss, sentence: `You ${room}.${because}`, advice };
}

/**
 * A promise kept under a rule that has been made stricter since: by the end of that rule enough
 * meetings had been attended, at least one of them while it held. So a rule that was written by
 * mistake and put right before the next meeting gives nothing away.
 */
function keptEarlier(
  key: string | undefined,
  evidence: readonly Evidence[],
  { earlierRules }: ObligationCalendar,
): Forecast | undefined {
  const attended = evidence.filter(({ kind }) => kind === 'attendance');
  const rule = earlierRules.find(({ obligation, meetings, from, until }) => {
    if (obligation !== key) return false;
    const before = attended.filter(({ at }) => !isPast(until, at));
    return (
      subjects(before, 'attendance').size >= meetings && before.some(({ at }) => isPast(from, at))
    );
  });
  if (rule === undefined) return undefined;
  const done = subjects(evidence, 'attendance').size;
  const { meetings: needed } = rule;
  const tally = `${done} of ${needed} attended`;
  const sentence = `You attended ${counted(done, 'planning meeting')} while ${needed} ${needed === 1 ? 'was' : 'were'} needed; what was earned stays.`;
  return { done, needed, tally, standing: 'kept', sentence };
}

function judgeContribution(
  rule: { readonly contributions: number; readonly reviews: number },
  evidence: readonly Evidence[],
  { planOpens, planFrozen }: ObligationCalendar,
  now: Instant,
): Forecast {
  const contributions = subjects(evidence, 'contribution').size;
  const reviews = subjects(evidence, 'review').size;
  const done = Math.min(contributions, rule.contributions) + Math.min(reviews, rule.reviews);
  const needed = rule.contributions + rule.reviews;
  const tally = `${counted(contributions, 'contribution')} of ${rule.contributions}, ${counted(reviews, 'review')} of ${rule.reviews}`;
  const base = { done, needed, tally };
  if (done >= needed) return { ...base, standing: 'kept', sentence: `${tally}.` };
  const missing = [
    contributions < rule.contributions &&
      counted(rule.contributions - contributions, 'contribution'),
    reviews < rule.reviews && counted(rule.reviews - reviews, 'review'),
  ]
    .filter((part) => part !== false)
    .join(' and ');
  if (isPast(planFrozen, now)) {
    const sentence = `The summit has begun and ${missing} to the work plan ${needed - done === 1 ? 'is' : 'are'} missing.`;
    return { ...base, standing: 'broken', sentence, advice: TELL_ORGANISERS };
  }
  const isLate = inLastQuarter(planOpens, planFrozen, now);
  return {
    ...base,
    standing: isLate ? 'at_risk' : 'on_course',
    sentence: `${missing} still to make in the planning repository before the summit starts.`,
  };
}

function judgePresence(
  evidence: readonly Evidence[],
  { days, arrival }: ObligationCalendar,
  now: Instant,
): Forecast {
  const present = subjects(evidence, 'presence');
  const missed = days.filter((day) => isCounted(day, now) && !present.has(day.subject));
  const done = days.filter(({ subject }) => present.has(subject)).length;
  const needed = days.length;
  const tally = [
    `there on ${done} of ${counted(needed, 'day')}`,
    done === 0 && present.has(ARRIVAL) && 'arrived',
    missed.length > 0 && `${missed.length} missed`,
  ]
    .filter((part) => part !== false)
    .join(', ');
  const base = { done, needed, tally };
  if (done >= needed) {
    const sentence = `You were there on all ${counted(needed, 'day')}.`;
    return { ...base, standing: 'kept', sentence };
  }
  if (missed.length > 0) {
    const sentence = `Not seen on ${missed.map(({ name }) => name).join(', ')}.`;
    const advice = `If you were there, ask the organisers to record it; if not: ${TELL_ORGANISERS.toLowerCase()}`;
    return { ...base, standing: 'broken', sentence, advice };
  }
  if (present.size === 0 && isCounted(arrival, now)) {
    const sentence = 'Others have arrived and nobody has seen you yet.';
    return {
      ...base,
      standing: 'at_risk',
      sentence,
      advice: 'Tell the organisers when you will be there.',
    };
  }
  const sentence =
    done === 0
      ? `Be there on all ${counted(needed, 'day')}.`
      : `You were there on ${done} of ${needed} days so far; be there on the others too.`;
  return { ...base, standing: 'on_course', sentence };
}

function judgeFollowUp(
  rule: { readonly months: number; readonly updates: number },
  evidence: readonly Evidence[],
  { followUpOpens, followUpOver }: ObligationCalendar,
  now: Instant,
): Forecast {
  // What happened before the summit ended is no sign of taking part after it.
  const after = evidence.filter(({ at }) => isPast(followUpOpens, at));
  const done = subjects(after, 'update').size;
  const tally = `${done} of ${counted(rule.updates, 'update')} after the summit`;
  const base = { done, needed: rule.updates, tally };
  if (done >= rule.updates) return { ...base, standing: 'kept', sentence: `${tally}.` };
  const over = followUpOver(rule.months);
  if (isPast(over, now)) {
    const sentence = `The ${counted(rule.months, 'month')} after the summit are over with ${tally}.`;
    return {
      ...base,
      standing: 'broken',
      sentence,
      advice: 'Give an update all the same: it still counts.',
    };
  }
  if (!isPast(followUpOpens, now)) {
    return { ...base, standing: 'on_course', sentence: 'This begins when the summit ends.' };
  }
  const isLate = inLastQuarter(followUpOpens, over, now);
  const missing = counted(rule.updates - done, 'update');
  return {
    ...base,
    standing: isLate ? 'at_risk' : 'on_course',
    sentence: `${missing} on what became of the work still to give within ${counted(rule.months, 'month')} after the summit.`,
  };
}

/**
 * Whether little time is left. A share of the promise's own span, not a number of days, so that it
 * fits a summit planned for a month as well as one planned for a year.
 */
function inLastQuarter(from: Instant, until: Instant, now: Instant): boolean {
  const span = until.epochMilliseconds - from.epochMilliseconds;
  return now.epochMilliseconds >= until.epochMilliseconds - span / 4;
}

/** How badly somebody needs a word: the standings of their promises as numbers, the worst first. */
export const needOf = (forecasts: readonly Forecast[]): readonly number[] =>
  forecasts.map(({ standing }) => STANDINGS.indexOf(standing)).sort((x, y) => x - y);

/** Sorts people by who needs a word now: the worst promise first, then the second worst. */
export function compareNeeds(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? STANDINGS.length) - (right[index] ?? STANDINGS.length);
    if (difference !== 0) return difference;
  }
  return 0;
}
