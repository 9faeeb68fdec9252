import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { describeLabel } from './label-commands.ts';
import { labelsIn } from './label-queries.ts';
import { LabelListPage } from './labels-page-views.tsx';
import { labelMeaningForm } from './thread-schema.ts';

/** `/s/<summit>/plan/labels`: the labels of a plan, and what they mean, which organisers say. */
export function labelRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/labels';
  routes.use(address, withSummit, participantsOnly, withPlan);
  routes.get(address, (c) => show(c));
  routes.post(address, async (c) => {
    const { organiser, services, summit } = c.var;
    if (organiser === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const form = labelMeaningForm.safeParse(typed);
    if (!form.success) return show(c, typed, formProblems(form.error));
    const said = await inTransaction(services.db, (tx) =>
      describeLabel(tx, webActor(c), organiser, form.data),
    );
    if (!said.ok) return show(c, typed, [said.error]);
    return seeOther(c, `/s/${summit.slug}/plan/labels`, 'It is kept.');
  });
  return routes;
}

async function show(
  c: AppContext<PlanMemberEnv['Variables']>,
  typed: Typed = {},
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { organiser, services, summit } = c.var;
  const known = await labelsIn(services.db, summit.id);
  const asked = c.req.query('label');
  const chosen = known.find(({ label }) => label === asked);
  return showPlanPage(
    c,
    {
      title: 'Labels',
      lede: 'What topics, issues and proposals are marked with.',
      status: problems.length > 0 ? 422 : 200,
    },
    <LabelListPage
      home={`/s/${summit.slug}`}
      known={known}
      maySay={organiser !== undefined}
      typed={
        problems.length > 0
          ? {
              label: typedText(typed, 'label'),
              meaning: typedText(typed, 'meaning'),
              about: typedText(typed, 'about'),
            }
          : {
              label: chosen?.label ?? '',
              meaning: chosen?.meaning ?? 'plain',
              about: chosen?.about ?? '',
            }
      }
      problems={problems}
    />,
  );
}
