import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { handlesOf } from '../threads/handle-queries.ts';
import { labelsIn } from '../threads/label-queries.ts';
import { memberOf } from '../threads/member-rights.ts';
import { threadHref } from '../threads/thread-rules.ts';
import { ASKED, threadsAlike } from './alike-queries.ts';
import { knownProjects, nameablePeople } from './people-queries.ts';
import { openTopic } from './topic-commands.ts';
import { EMPTY_TOPIC_FORM, TOPIC_FIELDS, type TopicForm } from './topic-form-rules.ts';
import { ALIKE_SCRIPT, TopicFormPage } from './topic-form-views.tsx';
import { allOf } from './topic-hold-commands.ts';
import { listTopics, namesByHandle } from './topic-list-queries.ts';
import { topicFilter } from './topic-list-schema.ts';
import { TopicListPage } from './topic-list-views.tsx';

export type TopicContext = AppContext<PlanMemberEnv['Variables']>;

/** The form of a topic as it was typed. */
export const typedForm = (typed: Typed): TopicForm =>
  Object.fromEntries(
    TOPIC_FIELDS.map((field) => [field, typedText(typed, field).replace(/\r\n?/g, '\n')]),
  ) as TopicForm; // a text for each field

/** `/s/<summit>/plan/topics`: the list and the board, the form to open one, what looks alike. */
export function topicListRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/topics';
  routes.use(address, withSummit, participantsOnly, withPlan);
  routes.use(`${address}/new`, withSummit, participantsOnly, comersOnly, withPlan);
  routes.use(`${address}/alike`, withSummit, participantsOnly, withPlan);

  routes.get(address, async (c) => {
    const { summit, services, signedIn } = c.var;
    const { db } = services;
    const filter = topicFilter.parse(c.req.query());
    const handle = (await handlesOf(db, [signedIn.personId])).get(signedIn.personId);
    const list = await listTopics(db, summit.id, filter, handle);
    const [labels, projects, names] = await Promise.all([
      labelsIn(db, summit.id),
      knownProjects(db, summit.id),
      namesByHandle(
        db,
        list.topics.flatMap(({ facts }) => facts.lead ?? []),
      ),
    ]);
    return showPlanPage(
      c,
      { title: 'Topics', lede: 'What is worth doing together.' },
      <TopicListPage
        home={`/s/${summit.slug}`}
        {...{ list, filter, projects, names }}
        labels={labels.map(({ label }) => label)}
        zone={readerZone(c, summit)}
        mayOpen={c.var.comes || c.var.organiser !== undefined}
      />,
    );
  });

  routes.get(`${address}/new`, (c) =>
    showForm(c, { ...EMPTY_TOPIC_FORM, title: c.req.query('title')?.slice(0, 200) ?? '' }),
  );
  routes.post(`${address}/new`, open);

  routes.get(`${address}/alike`, async (c) => {
    const { summit, services } = c.var;
    const { title = '', problem = '' } = c.req.query();
    const found = await threadsAlike(services.db, summit.id, {
      title: title.replaceAll('\0', ''),
      problem: problem.replaceAll('\0', ''),
    });
    const home = `/s/${summit.slug}`;
    return c.json({
      items: found.map(({ number, kind, title: name, state }) => ({
        number,
        title: name,
        state,
        href: threadHref(home, { kind, number }),
      })),
    });
  });

  return routes;
}

async function open(c: TopicContext): Promise<Response> {
  const { summit, services } = c.var;
  const { typed } = await readTyped(c);
  const form = typedForm(typed);
  if (typedText(typed, 'looked') !== 'yes') {
    const alike = await threadsAlike(services.db, summit.id, form);
    const asked = alike.filter(({ likeness }) => likeness >= ASKED);
    if (asked.length > 0) return showForm(c, form, { alike: asked });
  }
  const opened = await inTransaction(services.db, (tx) =>
    openTopic(tx, services, webActor(c), memberOf(c), form, summit.definition.zone),
  );
  if (!opened.ok) return showForm(c, form, { problems: allOf(opened.error) });
  const { kind, number } = opened.value;
  const href = threadHref(`/s/${summit.slug}`, { kind, number });
  return seeOther(
    c,
    href,
    kind === 'topic' ? 'Your topic is open.' : 'It is proposed; it is a topic once it is merged.',
  );
}

async function showForm(
  c: TopicContext,
  form: TopicForm,
  refused: Pick<Parameters<typeof TopicFormPage>[0], 'alike' | 'problems'> = {},
): Promise<Response> {
  const { summit, services } = c.var;
  const home = `/s/${summit.slug}`;
  const isRefused = refused.alike !== undefined || refused.problems !== undefined;
  return showPlanPage(
    c,
    {
      title: 'Open a topic',
      lede: 'Something worth doing together. Only title and problem are needed to begin with.',
      scripts: [ALIKE_SCRIPT],
      status: isRefused ? 422 : 200,
    },
    <TopicFormPage
      home={home}
      action={`${home}/plan/topics/new`}
      back={`${home}/plan/topics`}
      form={form}
      {...(await knownFor(services.db, summit.id))}
      {...refused}
    />,
  );
}

/** What the form of a topic offers to choose from. */
export async function knownFor(db: TopicContext['var']['services']['db'], summitId: string) {
  const [people, projects, labels] = await Promise.all([
    nameablePeople(db, summitId),
    knownProjects(db, summitId),
    labelsIn(db, summitId),
  ]);
  return { people, projects, labels: labels.map(({ label }) => label) };
}
