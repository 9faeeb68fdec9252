import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';

/** The life of an invitation, in the order in which it is usually lived. */
export const INVITATION_STATES = [
  'drafted',
  'sent',
  'opened',
  'accepted',
  'unsure',
  'declined',
  'expired',
  'withdrawn',
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export const SEAT_KINDS = ['funded', 'self_funded', 'sponsored', 'host'] as const;
export type SeatKind = (typeof SEAT_KINDS)[number];

/** What can happen to an invitation. */
export type InvitationAction =
  | 'send'
  | 'open'
  | 'accept'
  | 'say-unsure'
  | 'decline'
  | 'expire'
  | 'withdraw';

const AFTER: Record<InvitationAction, InvitationState> = {
  send: 'sent',
  open: 'opened',
  accept: 'accepted',
  'say-unsure': 'unsure',
  decline: 'declined',
  expire: 'expired',
  withdraw: 'withdrawn',
};

/** From which states each action leads on. An answer may be changed until the organiser withdraws. */
const FROM: Record<InvitationAction, readonly InvitationState[]> = {
  send: ['drafted', 'expired', 'declined', 'withdrawn'],
  open: ['sent'],
  accept: ['sent', 'opened', 'unsure', 'declined'],
  'say-unsure': ['sent', 'opened'],
  decline: ['sent', 'opened', 'unsure', 'accepted'],
  expire: ['sent', 'opened', 'unsure'],
  withdraw: ['drafted', 'sent', 'opened', 'unsure', 'accepted'],
};

const REFUSED: Record<InvitationState, string> = {
  drafted: 'This invitation has not been sent yet; ask the organisers to send it.',
  sent: 'This invitation is already on its way.',
  opened: 'This invitation has already been opened.',
  accepted: 'This invitation has already been accepted.',
  unsure: 'This invitation is already marked as not sure yet.',
  declined: 'This invitation was declined; the organisers can send it anew.',
  expired: 'This invitation has expired; ask the organisers to send it anew.',
  withdrawn: 'This invitation was withdrawn; ask the organisers if you think that is a mistake.',
};

/** Invitations that still await an answer. */
export const OPEN_STATES = ['sent', 'opened', 'unsure'] as const satisfies InvitationState[];

/** Whether an invitation still awaits an answer. */
export const awaitsAnswer = (state: InvitationState): boolean =>
  OPEN_STATES.some((open) => open === state);

/**
 * The state after an action, or why it cannot happen. An invitation whose time has run out is
 * expired even when nobody has noticed yet.
 */
export function nextInvitationState(
  invitation: { readonly state: InvitationState; readonly expiresAt: Instant | undefined },
  action: InvitationAction,
  now: Instant,
): Result<InvitationState, Problem> {
  const state = isOverdue(invitation, now) ? 'expired' : invitation.state;
  const isAnswer = action === 'accept' || action === 'say-unsure' || action === 'open';
  if (action === 'expire') {
    return isOverdue(invitation, now)
      ? ok('expired')
      : fail(problem('not-yet-expired', 'This invitation has not expired yet.'));
  }
  if (!FROM[action].includes(state) || (isAnswer && state === 'expired')) {
    return fail(problem(`invitation-${state}`, REFUSED[state]));
  }
  return ok(AFTER[action]);
}

/** Whether an open invitation's time has run out. */
export const isOverdue = (
  {
    state,
    expiresAt,
  }: { readonly state: InvitationState; readonly expiresAt: Instant | undefined },
  now: Instant,
): boolean =>
  awaitsAnswer(state) &&
  expiresAt !== undefined &&
  expiresAt.epochMilliseconds <= now.epochMilliseconds;

/**
 * Whether an invitation is due a reminder: only one that awaits an answer and has not said
 * “unsure”, as many days after sending as the summit's own list says, each once.
 */
export function reminderIsDue(
  invitation: {
    readonly state: InvitationState;
    readonly sentAt: Instant | undefined;
    readonly reminders: number;
  },
  remindAfterDays: readonly number[],
  now: Instant,
): boolean {
  const days = [...remindAfterDays].sort((a, b) => a - b)[invitation.reminders];
  if (days === undefined || invitation.sentAt === undefined) return false;
  if (invitation.state !== 'sent' && invitation.state !== 'opened') return false;
  return now.epochMilliseconds >= invitation.sentAt.epochMilliseconds + days * 86_400_000;
}

/** How invitations spread over communities: one count per state, people in several communities count in each. */
export function spreadOverCommunities(
  communities: readonly string[],
  people: readonly { readonly communities: readonly string[]; readonly state: InvitationState }[],
): Map<string, Record<InvitationState, number>> {
  const none = () =>
    Object.fromEntries(INVITATION_STATES.map((state) => [state, 0])) as Record<
      InvitationState,
      number
    >;
  const spread = new Map(communities.map((community) => [community, none()]));
  for (const person of people) {
    for (const community of person.communities) {
      const counts = spread.get(community) ?? none();
      counts[person.state] += 1;
      spread.set(community, counts);
    }
  }
  return spread;
}
