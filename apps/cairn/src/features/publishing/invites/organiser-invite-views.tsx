import type { Problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { FileField, RadioGroup, Select, TextArea } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { KeptEntry } from '../calendar-rules.ts';
import { ANSWER_WORDS, ANSWERS, type AnswerCounts, type AnswerWay } from './answer-rules.ts';
import { AnswerMark, CountsLine, EntryTime } from './answer-views.tsx';
import type { Reply } from './invite-queries.ts';
import type { KeptReply } from './reply-queries.ts';
import { KeptReplies } from './reply-views.tsx';
import type { ToldRow } from './told-queries.ts';

/** One entry that people are invited to, as the organisers' list shows it. */
export interface EntryRow {
  readonly entry: KeptEntry;
  readonly counts: AnswerCounts;
}

interface CalendarPageProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly isAnnounced: boolean;
  readonly rows: readonly EntryRow[];
  readonly waiting: { readonly due: number; readonly sendAt: Instant } | undefined;
  readonly kept: readonly KeptReply[];
  readonly mailFrom: string;
  /** What a pasted mail was, when it could not be taken. */
  readonly typed?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** Every entry with its answers, what waits to be sent, and the box for replies by mail. */
export function CalendarPage(props: CalendarPageProps) {
  const { slug, zone, rows, waiting, kept, mailFrom, typed, problems } = props;
  const here = `/s/${slug}/organise/calendar`;
  if (!props.isAnnounced) {
    return (
      <EmptyState next={{ href: `/s/${slug}/organise`, label: 'See what is left to do' }}>
        Calendar invitations go out once the summit is announced.
      </EmptyState>
    );
  }
  return (
    <>
      {waiting !== undefined && <Waiting here={here} zone={zone} {...waiting} />}
      <Table
        caption="Invitations to the calendar"
        columns={[
          {
            head: 'What',
            cell: ({ entry }) => <a href={`${here}/${entry.key}`}>{entry.content.summary}</a>,
          },
          {
            head: 'When',
            kind: 'date',
            cell: ({ entry }) => <EntryTime time={entry.content.time} zone={zone} />,
          },
          { head: 'Yes', kind: 'number', cell: ({ counts }) => counts.ACCEPTED },
          { head: 'Maybe', kind: 'number', cell: ({ counts }) => counts.TENTATIVE },
          { head: 'No', kind: 'number', cell: ({ counts }) => counts.DECLINED },
          { head: 'No answer', kind: 'number', cell: ({ counts }) => counts['NEEDS-ACTION'] },
        ]}
        rows={rows}
        rowKey={({ entry }) => entry.key}
        empty={
          <>
            Nothing has a time yet. People are invited once the week is confirmed and a planning
            meeting has a time.
          </>
        }
        wide
      />
      <p class="small quiet">
        Answers are signs of what people mean to do. They count neither as attendance nor as giving
        a seat back.
      </p>
      {kept.length > 0 && <KeptReplies here={here} zone={zone} kept={kept} />}
      <h2>Replies that came by mail</h2>
      <p>
        Calendar programs send answers to {mailFrom}. Where that mailbox is not read by Cairn, save
        such a mail as a file, or copy its whole source, and hand it in here.
      </p>
      <Form action={`${here}/replies`} problems={problems} multipart label="Hand in a reply">
        <FileField
          name="file"
          label="The mail, or its calendar file"
          hint="An .eml or .ics file."
          accept=".eml,.ics,message/rfc822,text/calendar"
          optional
        />
        <TextArea name="source" label="Or its text" value={typed} rows={5} optional />
        <Actions>
          <SubmitButton weight="ordinary">Read the reply</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}

const Waiting = ({
  here,
  zone,
  due,
  sendAt,
}: {
  here: string;
  zone: ZoneName;
  due: number;
  sendAt: Instant;
}) => (
  <section aria-labelledby="waiting">
    <h2 id="waiting">About to be sent</h2>
    <p>
      {due === 1 ? 'One mail goes' : `${due} mails go`} out <When instant={sendAt} zone={zone} />.
      Changes rest for some minutes first, so that several in a row are told in one mail.
    </p>
    <Form action={here} label="Send them now">
      <Actions>
        <SubmitButton weight="ordinary" name="action" value="send">
          Send them now
        </SubmitButton>
      </Actions>
    </Form>
  </section>
);

const WAYS: Record<AnswerWay, string> = {
  link: 'by the link in a mail',
  mail: 'by their calendar program',
  page: 'on their page',
  organiser: 'noted by an organiser',
};

interface EntryPageProps {
  readonly slug: string;
  readonly zone: ZoneName;
  readonly entry: KeptEntry;
  readonly isOpen: boolean;
  readonly counts: AnswerCounts;
  readonly replies: readonly Reply[];
  readonly told: {
    readonly rows: readonly ToldRow[];
    readonly page: number;
    readonly pages: number;
  };
  readonly problems?: readonly Problem[] | undefined;
  readonly typed?: { readonly person: string; readonly answer: string } | undefined;
}

/** Who answers what to one entry, and who was told what when. */
export function EntryPage(props: EntryPageProps) {
  const { slug, zone, entry, isOpen, counts, replies, told, problems, typed } = props;
  const here = `/s/${slug}/organise/calendar/${entry.key}`;
  return (
    <>
      <p>
        <EntryTime time={entry.content.time} zone={zone} />
        {entry.status === 'CANCELLED' && ' (called off)'}
      </p>
      <CountsLine counts={counts} />
      <Table
        caption="Answers"
        columns={[
          { head: 'Who', cell: ({ name }) => name },
          {
            head: 'Says',
            cell: ({ answer, isToOtherTime, isInvited }) => (
              <>
                <AnswerMark answer={answer} />
                {isToOtherTime && ' (answered the old time)'}
                {!isInvited && ' (no longer invited)'}
              </>
            ),
          },
          { head: 'How', cell: ({ by, comment }) => <How by={by} comment={comment} /> },
          {
            head: 'Said',
            kind: 'date',
            cell: ({ answeredAt }) =>
              answeredAt === undefined ? '' : <When instant={answeredAt} zone={zone} />,
          },
          {
            head: 'Last told',
            kind: 'date',
            cell: ({ told: last }) =>
              last === undefined ? 'no mail yet' : <When instant={last.at} zone={zone} />,
          },
        ]}
        rows={replies}
        rowKey={({ personId }) => personId}
        empty="Nobody is invited to this yet: people are, once they have a seat."
        wide
      />
      {!isOpen && problems !== undefined && <ErrorSummary problems={problems} />}
      {isOpen && replies.length > 0 && (
        <>
          <h2>Note an answer</h2>
          <Form action={here} problems={problems} label="Note an answer">
            <Select
              name="person"
              label="Who"
              empty="Choose a person"
              value={typed?.person}
              options={replies
                .filter(({ isInvited }) => isInvited)
                .map(({ personId, name }) => ({ value: personId, label: name }))}
            />
            <RadioGroup
              name="answer"
              label="What they told you"
              value={typed?.answer}
              options={ANSWERS.map((value) => ({ value, label: ANSWER_WORDS[value] }))}
            />
            <Actions>
              <SubmitButton weight="ordinary">Note it</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
      <Table
        caption="Who was told what when"
        columns={[
          { head: 'Whom', cell: ({ name }) => name },
          { head: 'When', kind: 'date', cell: ({ at }) => <When instant={at} zone={zone} /> },
          {
            head: 'What',
            cell: ({ method, content }) => (
              <>
                {method === 'REQUEST' ? 'Invited to ' : 'Told that it is off: '}
                {content.summary}, <EntryTime time={content.time} zone={zone} />
              </>
            ),
          },
          { head: 'Sequence', kind: 'number', cell: ({ sequence }) => sequence },
        ]}
        rows={told.rows}
        rowKey={({ personId, sequence }) => `${personId}:${sequence}`}
        empty="No mail about this has gone out yet."
        wide
      />
      <Pager
        label="Mails"
        page={told.page}
        pages={told.pages}
        href={(page) => `${here}?page=${page}`}
      />
    </>
  );
}

const How = ({ by, comment }: { by: AnswerWay | undefined; comment: string }) => (
  <>
    {by !== undefined && WAYS[by]}
    {comment !== '' && <>: “{comment}”</>}
  </>
);
