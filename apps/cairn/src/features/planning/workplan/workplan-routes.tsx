import type { Problem } from '@cairn/kernel/problem';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { organisersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { renderPlanText } from '../documents/text-rules.ts';
import { showPlanPage } from '../page.tsx';
import { freezeWorkPlan, pointTags, setLoadLimit } from './freeze-commands.ts';
import { FreezePage, LoadForm } from './freeze-views.tsx';
import { changesSince, workPlanNow } from './workplan-page-queries.ts';
import { frozenPlans, loadLimit, namesByHandle, tagOf } from './workplan-queries.ts';
import { daysToFreeze, freezeDay } from './workplan-rules.ts';
import { WorkPlanPage } from './workplan-views.tsx';

type WorkPlanContext = AppContext<PlanMemberEnv['Variables']>;

const count = z
  .string()
  .trim()
  .regex(/^(?:[1-9]|[1-4]\d|50)$/, 'write a whole number from 1 to 50')
  .transform(Number);
const loadForm = z.object({ most_topics: count, most_led: count });

/** `/s/<summit>/plan/work-plan`: for those who take part; freezing it is the organisers'. */
export function workPlanRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/work-plan';
  for (const path of [address, `${address}/*`]) {
    routes.use(path, withSummit, participantsOnly, withPlan);
  }
  for (const path of [`${address}/freeze`, `${address}/load`]) routes.use(path, organisersOnly);

  routes.get(address, (c) => showWorkPlan(c));

  routes.post(`${address}/load`, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const form = loadForm.safeParse(typed);
    if (!form.success || organiser === undefined) {
      return showWorkPlan(c, {
        mostTopics: typedText(typed, 'most_topics'),
        mostLed: typedText(typed, 'most_led'),
        problems: form.success ? [] : formProblems(form.error),
      });
    }
    const { most_topics: mostTopics, most_led: mostLed } = form.data;
    await inTransaction(services.db, (tx) =>
      setLoadLimit(tx, webActor(c), organiser, { mostTopics, mostLed }),
    );
    return seeOther(c, `/s/${c.var.summit.slug}/plan/work-plan`, 'Saved.');
  });

  routes.get(`${address}/freeze`, (c) => showFreeze(c, ''));

  routes.post(`${address}/freeze`, async (c) => {
    const { summit, services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const name = typedText(typed, 'name');
    if (organiser === undefined) return c.notFound();
    const frozen = await inTransaction(services.db, (tx) =>
      freezeWorkPlan(tx, services, webActor(c), organiser, { name }),
    );
    if (!frozen.ok) return showFreeze(c, name, [frozen.error]);
    // At once, so that whoever fetches now has it; the consumer of the event makes sure.
    await services.db.transaction().execute((tx) => pointTags(tx, services, summit.id));
    return seeOther(
      c,
      `/s/${summit.slug}/plan/work-plan`,
      `Frozen as ${frozen.value.tag}. The PDF shows it from now on.`,
    );
  });

  return routes;
}

async function showWorkPlan(
  c: WorkPlanContext,
  refused?: {
    readonly mostTopics: string;
    readonly mostLed: string;
    readonly problems: readonly Problem[];
  },
): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const { db, clock } = services;
  const home = `/s/${summit.slug}`;
  const today = dateIn(clock.now(), expectZone(summit.definition.zone));
  const frozen = await frozenPlans(db, summit.id);
  const names = await namesByHandle(db, summit.id, false);
  const limit = await loadLimit(db, summit.id);
  return showPlanPage(
    c,
    {
      title: 'Work plan',
      lede: 'What we do together, who leads it, and how one can tell that it is done.',
      status: refused === undefined ? 200 : 422,
    },
    <>
      <WorkPlanPage
        home={home}
        zone={readerZone(c, summit)}
        work={await workPlanNow(db, summit.id)}
        nameOf={(handle) => names.get(handle.toLowerCase()) ?? `@${handle}`}
        html={({ path }, text) =>
          renderPlanText(text, { base: `${home}/plan`, path, shiftHeadings: 3 })
        }
        freezeOn={freezeDay(summit.definition)}
        daysLeft={daysToFreeze(summit.definition, today)}
        frozen={frozen}
        changes={await changesSince(services, summit.id, frozen[0])}
        mayFreeze={organiser !== undefined}
      />
      {organiser !== undefined && (
        <LoadForm
          home={home}
          mostTopics={refused?.mostTopics ?? String(limit?.mostTopics ?? '')}
          mostLed={refused?.mostLed ?? String(limit?.mostLed ?? '')}
          problems={refused?.problems}
        />
      )}
    </>,
  );
}

async function showFreeze(
  c: WorkPlanContext,
  name: string,
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, services } = c.var;
  const [latest] = await frozenPlans(services.db, summit.id);
  return showPlanPage(
    c,
    { title: 'Freeze the work plan', status: problems === undefined ? 200 : 422 },
    <FreezePage
      home={`/s/${summit.slug}`}
      work={await workPlanNow(services.db, summit.id)}
      tag={tagOf((latest?.version ?? 0) + 1)}
      name={name}
      problems={problems}
    />,
  );
}
