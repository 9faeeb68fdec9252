import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { Context } from 'hono';
import type { Actor } from '../db/command.ts';
import type { Scope } from './api-scope.ts';
import type { AppContext, LocalOperator, Services, SignedIn } from './env.ts';

/** Whoever shows a token to the API. */
export interface Caller {
  /** The token's owner; or the operator of this machine, who is no person. */
  readonly who: SignedIn | LocalOperator;
  /** What the token allows; the operator may do everything. */
  readonly scopes: ReadonlySet<Scope> | 'all';
  /** What their requests are counted under; undefined where they are not counted. */
  readonly countedAs: string | undefined;
}

/** Finds the owner of a token, or says what is wrong with it. */
export type FindCaller = (token: string) => Promise<Result<Caller, Problem>>;

/** What a handler of the API finds. */
export interface ApiEnv {
  Variables: {
    services: Services;
    requestId: string;
    /** Undefined where everybody may ask and this one showed no token that allows more. */
    caller: Caller | undefined;
  };
}

export type ApiContext = AppContext<ApiEnv['Variables']> & Pick<Context, 'res'>;

/** Whether a caller's token allows something. */
export const allows = ({ scopes }: Caller, scope: Scope): boolean =>
  scopes === 'all' || scopes.has(scope);

/** The actor of a change made through the API; the operator comes in by the command line. */
export function apiActor(c: ApiContext): Actor {
  const { services, caller } = c.var;
  const personId = caller?.who.personId;
  return { personId, door: personId === undefined ? 'cli' : 'api', now: services.clock.now() };
}
