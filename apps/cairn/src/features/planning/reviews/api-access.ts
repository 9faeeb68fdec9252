import { ok, type Result } from '@cairn/kernel/result';
import type { z } from '@hono/zod-openapi';
import type { ApiContext } from '../../../platform/http/api-caller.ts';
import { type Refusal, refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import type { Self } from '../../people/rights.ts';
import type { ownSummit } from '../../summits/api-access.ts';
import type { proposalParams } from '../proposals/proposal-api-schema.ts';
import { type ReviewedProposal, reviewedProposal } from './reviewed-queries.ts';

type Found = { readonly proposal: ReviewedProposal; readonly self: Self };

/** The proposal of the address, for those who take part, or for those who come. */
export async function proposalFor(
  c: ApiContext,
  { slug, number }: z.infer<typeof proposalParams>,
  whose: typeof ownSummit,
): Promise<Result<Found, Refusal>> {
  const own = await whose(c, slug);
  if (!own.ok) return own;
  const { summit, self } = own.value;
  const proposal = await reviewedProposal(c.var.services.db, { summitId: summit.id, number });
  return proposal === undefined ? refused(404, nothingHere()) : ok({ proposal, self });
}
