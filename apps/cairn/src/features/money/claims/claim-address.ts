import type { AppContext } from '../../../platform/http/env.ts';
import { type RefusedForm, typedText } from '../../../platform/http/form.ts';
import { type Self, selfIn } from '../../people/rights.ts';
import type { ParticipantEnv } from '../../summits/access.ts';
import { ownClaim } from './claim-queries.ts';
import type { Claim } from './claim-rules.ts';

/** A request of somebody who comes. */
export type Context = AppContext<ParticipantEnv['Variables']>;

/** One’s claims. */
export const CLAIMS = '/s/:summit/money/claims';

/** One of them, by its number. */
export const CLAIM = `${CLAIMS}/:number{[1-9][0-9]{0,8}}`;

/** Who asks. */
export const selfOf = (c: Context): Self => selfIn(c.var.summit.id, c.var.signedIn);

/** The address of the summit. */
export const homeOf = (c: Context): string => `/s/${c.var.summit.slug}`;

/** The address of one’s claims. */
export const baseOf = (c: Context): string => `${homeOf(c)}/money/claims`;

/** The address of one claim. */
export const addressOf = (c: Context, number: number): string => `${baseOf(c)}/${number}`;

/** The number of the claim in the address. */
export const numberOf = (c: Context): number => Number(c.req.param('number') ?? '0');

/** The revision that a form was made from; -1, which none is, where it says none. */
export const revisionIn = (typed: RefusedForm['typed']): number => {
  const text = typedText(typed, 'revision');
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
};

/** One’s own claim at the address. */
export const claimAt = (c: Context): Promise<Claim | undefined> =>
  ownClaim(c.var.services.db, selfOf(c), numberOf(c));
