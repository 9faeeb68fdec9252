import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { type Problem, problem } from '@cairn/kernel/problem';
import { type Context, Hono } from 'hono';
import { roomFor } from '../../../platform/git/room.ts';
import {
  advertise,
  answerFetch,
  answerPush,
  type Exchange,
  type GitService,
} from '../../../platform/git/service.ts';
import { NoTurn, type Turn } from '../../../platform/git/turns.ts';
import { GitUnavailable } from '../../../platform/git/unavailable.ts';
import { currentGit } from '../../../platform/git/version.ts';
import { createRequestCount, limitHeaders } from '../../../platform/http/api-limit.ts';
import { networkOfRequest } from '../../../platform/http/client.ts';
import type { Services } from '../../../platform/http/env.ts';
import { type GitRefusal, gitRefusal } from './git-access-rules.ts';
import { type GitVisit, visitOf } from './git-visit-queries.ts';
import { pushTalk } from './push-talk.ts';
import { reconcile } from './ref-commands.ts';

/** A clone is three requests; whoever shows no token shares a network with a whole conference. */
const PER_MINUTE = { token: 600, network: 1200 } as const;

interface GitEnv {
  Variables: { requestId: string; visit: GitVisit };
}
type GitContext = Context<GitEnv>;

/**
 * Git over HTTP at `/s/<summit>/plan.git` (gitprotocol-http), for clients of any age. It stands before
 * everything that reads bodies or looks for sessions: a push is as long as it is, and comes with a
 * token of its own.
 */
export function gitRoutes(services: Services): Hono<GitEnv> {
  const routes = new Hono<GitEnv>();
  const address = '/s/:summit/plan.git';
  const count = createRequestCount(PER_MINUTE);

  routes.use(`${address}/*`, async (c, next) => {
    c.header('cache-control', 'no-cache, max-age=0, must-revalidate');
    const visit = await visitOf(
      services,
      c.req.param('summit') ?? '',
      c.req.header('authorization'),
    );
    c.set('visit', visit);
    const { countedAs } = visit;
    const counted = await (countedAs === undefined
      ? count('network', networkOfRequest(c) ?? 'unknown')
      : count('token', countedAs));
    if (!counted.isOver) return next();
    const sentence = `Too many requests; try again in ${counted.resetSeconds} s.`;
    return say(c, 429, problem('too-many-requests', sentence), limitHeaders(counted));
  });

  routes.get(`${address}/info/refs`, async (c) => {
    const service = serviceOf(c.req.query('service'));
    if (service === undefined || c.req.raw.method !== 'GET') {
      const sentence = 'This Cairn speaks the smart protocol of Git only; use git 1.6.6 or newer.';
      return say(c, 403, problem('old-client', sentence));
    }
    const admitted = await admit(c, services, service);
    if (admitted instanceof Response) return admitted;
    await reconcile(services, admitted.summitId);
    return withTurn(c, services, service, admitted, (exchange) => advertise(service, exchange));
  });

  routes.post(`${address}/:service{git-(?:upload|receive)-pack}`, async (c) => {
    const service = serviceOf(c.req.param('service'));
    if (service === undefined) return c.notFound();
    // Also keeps pages of other sites out: no form of theirs can say this.
    if (c.req.header('content-type') !== `application/x-${service}-request`) {
      const sentence = 'This address is for Git; open the plan without “.git” in a browser.';
      return say(c, 415, problem('not-git', sentence));
    }
    const admitted = await admit(c, services, service);
    if (admitted instanceof Response) return admitted;
    const body = c.req.raw.body;
    const posted = {
      body: body === null ? Readable.from([]) : Readable.fromWeb(body as WebStream),
      isGzip: /^(x-)?gzip$/i.test(c.req.header('content-encoding') ?? ''),
    };
    return withTurn(c, services, service, admitted, (asked) => {
      const exchange = { ...asked, ...posted };
      if (service === 'git-upload-pack') return answerFetch(exchange);
      const talk = pushTalk(services, {
        summit: { id: admitted.summitId, slug: admitted.slug },
        personId: admitted.personId ?? '',
        organises: admitted.organises,
        requestId: c.var.requestId,
      });
      return answerPush(exchange, services.git.hooksDirectory, talk);
    });
  });

  // Somebody who opens the address of the repository in a browser means the plan.
  routes.get(address, (c) =>
    c.redirect(`/s/${encodeURIComponent(c.req.param('summit'))}/plan`, 303),
  );
  routes.all(`${address}/*`, (c) =>
    say(c, 404, problem('no-such-file', 'There is nothing for Git at this address.')),
  );
  return routes;
}

const serviceOf = (name: string | undefined): GitService | undefined =>
  name === 'git-upload-pack' || name === 'git-receive-pack' ? name : undefined;

/** Somebody who may do what they ask. */
interface Admitted {
  readonly summitId: string;
  readonly slug: string;
  readonly personId: string | undefined;
  readonly organises: boolean;
}

async function admit(
  c: GitContext,
  services: Services,
  service: GitService,
): Promise<Admitted | Response> {
  const { visit } = c.var;
  if (visit.wrongToken !== undefined) return refuse(c, { status: 401, problem: visit.wrongToken });
  const isPush = service === 'git-receive-pack';
  const refusal = gitRefusal({
    service: isPush ? 'write' : 'read',
    summit: visit.summit,
    caller: visit.caller,
    tokensUrl: `${services.url}/me/tokens`,
  });
  if (refusal !== undefined) return refuse(c, refusal);
  const { problem: unusable } = await currentGit();
  if (unusable !== undefined) return unavailable(c, unusable);
  const { summit, caller } = visit;
  if (summit === undefined || !(await services.git.plan(summit.id).exists())) {
    const sentence = 'This plan has no repository yet; it is made within a minute. Try again then.';
    return say(c, 503, problem('no-plan', sentence), { 'retry-after': '60' });
  }
  if (isPush && !(await roomFor(services.git.directory, services.git.limits.largestPush))) {
    return unavailable(c, new GitUnavailable('disk-full', DISK_NEARLY_FULL));
  }
  return {
    summitId: summit.id,
    slug: summit.slug,
    personId: caller?.personId,
    organises: caller?.organises ?? false,
  };
}

const DISK_NEARLY_FULL =
  'The disk of the machine that Cairn runs on is nearly full, so nothing is taken now; whoever operates it has to free some room.';

/** Answers once it is this client’s turn, and gives the turn on when its Git has ended. */
async function withTurn(
  c: GitContext,
  services: Services,
  service: GitService,
  { summitId, personId }: Admitted,
  answer: (exchange: Exchange) => WebStream<Uint8Array> | Promise<WebStream<Uint8Array>>,
): Promise<Response> {
  const turns = services.git.turns[service === 'git-upload-pack' ? 'fetch' : 'push'];
  let turn: Turn;
  try {
    turn = await turns.take(personId ?? networkOfRequest(c) ?? '', c.req.raw.signal);
  } catch (error) {
    if (!(error instanceof NoTurn)) throw error;
    const sentence = 'Very many clone and push just now; try again in a minute.';
    return say(c, 503, problem('too-busy', sentence), { 'retry-after': '60' });
  }
  try {
    const kind = c.req.method === 'GET' ? 'advertisement' : 'result';
    const body = await answer({
      repository: services.git.plan(summitId),
      limits: services.git.limits,
      protocol: c.req.header('git-protocol'),
      signal: c.req.raw.signal,
      started: (served) => {
        services.git.started(served);
        void served.closed.then(turn.done);
      },
    });
    return c.body(body as ReadableStream, 200, {
      'content-type': `application/x-${service}-${kind}`,
    });
  } catch (error) {
    turn.done();
    if (error instanceof GitUnavailable) return unavailable(c, error);
    throw error;
  }
}

function refuse(c: GitContext, { status, problem: told }: GitRefusal): Response {
  const challenge = { 'www-authenticate': 'Basic realm="Cairn plan", charset="UTF-8"' };
  return say(c, status, told, status === 401 ? challenge : {});
}

const unavailable = (c: GitContext, { code, message }: GitUnavailable): Response =>
  say(c, 503, problem(code, message));

/** Git shows its user what comes as plain text. */
const say = (
  c: GitContext,
  status: 401 | 403 | 404 | 415 | 429 | 503,
  { sentence }: Problem,
  headers: Record<string, string> = {},
): Response =>
  c.body(`${sentence}\n`, status, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
