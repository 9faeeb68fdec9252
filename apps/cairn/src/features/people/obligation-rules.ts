import type { Instant } from '@cairn/kernel/time';
import type { Obligation } from '../summits/schema.ts';

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

/** An obligation waived: by whom and why. */
export interface Excuse {
  readonly reason: string;
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
 * Where a promise stands. `can_miss_more` is a promise still open of which something was already
 * missed, with room left; `on_course` has missed nothing; `at_risk` has no room left.
 */
export type Standing = (typeof STANDINGS)[number];

/** The forecast of one promise of one person. */
export interface Forecast {
  readonly standing: Standing;
  /** How much is done and how much is needed, in the rule's own unit. */
  readonly done: number;
  readonly needed: number;
  /** How many of those still to come may be missed; undefined where that means nothing. */
  readonly canMiss?: number;
  /** One sentence for the person concerned. */
  readonly sentence: string;
}

/** What the rules need to know of the summit: when each thing that can be evidenced is over. */
export interface ObligationCalendar {
  /** Planning meetings: their key, and when each is over (undefined: not fixed yet, so still to come). */
  readonly meetings: readonly { readonly key: string; readonly over: Instant | undefined }[];
  /** Days of the summit as ISO dates, and when each is over in the summit's zone. */
  readonly days: readonly { readonly date: string; readonly over: Instant }[];
  /** When the work plan is frozen: the summit's start. */
  readonly planFrozen: Instant;
  /** When the promised months after the summit are over, for so many months. */
  readonly followUpOver: (months: number) => Instant;
}

const isPast = (moment: Instant | undefined, now: Instant): boolean =>
  moment !== undefined && moment.epochMilliseconds <= now.epochMilliseconds;

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/**
 * Judges one promise from the evidence so far. Pure: the same facts on the same day give the same
 * standing. An excuse waives what is not kept; a promise kept in spite of an excuse is kept.
 */
export function forecast(
  obligation: Pick<Obligation, 'rule'>,
  evidence: readonly Evidence[],
  excuse: Excuse | undefined,
  calendar: ObligationCalendar,
  now: Instant,
): Forecast {
  const judged = judge(obligation.rule, evidence, calendar, now);
  if (excuse === undefined || judged.standing === 'kept') return judged;
  return { ...judged, standing: 'excused', sentence: `Excused: ${excuse.reason}` };
}

function judge(
  rule: Obligation['rule'],
  evidence: readonly Evidence[],
  calendar: ObligationCalendar,
  now: Instant,
): Forecast {
  switch (rule.kind) {
    case 'attend':
      return judgeAttendance(rule.meetings, evidence, calendar, now);
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

/** Distinct subjects of one kind of evidence. */
const subjects = (evidence: readonly Evidence[], kind: EvidenceKind): Set<string> =>
  new Set(evidence.filter((fact) => fact.kind === kind).map((fact) => fact.subject));

function judgeAttendance(
  needed: number,
  evidence: readonly Evidence[],
  { meetings }: ObligationCalendar,
  now: Instant,
): Forecast {
  const attended = subjects(evidence, 'attendance');
  // A meeting that was dropped from the list still counts for those who attended it: what was
  // earned is kept when the rule changes while it runs.
  const done = attended.size;
  const toCome = meetings.filter(
    ({ key, over }) => !isPast(over, now) && !attended.has(`meeting:${key}`),
  ).length;
  const missed = meetings.filter(
    ({ key, over }) => isPast(over, now) && !attended.has(`meeting:${key}`),
  ).length;
  const short = needed - done;
  const canMiss = toCome - short;
  const base = { done, needed };
  if (short <= 0) {
    return {
      ...base,
      standing: 'kept',
      sentence: `Kept: ${done} of at least ${plural(needed, 'planning meeting')} attended.`,
    };
  }
  if (canMiss < 0) {
    return {
      ...base,
      standing: 'broken',
      canMiss: 0,
      sentence: `Cannot be kept any more: ${done} attended, ${plural(toCome, 'meeting')} to come, ${needed} needed. Talk to the organisers.`,
    };
  }
  if (canMiss === 0) {
    return {
      ...base,
      standing: 'at_risk',
      canMiss,
      sentence: `At risk: ${done} of ${needed} attended; you cannot miss ${toCome === 1 ? 'the meeting' : `any of the ${toCome}`} still to come.`,
    };
  }
  return {
    ...base,
    standing: missed === 0 ? 'on_course' : 'can_miss_more',
    canMiss,
    sentence: `${done} of ${needed} attended; you can miss ${canMiss === 1 ? 'one more' : `${canMiss} more`} of the ${toCome} to come.`,
  };
}

function judgeContribution(
  rule: { readonly contributions: number; readonly reviews: number },
  evidence: readonly Evidence[],
  { planFrozen }: ObligationCalendar,
  now: Instant,
): Forecast {
  const contributions = subjects(evidence, 'contribution').size;
  const reviews = subjects(evidence, 'review').size;
  const done = Math.min(contributions, rule.contributions) + Math.min(reviews, rule.reviews);
  const needed = rule.contributions + rule.reviews;
  const base = { done, needed };
  const soFar = `${plural(contributions, 'contribution')} and ${plural(reviews, 'review')} so far`;
  if (done >= needed) return { ...base, standing: 'kept', sentence: `Kept: ${soFar}.` };
  const missing = [
    contributions < rule.contributions &&
      plural(rule.contributions - contributions, 'contribution'),
    reviews < rule.reviews && plural(rule.reviews - reviews, 'review'),
  ]
    .filter((part) => part !== false)
    .join(' and ');
  if (isPast(planFrozen, now)) {
    return {
      ...base,
      standing: 'broken',
      sentence: `The work plan is closed and ${missing} missing: ${soFar}.`,
    };
  }
  const daysLeft = Math.ceil((planFrozen.epochMilliseconds - now.epochMilliseconds) / 86_400_000);
  return {
    ...base,
    standing: daysLeft <= 14 ? 'at_risk' : 'on_course',
    sentence: `Still missing before the summit starts: ${missing} (${soFar}).`,
  };
}

function judgePresence(
  evidence: readonly Evidence[],
  { days }: ObligationCalendar,
  now: Instant,
): Forecast {
  const present = subjects(evidence, 'presence');
  const missed = days.filter(({ date, over }) => isPast(over, now) && !present.has(`day:${date}`));
  const done = days.filter(({ date }) => present.has(`day:${date}`)).length;
  const needed = days.length;
  const base = { done, needed };
  if (done >= needed)
    return { ...base, standing: 'kept', sentence: `Kept: there on all ${plural(needed, 'day')}.` };
  if (missed.length > 0) {
    return {
      ...base,
      standing: 'broken',
      sentence: `Not seen on ${missed.map(({ date }) => date).join(', ')}.`,
    };
  }
  return {
    ...base,
    standing: 'on_course',
    sentence:
      done === 0
        ? `To be there on all ${plural(needed, 'day')}.`
        : `There on ${done} of ${needed} days so far.`,
  };
}

function judgeFollowUp(
  rule: { readonly months: number; readonly updates: number },
  evidence: readonly Evidence[],
  { followUpOver, days }: ObligationCalendar,
  now: Instant,
): Forecast {
  const done = subjects(evidence, 'update').size;
  const base = { done, needed: rule.updates };
  if (done >= rule.updates) {
    return {
      ...base,
      standing: 'kept',
      sentence: `Kept: ${plural(done, 'update')} after the summit.`,
    };
  }
  const over = followUpOver(rule.months);
  if (isPast(over, now)) {
    return {
      ...base,
      standing: 'broken',
      sentence: `${plural(rule.months, 'month')} after the summit are over with ${plural(done, 'update')} of ${rule.updates}.`,
    };
  }
  const begun = isPast(days.at(-1)?.over, now);
  const daysLeft = Math.ceil((over.epochMilliseconds - now.epochMilliseconds) / 86_400_000);
  return {
    ...base,
    standing: begun && daysLeft <= 30 ? 'at_risk' : 'on_course',
    sentence: begun
      ? `${done} of ${plural(rule.updates, 'update')} so far; ${plural(daysLeft, 'day')} left.`
      : `Begins when the summit ends.`,
  };
}

/** Sorts people by who needs a word now: the worst promise first, then the second worst. */
export function compareByNeed(a: readonly Forecast[], b: readonly Forecast[]): number {
  const ranks = (forecasts: readonly Forecast[]) =>
    forecasts.map(({ standing }) => STANDINGS.indexOf(standing)).sort((x, y) => x - y);
  const [left, right] = [ranks(a), ranks(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? STANDINGS.length) - (right[index] ?? STANDINGS.length);
    if (difference !== 0) return difference;
  }
  return 0;
}
