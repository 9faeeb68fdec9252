import { fail, ok, type Result } from '@cairn/kernel/result';
import githubAppJwt from 'universal-github-app-jwt';
import { z } from 'zod';
import type { GithubIdentity } from './access.ts';
import type { GithubAnswer, GithubRefusal } from './answer.ts';

/** Asks GitHub for something with what is to be shown as `authorization`. */
type Ask = (
  method: 'GET' | 'POST',
  path: string,
  authorization: string,
) => Promise<Result<GithubAnswer, GithubRefusal>>;

/** A token is not used in its last minutes: what is asked with it has to arrive before its end. */
const SPARE_MILLISECONDS = 5 * 60 * 1000;

const installationSchema = z.object({ id: z.number() });
const tokenSchema = z.object({ token: z.string(), expires_at: z.string() });

/**
 * Gives what to show GitHub when asking of a repository. A token is shown as it is; an App asks for a
 * token of its installation there, which lasts an hour and is kept meanwhile.
 */
export class Tokens {
  readonly #identity: GithubIdentity;
  readonly #ask: Ask;
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly token: string; readonly until: number }>();

  constructor(identity: GithubIdentity, ask: Ask, now: () => number) {
    this.#identity = identity;
    this.#ask = ask;
    this.#now = now;
  }

  /** For one repository, `owner/name`; for the App itself where there is none. */
  async authorizationFor(repository: string | undefined): Promise<Result<string, GithubRefusal>> {
    const identity = this.#identity;
    if (identity.kind === 'token') return ok(`Bearer ${identity.token}`);
    const kept = repository === undefined ? undefined : this.#kept.get(repository.toLowerCase());
    if (kept !== undefined && kept.until - SPARE_MILLISECONDS > this.#now()) {
      return ok(`Bearer ${kept.token}`);
    }
    let jwt: string;
    try {
      const { token } = await githubAppJwt({
        id: identity.appId,
        privateKey: identity.privateKey,
        now: Math.floor(this.#now() / 1000),
      });
      jwt = `Bearer ${token}`;
    } catch (error) {
      const said = `the private key of the App cannot be used: ${String(error)}`;
      return fail({ kind: 'unauthorised', status: 0, said });
    }
    return repository === undefined ? ok(jwt) : this.#installationToken(repository, jwt);
  }

  /** Forgets what is kept for a repository: GitHub did not take it. */
  forget(repository: string): void {
    this.#kept.delete(repository.toLowerCase());
  }

  async #installationToken(
    repository: string,
    jwt: string,
  ): Promise<Result<string, GithubRefusal>> {
    const found = await this.#ask('GET', `/repos/${repository}/installation`, jwt);
    if (!found.ok) return found;
    const installation = installationSchema.safeParse(found.value.data);
    if (!installation.success) return fail(unreadable('installation'));
    const path = `/app/installations/${installation.data.id}/access_tokens`;
    const given = await this.#ask('POST', path, jwt);
    if (!given.ok) return given;
    const token = tokenSchema.safeParse(given.value.data);
    if (!token.success) return fail(unreadable('token'));
    const until = Date.parse(token.data.expires_at);
    this.#kept.set(repository.toLowerCase(), { token: token.data.token, until });
    return ok(`Bearer ${token.data.token}`);
  }
}

const unreadable = (what: string): GithubRefusal => ({
  kind: 'unreachable',
  said: `an answer about the ${what} that is not as GitHub describes it`,
  mayBeDone: false,
});
