import { join } from 'node:path';
import pg from 'pg';
import type { Repo } from '../tests/github-server/records.ts';
import type { GithubServer } from '../tests/github-server/server.ts';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { connectPlan, githubEnvironment, githubForBench, untilNone } from './github-plan.ts';
import { startServer } from './server.ts';

/** Reading a repository on GitHub for the first time. */
export const githubBackfill: Bench = {
  name: 'github-backfill',
  what: 'Reading a repository with 10,000 issues, comments, pull requests, reviews and remarks on lines for the first time, and all of it again, from a small GitHub on the same machine.',
  run: measure,
};

/** What is left to be read. */
const LEFT = `select (3 - (select count(*) from github_reading
    where summit_id = $1 and read_at is not null and pass_began_at is null)
  + (select count(*) from github_due where summit_id = $1)) as left`;
const READ = `select graphile_worker.add_job('github-read', json_build_object('summit', $1::text), queue_name := 'github-read:' || $1, job_key := 'github-read:' || $1)`;

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const { github, repo } = await githubForBench();
  const scale = quick ? 20 : 1;
  const counts = fill(github, repo, scale);
  const server = await startServer(join(directory, 'data'), { env: githubEnvironment(github) });
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const rows: Record<string, Cell>[] = [];
  const broken: string[] = [];
  try {
    const summitId = await connectPlan(pool, 'backfill', repo);
    const figure = async (what: string): Promise<void> => {
      github.requests.length = 0;
      const before = await eventsIn(pool);
      await pool.query(READ, [summitId]);
      const ms = await untilNone(pool, LEFT, summitId, 1_200_000);
      const { rows: linked } = await pool.query<{ count: string }>(
        'select count(*) from github_link where summit_id = $1',
        [summitId],
      );
      const objects = Number(linked[0]?.count);
      if (objects !== counts) broken.push(`${what}: ${objects} of ${counts} are there.`);
      rows.push({
        what,
        objects,
        'all s': rounded(ms / 1000),
        'objects/s': rounded(objects / (ms / 1000)),
        requests: github.requests.length,
        events: (await eventsIn(pool)) - before,
      });
      say(`${what}: ${rounded(ms / 1000)} s, ${github.requests.length} requests`);
    };
    await figure('first');
    await pool.query('delete from github_reading where summit_id = $1', [summitId]);
    await figure('all again');
    if (Number(rows[1]?.['events']) > 0) broken.push('Reading again made events.');
    const { rows: version } = await pool.query<{ server_version: string }>('show server_version');
    return {
      tables: [{ title: 'Reading', rows }],
      notes: [
        'The small GitHub checks every request and every answer of its own against the published description, on the same machine, and has no delay of a network: GitHub itself answers later, and is asked one thing at a time.',
        'A request brings up to a hundred issues or comments. Each pull request takes three more: itself, its reviews, and what was said on its lines. GitHub lets an App ask 5,000 times an hour.',
        'Each object is applied with its event, its place in the search and what follows from both, in one transaction for a page.',
      ],
      broken,
      ...(version[0] === undefined ? {} : { postgres: version[0].server_version }),
    };
  } finally {
    await pool.end();
    await server.stop();
    await github.stop();
  }
}

async function eventsIn(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(*) from event where door = 'github'`,
  );
  return Number(rows[0]?.count);
}

/** Fills the repository; says how many objects there are. */
function fill({ world }: GithubServer, repo: Repo, scale: number): number {
  const people = Array.from({ length: 40 }, (_, index) => world.addAccount(`person-${index}`));
  const person = (index: number) => people[index % people.length] ?? world.ghost;
  const text = 'We should decide this before the summit, because three projects wait for it. ';
  for (let index = 0; index < 2_400 / scale; index += 1) {
    const issue = world.openIssue(repo, person(index), {
      title: `Issue ${index} about arrays`,
      body: text.repeat(4),
      labels: [`label-${index % 9}`],
    });
    world.pass(3);
    for (let said = 0; said < 3; said += 1) {
      world.comment(repo, person(index + said), issue, text.repeat(2));
      world.pass(1);
    }
  }
  for (let index = 0; index < 80 / scale; index += 1) {
    const pull = world.openPull(repo, person(index), {
      title: `Change ${index}`,
      head: `b-${index}`,
    });
    world.pass(3);
    world.review(repo, person(index + 1), pull, { state: 'APPROVED', body: text });
    for (let said = 0; said < 3; said += 1) {
      world.lineComment(repo, person(said), pull, { body: text, path: 'a.md', line: said + 1 });
      world.pass(1);
    }
  }
  world.takeDeliveries();
  return repo.issues.size + repo.comments.size + repo.reviews.size + repo.lineComments.size;
}
