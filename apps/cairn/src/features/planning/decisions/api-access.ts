import { ok, type Result } from '@cairn/kernel/result';
import { z } from '@hono/zod-openapi';
import type { ApiContext } from '../../../platform/http/api-caller.ts';
import type { Refusal } from '../../../platform/http/api-problem.ts';
import { organiserOf } from '../../people/rights.ts';
import { comersSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import type { Summit } from '../../summits/queries.ts';
import type { Member } from '../threads/member-rights.ts';
import { LONGEST_REASON } from './objection-commands.ts';

/** The number of a decision. */
export const decisionParams = slugParam.extend({
  number: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .openapi({ param: { name: 'number', in: 'path' }, description: 'The decision’s number.' }),
});
/** The same, and which objection to it. */
export const objectionParams = decisionParams.extend({
  objection: z.uuid().openapi({ param: { name: 'objection', in: 'path' } }),
});

/** A reason or an answer in a body. */
export const reasonText = (path: string) =>
  z.string().max(LONGEST_REASON, `shorten the ${path} to 10,000 characters`);

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
