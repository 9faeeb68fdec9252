import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from '@octokit/webhooks-methods';
import { App } from './app.ts';
import {
  type Json,
  type Operation,
  operationAt,
  type Tree,
  wrongRequest,
  wrongResponse,
} from './contract.ts';
import { type Answer, isTree, missing } from './handler.ts';
import { Limits } from './limits.ts';
import { READING, REPO_READING } from './reading.ts';
import type { Account, Delivery, Repo } from './records.ts';
import { World } from './world.ts';
import { REPO_WRITING } from './writing.ts';

/** What the server is told to do instead of answering the next request. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly message?: string;
    }
  | { readonly kind: 'hang-up' /** Whether it is done all the same. */; readonly done?: boolean };

/**
 * A small GitHub for tests: it remembers, and checks each request and each of its own answers against
 * GitHub's published description (`openapi.json`). What is not as described is in `wrong`, which a
 * test expects to be empty, and is answered with 400.
 */
export class GithubServer {
  readonly world = new World();
  readonly app = new App(this.world);
  readonly limits = new Limits();
  /** What was asked, one line each: `GET /repos/ada/plan/issues?page=2 200`. */
  readonly requests: string[] = [];
  readonly wrong: string[] = [];
  readonly faults: Fault[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.wrong.push(String(error instanceof Error ? error.stack : error));
        if (!response.headersSent) response.writeHead(500).end();
      });
    });
  }

  static async start(): Promise<GithubServer> {
    const github = new GithubServer();
    await new Promise<void>((done) => github.#server.listen(0, '127.0.0.1', done));
    github.world.api = github.url;
    return github;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const method = request.method ?? 'GET';
    const fault = this.faults.shift();
    if (fault?.kind === 'hang-up' && fault.done !== true) {
      this.requests.push(`${method} ${url.pathname}${url.search} -`);
      response.destroy();
      return;
    }
    const token = /^(?:Bearer|token) (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const answer =
      fault?.kind === 'status'
        ? {
            status: fault.status,
            body: { message: fault.message ?? '' },
            ...(fault.headers === undefined ? {} : { headers: fault.headers }),
          }
        : this.#answer(method, url, raw, token);
    if (fault?.kind === 'hang-up') {
      this.requests.push(`${method} ${url.pathname}${url.search} -`);
      response.destroy();
      return;
    }
    this.#send(request, response, url, answer, token);
  }

  #send(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    answer: Answer,
    token: string,
  ): void {
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    const etag = `W/"${createHash('sha1').update(text).digest('hex')}"`;
    const isSame =
      request.method === 'GET' &&
      answer.status === 200 &&
      request.headers['if-none-match'] === etag;
    // What has not changed costs nothing (docs.github.com, “Conditional requests”).
    const isFree = isSame || answer.status === 429 || answer.status === 401;
    if (!isFree) this.limits.take(token, this.world.now);
    const status = isSame ? 304 : answer.status;
    this.requests.push(`${request.method} ${url.pathname}${url.search} ${status}`);
    response.writeHead(status, {
      ...(text === '' || isSame ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...(request.method === 'GET' && answer.status === 200 ? { etag } : {}),
      ...this.limits.headers(token, this.world.now),
      date: new Date(this.world.now).toUTCString(),
      ...answer.headers,
    });
    response.end(isSame ? '' : text);
  }

  #answer(method: string, url: URL, raw: string, token: string): Answer {
    const named = this.#byName(url.pathname);
    if (named.answer !== undefined) return named.answer;
    const operation = operationAt(method, named.path);
    if (operation === undefined) {
      this.wrong.push(`${method} ${url.pathname} is not in our part of GitHub's description`);
      return missing;
    }
    const by = this.#whoAsks(operation, token, named.repo);
    if (by === undefined) {
      return {
        status: 401,
        body: {
          message: 'Bad credentials',
          documentation_url: 'https://docs.github.com/rest',
          status: '401',
        },
      };
    }
    if (!this.#hasLeft(token)) {
      return {
        status: 403,
        body: {
          message: 'API rate limit exceeded for user.',
          documentation_url: 'https://docs.github.com/rest',
        },
      };
    }
    const body: Json | undefined = raw === '' ? undefined : JSON.parse(raw);
    const wrong = wrongRequest(operation, url.searchParams, body);
    if (wrong !== undefined) {
      this.wrong.push(`${method} ${url.pathname}: ${wrong}`);
      return { status: 422, body: { message: wrong, documentation_url: '' } };
    }
    const answer = this.#handled(operation, named.repo, url.searchParams, body, by);
    const bad = wrongResponse(operation, answer.status, answer.body);
    if (bad !== undefined) this.wrong.push(`our answer to ${method} ${url.pathname}: ${bad}`);
    return answer;
  }

  #handled(
    operation: Operation,
    repo: Repo | undefined,
    query: URLSearchParams,
    given: Json | undefined,
    by: Account,
  ): Answer {
    const { world, app } = this;
    // A few operations take an array; handlers look at it as what it is.
    const body = (isTree(given) || Array.isArray(given) ? given : {}) as Tree;
    const asked = { world, place: operation.place, query, body, by };
    const plain = READING[operation.id] ?? app.handlers[operation.id];
    if (plain !== undefined) return plain(asked);
    if (repo === undefined) return missing;
    if (operation.id === 'apps/get-repo-installation') return app.installationOf(repo);
    const handle = REPO_READING[operation.id] ?? REPO_WRITING[operation.id];
    if (handle !== undefined) return handle({ ...asked, repo });
    this.wrong.push(`${operation.id} is described, and not served by the test server`);
    return missing;
  }

  /** Finds the repository of a path: by number, by name, or by a name that it had. */
  #byName(path: string): { readonly path: string; readonly repo?: Repo; readonly answer?: Answer } {
    const { world } = this;
    const [, id, behind = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
    if (id !== undefined) {
      const repo = world.repos.get(Number(id));
      return repo === undefined
        ? { path }
        : { path: `/repos/${world.fullName(repo)}${behind}`, repo };
    }
    const [, name, rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
    if (name === undefined) return { path };
    const is = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
    const all = [...world.repos.values()];
    const repo = all.find((each) => is(world.fullName(each)));
    if (repo !== undefined) return { path, repo };
    const renamed = all.find((each) => each.formerly.some(is));
    if (renamed === undefined) return { path };
    const location = `${this.url}/repositories/${renamed.id}${rest}`;
    const body = { message: 'Moved Permanently', url: location, documentation_url: '' };
    return { path, answer: { status: 301, body, headers: { location } } };
  }

  #whoAsks(operation: Operation, token: string, repo: Repo | undefined): Account | undefined {
    const person = this.world.tokens.get(token);
    if (person !== undefined) return this.world.account(person);
    const isForApp = operation.id.startsWith('apps/');
    if (isForApp)
      return token.split('.').length === 3 && this.app.isOwn(token) ? this.app.bot : undefined;
    const allowed = this.app.repositoryOf(token);
    return allowed !== undefined && (repo === undefined || repo.id === allowed)
      ? this.app.bot
      : undefined;
  }

  #hasLeft(token: string): boolean {
    return this.limits.headers(token, this.world.now)['x-ratelimit-remaining'] !== '0';
  }
}

/** A delivery as GitHub would post it, signed with the secret. */
export async function deliveryRequest(
  { guid, event, payload }: Delivery,
  secret: string,
): Promise<RequestInit & { body: string }> {
  const body = JSON.stringify(payload);
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/test',
      'x-github-delivery': guid,
      'x-github-event': event,
      'x-hub-signature-256': await sign(secret, body),
    },
  };
}
