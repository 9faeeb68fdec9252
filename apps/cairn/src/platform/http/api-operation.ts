import { problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import type { OpenAPIHono, z } from '@hono/zod-openapi';
import { type ApiContext, type ApiEnv, allows, type Caller } from './api-caller.ts';
import { answerRefusal, problemSchema, REFUSALS, type Refusal, refused } from './api-problem.ts';
import {
  type BodySpec,
  documentedBody,
  documentedBytes,
  documentedText,
  readBody,
  readParams,
  readQuery,
} from './api-request.ts';
import type { Scope } from './api-scope.ts';

/**
 * One operation of the API, said once: the route and its description in the document are both made
 * from this, so neither can say something else than the other.
 */
export interface Operation<P, Q, B, A> {
  /** The operationId: how programs that are generated from the document call it. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Under `/api/v1`, with parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What a token must allow. */
  readonly scope: Scope;
  /** Everybody may ask; a token with the scope sees more. */
  readonly isPublic?: boolean;
  /** A value that does not fit is an address that leads nowhere (404). */
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: BodySpec<B>;
  readonly answer: AnswerSpec<A>;
  /** With which statuses the handler itself refuses. */
  readonly refuses?: readonly (403 | 404 | 409 | 412 | 422 | 428)[];
}

/** What a successful answer looks like: JSON of a schema, text of a media type, a file, or nothing. */
export type AnswerSpec<A> = {
  readonly description: string;
  /** Headers that carry something of their own, by name. */
  readonly headers?: Readonly<Record<string, string>>;
} & (
  | { readonly status: 200 | 201; readonly schema: z.ZodType<A> }
  /** Media types of text, first the usual one; the body is then the text itself. */
  | {
      readonly status: 200;
      readonly text: readonly [string, ...string[]];
      /** Describes what the text says, where one of the types is JSON. */
      readonly describedAs?: z.ZodType;
    }
  /** Media types of a file; the body is its bytes, and the handler names the type. */
  | { readonly status: 200; readonly bytes: readonly [string, ...string[]] }
  | { readonly status: 204 }
);

/** What a handler is given of the request. */
export interface Asked<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** What a handler answers. */
export interface Answer<A> {
  readonly body: A;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handle<P, Q, B, A> = (
  c: ApiContext,
  asked: Asked<P, Q, B>,
) => Promise<Result<Answer<A>, Refusal>>;

/** An answer without anything but its body. */
export const answered = <A>(body: A, headers?: Readonly<Record<string, string>>) =>
  ok({ body, ...(headers === undefined ? {} : { headers }) });

/** Adds an operation to a room's part of the API, and to the document. */
export function operation<
  P = Record<string, never>,
  Q = Record<string, never>,
  B = undefined,
  A = undefined,
>(routes: OpenAPIHono<ApiEnv>, spec: Operation<P, Q, B, A>, handle: Handle<P, Q, B, A>): void {
  describe(routes, spec);
  const path = spec.path.replaceAll(/\{(\w+)\}/g, ':$1');
  routes.on(spec.method, path, async (c) => {
    const admitted = admit(c, spec);
    if (!admitted.ok) return answerRefusal(c, admitted.error);
    c.set('caller', admitted.value);
    const asked = await readAsked(c, spec);
    if (!asked.ok) return answerRefusal(c, asked.error);
    const done = await handle(c, asked.value);
    if (!done.ok) return answerRefusal(c, done.error);
    return send(c, spec.answer, done.value);
  });
}

function send<A>(
  c: ApiContext,
  answer: AnswerSpec<A>,
  { body, contentType, headers }: Answer<A>,
): Response {
  if ('schema' in answer) {
    const type = { 'content-type': 'application/json' };
    return c.body(JSON.stringify(body), answer.status, { ...type, ...headers });
  }
  if ('text' in answer) {
    const type = { 'content-type': `${contentType ?? answer.text[0]}; charset=utf-8` };
    return c.body(String(body), answer.status, { ...type, ...headers });
  }
  if ('bytes' in answer) {
    const type = { 'content-type': contentType ?? answer.bytes[0] };
    return c.body(body as Uint8Array<ArrayBuffer>, 200, { ...type, ...headers }); // a file is what A is then
  }
  return c.body(null, answer.status, { ...headers });
}

/** Who asks, if they may: nobody in particular where everybody may. */
function admit(
  c: ApiContext,
  {
    scope,
    isPublic = false,
  }: Pick<Operation<unknown, unknown, unknown, unknown>, 'scope' | 'isPublic'>,
): Result<Caller | undefined, Refusal> {
  const { caller } = c.var;
  if (caller !== undefined && allows(caller, scope)) return ok(caller);
  if (isPublic) return ok(undefined);
  if (caller === undefined) {
    const sentence =
      'Send a token with this request (Authorization: Bearer cairn_…); make one on your page under “Tokens”.';
    return refused(401, problem('no-token', sentence), { 'www-authenticate': 'Bearer' });
  }
  const sentence = `This token does not allow “${scope}”; make one that does.`;
  return refused(403, problem('scope-missing', sentence), {
    'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
  });
}

async function readAsked<P, Q, B>(
  c: ApiContext,
  spec: Pick<Operation<P, Q, B, unknown>, 'params' | 'query' | 'body'>,
): Promise<Result<Asked<P, Q, B>, Refusal>> {
  const params = readParams(c, spec.params);
  if (!params.ok) return params;
  const query = readQuery(c, spec.query);
  if (!query.ok) return query;
  const body = await readBody(c, spec.body);
  if (!body.ok) return body;
  return ok({ params: params.value, query: query.value, body: body.value });
}

/** Every status that an operation can answer with besides its success. */
function refusalsOf(
  spec: Operation<unknown, unknown, unknown, unknown>,
): (keyof typeof REFUSALS)[] {
  const found = new Set<keyof typeof REFUSALS>([401, 422, 429, 500, ...(spec.refuses ?? [])]);
  if (spec.isPublic !== true) found.add(403);
  if (spec.params !== undefined) found.add(404);
  if (spec.body !== undefined) for (const status of [400, 413, 415] as const) found.add(status);
  return [...found].sort((a, b) => a - b);
}

function describe<P, Q, B, A>(routes: OpenAPIHono<ApiEnv>, spec: Operation<P, Q, B, A>): void {
  const { answer, params, query } = spec;
  const content =
    'schema' in answer
      ? { 'application/json': { schema: answer.schema } }
      : 'text' in answer
        ? documentedText(answer.text, answer.describedAs)
        : 'bytes' in answer
          ? documentedBytes(answer.bytes)
          : undefined;
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const } },
    ]),
  );
  const refusals = refusalsOf(spec as Operation<unknown, unknown, unknown, unknown>); // only its statuses are read
  routes.openAPIRegistry.registerPath({
    method: spec.method,
    path: spec.path,
    operationId: spec.id,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    security: [{ token: [spec.scope] }, ...(spec.isPublic === true ? [{}] : [])],
    request: {
      // Their schemas are objects: every caller gives one of z.strictObject.
      ...(params === undefined ? {} : { params: params as never }),
      ...(query === undefined ? {} : { query: query as never }),
      ...(spec.body === undefined ? {} : { body: documentedBody(spec.body) }),
    },
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(content === undefined ? {} : { content }),
        ...(answer.headers === undefined ? {} : { headers }),
      },
      ...(spec.method === 'get'
        ? { 304: { description: 'Unchanged since the ETag that was sent in If-None-Match.' } }
        : {}),
      ...Object.fromEntries(
        refusals.map((status) => [
          status,
          {
            description: REFUSALS[status],
            content: { 'application/problem+json': { schema: problemSchema } },
          },
        ]),
      ),
    },
  });
}
