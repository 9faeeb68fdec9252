import { passkey } from '@better-auth/passkey';
import { Temporal } from '@cairn/kernel/time';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { emailOTP, genericOAuth, magicLink } from 'better-auth/plugins';
import type { KyselyPlugin } from 'kysely';
import type { Db } from '../db/database.ts';
import { hashSecret } from '../http/secret.ts';
import { keyedHash } from './keys.ts';
import type { KnownPeople } from './people.ts';
import { startSessionPlugin } from './start-session.ts';

/** A place elsewhere that vouches for people. */
export interface OidcConfig {
  /** What its button says after “Sign in with”. */
  readonly name: string;
  readonly discoveryUrl: string;
  /** The issuer that its tokens must name. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AuthConfig {
  readonly db: Db;
  /** The public address, without a slash at its end. */
  readonly url: string;
  readonly secret: string;
  readonly people: KnownPeople;
  readonly github?: { readonly clientId: string; readonly clientSecret: string } | undefined;
  readonly oidc?: OidcConfig | undefined;
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** How long a mailed link or code can be used. */
const MAIL_LIFETIME = Temporal.Duration.from({ minutes: 15 });
/** How often a code may be mistyped; then a new mail is needed. */
const CODE_TRIES = 5;
/** Adding a passkey asks for a sign-in no older than this. */
export const FRESH_SIGN_IN = Temporal.Duration.from({ hours: 1 });
/** Under this path providers send people back; the address registered with GitHub ends with it. */
export const PROVIDER_PATH = '/sign-in/with';

/** The library compares moments with its own Dates. */
const instantsAsDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    for (const row of result.rows) {
      for (const [column, value] of Object.entries(row)) {
        if (value instanceof Temporal.Instant) row[column] = new Date(value.epochMilliseconds);
      }
    }
    return result;
  },
};

/** What is stored of a link's token. 190 random bits need no key. */
export const storedLink = (token: string): string =>
  `link-${Buffer.from(hashSecret(token)).toString('base64url')}`;

/** Takes the token out of the library, which would rather send it than return it. */
export interface LinkSink {
  token?: string;
}

/** The sign-in library as Cairn sets it up. Its own pages and its client are not used. */
export function openLibrary(config: AuthConfig) {
  const { db, url, secret, people } = config;
  const codeHash = keyedHash(secret, 'sign-in code');
  return betterAuth({
    appName: 'Cairn',
    baseURL: url,
    basePath: PROVIDER_PATH,
    secret,
    database: { db: db.withPlugin(instantsAsDates), type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    // Cairn counts tries itself, for every door and over all processes.
    rateLimit: { enabled: false },
    logger: { level: 'error' },
    trustedOrigins: [url],
    onAPIError: { errorURL: `${url}${PROVIDER_PATH}/refused` },
    advanced: {
      cookiePrefix: 'cairn',
      useSecureCookies: url.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { disableIpTracking: true },
    },
    user: {
      modelName: 'authUser',
      validateUserInfo: async ({ user, source }) => {
        // Somebody who has been here before is judged when their session is made.
        if (source.oauth === undefined || source.action === 'sign-in') return undefined;
        const { email, emailVerified } = user;
        const githubLogin = loginOf(source.oauth);
        const handled = await people.accountOf({ email: undefined, githubLogin });
        const isKnown = emailVerified === true || handled?.byHandle === true;
        if (email === undefined || !isKnown) return { error: 'email_not_verified' };
        const identity = { email, githubLogin };
        return (await people.mayEnter(identity)) ? undefined : { error: 'not_invited' };
      },
    },
    session: {
      modelName: 'authSession',
      expiresIn: 30 * DAY,
      updateAge: DAY,
      freshAge: FRESH_SIGN_IN.total('seconds'),
      additionalFields: { method: { type: 'string', required: true, input: false } },
    },
    account: {
      modelName: 'authAccount',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, requireLocalEmailVerified: true },
    },
    verification: { modelName: 'authVerification' },
    databaseHooks: {
      account: {
        create: {
          // Cairn asks a provider one question, who this is, and keeps no key to anything else.
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null, scope: null },
          }),
        },
      },
      session: {
        create: {
          before: async (session, ctx) => {
            const user = await db
              .selectFrom('authUser')
              .select(['id', 'email', 'emailVerified'])
              .where('id', '=', session.userId)
              .executeTakeFirst();
            const isAdmitted =
              user !== undefined &&
              (await people.admit({
                authUserId: user.id,
                email: user.email,
                isProven: user.emailVerified,
              }));
            if (!isAdmitted) throw new APIError('FORBIDDEN', { code: 'not_invited' });
            const method =
              typeof session['method'] === 'string'
                ? session['method']
                : methodOf(ctx?.path, ctx?.params);
            return { data: { ...session, method } };
          },
        },
      },
    },
    socialProviders:
      config.github === undefined
        ? {}
        : {
            github: {
              ...config.github,
              mapProfileToUser: (profile) =>
                ownAccount(people, {
                  email: profile.email ?? undefined,
                  githubLogin: profile.login,
                }),
            },
          },
    plugins: [
      magicLink({
        expiresIn: MAIL_LIFETIME.total('seconds'),
        storeToken: { type: 'custom-hasher', hash: async (token) => storedLink(token) },
        sendMagicLink: ({ token, metadata }) => {
          const sink: LinkSink = metadata?.['sink'];
          sink.token = token;
        },
      }),
      emailOTP({
        otpLength: 6,
        expiresIn: MAIL_LIFETIME.total('seconds'),
        allowedAttempts: CODE_TRIES,
        storeOTP: { hash: async (code) => codeHash(code) },
        // Cairn takes each code from createVerificationOTP and mails it itself.
        sendVerificationOTP: async () => {
          throw new Error('codes are mailed by Cairn, not by the library');
        },
      }),
      passkey({
        rpName: 'Cairn',
        rpID: new URL(url).hostname,
        origin: url,
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        // Kysely's camel case reads credential_id as credentialId.
        schema: { passkey: { modelName: 'authPasskey', fields: { credentialID: 'credentialId' } } },
      }),
      genericOAuth({
        config: config.oidc === undefined ? [] : [oidcProvider(config.oidc, people)],
      }),
      startSessionPlugin(),
    ],
  });
}

export type Library = ReturnType<typeof openLibrary>;

const oidcProvider = (oidc: OidcConfig, people: KnownPeople) => ({
  providerId: 'oidc',
  name: oidc.name,
  discoveryUrl: oidc.discoveryUrl,
  clientId: oidc.clientId,
  clientSecret: oidc.clientSecret,
  scopes: ['openid', 'email', 'profile'],
  // Without a verified token the claims would be anybody's.
  requireIdTokenVerification: true,
  mapProfileToUser: (profile: { readonly [claim: string]: unknown }) => {
    const { email } = profile;
    return ownAccount(people, {
      email: typeof email === 'string' ? email : undefined,
      githubLogin: undefined,
    });
  },
});

/**
 * A person may be known by several addresses and a handle, and has one account: the identity that a
 * provider vouches for leads to it. An address that the provider has not verified stays unverified,
 * and so does the account's when the handle leads to it and the provider tells another address.
 */
async function ownAccount(
  people: KnownPeople,
  identity: { readonly email: string | undefined; readonly githubLogin: string | undefined },
): Promise<{ email?: string; emailVerified?: boolean }> {
  const account = await people.accountOf(identity);
  if (account === undefined) return {};
  const isTold = account.email === identity.email?.toLowerCase();
  return account.byHandle && !isTold
    ? { email: account.email, emailVerified: false }
    : { email: account.email };
}

const loginOf = (oauth: {
  readonly providerId: string;
  readonly profile?: Record<string, unknown> | undefined;
}): string | undefined => {
  const login = oauth.providerId === 'github' ? oauth.profile?.['login'] : undefined;
  return typeof login === 'string' ? login : undefined;
};

/** How a session came about, from the library's endpoint that made it. */
function methodOf(
  path: string | undefined,
  params: Readonly<Record<string, string | undefined>> | undefined,
): string {
  switch (path) {
    case '/magic-link/verify':
      return 'link';
    case '/sign-in/email-otp':
      return 'code';
    case '/passkey/verify-authentication':
      return 'passkey';
    case '/callback/:id':
      return params?.['id'] ?? 'provider';
    default:
      throw new Error(`a session was made at ${path}, which Cairn does not know`);
  }
}
