import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Facts } from '../../../design/prose.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { watchSection } from '../activity/watch-section.tsx';
import { showPlanPage } from '../page.tsx';
import { CONVERSATION_SCRIPT, Conversation } from '../threads/conversation-views.tsx';
import { labelsIn } from '../threads/label-queries.ts';
import { Labels } from '../threads/label-views.tsx';
import { conversationOf } from '../threads/thread-queries.ts';
import { ASKED, threadsAlike } from '../topics/alike-queries.ts';
import { ALIKE_SCRIPT } from '../topics/topic-form-views.tsx';
import { openIssue } from './issue-commands.ts';
import { issueForms } from './issue-form-queries.ts';
import { formFaults, issueBody, startingAnswers } from './issue-form-rules.ts';
import { listIssues } from './issue-list-queries.ts';
import { issueFilter } from './issue-schema.ts';
import { ChoosePage, IssueFormPage, IssueListPage, IssueStateMark } from './issue-views.tsx';

type IssueContext = AppContext<PlanMemberEnv['Variables']>;

/** `/s/<summit>/plan/issues`: plain things to talk about, opened by the summit's own forms or a plain one. */
export function issueRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/issues';
  routes.use(address, withSummit, participantsOnly, withPlan);
  routes.use(`${address}/new`, withSummit, participantsOnly, comersOnly, withPlan);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const filter = issueFilter.parse(c.req.query());
    const [list, labels] = await Promise.all([
      listIssues(services.db, summit.id, filter),
      labelsIn(services.db, summit.id),
    ]);
    return showPlanPage(
      c,
      { title: 'Issues', lede: 'Things to talk about that are no topic.' },
      <IssueListPage
        home={homeOf(c)}
        {...{ list, filter }}
        labels={labels.map(({ label }) => label)}
        zone={readerZone(c, summit)}
        mayOpen={mayWrite(c)}
      />,
    );
  });

  routes.get(`${address}/new`, async (c) => {
    const key = c.req.query('form');
    const found = await formsOf(c);
    const form = found.forms.find((each) => each.key === key);
    const isPlain = key === '' && found.allowsPlain;
    if (form === undefined && !isPlain && (found.forms.length > 0 || found.problems.length > 0)) {
      return showPlanPage(
        c,
        { title: 'Open an issue', lede: 'What is it?' },
        <ChoosePage home={homeOf(c)} {...found} />,
      );
    }
    return showForm(c, {
      form,
      title: form?.title ?? '',
      labels: '',
      answers: form === undefined ? {} : startingAnswers(form),
    });
  });
  routes.post(`${address}/new`, open);

  routes.get(
    `${address}/:number{[0-9]+}`,
    withSummit,
    participantsOnly,
    withPlan,
    async (c) => (await showIssue(c)) ?? c.notFound(),
  );

  return routes;
}

const homeOf = (c: IssueContext): string => `/s/${c.var.summit.slug}`;
const mayWrite = (c: IssueContext): boolean => c.var.comes || c.var.organiser !== undefined;

const formsOf = (c: IssueContext) =>
  issueForms(c.var.services.git.plan(c.var.summit.id), c.var.plan.head);

function showForm(
  c: IssueContext,
  shown: Omit<Parameters<typeof IssueFormPage>[0], 'home'>,
): Response {
  const isRefused = shown.problems !== undefined || shown.alike !== undefined;
  return showPlanPage(
    c,
    {
      title: shown.form?.name ?? 'Open an issue',
      lede: shown.form?.description,
      scripts: [ALIKE_SCRIPT],
      status: isRefused ? 422 : 200,
    },
    <IssueFormPage home={homeOf(c)} {...shown} />,
  );
}

async function open(c: IssueContext): Promise<Response> {
  const { summit, services, signedIn } = c.var;
  const { typed } = await readTyped(c);
  const found = await formsOf(c);
  const form = found.forms.find(({ key }) => key === typedText(typed, 'form'));
  const [title, labels] = [typedText(typed, 'title'), typedText(typed, 'labels')];
  const shown = { form, title, labels, answers: typed };
  const body = form === undefined ? typedText(typed, 'body') : issueBody(form, typed);
  const refused: Problem[] = form === undefined ? [] : formFaults(form, typed);
  // The rule of the threads says it, too, but all that is wrong is told at once.
  if (refused.length > 0) return showForm(c, { ...shown, problems: refused });
  if (typedText(typed, 'looked') !== 'yes' && title.trim() !== '') {
    const alike = await threadsAlike(services.db, summit.id, { title, problem: body });
    const asked = alike.filter(({ likeness }) => likeness >= ASKED);
    if (asked.length > 0) return showForm(c, { ...shown, alike: asked });
  }
  const opened = await inTransaction(services.db, (tx) =>
    openIssue(tx, webActor(c), selfIn(summit.id, signedIn), {
      title,
      body,
      labels: form === undefined ? labels.split(',') : form.labels,
    }),
  );
  if (!opened.ok) return showForm(c, { ...shown, problems: [opened.error] });
  return seeOther(c, `${homeOf(c)}/plan/issues/${opened.value.number}`, 'Your issue is open.');
}

async function showIssue(c: IssueContext): Promise<Response | undefined> {
  const { summit, services, signedIn, organiser } = c.var;
  const { number = '' } = c.req.param() as Record<string, string | undefined>;
  if (!/^[1-9]\d{0,8}$/.test(number)) return undefined;
  const place = { summitId: summit.id, number: Number(number) };
  const conversation = await conversationOf(services.db, place, {
    personId: signedIn.personId,
    all: c.req.query('all') !== undefined,
  });
  if (conversation === undefined || conversation.thread.kind !== 'issue') return undefined;
  const { thread, labels } = conversation;
  const home = homeOf(c);
  const actions = `${home}/plan/threads/${thread.number}`;
  return showPlanPage(
    c,
    {
      title: thread.title,
      heading: (
        <>
          <bdi>{thread.title}</bdi> <span class="quiet">#{thread.number}</span>
        </>
      ),
      scripts: [CONVERSATION_SCRIPT],
    },
    <>
      <Facts
        facts={[
          { term: 'State', value: <IssueStateMark state={thread.state} /> },
          ...(labels.length === 0 ? [] : [{ term: 'Labels', value: <Labels labels={labels} /> }]),
        ]}
      />
      {mayWrite(c) && (
        <form method="post" action={`${actions}/state`} aria-label="What becomes of it">
          <Actions>
            <SubmitButton
              name="do"
              value={thread.state === 'open' ? 'close' : 'reopen'}
              weight="ordinary"
            >
              {thread.state === 'open' ? 'Close' : 'Open again'}
            </SubmitButton>
            <a href={`${actions}/labels`}>Labels</a>
          </Actions>
        </form>
      )}
      <Conversation
        {...{ conversation, home }}
        zone={readerZone(c, summit)}
        reader={{
          personId: signedIn.personId,
          mayWrite: mayWrite(c),
          isOrganiser: organiser !== undefined,
        }}
      />
      {
        await watchSection(services.db, selfIn(summit.id, signedIn), {
          home,
          number: thread.number,
        })
      }
    </>,
  );
}
