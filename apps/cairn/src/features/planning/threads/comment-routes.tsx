import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { commentHtml } from './comment-text-rules.ts';
import { CommentFields } from './conversation-views.tsx';
import { editComment, isOwn, withdrawComment } from './edit-commands.ts';
import { memberOf } from './member-rights.ts';
import { mayTurn, setReaction } from './state-commands.ts';
import { commentOf, earlierTexts, type Thread } from './thread-queries.ts';
import { threadAt } from './thread-routes.tsx';
import { threadHref } from './thread-rules.ts';
import { commentForm, reactionForm } from './thread-schema.ts';
import { EarlierTexts, PreviewPage } from './writing-views.tsx';

type CommentContext = AppContext<PlanMemberEnv['Variables']>;
type FoundComment = NonNullable<Awaited<ReturnType<typeof commentOf>>>;

interface Found {
  readonly thread: Thread;
  readonly comment: FoundComment;
  /** Where forms about the comment are sent, and the place where it is read. */
  readonly action: string;
  readonly back: string;
}

/** The comment of the address, where it stands in the thread of the address and was not withdrawn. */
async function commentAt(c: CommentContext): Promise<Found | undefined> {
  const thread = await threadAt(c);
  if (thread === undefined) return undefined;
  const { comment: id = '' } = c.req.param() as Record<string, string | undefined>;
  const comment = await commentOf(c.var.services.db, thread.summitId, id);
  if (comment === undefined || comment.number !== thread.number || comment.withdrawnAt !== null) {
    return undefined;
  }
  const home = `/s/${c.var.summit.slug}`;
  return {
    thread,
    comment,
    action: `${home}/plan/threads/${thread.number}/comments/${comment.id}`,
    back: `${threadHref(home, thread)}#comment-${comment.id}`,
  };
}

/** `/s/<summit>/plan/threads/<number>/comments/<comment>/…`: edit, withdraw, history, reactions. */
export function commentRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/threads/:number/comments/:comment';
  routes.use(`${address}/*`, withSummit, participantsOnly, withPlan);
  for (const part of ['edit', 'withdraw', 'reactions']) {
    routes.use(`${address}/${part}`, comersOnly);
  }

  routes.get(`${address}/edit`, async (c) => {
    const found = await commentAt(c);
    if (found === undefined || !isOwn(found.comment.author, memberOf(c))) return c.notFound();
    return showForm(c, found, { body: found.comment.body });
  });
  routes.post(`${address}/edit`, async (c) => {
    const found = await commentAt(c);
    if (found === undefined || !isOwn(found.comment.author, memberOf(c))) return c.notFound();
    const { typed } = await readTyped(c);
    const body = typedText(typed, 'body');
    const pressed = commentForm.parse({ body, do: typedText(typed, 'do') });
    if (pressed.do === 'preview') return showForm(c, found, { body, isPreview: true });
    const { summitId } = found.thread;
    const edited = await inTransaction(c.var.services.db, (tx) =>
      editComment(tx, webActor(c), memberOf(c), { summitId, id: found.comment.id }, body),
    );
    if (!edited.ok) return showForm(c, found, { body, problems: [edited.error] });
    return seeOther(c, found.back, 'Saved. What it said before is kept with it.');
  });

  routes.get(`${address}/withdraw`, async (c) => {
    const found = await commentAt(c);
    if (found === undefined || !mayWithdraw(c, found)) return c.notFound();
    return showPlanPage(
      c,
      { title: 'Withdraw a comment' },
      <Confirm
        action={`${found.action}/withdraw`}
        consequences={
          <p>
            Its words, and all that they were before, are gone for good. A line stays that says that
            there was a comment, and whose.
          </p>
        }
        verb="Withdraw the comment"
        back={found.back}
      />,
    );
  });
  routes.post(`${address}/withdraw`, async (c) => {
    const found = await commentAt(c);
    if (found === undefined || !mayWithdraw(c, found)) return c.notFound();
    const { summitId } = found.thread;
    const done = await inTransaction(c.var.services.db, (tx) =>
      withdrawComment(tx, webActor(c), memberOf(c), { summitId, id: found.comment.id }),
    );
    return seeOther(c, found.back, done.ok ? 'It is withdrawn.' : done.error.sentence);
  });

  routes.get(`${address}/history`, async (c) => {
    const found = await commentAt(c);
    if (found === undefined) return c.notFound();
    const { thread, comment, back } = found;
    return showPlanPage(
      c,
      { title: 'What a comment said before' },
      <EarlierTexts
        home={`/s/${c.var.summit.slug}`}
        back={back}
        zone={readerZone(c, c.var.summit)}
        now={comment}
        earlier={await earlierTexts(c.var.services.db, thread, comment.id)}
      />,
    );
  });

  routes.post(`${address}/reactions`, async (c) => {
    const found = await commentAt(c);
    if (found === undefined) return c.notFound();
    const form = reactionForm.safeParse((await readTyped(c)).typed);
    if (!form.success) return seeOther(c, found.back, 'Press one of the signs.');
    const isOn = 'add' in form.data;
    const reaction = 'add' in form.data ? form.data.add : form.data.remove;
    const { thread, comment } = found;
    const done = await inTransaction(c.var.services.db, async (tx) => {
      const may = await mayTurn(tx, thread, memberOf(c));
      if (!may.ok) return may;
      const { summitId, number } = thread;
      const place = { summitId, number, comment: comment.id };
      return setReaction(tx, webActor(c), place, { reaction, isOn });
    });
    return seeOther(c, found.back, done.ok ? undefined : done.error.sentence);
  });

  return routes;
}

const mayWithdraw = (c: CommentContext, { comment }: Found): boolean =>
  isOwn(comment.author, memberOf(c)) || c.var.organiser !== undefined;

const showForm = (
  c: CommentContext,
  { thread, action, back }: Found,
  {
    body,
    problems = [],
    isPreview = false,
  }: {
    readonly body: string;
    readonly problems?: Parameters<typeof CommentFields>[0]['problems'];
    readonly isPreview?: boolean;
  },
): Response =>
  showPlanPage(
    c,
    {
      title: `Edit a comment on #${thread.number}`,
      lede: thread.title,
      status: (problems?.length ?? 0) > 0 ? 422 : 200,
    },
    <PreviewPage
      html={isPreview ? commentHtml(body, `/s/${c.var.summit.slug}`) : undefined}
      back={{ href: back, label: 'Leave it as it is' }}
    >
      <CommentFields action={`${action}/edit`} body={body} problems={problems} isEdit />
    </PreviewPage>,
  );
