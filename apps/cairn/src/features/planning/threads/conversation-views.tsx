import type { Instant, ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ComponentChildren } from 'preact';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Prose, When } from '../../../design/prose.tsx';
import { commentHtml } from './comment-text-rules.ts';
import { HappeningLine, SystemLine } from './happening-views.tsx';
import { Reactions } from './reaction-views.tsx';
import type { Comment, ConversationData, Happening, WrittenBy } from './thread-queries.ts';
import { numberHref, threadHref } from './thread-rules.ts';
import { WriterName } from './writer-views.tsx';

/** The script that tells readers of a conversation when something new was said. Give it to `showPlanPage`. */
export const CONVERSATION_SCRIPT = '/assets/conversation.js';

/** What whoever reads may do in a conversation. */
export interface ConversationReader {
  readonly personId: string;
  /** Comes, and so may write. */
  readonly mayWrite: boolean;
  readonly isOrganiser: boolean;
}

/** Something that another part tells between the comments: a version, a review. */
export interface OtherEntry {
  readonly key: string;
  readonly at: Instant;
  readonly body: ComponentChildren;
}

export interface ConversationProps {
  readonly conversation: ConversationData;
  /** `/s/<summit>` */
  readonly home: string;
  readonly zone: ZoneName;
  readonly reader: ConversationReader;
  /** What others tell, put in its place by its time. */
  readonly others?: readonly OtherEntry[] | undefined;
  /** A thread whose text is told elsewhere on the page, such as a topic’s document, leaves it out here. */
  readonly withoutBody?: boolean | undefined;
}

/** Where forms of a thread are sent. */
const threadActions = (home: string, number: number): string => `${home}/plan/threads/${number}`;

/** A thread's text, what was said and done in it, and the form to say something. Works without a script. */
export function Conversation(props: ConversationProps) {
  const { conversation, home, zone, reader, others = [], withoutBody = false } = props;
  const { thread, hidden } = conversation;
  const here = threadActions(home, thread.number);
  return (
    <section
      class="conversation"
      aria-labelledby="conversation"
      data-live={`${here}/live?since=${thread.updatedAt.epochMilliseconds}`}
    >
      <h2 id="conversation">Conversation</h2>
      {!withoutBody && <Opening {...{ conversation, home, zone, reader }} />}
      {entriesInOrder(conversation, others).map((entry) => (
        <Entry key={entry.key} entry={entry} {...props} />
      ))}
      {hidden === undefined && conversation.entries.length + others.length === 0 && (
        <p class="quiet">Nobody has said anything yet.</p>
      )}
      <p class="fresh" role="status" data-fresh hidden />
      <CommentForm {...props} />
      {reader.isOrganiser && (
        <form method="post" action={`${here}/state`} aria-label="Who may write here">
          <Actions>
            <SubmitButton
              name="do"
              value={thread.lockedAt === null ? 'lock' : 'unlock'}
              weight="plain"
            >
              {thread.lockedAt === null
                ? 'Lock the conversation'
                : 'Open the conversation to everybody again'}
            </SubmitButton>
          </Actions>
        </form>
      )}
    </section>
  );
}

/** The text that a thread was opened with, for a page that shows it above its conversation. */
export function Opening({
  conversation: { thread, reactions },
  home,
  zone,
  reader,
}: Omit<ConversationProps, 'others' | 'withoutBody'>) {
  const here = threadActions(home, thread.number);
  const isOwn = thread.author.personId === reader.personId;
  return (
    <Said
      author={thread.author}
      at={thread.createdAt}
      editedAt={thread.editedAt}
      what="opened this"
      {...{ home, zone }}
      history={`${here}/history`}
      anchor="opened"
      edit={isOwn && reader.mayWrite ? `${here}/edit` : undefined}
    >
      {thread.body.trim() === '' ? (
        <p class="quiet">No text.</p>
      ) : (
        <Prose html={commentHtml(thread.body, home)} />
      )}
      <Reactions reactions={reactions} action={reader.mayWrite ? `${here}/reactions` : undefined} />
    </Said>
  );
}

type Shown =
  | { readonly key: string; readonly at: Instant; readonly entry: Comment | Happening }
  | { readonly key: string; readonly at: Instant; readonly hidden: number }
  | OtherEntry;

/** Comments and what happened, with what others tell at its time, and the gap where it is. */
function entriesInOrder(
  { entries, hidden }: ConversationData,
  others: readonly OtherEntry[],
): Shown[] {
  const own = entries.map(
    (entry): Shown => ({ key: `${entry.type}-${entry.id}`, at: entry.at, entry }),
  );
  const gap = hidden && own[hidden.after];
  if (hidden !== undefined && gap !== undefined) {
    own.splice(hidden.after, 0, { key: 'hidden', at: gap.at, hidden: hidden.count });
  }
  const rest = [...others].sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds);
  const shown: Shown[] = [];
  for (const entry of own) {
    while (rest[0] !== undefined && rest[0].at.epochMilliseconds <= entry.at.epochMilliseconds) {
      shown.push(...rest.splice(0, 1));
    }
    shown.push(entry);
  }
  return [...shown, ...rest];
}

function Entry({ entry, ...props }: ConversationProps & { entry: Shown }) {
  const { home, zone, conversation } = props;
  const { thread } = conversation;
  if ('body' in entry) return <div id={entry.key}>{entry.body}</div>;
  if ('hidden' in entry) {
    return (
      <SystemLine shape="dash">
        {counted(entry.hidden, 'entry is', 'entries are')} left out here.{' '}
        <a href={`${threadHref(home, thread)}?all#conversation`}>Show all of the conversation</a>
      </SystemLine>
    );
  }
  return entry.entry.type === 'happening' ? (
    <HappeningLine happening={entry.entry} home={home} zone={zone} />
  ) : (
    <CommentEntry comment={entry.entry} {...props} />
  );
}

function CommentEntry({
  comment,
  home,
  zone,
  reader,
  conversation,
}: ConversationProps & { comment: Comment }) {
  const here = `${threadActions(home, conversation.thread.number)}/comments/${comment.id}`;
  if (comment.withdrawnAt !== null) {
    return (
      <div id={`comment-${comment.id}`}>
        <SystemLine shape="cross">
          A comment of <WriterName by={comment.author} home={home} /> was withdrawn{' '}
          <span class="quiet">
            <When instant={comment.withdrawnAt} zone={zone} />
          </span>
        </SystemLine>
      </div>
    );
  }
  const isOwn = comment.author.personId === reader.personId;
  return (
    <Said
      author={comment.author}
      at={comment.at}
      editedAt={comment.editedAt}
      what="said"
      {...{ home, zone }}
      history={`${here}/history`}
      anchor={`comment-${comment.id}`}
      movedFrom={comment.movedFrom}
      edit={isOwn && reader.mayWrite ? `${here}/edit` : undefined}
      withdraw={(isOwn && reader.mayWrite) || reader.isOrganiser ? `${here}/withdraw` : undefined}
    >
      <Prose html={commentHtml(comment.body, home)} />
      <Reactions
        reactions={comment.reactions}
        action={reader.mayWrite ? `${here}/reactions` : undefined}
      />
    </Said>
  );
}

interface SaidProps {
  readonly author: WrittenBy;
  readonly at: Instant;
  readonly editedAt: Instant | null;
  readonly what: string;
  readonly home: string;
  readonly zone: ZoneName;
  readonly history: string;
  readonly anchor: string;
  readonly movedFrom?: number | null;
  readonly edit?: string | undefined;
  readonly withdraw?: string | undefined;
  readonly children: ComponentChildren;
}

function Said({ author, at, editedAt, what, home, zone, history, anchor, ...props }: SaidProps) {
  const { movedFrom = null, edit, withdraw, children } = props;
  return (
    <article class="said" id={anchor}>
      <p class="small">
        <WriterName by={author} home={home} /> {what}{' '}
        <a class="quiet" href={`#${anchor}`}>
          <When instant={at} zone={zone} />
        </a>
        {movedFrom !== null && (
          <>
            {' '}
            in <a href={numberHref(home, movedFrom)}>#{movedFrom}</a>, which was merged into this
          </>
        )}
        {editedAt !== null && (
          <>
            {' · '}
            <a href={history}>
              edited<span class="unseen">: see what it said before</span>
            </a>
          </>
        )}
        {edit !== undefined && (
          <>
            {' · '}
            <a href={edit}>Edit</a>
          </>
        )}
        {withdraw !== undefined && (
          <>
            {' · '}
            <a href={withdraw}>Withdraw</a>
          </>
        )}
      </p>
      {children}
    </article>
  );
}

/** The form at the end of a conversation, or the sentence why there is none. */
function CommentForm({ conversation, home, reader }: ConversationProps) {
  const { thread } = conversation;
  if (!reader.mayWrite) {
    return <p class="quiet">Those who come to the summit can write here.</p>;
  }
  if (thread.lockedAt !== null && !reader.isOrganiser) {
    return <p class="quiet">This conversation is locked; only the organisers write here now.</p>;
  }
  return (
    <CommentFields
      action={`${threadActions(home, thread.number)}/comments`}
      body=""
      closes={thread.kind === 'issue' && thread.state === 'open'}
    />
  );
}

interface CommentFieldsProps {
  readonly action: string;
  readonly body: string;
  /** The thread may be closed with what is said. */
  readonly closes?: boolean;
  readonly problems?: Parameters<typeof Form>[0]['problems'];
  /** What an earlier comment is changed into. */
  readonly isEdit?: boolean;
}

/** The form to say something, or to say it otherwise. */
export const CommentFields = ({ action, body, closes, problems, isEdit }: CommentFieldsProps) => (
  <Form action={action} problems={problems} label="Comment" wide>
    <HiddenField name="form" value="comment" />
    <TextArea
      name="body"
      label={isEdit === true ? 'Your comment' : 'Say something'}
      value={body}
      rows={6}
      hint={
        <>
          Markdown. <code>@handle</code> tells somebody by mail, <code>#12</code> links.
        </>
      }
    />
    <Actions>
      <SubmitButton name="do" value="comment">
        {isEdit === true ? 'Save' : 'Comment'}
      </SubmitButton>
      {closes === true && (
        <SubmitButton name="do" value="close" weight="ordinary">
          Comment and close
        </SubmitButton>
      )}
      <SubmitButton name="do" value="preview" weight="ordinary">
        Preview
      </SubmitButton>
    </Actions>
  </Form>
);
