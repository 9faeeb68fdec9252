import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import { CheckboxGroup, HiddenField, TextArea } from '../../../design/controls.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Prose, When } from '../../../design/prose.tsx';
import { commentHtml } from '../threads/comment-text-rules.ts';
import type { OtherEntry } from '../threads/conversation-views.tsx';
import { WriterName } from '../threads/writer-views.tsx';
import type { LineThread } from './line-queries.ts';
import type { Review, ReviewRequest } from './review-queries.ts';
import type { Verdict } from './review-rules.ts';
import { visibleText } from './sign-rules.ts';
import type { SuggestedReviewer } from './suggested-rules.ts';
import { withoutSuggestion } from './suggestion-rules.ts';

const VERDICT_LABELS: Readonly<Record<Verdict, { readonly words: string; readonly kind: string }>> =
  {
    approve: { words: 'approved', kind: 'good' },
    request_changes: { words: 'asked for changes to', kind: 'bad' },
    comment: { words: 'commented on', kind: 'soft' },
  };

interface EntriesProps {
  readonly home: string;
  readonly zone: ZoneName;
  /** The proposal’s last version, to tell a review of an earlier one. */
  readonly latest: number;
  readonly reader: { readonly personId: string; readonly isOrganiser: boolean };
  readonly isOpen: boolean;
}

/** All reviews of a proposal, and remarks on its lines that came with none, for its conversation. */
export const reviewEntries = ({
  reviews,
  threads,
  number,
  ...props
}: EntriesProps & {
  reviews: readonly Review[];
  threads: readonly LineThread[];
  number: number;
}): OtherEntry[] => [
  ...reviews.map((review) => ({
    key: `told-review-${review.id}`,
    at: review.at,
    body: (
      <ReviewEntry
        {...props}
        review={review}
        threads={threads.filter(({ reviewId }) => reviewId === review.id)}
      />
    ),
  })),
  ...threads.flatMap((thread) => {
    const [first] = thread.said;
    if (thread.reviewId !== null || first === undefined) return [];
    const { home } = props;
    return [
      {
        key: `told-remark-${thread.id}`,
        at: first.at,
        body: (
          <article class="said">
            <p class="small">
              <WriterName by={first.author} home={home} /> said something about a line{' '}
              <span class="quiet">
                <When instant={first.at} zone={props.zone} />
              </span>
            </p>
            <ul class="small">
              <RemarkLine thread={thread} proposal={`${home}/plan/proposals/${number}`} />
            </ul>
          </article>
        ),
      },
    ];
  }),
];

interface ReviewEntryProps extends EntriesProps {
  readonly review: Review;
  /** Remarks on lines that came with it. */
  readonly threads: readonly LineThread[];
}

/** A remark on a line in one line, with the way to it. */
const RemarkLine = ({ thread, proposal }: { thread: LineThread; proposal: string }) => {
  const { id, anchor, said, resolved } = thread;
  return (
    // Links to a comment of the proposal, from a search or a mail, lead here.
    <li id={`comment-${id}`}>
      {said.slice(1).map((answer) => (
        <span key={answer.id} id={`comment-${answer.id}`} />
      ))}
      <a href={`${proposal}/changes#comment-${id}`}>
        {visibleText(anchor.path)}, line {anchor.line}
      </a>
      {resolved !== undefined && <span class="quiet"> (settled)</span>}:{' '}
      {excerptOf(withoutSuggestion(said[0]?.body ?? '')) || 'a suggestion'}
      {said.length > 1 && <span class="quiet"> {counted(said.length - 1, 'answer')}</span>}
    </li>
  );
};

/** A review as it stands in a conversation: what was said, of which version, and whether it counts. */
function ReviewEntry(props: ReviewEntryProps) {
  const { review, threads, home, zone, latest, reader, isOpen } = props;
  const { id, number, version, verdict, body, author, at, dismissed } = review;
  const proposal = `${home}/plan/proposals/${number}`;
  const isOwn = author.personId === reader.personId;
  const { words, kind } = VERDICT_LABELS[verdict];
  return (
    <article class="said" id={`review-${id}`}>
      <p>
        <WriterName by={author} home={home} />{' '}
        <span class={`label ${dismissed === undefined ? kind : 'soft'}`}>{words}</span>{' '}
        <a href={`${proposal}/changes?to=${version}`}>version {version}</a>
        {version < latest && verdict !== 'comment' && (
          <span class="quiet small"> (of an earlier version)</span>
        )}{' '}
        <a class="quiet small" href={`#review-${id}`}>
          <When instant={at} zone={zone} />
        </a>
      </p>
      {dismissed !== undefined && (
        <p class="small">
          {dismissed.by === '' ? 'It was dismissed' : `${dismissed.by} dismissed it`} on{' '}
          <When instant={dismissed.at} zone={zone} />: {dismissed.why}
        </p>
      )}
      {body !== '' && <Prose html={commentHtml(body, home)} />}
      {threads.length > 0 && (
        <ul class="small">
          {threads.map((thread) => (
            <RemarkLine key={thread.id} thread={thread} proposal={proposal} />
          ))}
        </ul>
      )}
      {dismissed === undefined && isOpen && (isOwn || reader.isOrganiser) && (
        <p class="small">
          <a href={`${proposal}/reviews/${id}/dismiss`}>
            {isOwn ? 'Take it back or dismiss it' : 'Dismiss it'}
          </a>
        </p>
      )}
    </article>
  );
}

const excerptOf = (body: string): string => {
  const line = body.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
};

interface DismissPageProps {
  readonly proposal: string;
  readonly review: Review;
  /** Its own author may also take it back, as if it had not been given. */
  readonly isOwn: boolean;
  readonly why: string;
  readonly problems: readonly Problem[];
}

/** The page before a review is dismissed or taken back. */
export const DismissPage = ({ proposal, review, isOwn, why, problems }: DismissPageProps) => (
  <>
    {isOwn && (
      <Form action={`${proposal}/reviews/${review.id}/undo`} label="Take it back">
        <p>
          You can take your review back as if you had not sent it, until somebody goes on from it.
          Your remarks on lines become drafts again.
        </p>
        <Actions>
          <SubmitButton weight="ordinary">Take my review back</SubmitButton>
        </Actions>
      </Form>
    )}
    <Confirm
      action={`${proposal}/reviews/${review.id}/dismiss`}
      problems={problems}
      consequences={
        <p>The review stays to be read, with your reason under it, and counts no longer.</p>
      }
      verb="Dismiss the review"
      back={`${proposal}#review-${review.id}`}
    >
      <TextArea name="why" label="Why" value={why} rows={3} hint="Everybody reads it." />
    </Confirm>
  </>
);

interface ReviewersPageProps {
  readonly proposal: string;
  readonly zone: ZoneName;
  readonly requests: readonly ReviewRequest[];
  readonly people: readonly SuggestedReviewer[];
  readonly mayAsk: boolean;
  readonly chosen: readonly string[];
  readonly problems: readonly Problem[];
}

/** Who was asked for a review, and whom one could ask. */
export function ReviewersPage(props: ReviewersPageProps) {
  const { proposal, zone, requests, people, mayAsk, chosen, problems } = props;
  const waiting = new Set(
    requests.filter(({ answeredAt }) => answeredAt === null).map(({ personId }) => personId),
  );
  const free = people.filter(({ personId }) => !waiting.has(personId));
  const knowing = free.filter(({ why }) => why !== '');
  const option = ({ personId, name, why }: SuggestedReviewer) => ({
    value: personId,
    label: name === '' ? 'Somebody without a name' : name,
    ...(why === '' ? {} : { hint: why }),
  });
  return (
    <>
      <p>
        <a href={proposal}>Back to the proposal</a>
      </p>
      {requests.length > 0 && (
        <>
          <h2>Asked so far</h2>
          <ul>
            {requests.map(({ personId, name, askedAt, answeredAt }) => (
              <li key={personId}>
                {name}, on <When instant={askedAt} zone={zone} />:{' '}
                {answeredAt === null ? (
                  'no answer yet'
                ) : (
                  <>
                    answered on <When instant={answeredAt} zone={zone} />
                    {mayAsk && (
                      <Form action={`${proposal}/reviewers`} label={`Ask ${name} again`}>
                        <HiddenField name="of[]" value={personId} />
                        <SubmitButton weight="plain">Ask again</SubmitButton>
                      </Form>
                    )}
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {mayAsk ? (
        <Form action={`${proposal}/reviewers`} problems={problems}>
          <CheckboxGroup
            name="of[]"
            label="Whom to ask"
            hint="Each gets a mail, and sees it on their page of the plan."
            values={chosen}
            options={(knowing.length > 0 ? knowing : free.slice(0, MOST_AT_ONCE)).map(option)}
          />
          {knowing.length > 0 && free.length > knowing.length && (
            <details>
              <summary>Everybody else who comes</summary>
              <CheckboxGroup
                name="others[]"
                label="Others"
                values={chosen}
                options={free.filter(({ why }) => why === '').map(option)}
              />
            </details>
          )}
          <Actions>
            <SubmitButton>Ask for their review</SubmitButton>
          </Actions>
        </Form>
      ) : (
        <>
          <ErrorSummary problems={problems} />
          <p>This proposal is not open any more, so there is nothing left to review.</p>
        </>
      )}
    </>
  );
}

const MOST_AT_ONCE = 200;
