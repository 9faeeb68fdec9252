import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { watchSection } from '../activity/watch-section.tsx';
import { topicDecisionsSection } from '../decisions/topic-section.tsx';
import { TOPIC_STATES } from '../documents/kind-schema.ts';
import { rulesFor } from '../documents/plan-rules.ts';
import { topicInterestSection } from '../interest/topic-section.tsx';
import { showPlanPage } from '../page.tsx';
import { CONVERSATION_SCRIPT, Conversation } from '../threads/conversation-views.tsx';
import { handlesOf } from '../threads/handle-queries.ts';
import { memberOf } from '../threads/member-rights.ts';
import { conversationOf } from '../threads/thread-queries.ts';
import { threadsAlike } from './alike-queries.ts';
import { topicSessionsSection } from './sessions-section.tsx';
import { movesFor } from './state-rules.ts';
import { editTopic, joinTopic, moveTopic } from './topic-commands.ts';
import { formOf, type TopicForm } from './topic-form-rules.ts';
import { TopicFormPage } from './topic-form-views.tsx';
import { allOf, mayChangeAtOnce, partIn } from './topic-hold-commands.ts';
import { namesByHandle } from './topic-list-queries.ts';
import { mergeTopic, unmergeTopic } from './topic-merge-commands.ts';
import { mergedInto, rulesOf, type Topic, topicOf } from './topic-queries.ts';
import { knownFor, type TopicContext, typedForm } from './topic-routes.tsx';
import { MergePage, TopicPage } from './topic-views.tsx';

/** `/s/<summit>/plan/topics/<number>`: a topic, its conversation, and what can be done with it. */
export function topicPageRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/topics/:number{[0-9]+}';
  routes.use(address, withSummit, participantsOnly, withPlan);
  for (const part of ['edit', 'join', 'state', 'merge', 'unmerge']) {
    routes.use(`${address}/${part}`, withSummit, participantsOnly, comersOnly, withPlan);
  }
  routes.get(address, async (c) => {
    const topic = await topicAt(c);
    return topic === undefined ? c.notFound() : showTopic(c, topic);
  });

  routes.get(`${address}/edit`, async (c) => {
    const topic = await topicAt(c);
    if (topic?.says === undefined) return c.notFound();
    return showEditor(c, topic, formOf(topic.says), topic.document?.blob ?? '');
  });
  routes.post(`${address}/edit`, async (c) => {
    const topic = await topicAt(c);
    if (topic === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const form = typedForm(typed);
    const base = typedText(typed, 'base');
    const saved = await change(c, (tx, actor, member) =>
      editTopic(tx, c.var.services, actor, member, topic.number, { form, base }),
    );
    if (saved.ok) return seeOther(c, pageOf(c, topic), 'Saved.');
    return showEditor(c, topic, form, topic.document?.blob ?? '', allOf(saved.error));
  });

  routes.post(`${address}/join`, async (c) => {
    const topic = await topicAt(c);
    if (topic === undefined) return c.notFound();
    const pressed = typedText((await readTyped(c)).typed, 'do');
    const as = (['lead', 'join', 'leave'] as const).find((each) => each === pressed);
    if (as === undefined) return seeOther(c, pageOf(c, topic), 'Press one of the buttons.');
    const done = await change(c, (tx, actor, member) =>
      joinTopic(tx, c.var.services, actor, member, topic.number, as),
    );
    const words = { lead: 'You lead it.', join: 'You are in.', leave: 'You have left it.' }[as];
    return seeOther(c, pageOf(c, topic), done.ok ? words : done.error.sentence);
  });

  routes.post(`${address}/state`, async (c) => {
    const topic = await topicAt(c);
    if (topic === undefined) return c.notFound();
    const wanted = typedText((await readTyped(c)).typed, 'state');
    const to = TOPIC_STATES.find((state) => state === wanted);
    if (to === undefined) return seeOther(c, pageOf(c, topic), 'Choose one of the states.');
    const moved = await change(c, (tx, actor, member) =>
      moveTopic(tx, c.var.services, actor, member, topic.number, to),
    );
    if (moved.ok) return seeOther(c, pageOf(c, topic), `It is ${to} now.`);
    return showTopic(c, topic, allOf(moved.error));
  });

  routes.get(`${address}/merge`, async (c) => {
    const topic = await topicAt(c);
    if (topic?.says === undefined || topic.duplicateOf !== null) return c.notFound();
    return showMerge(c, topic);
  });
  routes.post(`${address}/merge`, async (c) => {
    const topic = await topicAt(c);
    if (topic === undefined) return c.notFound();
    const typed = typedText((await readTyped(c)).typed, 'into');
    const into = /^\s*#?([1-9]\d{0,8})\s*$/.exec(typed)?.[1];
    if (into === undefined) {
      const sentence = 'Write the number of the other topic, such as #12.';
      return showMerge(c, topic, typed, [{ code: 'no-number', sentence, place: { path: 'into' } }]);
    }
    const merged = await change(c, (tx, actor, member) =>
      mergeTopic(tx, c.var.services, actor, member, topic.number, Number(into)),
    );
    if (!merged.ok) return showMerge(c, topic, typed, allOf(merged.error));
    return seeOther(
      c,
      pageOf(c, { number: Number(into) }),
      `#${topic.number} is part of this now.`,
    );
  });
  routes.post(`${address}/unmerge`, async (c) => {
    const topic = await topicAt(c);
    if (topic === undefined) return c.notFound();
    const done = await change(c, (tx, actor, member) =>
      unmergeTopic(tx, c.var.services, actor, member, topic.number),
    );
    return seeOther(
      c,
      pageOf(c, topic),
      done.ok ? 'It stands by itself again.' : done.error.sentence,
    );
  });

  return routes;
}

const pageOf = (c: TopicContext, { number }: Pick<Topic, 'number'>): string =>
  `/s/${c.var.summit.slug}/plan/topics/${number}`;

async function topicAt(c: TopicContext): Promise<Topic | undefined> {
  const { number = '' } = c.req.param() as Record<string, string | undefined>;
  if (!/^[1-9]\d{0,8}$/.test(number)) return undefined;
  return topicOf(c.var.services.db, { summitId: c.var.summit.id, number: Number(number) });
}

const change = <T,>(
  c: TopicContext,
  command: (
    tx: Parameters<Parameters<typeof inTransaction>[1]>[0],
    actor: ReturnType<typeof webActor>,
    member: ReturnType<typeof memberOf>,
  ) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> =>
  inTransaction(c.var.services.db, (tx) => command(tx, webActor(c), memberOf(c)));

async function showTopic(
  c: TopicContext,
  topic: Topic,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { summit, services, signedIn, comes, organiser } = c.var;
  const { db } = services;
  const home = `/s/${summit.slug}`;
  const zone = readerZone(c, summit);
  const member = memberOf(c);
  const mayWrite = comes || organiser !== undefined;
  const place = { summitId: summit.id, number: topic.number };
  const handles = [topic.says?.lead ?? [], topic.says?.people ?? [], topic.facts.lead ?? []].flat();
  const [conversation, part, rules, own, names, merged] = await Promise.all([
    conversationOf(db, place, {
      personId: signedIn.personId,
      all: c.req.query('all') !== undefined,
    }),
    partIn(db, topic, member),
    rulesOf(db, summit.id),
    handlesOf(db, [signedIn.personId]),
    namesByHandle(db, handles),
    mergedInto(db, place),
  ]);
  if (conversation === undefined) return c.notFound();
  const { thread, labels } = conversation;
  const handle = own.get(signedIn.personId)?.toLowerCase();
  const isOpen = topic.duplicateOf === null && thread.state === 'open';
  const [watches, interest, decisions, sessions] = await Promise.all([
    watchSection(db, member.self, { home, number: topic.number }),
    topic.duplicateOf === null
      ? topicInterestSection(db, summit, thread, {
          personId: signedIn.personId,
          maySay: mayWrite && isOpen,
        })
      : undefined,
    topicDecisionsSection(db, summit, topic, zone),
    topicSessionsSection(db, summit, { number: topic.number, zone, comes: mayWrite }),
  ]);
  return showPlanPage(
    c,
    {
      title: thread.title,
      heading: (
        <>
          <bdi>{thread.title}</bdi> <span class="quiet">#{topic.number}</span>
        </>
      ),
      scripts: [CONVERSATION_SCRIPT],
      status: problems.length > 0 ? 422 : 200,
    },
    <>
      {problems.length > 0 && (
        <div class="problems" role="alert">
          <h2>It stays as it is</h2>
          <ul>
            {problems.map(({ sentence }) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
      <TopicPage
        {...{ home, topic, labels, names, merged, zone }}
        reader={{
          mayWrite,
          mayEdit: mayWrite && mayChangeAtOnce(rulesFor(rules, topic.path), part),
          isOrganiser: organiser !== undefined,
          isLead: handle !== undefined && topic.says?.lead?.toLowerCase() === handle,
          isIn: topic.says?.people.some((each) => each.toLowerCase() === handle) ?? false,
          moves: mayWrite ? movesFor(rules.topicStates ?? {}, topic.state, part) : [],
          mayMerge: part.isOfIt || part.isOrganiser,
        }}
      />
      {interest}
      {sessions}
      {decisions}
      <Conversation
        {...{ conversation, home, zone }}
        reader={{
          personId: signedIn.personId,
          mayWrite: mayWrite && topic.duplicateOf === null,
          isOrganiser: organiser !== undefined,
        }}
        withoutBody={conversation.thread.body === ''}
      />
      {watches}
    </>,
  );
}

async function showEditor(
  c: TopicContext,
  topic: Topic,
  form: TopicForm,
  base: string,
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, services } = c.var;
  const home = `/s/${summit.slug}`;
  return showPlanPage(
    c,
    {
      title: `Change #${topic.number}`,
      lede: topic.says?.title,
      status: problems === undefined ? 200 : 422,
    },
    <>
      {problems?.some(({ code }) => code === 'needs-proposal') === true && (
        <p>
          <a href={`${home}/plan/edit?path=${encodeURIComponent(topic.path)}`}>
            Propose your change of {topic.path}
          </a>
        </p>
      )}
      <TopicFormPage
        home={home}
        action={`${pageOf(c, topic)}/edit`}
        back={pageOf(c, topic)}
        form={form}
        base={base}
        {...(problems === undefined ? {} : { problems })}
        {...(await knownFor(services.db, summit.id))}
      />
    </>,
  );
}

async function showMerge(
  c: TopicContext,
  topic: Topic,
  into?: string,
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, services } = c.var;
  const alike = await threadsAlike(
    services.db,
    summit.id,
    { title: topic.says?.title ?? '', problem: topic.says?.problem ?? '' },
    topic.number,
  );
  const options = alike.filter(({ kind }) => kind === 'topic');
  const [likeliest] = options;
  return showPlanPage(
    c,
    {
      title: `Merge #${topic.number} into another topic`,
      lede: topic.says?.title,
      status: problems === undefined ? 200 : 422,
    },
    <MergePage
      home={`/s/${summit.slug}`}
      topic={topic}
      into={into ?? (likeliest === undefined ? '' : `#${likeliest.number}`)}
      problems={problems}
      options={options}
    />,
  );
}
