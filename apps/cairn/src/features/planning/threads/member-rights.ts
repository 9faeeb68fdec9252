import type { AppContext } from '../../../platform/http/env.ts';
import { type Organiser, type Self, selfIn } from '../../people/rights.ts';
import type { ParticipantEnv } from '../../summits/access.ts';

/** Somebody who takes part in the discussions of a plan, and whether they organise its summit. */
export interface Member {
  readonly self: Self;
  readonly organiser: Organiser | undefined;
}

/** Whoever asks for a page, after `participantsOnly`. */
export const memberOf = (c: AppContext<ParticipantEnv['Variables']>): Member => ({
  self: selfIn(c.var.summit.id, c.var.signedIn),
  organiser: c.var.organiser,
});
