import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import type { GithubRefusal } from './answer.ts';

/** What lets Cairn act as somebody on GitHub. */
export interface UserToken {
  readonly access: string;
  /** For a new one when this ends; undefined for one that does not end. */
  readonly refresh: string | undefined;
  /** Seconds from when it was given. */
  readonly endsIn: number | undefined;
}

export interface UserTokensOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people sign in: `https://github.com`, or that of an Enterprise server. */
  readonly site: string;
  readonly fetch?: typeof globalThis.fetch;
}

const answerSchema = z.union([
  z.object({
    access_token: z.string().min(1),
    refresh_token: z.string().optional(),
    expires_in: z.number().optional(),
  }),
  z.object({ error: z.string(), error_description: z.string().default('') }),
]);

const TIMEOUT_MILLISECONDS = 15_000;

/**
 * Asks people for their leave to write on GitHub as them (docs.github.com, “Authorizing OAuth apps”, the
 * web application flow with PKCE). An App of GitHub says by its own settings what it may do and gives tokens
 * that end; an OAuth App is asked for `public_repo` and gives one that does not.
 */
export class UserTokens {
  readonly #options: UserTokensOptions;

  constructor(options: UserTokensOptions) {
    this.#options = options;
  }

  /** Where to send somebody. `state` comes back with them; `challenge` is the SHA-256 of what is shown later. */
  address(back: string, state: string, challenge: string): string {
    const url = new URL('/login/oauth/authorize', this.#options.site);
    for (const [name, value] of Object.entries({
      client_id: this.#options.clientId,
      redirect_uri: back,
      scope: 'public_repo',
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })) {
      url.searchParams.set(name, value);
    }
    return url.href;
  }

  /** The token for what somebody came back with. */
  exchange(
    code: string,
    back: string,
    verifier: string,
  ): Promise<Result<UserToken, GithubRefusal>> {
    return this.#ask({ code, redirect_uri: back, code_verifier: verifier });
  }

  /** A new token for one that ended. */
  refresh(refresh: string): Promise<Result<UserToken, GithubRefusal>> {
    return this.#ask({ grant_type: 'refresh_token', refresh_token: refresh });
  }

  async #ask(fields: Readonly<Record<string, string>>): Promise<Result<UserToken, GithubRefusal>> {
    const { clientId, clientSecret, site, fetch = globalThis.fetch } = this.#options;
    let body: unknown;
    try {
      const response = await fetch(new URL('/login/oauth/access_token', site), {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        headers: { accept: 'application/json' },
        body: new URLSearchParams({
          client_id: clientId,
          client_secret: clientSecret,
          ...fields,
        }),
      });
      body = await response.json();
    } catch (error) {
      return fail({ kind: 'unreachable', said: String(error), mayBeDone: true });
    }
    const read = answerSchema.safeParse(body);
    if (!read.success) {
      return fail({ kind: 'unreachable', said: 'an answer that is no token', mayBeDone: true });
    }
    if ('error' in read.data) {
      const { error, error_description } = read.data;
      return fail({ kind: 'unauthorised', status: 200, said: `${error}: ${error_description}` });
    }
    const { access_token, refresh_token, expires_in } = read.data;
    return ok({ access: access_token, refresh: refresh_token, endsIn: expires_in });
  }
}
