import { parseDate } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../platform/db/command.ts';
import { webActor } from '../../platform/http/env.ts';
import { parseForm } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../summits/access.ts';
import { summitDays } from '../summits/facts.ts';
import { showPage } from '../summits/page.tsx';
import type { SummitDefinition } from '../summits/schema.ts';
import { tickStep } from './plan-commands.ts';
import { planFacts } from './plan-queries.ts';
import { ifDatesMove, type PlanFacts, phasePlan } from './plan-rules.ts';
import { PlanPage, type WhatIfProps } from './plan-views.tsx';

const tickForm = z.object({
  phase: z.string(),
  step: z.string(),
  done: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
});

function whatIfOf(
  definition: SummitDefinition,
  facts: PlanFacts,
  typed: string | undefined,
): WhatIfProps {
  if (typed === undefined || typed === '') {
    return { start: definition.dates.start, problems: [], moved: undefined };
  }
  const start = parseDate(typed);
  if (!start.ok) {
    const problems = [{ ...start.error, place: { path: 'start' } }];
    return { start: typed, problems, moved: undefined };
  }
  return { start: typed, problems: [], moved: ifDatesMove(definition, start.value, facts) };
}

/** `/s/<summit>/organise/plan`: what is due when, what is late, and what if the dates move. */
export function planRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/plan';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const { definition } = summit;
    const facts = await planFacts(services.db, summit, services.clock.now());
    const home = `/s/${summit.slug}/organise`;
    const whatIf = whatIfOf(definition, facts, c.req.query('start'));
    return showPage(
      c,
      {
        title: 'Phase plan',
        status: whatIf.problems.length > 0 ? 422 : 200,
        lede: 'What is due when, counted backwards from the summit. Tick what is done.',
      },
      <PlanPage
        plan={phasePlan(definition, facts)}
        days={summitDays(definition)}
        today={facts.today}
        href={`${home}/plan`}
        definitionHref={`${home}/definition`}
        whatIf={whatIf}
      />,
    );
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, tickForm);
    const href = `/s/${summit.slug}/organise/plan`;
    if (!form.ok) return seeOther(c, href, 'That was no step of the plan; try again.');
    const ticked = await inTransaction(services.db, (tx) =>
      tickStep(tx, webActor(c), organiser, form.value),
    );
    if (!ticked.ok) return seeOther(c, href, ticked.error.sentence);
    return seeOther(c, href, form.value.done ? 'Ticked as done.' : 'The tick is gone.');
  });

  return routes;
}
