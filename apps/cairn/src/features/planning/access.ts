import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { h } from 'preact';
import type { ParticipantEnv, SummitEnv } from '../summits/access.ts';
import { showPage } from '../summits/page.tsx';
import { type Plan, planOf } from './repository/main-queries.ts';

/** What a handler under `/s/:summit/plan` finds besides. */
export interface PlanEnv extends SummitEnv {
  Variables: SummitEnv['Variables'] & { plan: Plan };
}

/** The same where somebody has signed in and takes part: whoever reads and writes in discussions. */
export interface PlanMemberEnv extends ParticipantEnv {
  Variables: ParticipantEnv['Variables'] & PlanEnv['Variables'];
}

/** A summit has no plan in its first moments: a job makes it. */
const NOT_YET = { title: 'Plan' };
const BE_PATIENT =
  'The planning repository of this summit is being made. Open this page again in a minute.';

/**
 * Loads the plan of the summit. After `withSummit`; discussions, reviews and interest are for those
 * who take part (`participantsOnly` before it), and changed by those who come (`comersOnly`).
 */
export const withPlan: MiddlewareHandler<PlanEnv> = createMiddleware(async (c, next) => {
  const plan = await planOf(c.var.services.db, c.var.summit.id);
  if (plan === undefined)
    return c.req.method === 'GET' ? showPage(c, NOT_YET, h('p', {}, BE_PATIENT)) : c.notFound();
  c.set('plan', plan);
  await next();
  return undefined;
});

/** Lets in who may read the plan's documents: everyone, or those who take part. After `withPlan`. */
export const planReaders: MiddlewareHandler<PlanEnv> = createMiddleware(async (c, next) => {
  const { plan, takesPart, organiser, visitor } = c.var;
  if (plan.readers === 'participants' && !takesPart && organiser === undefined) {
    return visitor.signedIn === undefined
      ? c.redirect(`/sign-in?to=${encodeURIComponent(c.req.path)}`, 303)
      : c.notFound();
  }
  await next();
  return undefined;
});
