import type { WeekAnswer } from '@cairn/timetable/week-ranking';

/** What somebody wants to do whom the chosen week does not suit. */
export const REPLIES = ['come', 'part', 'decline', 'talk'] as const;
export type Reply = (typeof REPLIES)[number];

export const REPLY_WORDS: Record<Reply, { readonly label: string; readonly hint: string }> = {
  come: { label: 'I come all the same', hint: 'You keep your seat, as everybody else.' },
  part: {
    label: 'I come for a part of it',
    hint: 'Write below which days; the organisers see what is possible.',
  },
  decline: {
    label: 'I give my seat back',
    hint: 'It goes to the next on the waiting list; it cannot be held for you.',
  },
  talk: { label: 'Let us talk', hint: 'An organiser gets in touch with you.' },
};

/** How organisers read a reply. */
export const REPLY_SAID: Record<Reply, string> = {
  come: 'comes all the same',
  part: 'comes for a part',
  decline: 'gives the seat back',
  talk: 'wants to talk',
};

/** Why somebody is asked about the chosen week; undefined for somebody whom it suits. */
export const whyConcerned = (answer: WeekAnswer | undefined): 'no' | 'unanswered' | undefined => {
  if (answer === undefined) return 'unanswered';
  return answer === 'no' ? 'no' : undefined;
};
