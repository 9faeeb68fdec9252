import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { When } from '../../../design/prose.tsx';
import type { OwnPoll } from '../../dates/weeks/own-poll-queries.ts';

/** What the week poll wants of the reader, with the way to it. */
export function OwnPollSection({
  poll,
  href,
  zone,
}: {
  poll: OwnPoll;
  href: string;
  zone: ZoneName;
}) {
  return (
    <>
      <h2>Which week?</h2>
      <p>{pollWords(poll)}</p>
      {poll.kind === 'open' && poll.closes !== undefined && (
        <p>
          Answers are taken until{' '}
          <When instant={poll.closes.subtract({ minutes: 1 })} zone={zone} />.
        </p>
      )}
      {poll.kind !== 'closed' && (
        <Actions>
          <ActionLink href={href} weight={isUrgent(poll) ? 'primary' : 'ordinary'}>
            {linkWords(poll)}
          </ActionLink>
        </Actions>
      )}
    </>
  );
}

const isUrgent = (poll: OwnPoll): boolean =>
  (poll.kind === 'open' && poll.unanswered > 0) || (poll.kind === 'concern' && poll.why === 'no');

function pollWords(poll: OwnPoll): string {
  switch (poll.kind) {
    case 'open': {
      const weeks = counted(poll.weeks, 'week');
      if (poll.unanswered === 0)
        return `The week is not chosen yet. You have answered all ${weeks}.`;
      return `The week is not chosen yet. ${poll.unanswered} of ${weeks} wait for your answer; what you leave open is not counted as a yes.`;
    }
    case 'concern':
      return poll.why === 'no'
        ? 'A week is chosen in which you said that you cannot come. Tell us what you want to do.'
        : 'A week is chosen, and you did not say whether it suits you.';
    case 'closed':
      return 'The poll is closed, and the organisers choose a week now.';
    default:
      return poll satisfies never;
  }
}

const linkWords = (poll: OwnPoll): string => {
  if (poll.kind === 'concern') return 'Say what you want to do';
  return poll.kind === 'open' && poll.unanswered === 0
    ? 'Change my answers'
    : 'Say which weeks suit me';
};
