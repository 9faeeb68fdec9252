import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { etag } from 'hono/etag';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv, Caller, FindCaller } from './api-caller.ts';
import { apiDocument } from './api-document.ts';
import { type CountRequest, createRequestCount, limitHeaders } from './api-limit.ts';
import { answerRefusal, type Refusal, refused } from './api-problem.ts';
import { nothingHere } from './api-request.ts';
import { networkOfRequest } from './client.ts';
import type { Services } from './env.ts';
import { isSameSecret } from './secret.ts';

export interface ApiOptions {
  readonly services: Services;
  readonly findCaller: FindCaller;
  /** What proves that the caller may read this installation's files. */
  readonly localToken?: string | undefined;
  readonly countRequest?: CountRequest;
  /** As large as a body may be at some address, in bytes; undefined where the usual holds. */
  readonly largestBody?: (path: string) => number | undefined;
}

/** A summit's file, a table of people; both are far below. */
const LARGEST_BODY = 2 * 1024 * 1024;

/**
 * The API: the rooms' operations under `/api/v1`, and their description at `/api/openapi.json`.
 * Whoever asks is known by a token and never by a cookie, so no other site's page can ask for them.
 */
export function apiRoutes(
  rooms: readonly OpenAPIHono<ApiEnv>[],
  {
    services,
    findCaller,
    localToken,
    countRequest = createRequestCount(),
    largestBody,
  }: ApiOptions,
): OpenAPIHono<ApiEnv> {
  const api = new OpenAPIHono<ApiEnv>();
  const v1 = new OpenAPIHono<ApiEnv>();
  v1.use(provide(services));
  v1.use(async (c, next) => {
    c.header('cache-control', 'private, no-cache');
    c.header('vary', 'Authorization, Accept');
    const found = await identify(c.req.header('authorization'), findCaller, localToken);
    const counted = found.ok ? found.value?.countedAs : undefined;
    const network = networkOfRequest(c);
    const count =
      counted !== undefined
        ? await countRequest('token', counted)
        : network !== undefined && !(found.ok && found.value !== undefined)
          ? await countRequest('network', network)
          : undefined;
    if (count !== undefined) {
      for (const [name, value] of Object.entries(limitHeaders(count))) c.header(name, value);
      if (count.isOver) return answerRefusal(c, tooMany(count.resetSeconds));
    }
    if (!found.ok) return answerRefusal(c, found.error);
    c.set('caller', found.value);
    await next();
    return undefined;
  });
  v1.use((c, next) => {
    const maxSize = largestBody?.(c.req.path) ?? LARGEST_BODY;
    // The limiter's context is Hono's own; it is ours, set above.
    const onError = () => answerRefusal(c, tooLarge(maxSize));
    return bodyLimit({ maxSize, onError })(c, next);
  });
  v1.get('*', etag());
  for (const room of rooms) v1.route('/', room);
  v1.all('*', (c) => answerRefusal(c, { status: 404, problems: [nothingHere()] }));
  v1.onError((error, c) => {
    process.stderr.write(`${c.var.requestId} ${c.req.method} ${c.req.path}: ${error.stack}\n`);
    return answerRefusal(c, broken(c.var.requestId));
  });
  api.route('/api/v1', v1);
  api.get('/api/openapi.json', etag(), (c) => {
    c.header('cache-control', 'no-cache');
    return c.json(apiDocument(api, services.url));
  });
  return api;
}

const provide = (services: Services): MiddlewareHandler<ApiEnv> =>
  createMiddleware(async (c, next) => {
    c.set('services', services);
    await next();
  });

/** Who the Authorization header names; nobody without one. */
async function identify(
  header: string | undefined,
  findCaller: FindCaller,
  localToken: string | undefined,
): Promise<Result<Caller | undefined, Refusal>> {
  if (header === undefined) return ok(undefined);
  const token = /^Bearer +([\w-]+) *$/i.exec(header)?.[1];
  if (token === undefined) {
    const sentence = 'Write the header as “Authorization: Bearer cairn_…”.';
    return refused(401, problem('no-token', sentence), INVALID);
  }
  if (localToken !== undefined && isSameSecret(token, localToken)) {
    return ok({
      who: { personId: undefined, isAdministrator: true },
      scopes: 'all',
      countedAs: undefined,
    });
  }
  const found = await findCaller(token);
  return found.ok ? found : refused(401, found.error, INVALID);
}

const INVALID = { 'www-authenticate': 'Bearer error="invalid_token"' };

const tooMany = (seconds: number): Refusal => ({
  status: 429,
  problems: [problem('too-many-requests', `Too many requests; wait ${seconds} seconds and go on.`)],
});

const tooLarge = (bytes: number): Refusal => ({
  status: 413,
  problems: [
    problem(
      'too-large',
      `This is larger than ${Math.floor(bytes / 1_000_000)} MB; send it in several parts.`,
    ),
  ],
});

const broken = (requestId: string): Refusal => ({
  status: 500,
  problems: [
    problem(
      'broken',
      `Something went wrong on our side, and nothing was changed. Tell the operator this number: ${requestId}`,
    ),
  ],
});
