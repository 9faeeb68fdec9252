import type { ZoneName } from '@cairn/kernel/time';
import type { Context } from 'hono';
import type { Seal } from '../auth/keys.ts';
import type { Clock } from '../clock/clock.ts';
import type { Actor } from '../db/command.ts';
import type { Db } from '../db/database.ts';
import type { GitStore } from '../git/store.ts';
import type { GithubClient } from '../github/client.ts';
import type { UserTokens } from '../github/user-tokens.ts';
import type { Broadcasts } from '../live/broadcast.ts';
import type { Live } from '../live/live.ts';
import type { FetchOutside } from './fetch-outside.ts';

/** Somebody who has signed in. */
export interface SignedIn {
  readonly personId: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  /** The sign-in library's session, and how it came about: `code`, `link`, `passkey`, `github` ... */
  readonly sessionId: string;
  readonly signInMethod: string;
}

/**
 * Whoever may read this machine's data directory, and so administers the installation: the command
 * line beside the server. No person, so nothing that a person says can be said by them.
 */
export interface LocalOperator {
  readonly personId: undefined;
  readonly isAdministrator: true;
}

/** Who is reading this page, and in which zone they read their times. */
export interface Visitor {
  readonly signedIn: SignedIn | undefined;
  /** Their own zone when they have said or their browser has; the page then falls back to the summit's. */
  readonly zone: ZoneName | undefined;
  /** What to tell them once, after the redirect that brought them here. */
  readonly notice: string | undefined;
}

/** Signs people in whose mailbox was proved by other means than a sign-in mail. */
export interface Sessions {
  /**
   * Begins a session for the person who owns this address and returns the cookies to set.
   * `method` says how they were recognised, and stays with the session.
   */
  start(
    person: { readonly address: string; readonly name: string },
    method: string,
    headers: Headers,
  ): Promise<readonly string[]>;
}

/** What every handler may reach; made once per process (or per test). */
export interface Services {
  readonly db: Db;
  readonly clock: Clock;
  readonly sessions: Sessions;
  /** The planning repositories. */
  readonly git: GitStore;
  /** GitHub, where this installation has an App or a token there. */
  readonly github: GithubClient | undefined;
  /** How people let Cairn write on GitHub as them, where this installation is registered there. */
  readonly userTokens: UserTokens | undefined;
  /** For what is kept of theirs to do so. */
  readonly seal: Seal;
  /** What goes on at this moment, in all processes. */
  readonly live: Live;
  /** The same news for everybody who listens. */
  readonly broadcasts: Broadcasts;
  /** The public address, without a slash at its end; links in mails start with it. */
  readonly url: string;
  /** True where the demo's clock and its banner are in force. */
  readonly isDemo: boolean;
  /** True where mails go out; otherwise they are kept and shown to the organiser. */
  readonly mailGoesOut: boolean;
  /** Whom mails come from, and replies to calendar invitations go to: an address, or `A name <address>`. */
  readonly mailFrom: string;
  /** Reads from an address that somebody typed, within what this installation allows. */
  readonly fetchOutside: FetchOutside;
  /** As large as a receipt may be, in bytes. */
  readonly largestReceipt: number;
}

export interface AppEnv {
  Variables: { services: Services; visitor: Visitor; requestId: string };
}

/**
 * What functions outside a handler take of the handler's context. Hono's own type is invariant in
 * its variables, so a handler that knows more could not call one that needs less.
 */
export type AppContext<Variables = AppEnv['Variables']> = Pick<
  Context,
  'env' | 'req' | 'html' | 'redirect' | 'header' | 'text' | 'json' | 'body' | 'notFound'
> & { readonly var: Readonly<Variables> };

/** The actor of a change made through the web by whoever is signed in, or by nobody yet known. */
export function webActor(c: AppContext): Actor {
  const { services, visitor } = c.var;
  return { personId: visitor.signedIn?.personId, door: 'web', now: services.clock.now() };
}
