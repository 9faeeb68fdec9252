import { type Problem, problem } from '@cairn/kernel/problem';

/** What somebody asks of the repository with Git, and all that decides about it. */
export interface GitAsk {
  readonly service: 'read' | 'write';
  /** The summit's state and who reads its plan; undefined where there is no such summit. */
  readonly summit:
    | {
        readonly state: 'draft' | 'announced' | 'archived';
        readonly readers: 'everyone' | 'participants';
      }
    | undefined;
  /** Who asks; undefined for somebody who shows no token. */
  readonly caller:
    | {
        readonly mayRead: boolean;
        readonly mayWrite: boolean;
        readonly takesPart: boolean;
        readonly comes: boolean;
        readonly organises: boolean;
      }
    | undefined;
  /** Where tokens are made. */
  readonly tokensUrl: string;
}

/** With which HTTP status an ask is refused, and in which words. */
export interface GitRefusal {
  readonly status: 401 | 403 | 404;
  readonly problem: Problem;
}

/**
 * Whether somebody may read or push with Git; undefined where they may. Whoever shows nothing is asked
 * for a token before they learn whether there is a summit at all.
 */
export function gitRefusal(ask: GitAsk): GitRefusal | undefined {
  const { service, summit, caller, tokensUrl } = ask;
  const isPublic = summit?.readers === 'everyone' && summit.state !== 'draft';
  if (service === 'read' && isPublic) return undefined;
  if (caller === undefined) {
    const scope = service === 'read' ? 'read:plan' : 'write:plan';
    const sentence = `Give any name, and as the password a token with ${scope}; you make one at ${tokensUrl}`;
    return { status: 401, problem: problem('token-wanted', sentence) };
  }
  const isOfIt = caller.takesPart || caller.organises;
  if (summit === undefined || (summit.state === 'draft' && !isOfIt)) {
    const sentence = 'There is no plan at this address, or it is not yours to see.';
    return { status: 404, problem: problem('no-such-plan', sentence) };
  }
  if (service === 'read') {
    if (!caller.mayRead) return scopeMissing('read:plan', 'read plans', tokensUrl);
    return isOfIt
      ? undefined
      : refused('readers-only', 'This plan is read by those who take part in its summit only.');
  }
  if (!caller.mayWrite) return scopeMissing('write:plan', 'push to plans', tokensUrl);
  if (!caller.comes && !caller.organises) {
    return caller.takesPart
      ? refused(
          'comers-only',
          'Those who come to the summit push to its plan; accept your invitation first, or ask an organiser.',
        )
      : refused('comers-only', 'Only those who come to the summit push to its plan.');
  }
  if (summit.state === 'archived') {
    return refused(
      'summit-archived',
      'This summit is archived, so its plan stays as it is; ask an organiser to reopen it.',
    );
  }
  return undefined;
}

const refused = (code: string, sentence: string): GitRefusal => ({
  status: 403,
  problem: problem(code, sentence),
});

const scopeMissing = (scope: string, deed: string, tokensUrl: string): GitRefusal =>
  refused('scope-missing', `This token may not ${deed}; make one with ${scope} at ${tokensUrl}`);
