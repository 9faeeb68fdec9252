import { ok, type Result } from '@cairn/kernel/result';
import type { ApiContext } from '../../../platform/http/api-caller.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { type Organiser, organiserOf, type Self } from '../../people/rights.ts';
import { comersSummit, ownSummit } from '../../summits/api-access.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Plan, planOf } from '../repository/main-queries.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { type Proposal, proposalOf } from './proposal-queries.ts';

/** Whoever works on proposals by the API, and the plan. */
export interface ApiMember {
  readonly summit: Summit;
  readonly plan: Plan;
  readonly self: Self;
  readonly organiser: Organiser | undefined;
}

/** A plan that the caller reads, or also writes in. */
export async function planFor(
  c: ApiContext,
  slug: string,
  forWriters = false,
): Promise<Result<ApiMember, Refusal>> {
  const own = await (forWriters ? comersSummit : ownSummit)(c, slug);
  if (!own.ok) return own;
  const { summit, self, signedIn } = own.value;
  const { db } = c.var.services;
  const plan = await planOf(db, summit.id);
  if (plan === undefined) return refused(404, noPlan());
  return ok({ summit, plan, self, organiser: await organiserOf(db, summit.id, signedIn) });
}

/** The same with one proposal of it. */
export async function proposalFor(
  c: ApiContext,
  { slug, number }: { readonly slug: string; readonly number: number },
  forWriters = false,
): Promise<Result<ApiMember & { readonly proposal: Proposal }, Refusal>> {
  const found = await planFor(c, slug, forWriters);
  if (!found.ok) return found;
  const place = { summitId: found.value.summit.id, number };
  const proposal = await proposalOf(c.var.services.db, place);
  return proposal === undefined ? refused(404, nothingHere()) : ok({ ...found.value, proposal });
}
