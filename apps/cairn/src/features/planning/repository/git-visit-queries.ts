import type { Problem } from '@cairn/kernel/problem';
import { allows } from '../../../platform/http/api-caller.ts';
import type { Services } from '../../../platform/http/env.ts';
import { findCallers } from '../../people/accounts/token-queries.ts';
import { isComing, takesPartIn } from '../../people/invitations/participation-queries.ts';
import { organiserOf } from '../../people/rights.ts';
import { summitBySlug } from '../../summits/queries.ts';
import { planOf } from './main-queries.ts';

/** Who comes with Git, and to what. */
export interface GitVisit {
  readonly summit:
    | {
        readonly id: string;
        readonly slug: string;
        readonly state: 'draft' | 'announced' | 'archived';
        readonly readers: 'everyone' | 'participants';
      }
    | undefined;
  readonly caller:
    | {
        readonly personId: string;
        readonly mayRead: boolean;
        readonly mayWrite: boolean;
        readonly takesPart: boolean;
        readonly comes: boolean;
        readonly organises: boolean;
      }
    | undefined;
  /** Why the token that was shown opens nothing. */
  readonly wrongToken: Problem | undefined;
  /** What a caller's requests are counted under. */
  readonly countedAs: string | undefined;
}

/** Looks who shows what, and which plan they mean. */
export async function visitOf(
  services: Services,
  slug: string,
  authorization: string | undefined,
): Promise<GitVisit> {
  const { db } = services;
  const found = await summitBySlug(db, slug);
  const summit = found && {
    id: found.id,
    slug: found.slug,
    state: found.state,
    readers: (await planOf(db, found.id))?.readers ?? 'participants',
  };
  const nobody = { summit, caller: undefined, wrongToken: undefined, countedAs: undefined };
  const token = tokenIn(authorization);
  if (token === undefined) return nobody;
  const known = await findCallers(services)(token);
  if (!known.ok) return { ...nobody, wrongToken: known.error };
  const { who, countedAs } = known.value;
  if (who.personId === undefined) return nobody;
  const { personId } = who;
  const caller = {
    personId,
    mayRead: allows(known.value, 'read:plan'),
    mayWrite: allows(known.value, 'write:plan'),
    takesPart: summit !== undefined && (await takesPartIn(db, summit.id, personId)),
    comes: summit !== undefined && (await isComing(db, summit.id, personId)),
    organises: summit !== undefined && (await organiserOf(db, summit.id, who)) !== undefined,
  };
  return { summit, caller, wrongToken: undefined, countedAs };
}

/**
 * The token of a request: the password of HTTP Basic under any name, the name where no password was
 * typed, or a bearer token. Undefined where nothing was shown.
 */
function tokenIn(authorization: string | undefined): string | undefined {
  const [, scheme = '', shown = ''] = /^(\w+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return shown;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const words = Buffer.from(shown, 'base64').toString('utf8');
  const colon = words.indexOf(':');
  if (colon < 0) return words;
  const password = words.slice(colon + 1);
  return password === '' ? words.slice(0, colon) : password;
}
