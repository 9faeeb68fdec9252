import { type Instant, type PlainDate, Temporal, type ZoneName } from '@cairn/kernel/time';

/** How often somebody is told by mail. */
export const CADENCES = ['at_once', 'daily', 'weekly', 'never'] as const;
export type Cadence = (typeof CADENCES)[number];

/** Why something is told to somebody, the strongest first. */
export const REASONS = ['mentions', 'taking_part', 'everything'] as const;
export type Reason = (typeof REASONS)[number];

/** How somebody wants to hear of a plan. */
export interface DigestChoice {
  /** What they opened, wrote in, lead, are asked to review, or watch. */
  readonly takingPart: Cadence;
  readonly mentions: Cadence;
  readonly everything: Cadence;
  /** When daily and weekly ones go out, on their own wall. */
  readonly hour: number;
  /** From Monday, 1. */
  readonly weekday: number;
  /** Whether they may be invited to reviews while nothing of theirs counts yet. */
  readonly asks: boolean;
}

/** What is proposed to everybody. */
export const PROPOSED_CHOICE: DigestChoice = {
  takingPart: 'daily',
  mentions: 'at_once',
  everything: 'never',
  hour: 8,
  weekday: 1,
  asks: true,
};

export const cadenceOf = (choice: DigestChoice, reason: Reason): Cadence =>
  reason === 'taking_part' ? choice.takingPart : choice[reason];

/** What one event is to one person. */
export interface Concern {
  readonly isOwn: boolean;
  readonly isMentioned: boolean;
  readonly takesPart: boolean;
  /** Whether they said that they watch the thread, or that they do not; undefined for neither. */
  readonly watches: boolean | undefined;
}

/**
 * Why somebody is told of something, or undefined where they are not. Nobody is told of what they
 * did. Whoever stopped watching a thread still hears when they are mentioned. The strongest reason for
 * which they want mails at all decides.
 */
export function reasonFor(choice: DigestChoice, concern: Concern): Reason | undefined {
  if (concern.isOwn) return undefined;
  const holds: Readonly<Record<Reason, boolean>> = {
    mentions: concern.isMentioned,
    taking_part: concern.watches ?? concern.takesPart,
    everything: concern.watches !== false,
  };
  return REASONS.find((reason) => holds[reason] && cadenceOf(choice, reason) !== 'never');
}

/** When daily and weekly mails went out last, as days of the reader’s own wall. */
export interface SentOn {
  readonly daily: PlainDate | undefined;
  readonly weekly: PlainDate | undefined;
}

/**
 * Which mails are due to somebody now: what is to be told at once always; a daily one from their hour
 * on, a weekly one from that hour of their day on, each once. One that was missed because nothing ran
 * goes out as soon as it can.
 */
export function dueNow(
  { hour, weekday }: Pick<DigestChoice, 'hour' | 'weekday'>,
  sent: SentOn,
  zone: ZoneName,
  now: Instant,
): ReadonlySet<Cadence> {
  const wall = now.toZonedDateTimeISO(zone);
  // The last moment that was theirs: today from their hour on, else yesterday.
  const last = wall.hour >= hour ? wall.toPlainDate() : wall.toPlainDate().subtract({ days: 1 });
  const since = (last.dayOfWeek - weekday + 7) % 7;
  const lastWeekly = last.subtract({ days: since });
  const isDue = (day: PlainDate, told: PlainDate | undefined): boolean =>
    told === undefined || Temporal.PlainDate.compare(told, day) < 0;
  return new Set<Cadence>([
    'at_once',
    ...(isDue(last, sent.daily) ? (['daily'] as const) : []),
    ...(isDue(lastWeekly, sent.weekly) ? (['weekly'] as const) : []),
  ]);
}
