import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import type { GuestState } from './answer-rules.ts';
import type { PollState } from './poll-rules.ts';

const POLL: Record<PollState, { shape: Shape; tone: Tone; words: string }> = {
  draft: { shape: 'ring', tone: 'soft', words: 'draft' },
  open: { shape: 'half', tone: 'warn', words: 'open' },
  closed: { shape: 'disc', tone: 'warn', words: 'closed; a week is to be chosen' },
  chosen: { shape: 'tick', tone: 'good', words: 'a week is chosen' },
  abandoned: { shape: 'dash', tone: 'soft', words: 'given up' },
};

/** The state of a poll as shape and word. */
export const PollMark = ({ state }: { state: PollState }) => (
  <Mark shape={POLL[state].shape} tone={POLL[state].tone}>
    {POLL[state].words}
  </Mark>
);

const GUEST: Record<GuestState, { shape: Shape; tone: Tone; words: string }> = {
  'not-asked': { shape: 'dash', tone: 'soft', words: 'not written to yet' },
  asked: { shape: 'ring', tone: 'soft', words: 'asked' },
  opened: { shape: 'ring', tone: 'soft', words: 'opened' },
  'in-part': { shape: 'half', tone: 'warn', words: 'answered in part' },
  answered: { shape: 'tick', tone: 'good', words: 'answered' },
  disowned: { shape: 'cross', tone: 'bad', words: 'the link reached somebody else' },
};

/** How far somebody has come with their answers, as shape and word. */
export const GuestMark = ({ state }: { state: GuestState }) => (
  <Mark shape={GUEST[state].shape} tone={GUEST[state].tone}>
    {GUEST[state].words}
  </Mark>
);
