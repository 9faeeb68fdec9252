/** What becomes of a reply by mail, in words for whoever handed it in. */
import type { Answer } from './answer-rules.ts';
import { ANSWER_WORDS } from './answer-rules.ts';

/** What became of one reply. `kept`: it fits nobody, and waits for an organiser. */
export type ReplyOutcome =
  | { readonly kind: 'counted'; readonly isToOtherTime: boolean }
  | { readonly kind: 'same' }
  | { readonly kind: 'older' }
  | { readonly kind: 'kept'; readonly why: 'unknown-attendee' | 'other-sender' }
  | { readonly kind: 'closed'; readonly sentence: string };

/** One sentence about a reply. */
export function outcomeSentence(
  {
    attendee,
    answer,
    title,
  }: { readonly attendee: string; readonly answer: Answer; readonly title: string },
  outcome: ReplyOutcome,
): string {
  const says = `${attendee} says ${ANSWER_WORDS[answer]} to “${title}”`;
  switch (outcome.kind) {
    case 'counted':
      return outcome.isToOtherTime
        ? `${says}, at a time that it no longer has; they have been asked again.`
        : `${says}.`;
    case 'same':
      return `${says}, as is known already.`;
    case 'older':
      return `${says}, but has answered anew since; the newer answer stands.`;
    case 'kept':
      return outcome.why === 'unknown-attendee'
        ? `${says}, but nobody was invited under that address; it waits for the organisers, under Calendar.`
        : `${says}, in a mail from another address; it waits for the organisers, under Calendar.`;
    case 'closed':
      return `${says}. ${outcome.sentence}`;
    default:
      return outcome satisfies never;
  }
}

/** Whether a reply changed nothing that somebody wanted changed. */
export const isBadNews = ({ kind }: ReplyOutcome): boolean =>
  kind === 'older' || kind === 'kept' || kind === 'closed';
