import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import type { InvitationState } from './invitation-rules.ts';

const LOOKS: Record<InvitationState, { shape: Shape; tone: Tone; word: string }> = {
  drafted: { shape: 'dash', tone: 'soft', word: 'drafted' },
  sent: { shape: 'ring', tone: 'soft', word: 'sent' },
  opened: { shape: 'half', tone: 'soft', word: 'opened' },
  accepted: { shape: 'tick', tone: 'good', word: 'accepted' },
  unsure: { shape: 'triangle', tone: 'warn', word: 'not sure yet' },
  declined: { shape: 'cross', tone: 'soft', word: 'declined' },
  expired: { shape: 'diamond', tone: 'warn', word: 'expired' },
  withdrawn: { shape: 'cross', tone: 'soft', word: 'withdrawn' },
};

/** The state of an invitation in one or two words. */
export const invitationWord = (state: InvitationState): string => LOOKS[state].word;

/** The state of an invitation, or that there is none. */
export function InvitationMark({ state }: { state: InvitationState | null }) {
  if (state === null) return <span class="quiet">not invited</span>;
  const { shape, tone, word } = LOOKS[state];
  return (
    <Mark shape={shape} tone={tone}>
      {word}
    </Mark>
  );
}

const EVENTS: Readonly<Record<string, string>> = {
  'person.created': 'Added to Cairn',
  'person.identified': 'Another address or handle added',
  'person.changed': 'Details changed',
  'person.communities_joined': 'Communities added',
  'invitation.drafted': 'Invitation drafted',
  'invitation.redrafted': 'Draft changed',
  'invitation.sent': 'Invitation sent',
  'invitation.reminded': 'Reminder sent',
  'invitation.opened': 'Invitation opened',
  'invitation.accepted': 'Invitation accepted',
  'invitation.unsure': 'Answered: not sure yet',
  'invitation.declined': 'Invitation declined',
  'invitation.expired': 'Invitation expired',
  'invitation.extended': 'More time to answer',
  'invitation.withdrawn': 'Invitation withdrawn',
  'seat.taken': 'Seat taken',
  'seat.released': 'Seat given back',
};

/** An event of a person's history in words; the kinds of other rooms are shown by their name. */
export const eventWords = (kind: string): string =>
  EVENTS[kind] ?? kind.replaceAll(/[._]/g, ' ').replace(/^./, (first) => first.toUpperCase());
