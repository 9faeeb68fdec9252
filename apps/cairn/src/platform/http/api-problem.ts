import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from '@hono/zod-openapi';
import type { ApiContext } from './api-caller.ts';

/** The statuses with which the API refuses. */
export const REFUSALS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
} as const;
export type RefusalStatus = keyof typeof REFUSALS;

/** Why a request was not done. */
export interface Refusal {
  readonly status: RefusalStatus;
  readonly problems: readonly [Problem, ...Problem[]];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal of one or several problems. */
export function refused(
  status: RefusalStatus,
  first: Problem | readonly Problem[],
  headers?: Readonly<Record<string, string>>,
): Result<never, Refusal> {
  const list = Array.isArray(first) ? (first as readonly Problem[]) : [first as Problem]; // isArray does not narrow readonly lists
  const [head = problem('refused', 'This cannot be done.'), ...rest] = list;
  return fail({ status, problems: [head, ...rest], ...(headers === undefined ? {} : { headers }) });
}

/** Codes of commands that mean something else than that the state of things forbids it. */
const STATUS_OF: Readonly<Record<string, RefusalStatus>> = {
  'stale-revision': 412,
  'no-such-person': 404,
  'no-invitation': 404,
  'not-invited': 404,
  'no-such-batch': 404,
  'not-in-this-summit': 422,
  'unknown-mark': 422,
  'not-begun': 422,
  'name-needed': 422,
  'no-such-thread': 404,
  'no-such-comment': 404,
  'not-yours': 403,
  'no-comment': 422,
  'no-title': 422,
  'bad-label': 422,
  'no-such-session': 404,
  'no-such-subject': 404,
  'no-such-day': 404,
  'not-in-the-group': 403,
  'nothing-said': 422,
  'no-such-receipt': 404,
  'nobody-to-share-with': 422,
  'above-the-whole': 422,
  'below-its-parts': 422,
  'no-total': 422,
  'no-such-estimate': 404,
  'own-estimate': 403,
};

/** What a command came to: its value, or its problem as a refusal. */
export const orRefuse = <T>(result: Result<T, Problem>): Result<T, Refusal> =>
  result.ok ? ok(result.value) : refused(STATUS_OF[result.error.code] ?? 409, result.error);

const placeSchema = z
  .object({
    file: z.string().optional(),
    line: z.number().int().min(1).optional(),
    column: z.number().int().min(1).optional(),
    path: z.string().optional(),
  })
  .openapi('Place', { description: 'Where; lines and columns count from 1.' });

/** Problem details (RFC 9457) with our own list: every problem has a code, a sentence and a place. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().openapi({ description: 'The first problem’s sentence.' }),
    instance: z.string().openapi({ description: 'The number of this request, for its log.' }),
    code: z.string().openapi({ description: 'The first problem’s code.' }),
    problems: z
      .array(z.object({ code: z.string(), sentence: z.string(), place: placeSchema }))
      .min(1),
  })
  .openapi('Problem', { description: 'Problem details (RFC 9457).' });

/** Answers a refusal as `application/problem+json`. */
export function answerRefusal(
  c: Pick<ApiContext, 'body' | 'var'>,
  { status, problems, headers }: Refusal,
): Response {
  const [first] = problems;
  const body: z.output<typeof problemSchema> = {
    type: 'about:blank',
    title: REFUSALS[status],
    status,
    detail: first.sentence,
    instance: `urn:uuid:${c.var.requestId}`,
    code: first.code,
    problems: problems.map(({ code, sentence, place }) => ({ code, sentence, place })),
  };
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...headers,
  });
}
