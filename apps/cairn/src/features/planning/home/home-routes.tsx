import { Hono } from 'hono';
import type { ComponentChildren } from 'preact';
import type { AppContext } from '../../../platform/http/env.ts';
import { selfIn } from '../../people/rights.ts';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanEnv, planReaders, withPlan } from '../access.ts';
import { activityOf } from '../activity/activity-queries.ts';
import { ActivityList } from '../activity/activity-views.tsx';
import { showPlanPage } from '../page.tsx';
import { CloneSection } from '../repository/clone-views.tsx';
import { documentsOf } from '../repository/main-queries.ts';
import { handlesOf } from '../threads/handle-queries.ts';
import { frozenPlans } from '../workplan/workplan-queries.ts';
import { awaitingOf, planCounts } from './awaiting-queries.ts';
import {
  AwaitingList,
  Begin,
  Counts,
  HowToTakePart,
  PublicTopics,
  WhatItIs,
} from './home-views.tsx';

type HomeContext = AppContext<PlanEnv['Variables']>;

/** Loads a part that another idea of the plan shows on its first page; undefined when it has nothing to say. */
export type LoadPlanSection = (c: HomeContext) => Promise<ComponentChildren | undefined>;

/** How much of what happened last is shown. */
const LATEST = 10;

/** `/s/<summit>/plan`: what the plan is and where it stands. The public sees the part about documents. */
export function planHomeRoutes(sections: readonly LoadPlanSection[] = []): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const address = '/s/:summit/plan';
  const open = new Hono<PlanEnv>();
  open.get(address, withSummit, withPlan, planReaders, async (c) => {
    const { takesPart, organiser } = c.var;
    return takesPart || organiser !== undefined ? showToMember(c, sections) : showToPublic(c);
  });
  routes.route('/', open);
  return routes;
}

async function showToPublic(c: HomeContext): Promise<Response> {
  const { summit, services } = c.var;
  const home = `/s/${summit.slug}`;
  const [topics, [frozen]] = await Promise.all([
    documentsOf(services.db, summit.id, 'topic'),
    frozenPlans(services.db, summit.id),
  ]);
  return showPlanPage(
    c,
    { title: 'Plan', lede: 'What is being prepared for the summit, in the open.', isPublic: true },
    <>
      <WhatItIs home={home} />
      <PublicTopics
        home={home}
        topics={topics.filter(({ front }) => !Object.hasOwn(Object(front), 'duplicate-of'))}
        frozen={frozen?.tag}
      />
      <CloneSection {...cloneOf(c, undefined)} />
    </>,
  );
}

async function showToMember(
  c: HomeContext,
  sections: readonly LoadPlanSection[],
): Promise<Response> {
  const { summit, services, comes, organiser, visitor } = c.var;
  const { db } = services;
  const home = `/s/${summit.slug}`;
  const zone = readerZone(c, summit);
  const { signedIn } = visitor;
  const mayWrite = comes || organiser !== undefined;
  const [counts, awaiting, latest, handles, loaded] = await Promise.all([
    planCounts(db, summit.id),
    signedIn === undefined ? [] : awaitingOf(db, selfIn(summit.id, signedIn)),
    activityOf(db, summit.id, { limit: LATEST }),
    signedIn === undefined ? new Map<string, string>() : handlesOf(db, [signedIn.personId]),
    Promise.all(sections.map((load) => load(c))),
  ]);
  const handle = handles.get(signedIn?.personId ?? '') ?? 'your-name';
  return showPlanPage(
    c,
    { title: 'Plan', lede: 'What the summit will work on, and what came of it.' },
    <>
      {mayWrite && <Begin home={home} />}
      {awaiting.length > 0 && (
        <section aria-labelledby="awaits">
          <h2 id="awaits">What awaits you</h2>
          <AwaitingList home={home} awaiting={awaiting} />
        </section>
      )}
      <Counts home={home} counts={counts} zone={zone} />
      {loaded}
      <section aria-labelledby="latest">
        <h2 id="latest">What happened last</h2>
        <ActivityList items={latest} home={home} zone={zone}>
          Nothing has happened yet.
        </ActivityList>
        <p>
          <a href={`${home}/plan/activity`}>All that happened</a>
        </p>
      </section>
      <HowToTakePart home={home} />
      <CloneSection {...cloneOf(c, mayWrite ? handle : undefined)} />
    </>,
  );
}

const cloneOf = (c: HomeContext, handle: string | undefined) => {
  const { summit, services, plan } = c.var;
  return {
    url: `${services.url}/s/${summit.slug}/plan.git`,
    isPublic: plan.readers === 'everyone' && summit.state !== 'draft',
    handle,
    folder: summit.slug,
  };
};
