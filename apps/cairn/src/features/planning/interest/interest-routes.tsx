import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { ownTracks } from '../../meetings/times/times-queries.ts';
import { selfIn } from '../../people/rights.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { setInterests } from './interest-commands.ts';
import { interestFacts, openTopics, ownInterest } from './interest-queries.ts';
import { levelField, readInterests, startFromTracks, whyField } from './interest-rules.ts';
import { OwnInterestPage } from './interest-views.tsx';
import { interestMatrix, type MatrixView, PEOPLE_ORDERS, TOPIC_ORDERS } from './matrix-rules.ts';
import { MatrixPage } from './matrix-views.tsx';

type InterestContext = AppContext<PlanMemberEnv['Variables']>;

const matrixQuery = z.object({
  people: z
    .union([
      z.enum(PEOPLE_ORDERS),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ])
    .catch('name'),
  topics: z.enum(TOPIC_ORDERS).catch('number'),
  community: z.string().optional().catch(undefined),
});

/**
 * `/s/<summit>/plan/interest`: what one wants of all topics; `…/interest/matrix`: who wants what, also
 * as `interest.csv`. Seen by those who take part, said by those who come.
 */
export function interestRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const own = '/s/:summit/plan/interest';
  for (const address of [own, `${own}/matrix`, `${own}.csv`]) {
    routes.use(address, withSummit, participantsOnly, withPlan);
  }

  routes.get(own, async (c) => {
    const maySay = c.var.comes || c.var.organiser !== undefined;
    return maySay ? showOwn(c) : c.redirect(`/s/${c.var.summit.slug}/plan/interest/matrix`, 303);
  });

  routes.post(own, comersOnly, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const topics = await openTopics(services.db, summit.id);
    const said = readInterests(typed, topics);
    if (!said.ok) return showOwn(c, { typed, problems: said.error });
    const kept = await inTransaction(services.db, (tx) =>
      setInterests(tx, webActor(c), selfIn(summit.id, signedIn), said.value),
    );
    if (!kept.ok) return showOwn(c, { typed, problems: [kept.error] });
    const number = Number(typedText(typed, 'topic'));
    const isOfTopic = topics.some((topic) => topic.number === number);
    const plan = `/s/${summit.slug}/plan`;
    return seeOther(
      c,
      isOfTopic ? `${plan}/topics/${number}` : `${plan}/interest`,
      kept.value.changed > 0 ? 'Saved. Everybody who takes part sees it.' : 'Nothing had changed.',
    );
  });

  routes.get(`${own}/matrix`, async (c) => {
    const { summit, services } = c.var;
    const { communities } = summit.definition;
    const asked = matrixQuery.parse(c.req.query());
    const view: MatrixView = {
      ...asked,
      community: communities.find(({ key }) => key === asked.community)?.key,
    };
    const matrix = interestMatrix(await interestFacts(services.db, summit.id), view);
    const plan = `/s/${summit.slug}/plan`;
    return showPlanPage(
      c,
      { title: 'Who wants what', lede: 'What people want of the topics, for those who take part.' },
      <>
        <p>
          <a href={`${plan}/interest`}>Say what you want</a>
        </p>
        <MatrixPage plan={plan} matrix={matrix} view={view} communities={communities} />
      </>,
    );
  });

  routes.get(`${own}.csv`, async (c) => {
    const { summit, services } = c.var;
    const { topics, people, said } = await interestFacts(services.db, summit.id);
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const titles = new Map(topics.map(({ number, title }) => [number, title]));
    const rows = said.flatMap(({ number, personId, level, why }) => {
      const [title, name] = [titles.get(number), names.get(personId)];
      return title === undefined || name === undefined ? [] : [[number, title, name, level, why]];
    });
    return answerCsv(
      c,
      `${summit.slug}-interest.csv`,
      ['topic', 'title', 'person', 'interest', 'why'],
      rows,
    );
  });

  return routes;
}

/** The form of all topics: as it was typed, as it stands, or with what was said of tracks filled in. */
async function showOwn(
  c: InterestContext,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const { db } = services;
  const self = selfIn(summit.id, signedIn);
  const [topics, said, tracks] = await Promise.all([
    openTopics(db, summit.id),
    ownInterest(db, self),
    ownTracks(db, self),
  ]);
  const start = startFromTracks(topics, summit.definition.planning_meetings.tracks, tracks);
  const fresh = new Map([...start].filter(([number]) => !said.has(number)));
  const isStarted = refused === undefined && c.req.query('start') === 'tracks' && fresh.size > 0;
  return showPlanPage(
    c,
    {
      title: 'What I want',
      lede: 'Which topics you would lead, work on, or learn from.',
      status: refused === undefined ? 200 : 422,
    },
    <OwnInterestPage
      plan={`/s/${summit.slug}/plan`}
      topics={topics}
      typed={(number) =>
        refused === undefined
          ? (said.get(number) ?? (isStarted ? fresh.get(number) : undefined) ?? NOTHING)
          : {
              level: typedText(refused.typed, levelField(number)),
              why: typedText(refused.typed, whyField(number)),
            }
      }
      problems={refused?.problems}
      fromTracks={fresh.size}
      isStarted={isStarted}
    />,
  );
}

const NOTHING = { level: '', why: '' };
