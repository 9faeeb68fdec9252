/**
 * Answers to calendar invitations. They are signs of what somebody means to do, not promises: they
 * count neither as attendance nor as giving a seat back.
 */
import type { CalendarEntry } from '@cairn/formats/calendar-entry';
import { type Instant, Temporal } from '@cairn/kernel/time';
import type { KeptEntry, StoredTime } from '../calendar-rules.ts';
import { isAnswerTo } from './invite-rules.ts';

/** RFC 5545 §3.2.12. */
export const ANSWERS = ['ACCEPTED', 'TENTATIVE', 'DECLINED'] as const;
export type Answer = (typeof ANSWERS)[number];
export type AnswerOrNone = Answer | 'NEEDS-ACTION';

export const ANSWER_WORDS: Record<AnswerOrNone, string> = {
  ACCEPTED: 'yes',
  TENTATIVE: 'maybe',
  DECLINED: 'no',
  'NEEDS-ACTION': 'no answer',
};

/** Which way an answer came. */
export type AnswerWay = 'link' | 'mail' | 'page' | 'organiser';

/** An answer as it is kept. */
export interface KeptAnswer {
  readonly answer: AnswerOrNone;
  readonly time: StoredTime | undefined;
  readonly sequence: number | undefined;
  readonly stamp: Instant | undefined;
}

/** What somebody says to a time now: what they said to another does not count. */
export const answerTo = (kept: KeptAnswer | undefined, time: StoredTime): AnswerOrNone =>
  kept !== undefined && isAnswerTo(kept.time, time) ? kept.answer : 'NEEDS-ACTION';

/**
 * An entry in the feed of somebody who answered it. A feed names no attendees (RFC 5546 §3.2.1), so
 * their answer is not told there; but what they declined takes up none of their time.
 */
export function asAnswered(
  shown: CalendarEntry,
  { content }: Pick<KeptEntry, 'content'>,
  kept: (KeptAnswer & { readonly at: Instant }) | undefined,
): CalendarEntry {
  if (kept === undefined) return shown;
  const isLater = Temporal.Instant.compare(kept.at, shown.lastModified) > 0;
  return {
    ...shown,
    lastModified: isLater ? kept.at : shown.lastModified,
    ...(answerTo(kept, content.time) === 'DECLINED' ? { busy: false } : {}),
  };
}

/** How a reply by mail stands to what was answered before (RFC 5546 §2.1.5: SEQUENCE, then DTSTAMP). */
export function replyOrder(
  kept: KeptAnswer,
  reply: { readonly answer: Answer; readonly sequence: number; readonly stamp: Instant },
): 'newer' | 'same' | 'older' {
  if (kept.sequence === undefined || kept.stamp === undefined) return 'newer';
  const order = reply.sequence - kept.sequence || Temporal.Instant.compare(reply.stamp, kept.stamp);
  if (order === 0 && kept.answer === reply.answer) return 'same';
  // Two answers of one second: the one that arrives last.
  return order >= 0 ? 'newer' : 'older';
}

/** Which mail a reply answers: the last one sent with a SEQUENCE not above its own, or the first. */
export function mailBehind<T extends { readonly sequence: number }>(
  sent: readonly T[],
  sequence: number,
): T | undefined {
  const inOrder = sent.toSorted((a, b) => a.sequence - b.sequence);
  return inOrder.findLast((mail) => mail.sequence <= sequence) ?? inOrder[0];
}

/** How many said what. */
export type AnswerCounts = Readonly<Record<AnswerOrNone, number>>;

export function countAnswers(answers: readonly AnswerOrNone[]): AnswerCounts {
  const counts = { ACCEPTED: 0, TENTATIVE: 0, DECLINED: 0, 'NEEDS-ACTION': 0 };
  for (const answer of answers) counts[answer] += 1;
  return counts;
}
