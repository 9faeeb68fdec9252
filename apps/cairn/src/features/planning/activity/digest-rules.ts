import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';

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

/**
 * Until when what happened is told now: what is to be told at once until now, daily until their hour
 * last struck, weekly until it last struck on their day. What comes later waits for the next time; what
 * was missed because nothing ran is told as soon as it can be. Undefined for never.
 */
export function toldUntil(
  cadence: Cadence,
  { hour, weekday }: Pick<DigestChoice, 'hour' | 'weekday'>,
  zone: ZoneName,
  now: Instant,
): Instant | undefined {
  if (cadence === 'never') return undefined;
  if (cadence === 'at_once') return now;
  const wall = now.toZonedDateTimeISO(zone);
  const strikes = (date: Temporal.PlainDate): Instant =>
    date.toPlainDateTime({ hour }).toZonedDateTime(zone).toInstant();
  const today = wall.toPlainDate();
  const last =
    Temporal.Instant.compare(strikes(today), now) <= 0 ? today : today.subtract({ days: 1 });
  const daysAgo = cadence === 'weekly' ? (last.dayOfWeek - weekday + 7) % 7 : 0;
  return strikes(last.subtract({ days: daysAgo }));
}
