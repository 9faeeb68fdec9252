import { ok, type Result } from '@cairn/kernel/result';
import type { ApiContext } from '../../../platform/http/api-caller.ts';
import type { Refusal } from '../../../platform/http/api-problem.ts';
import { organiserOf } from '../../people/rights.ts';
import { comersSummit } from '../../summits/api-access.ts';
import type { Summit } from '../../summits/queries.ts';
import type { Member } from './member-rights.ts';

/** A summit to which the caller comes, as whoever discusses its plan. */
export async function memberSummit(
  c: ApiContext,
  slug: string,
): Promise<Result<{ readonly summit: Summit; readonly member: Member }, Refusal>> {
  const own = await comersSummit(c, slug);
  if (!own.ok) return own;
  const { summit, self, signedIn } = own.value;
  const organiser = await organiserOf(c.var.services.db, summit.id, signedIn);
  return ok({ summit, member: { self, organiser } });
}
