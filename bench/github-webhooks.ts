import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sign } from '@octokit/webhooks-methods';
import pg from 'pg';
import type { Tree } from '../tests/github-server/contract.ts';
import type { Repo } from '../tests/github-server/records.ts';
import type { GithubServer } from '../tests/github-server/server.ts';
import { type Asked, type Bench, type Cell, percentile, type Report, rounded } from './bench.ts';
import {
  connectPlan,
  githubEnvironment,
  githubForBench,
  SECRET,
  untilNone,
} from './github-plan.ts';
import { killNow } from './processes.ts';
import { type Server, startServer } from './server.ts';

/** GitHub tells of five hundred things in a second, for a minute. */
export const githubWebhooks: Bench = {
  name: 'github-webhooks',
  what: 'Webhooks of new comments, 500 a second for a minute, signed and as large as GitHub’s: none that was acknowledged is lost, also when the server is killed amid them.',
  run: measure,
};

const LEFT = `select count(*) as left from github_delivery where summit_id = $1 and state = 'waiting'`;

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const { github, repo } = await githubForBench();
  const dataDir = join(directory, 'data');
  const env = githubEnvironment(github);
  let server = await startServer(dataDir, { env });
  let pool = new pg.Pool({ connectionString: server.connectionString });
  const rows: Record<string, Cell>[] = [];
  const broken: string[] = [];
  try {
    const summitId = await connectPlan(pool, 'storm', repo);
    const templates = payloads(github, repo);
    const seconds = quick ? 3 : 60;
    for (const dies of [false, true]) {
      const name = dies ? 'killed amid it' : 'left alone';
      const storm = await stormOf(templates, dies ? Math.ceil(seconds / 3) : seconds);
      const sending = send(() => server, storm);
      if (dies) {
        await wait(storm.length * 1);
        await killNow([server.process.pid]);
        await pool.end().catch(() => undefined);
        server = await startServer(dataDir, { env });
        pool = new pg.Pool({ connectionString: server.connectionString });
      }
      const sent = await sending;
      const ms = await untilNone(pool, LEFT, summitId, 1_200_000);
      const lost = await lostOf(pool, sent.acknowledged);
      if (lost > 0) broken.push(`${name}: ${lost} that were acknowledged are lost.`);
      rows.push({
        storm: name,
        sent: storm.length,
        acknowledged: sent.acknowledged.length,
        'never answered': storm.length - sent.acknowledged.length,
        lost,
        'sent/s': rounded(storm.length / sent.seconds),
        'answer p50 ms': rounded(percentile(sent.times, 0.5)),
        'answer p99 ms': rounded(percentile(sent.times, 0.99)),
        'applied s later': rounded(ms / 1000),
      });
      say(
        `${name}: ${sent.acknowledged.length} of ${storm.length} acknowledged, ${lost} lost, applied ${rounded(ms / 1000)} s later`,
      );
    }
    return {
      tables: [{ title: 'Storms', rows }],
      notes: [
        'Sent at a steady 500 a second whether or not earlier ones are answered yet, on the same machine. Acknowledged: the answer 202 has arrived. Lost: acknowledged, and its comment is not in the plan at the end.',
        'Killed: `kill -9` of the server a third of the way through a storm of a third of the length, and a start on the same directory. What was not acknowledged is what GitHub shows as failed and an operator or the next look at the repository brings.',
        'Applying begins while the storm goes on; “applied s later” is from its end until nothing waits.',
      ],
      broken,
    };
  } finally {
    await pool.end().catch(() => undefined);
    await server.stop();
    await github.stop();
  }
}

/** One payload for each of two hundred issues; a new comment of each is made by its number. */
function payloads({ world }: GithubServer, repo: Repo): Tree[] {
  const owner = world.account(repo.ownerId);
  for (let index = 0; index < 200; index += 1) {
    const issue = world.openIssue(repo, owner, {
      title: `Issue ${index}`,
      body: 'Text. '.repeat(40),
    });
    world.comment(repo, owner, issue, 'What somebody says. '.repeat(10));
  }
  return world
    .takeDeliveries()
    .filter(({ event }) => event === 'issue_comment')
    .map(({ payload }) => payload);
}

interface Signed {
  readonly guid: string;
  readonly comment: number;
  readonly body: string;
  readonly signature: string;
}

let lastComment = 5_000_000;

async function stormOf(templates: readonly Tree[], seconds: number): Promise<Signed[]> {
  const all: Signed[] = [];
  for (let index = 0; index < seconds * 500; index += 1) {
    const payload = templates[index % templates.length] ?? {};
    lastComment += 1;
    const comment = { ...Object(payload['comment']), id: lastComment };
    const body = JSON.stringify({ ...payload, comment });
    all.push({
      guid: randomUUID(),
      comment: lastComment,
      body,
      signature: await sign(SECRET, body),
    });
  }
  return all;
}

/** Sends at a steady pace; resolves when all were answered or are beyond it. */
async function send(server: () => Server, storm: readonly Signed[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const acknowledged: number[] = [];
  const times: number[] = [];
  const begun = performance.now();
  const open: Promise<void>[] = [];
  for (const [index, delivery] of storm.entries()) {
    const due = begun + index * 2;
    const early = due - performance.now();
    if (early > 1) await wait(early);
    const at = performance.now();
    open.push(
      post(agent, server().address, delivery).then((status) => {
        if (status !== 202) return;
        acknowledged.push(delivery.comment);
        times.push(performance.now() - at);
      }),
    );
  }
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(open);
  agent.destroy();
  return { acknowledged, times, seconds };
}

const post = (agent: Agent, address: string, { guid, body, signature }: Signed): Promise<number> =>
  new Promise((resolve) => {
    const sending = request(`${address}/github/webhook`, {
      method: 'POST',
      agent,
      timeout: 60_000,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-github-delivery': guid,
        'x-github-event': 'issue_comment',
        'x-hub-signature-256': signature,
      },
    });
    sending.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', () => resolve(0));
    });
    sending.on('timeout', () => sending.destroy());
    sending.on('error', () => resolve(0));
    sending.end(body);
  });

/** How many comments that were acknowledged are not in the plan. */
async function lostOf(pool: pg.Pool, acknowledged: readonly number[]): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(*) from unnest($1::bigint[]) as told (id)
     where not exists (select from github_link l join plan_comment c on c.id = l.comment_id
       where l.kind = 'comment' and l.remote_id = told.id)`,
    [acknowledged],
  );
  return Number(rows[0]?.count);
}
