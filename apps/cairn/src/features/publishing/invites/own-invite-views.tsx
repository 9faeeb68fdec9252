import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { EmptyState } from '../../../design/empty.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Facts } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { ANSWER_WORDS, ANSWERS, type AnswerCounts } from './answer-rules.ts';
import { AnswerButtons, AnswerMark, CountsLine, EntryTime, NotYourSeat } from './answer-views.tsx';
import type { Reply } from './invite-queries.ts';
import type { OwnInvite } from './own-invite-queries.ts';

interface MeetingRepliesProps {
  readonly slug: string;
  readonly entryKey: string;
  readonly counts: AnswerCounts;
  /** The reader's own, where they are invited. */
  readonly invite: OwnInvite | undefined;
  /** For organisers only. */
  readonly replies: readonly Reply[] | undefined;
}

/** The part of a call's page about who means to come. */
export const MeetingReplies = ({
  slug,
  entryKey,
  counts,
  invite,
  replies,
}: MeetingRepliesProps) => (
  <>
    {invite !== undefined && (
      <>
        {invite.answer === 'NEEDS-ACTION' ? (
          <p>{invite.isOpen ? 'Will you come?' : 'You gave no answer.'}</p>
        ) : (
          <p>
            {invite.isOpen ? 'You have said' : 'You had said'} <AnswerMark answer={invite.answer} />
            .
          </p>
        )}
        {invite.isOpen && (
          <AnswerButtons
            action={`/s/${slug}/me/calendar`}
            label={invite.entry.content.summary}
            entry={invite.entry}
            own="meeting"
          />
        )}
      </>
    )}
    <CountsLine counts={counts} />
    {replies !== undefined && (
      <>
        <NamesByAnswer replies={replies} />
        <p>
          <a href={`/s/${slug}/organise/calendar/${entryKey}`}>
            Answers, and who was told what when
          </a>
        </p>
      </>
    )}
  </>
);

/** Names by what they said; those who said nothing are only counted, for they are the many. */
const NamesByAnswer = ({ replies }: { replies: readonly Reply[] }) => {
  const groups = ANSWERS.map((answer) => ({
    term: ANSWER_WORDS[answer],
    names: replies.filter((reply) => reply.isInvited && reply.answer === answer),
  })).filter(({ names }) => names.length > 0);
  return groups.length === 0 ? null : (
    <Facts
      facts={groups.map(({ term, names }) => ({
        term,
        value: names.map(({ name }) => name).join(', '),
      }))}
    />
  );
};

interface OwnInvitesPageProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly invites: readonly OwnInvite[];
  readonly problems?: readonly Problem[] | undefined;
}

/** Everything that somebody is invited to, with their answers. */
export function OwnInvitesPage({ slug, zone, invites, problems = [] }: OwnInvitesPageProps) {
  const action = `/s/${slug}/me/calendar`;
  const refused = problems.length > 0 && (
    <NoticeLine kind="problem">{problems.map(({ sentence }) => sentence).join(' ')}</NoticeLine>
  );
  if (invites.length === 0) {
    return (
      <>
        {refused}
        <EmptyState
          next={{ href: `/s/${slug}/me/feeds`, label: 'Subscribe to the summit’s calendar' }}
        >
          You are invited to no entry of the calendar yet. The organisers’ mails bring them, once
          week and calls have a time.
        </EmptyState>
      </>
    );
  }
  const week = invites.find(({ entry }) => entry.key === 'summit');
  return (
    <>
      {refused}
      <Table
        caption="Your calendar invitations"
        columns={[
          { head: 'What', cell: ({ entry }) => entry.content.summary },
          {
            head: 'When',
            kind: 'date',
            cell: ({ entry }) => <EntryTime time={entry.content.time} zone={zone} />,
          },
          {
            head: 'Your answer',
            kind: 'date',
            cell: ({ answer }) => <AnswerMark answer={answer} />,
          },
          {
            head: 'Change it',
            cell: ({ entry, isOpen }) =>
              isOpen ? (
                <AnswerButtons
                  action={action}
                  label={entry.content.summary}
                  entry={entry}
                  own="calendar"
                />
              ) : (
                <span class="quiet">it is over</span>
              ),
          },
        ]}
        rows={invites}
        rowKey={({ entry }) => entry.key}
        empty=""
        wide
      />
      {week?.answer === 'DECLINED' && <NotYourSeat slug={slug} />}
      <p class="small quiet">
        These answers are signs to the organisers, who see them with your name; others see numbers
        only. They count neither as attendance nor as giving a seat back.
      </p>
    </>
  );
}
