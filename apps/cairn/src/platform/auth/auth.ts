import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import type { Tx } from '../db/database.ts';
import { keyedHash } from './keys.ts';
import { type AuthConfig, FRESH_SIGN_IN, openLibrary } from './library.ts';
import { createLimits, type Limits } from './limits.ts';
import * as passkeys from './passkeys.ts';
import { openProviders, type Provider, type Providers } from './providers.ts';
import * as sessions from './sessions.ts';
import * as tickets from './tickets.ts';

/** The account that a started session belongs to. */
export interface StartedSession extends tickets.SignedInNow {
  readonly sessionId: string;
}

/**
 * Signing in: what the sign-in library does for Cairn, in Cairn's words. Every function that starts
 * or prolongs a session returns `Set-Cookie` headers for its caller to send.
 */
export interface Auth {
  readonly providers: readonly Provider[];
  /** False where browsers refuse passkeys: at an IP address, or without https. */
  readonly passkeysWork: boolean;
  readonly limits: Limits;
  /** A keyed hash of an address: equal for equal addresses, and telling nothing else. */
  readonly addressHash: (email: string) => string;

  visitor(headers: Headers): Promise<sessions.AuthVisitor | undefined>;
  /** Whether a sign-in is recent enough to change how one signs in. */
  isFresh(visitor: Pick<sessions.AuthVisitor, 'since'>): boolean;

  issueTicket(email: string): Promise<tickets.Ticket>;
  readLink(token: string): Promise<string | undefined>;
  useLink(token: string, headers: Headers): Promise<Result<tickets.SignedInNow, Problem>>;
  useCode(
    typed: { readonly email: string; readonly code: string },
    headers: Headers,
  ): Promise<Result<tickets.SignedInNow, Problem>>;
  /** The address of a page that signs in once, within 24 hours unless said otherwise; for the console. */
  createSignInLink(email: string, lifetime?: Temporal.Duration): Promise<string>;
  /**
   * Starts a session for somebody whose mailbox is proven by other means.
   *
   *     const { setCookies } = await auth.startSession({ email, name, method: 'invitation', headers });
   */
  startSession(start: {
    readonly email: string;
    readonly name: string;
    readonly method: string;
    readonly headers: Headers;
  }): Promise<StartedSession>;
  signOut(headers: Headers): Promise<readonly string[]>;

  sessionsOf(authUserId: string): Promise<sessions.OpenSession[]>;
  endSessions(
    tx: Tx,
    authUserId: string,
    which: { readonly only: string } | { readonly allBut: string },
  ): Promise<number>;

  askToSignIn(headers: Headers): Promise<passkeys.Question>;
  signInByPasskey(answer: unknown, headers: Headers): Promise<Result<tickets.SignedInNow, Problem>>;
  askToAdd(headers: Headers): Promise<Result<passkeys.Question, Problem>>;
  addPasskey(
    passkey: { readonly name: string; readonly answer: unknown },
    headers: Headers,
  ): Promise<Result<void, Problem>>;
  passkeysOf(authUserId: string): Promise<passkeys.Passkey[]>;
  removePasskey(tx: Tx, authUserId: string, id: string): Promise<boolean>;

  /** Where to send a browser that wants to sign in at a provider and come back to `to`. */
  readonly providerAddress: Providers['address'];
  /** Answers a provider that sends a browser back, by a redirect to `to` or to the sign-in page. */
  readonly comeBack: Providers['comeBack'];
}

/** Opens signing in on a database. Nothing is read or fetched before the first use. */
export function createAuth(config: AuthConfig): Auth {
  const { db, url, secret } = config;
  const library = openLibrary({ ...config, oidc: undefined });
  const providers = openProviders(config, library);
  return {
    providers: providers.list,
    passkeysWork: passkeys.passkeysWorkAt(url),
    limits: createLimits(db),
    addressHash: lowerCased(keyedHash(secret, 'sign-in address')),

    visitor: (headers) => sessions.visitorOf(library, headers),
    isFresh: ({ since }) =>
      Temporal.Instant.compare(since.add(FRESH_SIGN_IN), Temporal.Now.instant()) > 0,

    issueTicket: (email) => tickets.issueTicket(library, db, email),
    readLink: (token) => tickets.readLink(db, token),
    useLink: (token, headers) => tickets.useLink(library, db, token, headers),
    useCode: (typed, headers) => tickets.useCode(library, db, typed, headers),
    createSignInLink: async (email, lifetime = Temporal.Duration.from({ hours: 24 })) =>
      `${url}/sign-in/link/${await tickets.issueLongLink(library, db, email, lifetime)}`,
    startSession: async ({ headers, ...body }) => {
      const { headers: answered, response } = await library.api.startSession({
        body,
        headers,
        returnHeaders: true,
      });
      return { ...response, setCookies: answered.getSetCookie() };
    },
    signOut: (headers) => sessions.signOut(library, headers),

    sessionsOf: (authUserId) => sessions.sessionsOf(db, authUserId),
    endSessions: sessions.endSessions,

    askToSignIn: (headers) => passkeys.askToSignIn(library, headers),
    signInByPasskey: (answer, headers) => passkeys.signInByPasskey(library, answer, headers),
    askToAdd: (headers) => passkeys.askToAdd(library, headers),
    addPasskey: (passkey, headers) => passkeys.addPasskey(library, passkey, headers),
    passkeysOf: (authUserId) => passkeys.passkeysOf(db, authUserId),
    removePasskey: passkeys.removePasskey,

    providerAddress: providers.address,
    comeBack: providers.comeBack,
  };
}

const lowerCased =
  (hash: (text: string) => string) =>
  (email: string): string =>
    hash(email.toLowerCase());
