import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { DEFAULT_GIT_LIMITS, type GitLimits, MEGABYTE } from './platform/git/limits.ts';
import type { GithubAccess } from './platform/github/access.ts';

/** How this process was asked to run, by its environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The public address, without a slash at its end. */
  readonly url: string;
  readonly dataDir: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** The address of the person who administers the installation; without one, a first start loads the demo. */
  readonly administrator: string | undefined;
  readonly secret: string | undefined;
  /** What a monitor shows to read `/metrics`; without one only this machine may. */
  readonly metricsToken: string | undefined;
  /** What this installation takes and gives over Git. */
  readonly gitLimits: GitLimits;
  /** How many may follow what is now, in one process. */
  readonly liveListeners: number;
  /** As large as a receipt may be, in bytes. */
  readonly largestReceipt: number;
  /** How far what people type as an address may lead: the public internet, or our own network too. */
  readonly fetchReach: 'public' | 'anywhere';
  /** Signing in with GitHub. */
  readonly github: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** Keeping plans in step with repositories on GitHub. */
  readonly githubAccess: GithubAccess | undefined;
  readonly oidc:
    | {
        readonly name: string;
        readonly discoveryUrl: string;
        readonly issuer: string;
        readonly clientId: string;
        readonly clientSecret: string;
      }
    | undefined;
}

const text = z
  .string()
  .optional()
  .transform((value) => (value?.trim() === '' ? undefined : value?.trim()));

const webAddress = (what: string) =>
  text.refine(
    (value) => value === undefined || /^https?:\/\/[^/\s]+/.test(value),
    `${what} is a web address such as https://summit.example.org`,
  );

/** A whole number within bounds, where another one would not work. */
const wholeNumber = (name: string, least: number, most: number, example: number) =>
  text.refine(
    (value) =>
      value === undefined ||
      (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most),
    `${name} is a whole number from ${least} to ${most}, such as ${example}`,
  );

const environment = z
  .object({
    PORT: text
      .refine(
        (value) => value === undefined || (/^\d+$/.test(value) && Number(value) <= 65_535),
        'PORT is a number from 0 to 65535, such as 8023',
      )
      .transform((value) => Number(value ?? 8023)),
    HOST: text.transform((value) => value ?? '127.0.0.1'),
    CAIRN_URL: webAddress('CAIRN_URL').transform((value) => value?.replace(/\/+$/, '')),
    CAIRN_DATA: text,
    CAIRN_SECRET: text.refine(
      (value) => value === undefined || value.length >= 32,
      'CAIRN_SECRET needs at least 32 characters; write what “openssl rand -hex 32” prints',
    ),
    CAIRN_METRICS_TOKEN: text.refine(
      (value) => value === undefined || /^[\w-]{16,}$/.test(value),
      'CAIRN_METRICS_TOKEN is at least 16 letters, digits, - and _; write what “openssl rand -hex 32” prints',
    ),
    CAIRN_FETCH_PRIVATE: text.refine(
      (value) => value === undefined || value === 'allow',
      'CAIRN_FETCH_PRIVATE is allow, or not set',
    ),
    CAIRN_GIT_LARGEST_PUSH: wholeNumber('CAIRN_GIT_LARGEST_PUSH', 1, 2000, 50),
    CAIRN_GIT_LARGEST_FILE: wholeNumber('CAIRN_GIT_LARGEST_FILE', 1, 2000, 10),
    CAIRN_GIT_PROCESSES: wholeNumber('CAIRN_GIT_PROCESSES', 1, 1000, 16),
    CAIRN_LIVE_LISTENERS: wholeNumber('CAIRN_LIVE_LISTENERS', 1, 100_000, 6000),
    CAIRN_LARGEST_RECEIPT: wholeNumber('CAIRN_LARGEST_RECEIPT', 1, 100, 15),
    DATABASE_URL: text.refine(
      (value) => value === undefined || /^postgres(ql)?:\/\//.test(value),
      'DATABASE_URL begins with postgresql://',
    ),
    SMTP_URL: text.refine(
      (value) => value === undefined || /^smtps?:\/\//.test(value),
      'SMTP_URL begins with smtp:// or smtps://',
    ),
    CAIRN_MAIL_FROM: text,
    CAIRN_ADMIN: text.refine(
      (value) => value === undefined || /^[^@\s]+@[^@\s]+$/.test(value),
      'CAIRN_ADMIN is the mail address of the administrator',
    ),
    GITHUB_CLIENT_ID: text,
    GITHUB_CLIENT_SECRET: text,
    GITHUB_APP_ID: text.refine(
      (value) => value === undefined || /^\w+$/.test(value),
      'GITHUB_APP_ID is the number of the App, or its client id, from its page on GitHub',
    ),
    GITHUB_APP_PRIVATE_KEY: text
      // Where a variable can hold no line ends, they are written as \n.
      .transform((value) => value?.replaceAll('\\n', '\n'))
      .refine(
        (value) => value === undefined || /^-----BEGIN [A-Z ]*PRIVATE KEY-----\n/.test(value),
        'GITHUB_APP_PRIVATE_KEY is the content of the key file from the App’s page, from “-----BEGIN” on',
      ),
    GITHUB_TOKEN: text,
    GITHUB_WEBHOOK_SECRET: text.refine(
      (value) => value === undefined || value.length >= 16,
      'GITHUB_WEBHOOK_SECRET needs at least 16 characters; write what “openssl rand -hex 32” prints, here and at GitHub',
    ),
    GITHUB_API_URL: webAddress('GITHUB_API_URL').transform((value) => value?.replace(/\/+$/, '')),
    OIDC_NAME: text,
    OIDC_DISCOVERY_URL: webAddress('OIDC_DISCOVERY_URL'),
    OIDC_ISSUER_URL: webAddress('OIDC_ISSUER_URL'),
    OIDC_CLIENT_ID: text,
    OIDC_CLIENT_SECRET: text,
  })
  .superRefine((env, context) => {
    const together = (names: readonly (keyof typeof env)[]): void => {
      const missing = names.filter((name) => env[name] === undefined);
      if (missing.length === 0 || missing.length === names.length) return;
      for (const name of missing) {
        const others = names.filter((other) => other !== name).join(', ');
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `${name} is missing; set it together with ${others}, or none of them`,
        });
      }
    };
    together(['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET']);
    together(['GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY']);
    if (env.GITHUB_APP_ID !== undefined && env.GITHUB_TOKEN !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['GITHUB_TOKEN'],
        message: 'GITHUB_TOKEN is set beside GITHUB_APP_ID; keep one of them, the App if you can',
      });
    }
    // The issuer is asked for besides the discovery address: a provider that names another is refused.
    together(['OIDC_DISCOVERY_URL', 'OIDC_ISSUER_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']);
  });

/** Reads the environment; every variable that is wrong is told, each with what to write instead. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): Result<Config, Problem[]> {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    return fail(
      parsed.error.issues.map(({ path, message }) =>
        problem('bad-environment', `${message}.`, { path: path.join('.') }),
      ),
    );
  }
  const { data } = parsed;
  const url = data.CAIRN_URL ?? `http://${hostInUrl(data.HOST)}:${data.PORT}`;
  return ok({
    port: data.PORT,
    host: data.HOST,
    url,
    dataDir: data.CAIRN_DATA,
    databaseUrl: data.DATABASE_URL,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.CAIRN_MAIL_FROM ?? `Cairn <cairn@${new URL(url).hostname}>`,
    administrator: data.CAIRN_ADMIN,
    secret: data.CAIRN_SECRET,
    metricsToken: data.CAIRN_METRICS_TOKEN,
    gitLimits: gitLimitsOf(data),
    liveListeners: Number(data.CAIRN_LIVE_LISTENERS ?? 6000),
    largestReceipt: Number(data.CAIRN_LARGEST_RECEIPT ?? 15) * MEGABYTE,
    fetchReach: data.CAIRN_FETCH_PRIVATE === 'allow' ? 'anywhere' : 'public',
    github:
      data.GITHUB_CLIENT_ID !== undefined && data.GITHUB_CLIENT_SECRET !== undefined
        ? { clientId: data.GITHUB_CLIENT_ID, clientSecret: data.GITHUB_CLIENT_SECRET }
        : undefined,
    githubAccess: githubAccessIn(data),
    oidc:
      data.OIDC_DISCOVERY_URL !== undefined &&
      data.OIDC_ISSUER_URL !== undefined &&
      data.OIDC_CLIENT_ID !== undefined &&
      data.OIDC_CLIENT_SECRET !== undefined
        ? {
            name: data.OIDC_NAME ?? 'single sign-on',
            discoveryUrl: data.OIDC_DISCOVERY_URL,
            issuer: data.OIDC_ISSUER_URL,
            clientId: data.OIDC_CLIENT_ID,
            clientSecret: data.OIDC_CLIENT_SECRET,
          }
        : undefined,
  });
}

/** How GitHub is reached; not at all where neither an App nor a token is set. */
function githubAccessIn(data: z.output<typeof environment>): GithubAccess | undefined {
  const { GITHUB_APP_ID: appId, GITHUB_APP_PRIVATE_KEY: privateKey, GITHUB_TOKEN: token } = data;
  const shared = {
    apiUrl: data.GITHUB_API_URL ?? 'https://api.github.com',
    webhookSecret: data.GITHUB_WEBHOOK_SECRET,
  };
  if (appId !== undefined && privateKey !== undefined) {
    return { ...shared, identity: { kind: 'app', appId, privateKey } };
  }
  return token === undefined ? undefined : { ...shared, identity: { kind: 'token', token } };
}

const gitLimitsOf = (env: {
  readonly CAIRN_GIT_LARGEST_PUSH?: string | undefined;
  readonly CAIRN_GIT_LARGEST_FILE?: string | undefined;
  readonly CAIRN_GIT_PROCESSES?: string | undefined;
}): GitLimits => {
  const usual = DEFAULT_GIT_LIMITS;
  const megabytes = (value: string | undefined, otherwise: number): number =>
    value === undefined ? otherwise : Number(value) * MEGABYTE;
  return {
    ...usual,
    processes: Number(env.CAIRN_GIT_PROCESSES ?? usual.processes),
    largestPush: megabytes(env.CAIRN_GIT_LARGEST_PUSH, usual.largestPush),
    largestFile: megabytes(env.CAIRN_GIT_LARGEST_FILE, usual.largestFile),
  };
};

/**
 * The host under which a browser on this machine reaches the server. Passkeys need a name, so the
 * loopback addresses are called localhost.
 */
function hostInUrl(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
