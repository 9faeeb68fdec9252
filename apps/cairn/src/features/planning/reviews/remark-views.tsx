import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Prose, When } from '../../../design/prose.tsx';
import { commentHtml } from '../threads/comment-text-rules.ts';
import { WriterName } from '../threads/writer-views.tsx';
import type { LineDraft, LineSaid, LineThread } from './line-queries.ts';
import { visibleParts, visibleText } from './sign-rules.ts';
import { suggestionIn, withoutSuggestion } from './suggestion-rules.ts';

/** What somebody typed into one of the page's forms that was refused. */
export interface RefusedAt {
  /** `line`, `review`, or `answer-<id>`. */
  readonly form: string;
  readonly typed: Readonly<Record<string, string | undefined>>;
  readonly problems: readonly Problem[];
}

/** What remarks on lines need of their page. */
export interface RemarkPage {
  readonly home: string;
  readonly zone: ZoneName;
  /** `/s/<summit>/plan/proposals/<number>` */
  readonly proposal: string;
  /** The page’s own query, so that its forms come back to it. */
  readonly query: string;
  readonly personId: string;
  readonly authorId: string | null;
  readonly isOrganiser: boolean;
  /** May write here at all. */
  readonly mayWrite: boolean;
  readonly isOpen: boolean;
  readonly refused: RefusedAt | undefined;
}

/** A text with signs that are not seen shown by their number. */
export const VisibleText = ({ text }: { text: string }) => (
  <>
    {visibleParts(text).map((part, index) =>
      'text' in part ? (
        part.text
      ) : (
        <span key={index} class="sign-name" title={part.name}>
          {part.sign}
          <span class="unseen"> ({part.name})</span>
        </span>
      ),
    )}
  </>
);

interface RemarkProps {
  readonly thread: LineThread;
  readonly page: RemarkPage;
  /** The lines that it was written on, where they are gone. */
  readonly original?: readonly string[] | undefined;
  /** Its lines stand in the last version as they were, so that its suggestion can be applied. */
  readonly isInPlace?: boolean;
}

/** What was said about lines, its answers, and what can be done with it. */
export function Remark(props: RemarkProps) {
  const { thread, page } = props;
  const { resolved } = thread;
  if (resolved === undefined) return <OpenRemark {...props} />;
  return (
    <details class="small">
      <summary>
        A settled remark of <WriterText said={thread.said[0]} />, settled by{' '}
        <WriterName by={resolved.by} home={page.home} />
      </summary>
      <OpenRemark {...props} />
    </details>
  );
}

const WriterText = ({ said }: { said: LineSaid | undefined }) => (
  <bdi>{said?.author.name || said?.author.login || 'somebody'}</bdi>
);

function OpenRemark({ thread, page, original, isInPlace }: RemarkProps) {
  const { proposal, query, refused } = page;
  const { id, anchor, said, resolved } = thread;
  const mine = [page.authorId, said[0]?.author.personId].includes(page.personId);
  const answers = `answer-${id}`;
  const wrong = refused?.form === answers ? refused : undefined;
  return (
    <div class="remark">
      {original !== undefined && (
        <>
          <p class="small quiet">
            On {linesWords(anchor)} of version {anchor.version},{' '}
            {anchor.side === 'old' ? 'before the change' : 'as proposed'}.{' '}
            {original.length === 1 ? 'It has' : 'They have'} changed since.
          </p>
          <pre>
            <VisibleText text={original.join('\n')} />
          </pre>
        </>
      )}
      {said.map((one, index) => (
        <SaidOnLine
          key={one.id}
          said={one}
          page={page}
          thread={index === 0 ? thread : undefined}
          isInPlace={isInPlace === true}
        />
      ))}
      {page.mayWrite && (
        <>
          <details open={wrong !== undefined}>
            <summary class="small">Answer</summary>
            <Form
              action={`${proposal}/lines/${id}/answers${query}`}
              problems={wrong?.problems}
              scope={answers}
              label="Answer"
            >
              <TextArea name="body" label="Your answer" value={wrong?.typed['body']} rows={3} />
              <Actions>
                <SubmitButton weight="ordinary">Answer</SubmitButton>
              </Actions>
            </Form>
          </details>
          {(mine || page.isOrganiser) && (
            <Form action={`${proposal}/lines/${id}/settled${query}`}>
              <HiddenField name="settled" value={resolved === undefined ? 'yes' : 'no'} />
              <SubmitButton weight="plain">
                {resolved === undefined ? 'Settle this' : 'Open it again'}
              </SubmitButton>
            </Form>
          )}
        </>
      )}
    </div>
  );
}

interface SaidProps {
  readonly said: LineSaid;
  readonly page: RemarkPage;
  /** For the first of a thread. */
  readonly thread: LineThread | undefined;
  readonly isInPlace: boolean;
}

function SaidOnLine({ said, page, thread, isInPlace }: SaidProps) {
  const { home, zone, proposal, query } = page;
  const suggestion =
    thread?.anchor.side === 'new' && said.withdrawnAt === null
      ? suggestionIn(said.body)
      : undefined;
  const text = suggestion === undefined ? said.body : withoutSuggestion(said.body);
  return (
    <article class="said" id={`comment-${said.id}`}>
      <p class="small">
        <WriterName by={said.author} home={home} />{' '}
        <a class="quiet" href={`#comment-${said.id}`}>
          <When instant={said.at} zone={zone} />
        </a>
        {thread?.anchor.firstLine != null && (
          <span class="quiet"> on {linesWords(thread.anchor)}</span>
        )}
        {said.author.personId === page.personId && said.withdrawnAt === null && page.mayWrite && (
          <>
            {' · '}
            <a href={`${home}/plan/threads/${numberIn(proposal)}/comments/${said.id}/edit`}>Edit</a>
            {' · '}
            <a href={`${home}/plan/threads/${numberIn(proposal)}/comments/${said.id}/withdraw`}>
              Withdraw
            </a>
          </>
        )}
      </p>
      {said.withdrawnAt !== null ? (
        <p class="quiet">Withdrawn.</p>
      ) : (
        text !== '' && <Prose html={commentHtml(text, home)} />
      )}
      {suggestion !== undefined && (
        <>
          <p class="small">
            {suggestion.length === 0
              ? 'Suggests to take these lines out.'
              : 'Suggests in place of these lines:'}
          </p>
          {suggestion.length > 0 && (
            <pre>
              <ins>
                <VisibleText text={suggestion.join('\n')} />
              </ins>
            </pre>
          )}
          {thread?.appliedIn != null ? (
            <p class="small quiet">Applied in version {thread.appliedIn}.</p>
          ) : (
            page.mayWrite &&
            page.isOpen &&
            (page.personId === page.authorId || page.isOrganiser) &&
            (isInPlace ? (
              <Form action={`${proposal}/lines/${thread?.id}/applied${query}`}>
                <SubmitButton weight="ordinary">Apply the suggestion</SubmitButton>
              </Form>
            ) : (
              <p class="small quiet">
                The lines have changed since, so it can no longer be applied by a button.
              </p>
            ))
          )}
        </>
      )}
    </article>
  );
}

const numberIn = (proposal: string): string => proposal.slice(proposal.lastIndexOf('/') + 1);

/** `line 12`, `lines 3 to 5`. */
export const linesWords = ({
  firstLine,
  line,
}: {
  firstLine?: number | null | undefined;
  line: number;
}) => (firstLine == null ? `line ${line}` : `lines ${firstLine} to ${line}`);

/** A remark that its writer has gathered and not sent; only they see it. */
export const Draft = ({ draft, page }: { draft: LineDraft; page: RemarkPage }) => (
  <article class="said" id={`draft-${draft.id}`}>
    <p class="small quiet">
      Not sent yet: it goes with your review. On {linesWords(draft.anchor)} of{' '}
      {visibleText(draft.anchor.path)}.
    </p>
    <Prose html={commentHtml(draft.body, page.home)} />
    <Form action={`${page.proposal}/drafts/${draft.id}/drop${page.query}`}>
      <SubmitButton weight="plain">Throw it away</SubmitButton>
    </Form>
  </article>
);
