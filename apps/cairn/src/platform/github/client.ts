import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';
import { type GithubAnswer, type GithubRefusal, refusalOf, saidIn } from './answer.ts';
import { limitedUntil, rateIn } from './limits.ts';
import { linksIn, pageIn } from './links.ts';
import { Tokens } from './tokens.ts';

/** What is asked of GitHub. */
export interface GithubCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's address and filled in: `/repos/ada/plan/issues`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: object;
  /** Of what we have: the answer is then `unchanged` where it is still that, and costs nothing. */
  readonly etag?: string | undefined;
  /** A person's own token, to act as them; otherwise the App or the token of this installation acts. */
  readonly token?: string;
}

/** An account on GitHub: by its number, or by its name where only that is known. */
export interface OwnAccount {
  readonly id: number | undefined;
  readonly login: string;
}

const ownSchema = z.object({
  id: z.number(),
  slug: z.string().optional(),
  login: z.string().optional(),
});

export interface GithubOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. GitHub's limits and tokens run by the real clock, also in a demonstration. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** The pause after something was changed, before the next thing is: GitHub asks for a second. */
  readonly writePause?: number;
}

/** The version of the API that answers are read as. */
const API_VERSION = '2022-11-28';
const TIMEOUT_MILLISECONDS = 20_000;
const TRIES = 3;
const FIRST_PAUSE = 500;
const MOST_REDIRECTS = 3;

/**
 * GitHub's REST API as this installation may use it. One thing is asked at a time, as GitHub wishes; what
 * only reads is tried again where nothing came back; a limit is never waited for here but said, so that
 * a job can be put off until then, and nothing is asked before.
 *
 *     const answer = await github.ask({ path: '/repos/ada/plan/issues', query: { state: 'all' } });
 */
export class GithubClient {
  readonly apiUrl: string;
  readonly webhookSecret: string | undefined;
  /** Whether an App asks, which knows what GitHub sent it; somebody's token does not. */
  readonly isApp: boolean;
  readonly #fetch: typeof globalThis.fetch;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #writePause: number;
  readonly #tokens: Tokens;
  readonly #limited = new Map<string, number>();
  #ownAccount: OwnAccount | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #wroteAt = Number.NEGATIVE_INFINITY;

  constructor(
    { apiUrl, identity, webhookSecret }: GithubAccess,
    {
      fetch = globalThis.fetch,
      now = Date.now,
      sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      writePause = 1000,
    }: GithubOptions = {},
  ) {
    this.apiUrl = apiUrl;
    this.webhookSecret = webhookSecret;
    this.isApp = identity.kind === 'app';
    this.#fetch = fetch;
    this.#now = now;
    this.#sleep = sleep;
    this.#writePause = writePause;
    this.#tokens = new Tokens(
      identity,
      (method, path, authorization) => this.#withRetries({ method, path }, authorization),
      now,
    );
  }

  /** Asks, and says what came back or why it was not done. Never throws for what GitHub does. */
  ask(call: GithubCall): Promise<Result<GithubAnswer, GithubRefusal>> {
    const answer = this.#turn.then(() => this.#asked(call));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** The account under which Cairn itself writes there; undefined until `learnOwnAccount` has found it. */
  get ownAccount(): OwnAccount | undefined {
    return this.#ownAccount;
  }

  /** Asks once under which account Cairn itself writes. Where GitHub does not say it, it is asked again next time. */
  async learnOwnAccount(): Promise<void> {
    if (this.#ownAccount !== undefined) return;
    const answer = await this.ask({ path: this.isApp ? '/app' : '/user' });
    const read = ownSchema.safeParse(answer.ok ? answer.value.data : undefined);
    if (!read.success) return;
    // What an App writes, GitHub shows under an account of its name.
    const { slug, login, id } = read.data;
    if (this.isApp && slug !== undefined)
      this.#ownAccount = { login: `${slug}[bot]`, id: undefined };
    if (!this.isApp && login !== undefined) this.#ownAccount = { login, id };
  }

  /** What to show Git at GitHub's own door as a password, for fetching and pushing a repository. */
  async gitPassword(repository: string): Promise<Result<string, GithubRefusal>> {
    const given = await this.#tokens.authorizationFor(repository);
    return given.ok ? ok(given.value.replace(/^Bearer /, '')) : given;
  }

  async #asked(call: GithubCall): Promise<Result<GithubAnswer, GithubRefusal>> {
    const repository = /^\/repos\/([^/]+\/[^/?]+)/.exec(call.path)?.[1];
    const given =
      call.token === undefined
        ? await this.#tokens.authorizationFor(repository)
        : ok(`Bearer ${call.token}`);
    if (!given.ok) return given;
    const isWrite = (call.method ?? 'GET') !== 'GET';
    if (isWrite) {
      const pause = this.#wroteAt + this.#writePause - this.#now();
      if (pause > 0) await this.#sleep(pause);
    }
    const answer = await this.#withRetries(call, given.value);
    if (isWrite) this.#wroteAt = this.#now();
    const isStale = !answer.ok && answer.error.kind === 'unauthorised' && call.token === undefined;
    if (!isStale || repository === undefined) return answer;
    // An installation's token ends early where its App was installed anew: once more, with a new one.
    this.#tokens.forget(repository);
    const again = await this.#tokens.authorizationFor(repository);
    return again.ok && again.value !== given.value ? this.#withRetries(call, again.value) : answer;
  }

  async #withRetries(
    call: GithubCall,
    authorization: string,
  ): Promise<Result<GithubAnswer, GithubRefusal>> {
    const until = this.#limited.get(authorization) ?? 0;
    if (until > this.#now()) return fail({ kind: 'limited', until });
    const tries = (call.method ?? 'GET') === 'GET' ? TRIES : 1;
    for (let number = 1; ; number += 1) {
      const answer = await this.#once(call, authorization);
      const isWorthAnother = !answer.ok && answer.error.kind === 'unreachable';
      if (!isWorthAnother || number >= tries) return answer;
      await this.#sleep(FIRST_PAUSE * 2 ** (number - 1));
    }
  }

  async #once(
    call: GithubCall,
    authorization: string,
  ): Promise<Result<GithubAnswer, GithubRefusal>> {
    let response: Response;
    let text: string;
    try {
      response = await this.#followed(call, authorization);
      text = await response.text();
    } catch (error) {
      return fail({ kind: 'unreachable', said: causeOf(error), mayBeDone: true });
    }
    const body = parsed(text);
    if (body === UNREADABLE && response.ok) {
      return fail({ kind: 'unreachable', said: 'an answer that is no JSON', mayBeDone: true });
    }
    const now = this.#now();
    const until = limitedUntil(response.status, response.headers, saidIn(body), now);
    if (until !== undefined) {
      this.#limited.set(authorization, until);
      return fail({ kind: 'limited', until });
    }
    const unchanged = response.status === 304;
    if (!response.ok && !unchanged) return fail(refusalOf(response.status, body));
    const links = linksIn(response.headers.get('link'));
    const date = Date.parse(response.headers.get('date') ?? '');
    return ok({
      status: response.status,
      data: body === UNREADABLE ? undefined : body,
      unchanged,
      etag: response.headers.get('etag') ?? undefined,
      nextPage: pageIn(links, 'next'),
      lastPage: pageIn(links, 'last'),
      rate: rateIn(response.headers),
      at: Number.isNaN(date) ? now : date,
    });
  }

  /**
   * A repository that was renamed answers with its new place. Followed here, so that what is sent is sent
   * there as it is, and nobody else is shown our token.
   */
  async #followed(call: GithubCall, authorization: string): Promise<Response> {
    const { method = 'GET', path, query = {}, body, etag } = call;
    const url = new URL(this.apiUrl + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    let target = url.href;
    for (let hop = 0; ; hop += 1) {
      const response = await this.#fetch(target, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        headers: {
          accept: 'application/vnd.github+json',
          'x-github-api-version': API_VERSION,
          'user-agent': 'cairn',
          authorization,
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const location = response.headers.get('location');
      if (![301, 302, 307, 308].includes(response.status) || location === null) return response;
      const next = new URL(location, target);
      if (next.origin !== url.origin || hop >= MOST_REDIRECTS) return response;
      await response.arrayBuffer();
      target = next.href;
    }
  }
}

const UNREADABLE = Symbol('no JSON');

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

/** `fetch` says only that it failed; why is in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause === '' ? error.message : `${error.message}: ${cause}`;
}
