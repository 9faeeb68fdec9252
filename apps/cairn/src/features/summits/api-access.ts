import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import type { ApiContext } from '../../platform/http/api-caller.ts';
import { type Refusal, refused } from '../../platform/http/api-problem.ts';
import { nothingHere } from '../../platform/http/api-request.ts';
import type { SignedIn } from '../../platform/http/env.ts';
import { isComing, takesPartIn } from '../people/invitations/participation-queries.ts';
import {
  type Organiser,
  organiserOf,
  type Self,
  selfIn,
  type Treasurer,
  treasurerOf,
} from '../people/rights.ts';
import { type Summit, summitBySlug } from './queries.ts';

/** A summit that a caller may know of, and what they are to it. */
export interface SeenSummit {
  readonly summit: Summit;
  readonly organiser: Organiser | undefined;
  readonly takesPart: boolean;
}

/** The summit at an address. A draft exists only for those who take part in it. */
export async function seenSummit(
  c: ApiContext,
  slug: string,
): Promise<Result<SeenSummit, Refusal>> {
  const { services, caller } = c.var;
  const summit = await summitBySlug(services.db, slug);
  if (summit === undefined) return refused(404, nothingHere());
  const seen = await partIn(c, summit);
  const isHidden = summit.state === 'draft' && seen.organiser === undefined && !seen.takesPart;
  return isHidden || (caller === undefined && summit.state === 'draft')
    ? refused(404, nothingHere())
    : ok(seen);
}

/** What the caller is to a summit. */
export async function partIn(c: ApiContext, summit: Summit): Promise<SeenSummit> {
  const { db } = c.var.services;
  const who = c.var.caller?.who;
  const organiser = await organiserOf(db, summit.id, who);
  const takesPart = who?.personId !== undefined && (await takesPartIn(db, summit.id, who.personId));
  return { summit, organiser, takesPart };
}

/** A summit that the caller organises. */
export async function organisedSummit(
  c: ApiContext,
  slug: string,
): Promise<Result<{ readonly summit: Summit; readonly organiser: Organiser }, Refusal>> {
  const seen = await seenSummit(c, slug);
  if (!seen.ok) return seen;
  const { summit, organiser } = seen.value;
  if (organiser !== undefined) return ok({ summit, organiser });
  const sentence = 'Only the organisers of this summit may do this.';
  return refused(403, problem('not-organiser', sentence));
}

/** A summit of which the caller looks after the money. */
export async function treasuredSummit(
  c: ApiContext,
  slug: string,
): Promise<
  Result<
    { readonly summit: Summit; readonly treasurer: Treasurer; readonly signedIn: SignedIn },
    Refusal
  >
> {
  const seen = await seenSummit(c, slug);
  if (!seen.ok) return seen;
  const { summit } = seen.value;
  const signedIn = somebody(c);
  if (!signedIn.ok) return signedIn;
  const treasurer = await treasurerOf(c.var.services.db, summit.id, signedIn.value);
  if (treasurer !== undefined) return ok({ summit, treasurer, signedIn: signedIn.value });
  return refused(403, problem('not-treasurer', 'Only the treasurers of this summit may do this.'));
}

/** A summit in which the caller takes part, as a person. */
export async function ownSummit(
  c: ApiContext,
  slug: string,
): Promise<
  Result<{ readonly summit: Summit; readonly self: Self; readonly signedIn: SignedIn }, Refusal>
> {
  const seen = await seenSummit(c, slug);
  if (!seen.ok) return seen;
  const { summit, organiser, takesPart } = seen.value;
  const signedIn = somebody(c);
  if (!signedIn.ok) return signedIn;
  if (!takesPart && organiser === undefined) {
    return refused(403, problem('no-part', 'You have no part in this summit.'));
  }
  return ok({ summit, self: selfIn(summit.id, signedIn.value), signedIn: signedIn.value });
}

/** The same, for what those who come write for each other; organisers too. */
export async function comersSummit(c: ApiContext, slug: string): ReturnType<typeof ownSummit> {
  const own = await ownSummit(c, slug);
  if (!own.ok) return own;
  const { summit, signedIn } = own.value;
  const { db } = c.var.services;
  const mayRead =
    (await isComing(db, summit.id, signedIn.personId)) ||
    (await organiserOf(db, summit.id, signedIn)) !== undefined;
  return mayRead
    ? own
    : refused(403, problem('does-not-come', 'This is for those who come to this summit.'));
}

/** The person whose token it is; the operator of the machine is none. */
export function somebody(c: ApiContext): Result<SignedIn, Refusal> {
  const who = c.var.caller?.who;
  if (who?.personId !== undefined) return ok(who);
  const sentence = 'Only a person can do this; use a token of yours (CAIRN_TOKEN).';
  return refused(403, problem('needs-a-person', sentence));
}
