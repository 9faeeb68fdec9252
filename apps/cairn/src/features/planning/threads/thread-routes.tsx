import { ok } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { commentHtml } from './comment-text-rules.ts';
import { CommentFields } from './conversation-views.tsx';
import { editThread } from './edit-commands.ts';
import { labelsIn, labelsOf } from './label-queries.ts';
import { LabelsPage } from './labels-page-views.tsx';
import { memberOf } from './member-rights.ts';
import {
  closesByItself,
  closeThread,
  lockConversation,
  mayTurn,
  reopenThread,
  setLabels,
  setReaction,
} from './state-commands.ts';
import { addComment } from './thread-commands.ts';
import { earlierTexts, type Thread, threadOf } from './thread-queries.ts';
import { threadHref } from './thread-rules.ts';
import {
  commentForm,
  labelsForm,
  reactionForm,
  stateForm,
  threadTextForm,
} from './thread-schema.ts';
import { EarlierTexts, PreviewPage, ThreadTextPage } from './writing-views.tsx';

type ThreadContext = AppContext<PlanMemberEnv['Variables']>;

/** The thread of the address; undefined where there is none. */
export async function threadAt(c: ThreadContext): Promise<Thread | undefined> {
  const number = numberAt(c);
  if (number === undefined) return undefined;
  return threadOf(c.var.services.db, { summitId: c.var.summit.id, number });
}

/** The number in the address, if it can be one. */
function numberAt(c: ThreadContext): number | undefined {
  const { number = '' } = c.req.param() as Record<string, string | undefined>;
  return /^[1-9]\d{0,8}$/.test(number) ? Number(number) : undefined;
}

const homeOf = (c: ThreadContext): string => `/s/${c.var.summit.slug}`;
const pageOf = (c: ThreadContext, thread: Thread): string => threadHref(homeOf(c), thread);

/**
 * `/s/<summit>/plan/threads/<number>/…`: what can be done in a discussion of any kind, and
 * `/plan/<number>`, which leads on to its page. Read by those who take part, written by those who come.
 */
export function threadRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/threads/:number';
  const readers = [withSummit, participantsOnly, withPlan] as const;
  routes.use(`${address}/*`, ...readers);
  for (const part of ['comments', 'edit', 'reactions', 'labels', 'state']) {
    routes.use(`${address}/${part}`, comersOnly);
  }
  routes.get('/s/:summit/plan/:number{[0-9]+}', ...readers, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    return c.redirect(`${pageOf(c, thread)}${new URL(c.req.url).search}`, 303);
  });

  routes.post(`${address}/comments`, async (c) => (await say(c)) ?? c.notFound());

  routes.get(`${address}/edit`, async (c) => (await showEditor(c)) ?? c.notFound());
  routes.post(`${address}/edit`, async (c) => (await saveText(c)) ?? c.notFound());

  routes.get(`${address}/history`, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    const { db } = c.var.services;
    return showPlanPage(
      c,
      { title: `What #${thread.number} said before` },
      <EarlierTexts
        home={homeOf(c)}
        back={pageOf(c, thread)}
        zone={readerZone(c, c.var.summit)}
        now={{ body: thread.body, author: thread.author, at: thread.createdAt }}
        earlier={await earlierTexts(db, thread)}
      />,
    );
  });

  routes.post(`${address}/reactions`, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const form = reactionForm.safeParse(typed);
    if (!form.success) return seeOther(c, pageOf(c, thread), 'Press one of the signs.');
    const { services } = c.var;
    const isOn = 'add' in form.data;
    const reaction = 'add' in form.data ? form.data.add : form.data.remove;
    const done = await inTransaction(services.db, async (tx) => {
      const may = await mayTurn(tx, thread, memberOf(c));
      return may.ok ? setReaction(tx, webActor(c), thread, { reaction, isOn }) : may;
    });
    return seeOther(c, `${pageOf(c, thread)}#opened`, done.ok ? undefined : done.error.sentence);
  });

  routes.get(`${address}/labels`, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    // Those of a topic stand in its document, and are changed with it.
    if (thread.kind === 'topic') return c.redirect(`${pageOf(c, thread)}/edit#field-labels`, 303);
    return showLabels(c, thread);
  });
  routes.post(`${address}/labels`, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    if (thread.kind === 'topic') return c.redirect(`${pageOf(c, thread)}/edit#field-labels`, 303);
    const { typed } = await readTyped(c);
    const { labels } = labelsForm.parse({ labels: typedText(typed, 'labels') });
    const set = await inTransaction(c.var.services.db, async (tx) => {
      const may = await mayTurn(tx, thread, memberOf(c));
      return may.ok ? setLabels(tx, webActor(c), thread, labels) : may;
    });
    if (!set.ok) return showLabels(c, thread, { labels, problems: [set.error] });
    return seeOther(c, pageOf(c, thread), 'The labels are set.');
  });

  routes.post(`${address}/state`, async (c) => {
    const thread = await threadAt(c);
    if (thread === undefined) return c.notFound();
    const form = stateForm.safeParse((await readTyped(c)).typed);
    const href = pageOf(c, thread);
    if (!form.success) return seeOther(c, href, 'Nothing was changed; press one of the buttons.');
    const changed = await changeState(c, thread, form.data.do);
    return seeOther(c, href, changed.ok ? undefined : changed.error.sentence);
  });

  return routes;
}

async function say(c: ThreadContext): Promise<Response | undefined> {
  const thread = await threadAt(c);
  if (thread === undefined) return undefined;
  const { typed } = await readTyped(c);
  const form = commentForm.safeParse({ ...typed, body: typedText(typed, 'body') });
  const body = typedText(typed, 'body');
  const back = pageOf(c, thread);
  const closes = thread.kind === 'issue' && thread.state === 'open';
  const again = (problems: ReturnType<typeof formProblems>, isPreview = false) =>
    showPlanPage(
      c,
      {
        title: `Comment on #${thread.number}`,
        lede: thread.title,
        status: problems.length > 0 ? 422 : 200,
      },
      <PreviewPage
        html={isPreview ? commentHtml(body, homeOf(c)) : undefined}
        back={{ href: back, label: `Back to #${thread.number} without saying it` }}
      >
        <CommentFields
          action={`${homeOf(c)}/plan/threads/${thread.number}/comments`}
          {...{ body, closes, problems }}
        />
      </PreviewPage>,
    );
  if (!form.success) return again(formProblems(form.error));
  if (form.data.do === 'preview') return again([], true);
  const actor = webActor(c);
  const said = await inTransaction<{ readonly id: string | undefined }>(
    c.var.services.db,
    async (tx) => {
      const may = await mayTurn(tx, thread, memberOf(c));
      if (!may.ok) return may;
      const isClosing = form.data.do === 'close' && closes;
      // “Close” with nothing to say is no mistake.
      if (isClosing && body.trim() === '') {
        const closed = await closeThread(tx, actor, thread);
        return closed.ok ? ok({ id: undefined }) : closed;
      }
      const added = await addComment(tx, actor, thread, { body });
      if (!added.ok || !isClosing) return added;
      const closed = await closeThread(tx, actor, thread);
      return closed.ok ? added : closed;
    },
  );
  if (!said.ok) return again([said.error]);
  const { id } = said.value;
  return seeOther(c, id === undefined ? back : `${back}#comment-${id}`);
}

async function showEditor(
  c: ThreadContext,
  refused?: Pick<Parameters<typeof ThreadTextPage>[0], 'title' | 'body' | 'problems' | 'preview'>,
): Promise<Response | undefined> {
  const thread = await threadAt(c);
  if (thread === undefined) return undefined;
  const member = memberOf(c);
  const isOwn = thread.author.personId === member.self.personId;
  if (!isOwn && member.organiser === undefined) return undefined;
  return showPlanPage(
    c,
    {
      title: `Edit #${thread.number}`,
      lede: thread.title,
      status: (refused?.problems?.length ?? 0) > 0 ? 422 : 200,
    },
    <ThreadTextPage
      action={`${homeOf(c)}/plan/threads/${thread.number}/edit`}
      back={pageOf(c, thread)}
      hasTitle={thread.kind === 'issue' || thread.kind === 'proposal'}
      hasText={isOwn}
      title={thread.title}
      body={thread.body}
      {...refused}
    />,
  );
}

async function saveText(c: ThreadContext): Promise<Response | undefined> {
  const thread = await threadAt(c);
  if (thread === undefined) return undefined;
  const { typed } = await readTyped(c);
  const form = threadTextForm.parse({
    title: typedText(typed, 'title') || (typed['title'] === undefined ? thread.title : ''),
    body: typed['body'] === undefined ? thread.body : typedText(typed, 'body'),
    do: typedText(typed, 'do'),
  });
  const { title, body } = form;
  if (form.do === 'preview') {
    return showEditor(c, { title, body, preview: commentHtml(body, homeOf(c)) });
  }
  const saved = await inTransaction(c.var.services.db, (tx) =>
    editThread(tx, webActor(c), memberOf(c), thread, { title, body }),
  );
  if (!saved.ok) return showEditor(c, { title, body, problems: [saved.error] });
  return seeOther(c, pageOf(c, thread), 'Saved. What it said before is kept with it.');
}

async function showLabels(
  c: ThreadContext,
  thread: Thread,
  refused?: Pick<Parameters<typeof LabelsPage>[0], 'labels' | 'problems'>,
): Promise<Response> {
  const { db } = c.var.services;
  const [known, own] = await Promise.all([
    labelsIn(db, thread.summitId),
    labelsOf(db, thread.summitId, [thread.number]),
  ]);
  const labels = (own.get(thread.number) ?? []).map(({ label }) => label).join(', ');
  return showPlanPage(
    c,
    {
      title: `Labels of #${thread.number}`,
      lede: thread.title,
      status: refused === undefined ? 200 : 422,
    },
    <LabelsPage
      action={`${homeOf(c)}/plan/threads/${thread.number}/labels`}
      back={pageOf(c, thread)}
      known={known}
      labels={labels}
      {...refused}
    />,
  );
}

async function changeState(
  c: ThreadContext,
  thread: Thread,
  to: 'close' | 'reopen' | 'lock' | 'unlock',
) {
  const actor = webActor(c);
  const member = memberOf(c);
  const { organiser } = member;
  return inTransaction(c.var.services.db, async (tx) => {
    if (to === 'lock' || to === 'unlock') {
      if (organiser === undefined) return ok(undefined);
      return lockConversation(tx, actor, organiser, thread.number, to === 'lock');
    }
    if (thread.kind !== 'issue') return { ok: false as const, error: closesByItself() };
    const may = await mayTurn(tx, thread, member);
    if (!may.ok) return may;
    return to === 'close' ? closeThread(tx, actor, thread) : reopenThread(tx, actor, thread);
  });
}
