import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Repo } from '../tests/github-server/records.ts';
import { GithubServer } from '../tests/github-server/server.ts';
import { storeAnnounced } from './stored.ts';
import { summitNow } from './summit-now.ts';

export const SECRET = 'the secret of the webhooks of a bench';

/** A small GitHub with one empty repository, beside the server that is measured. */
export async function githubForBench(): Promise<{ github: GithubServer; repo: Repo }> {
  const github = await GithubServer.start();
  github.limits.limit = 1_000_000;
  const owner = github.world.addAccount('octo');
  github.world.tokens.set('ghp_bench', owner.id);
  return { github, repo: github.world.addRepo(owner, 'plan') };
}

/** What a server is started with, so that it speaks with that GitHub. */
export const githubEnvironment = (github: GithubServer): Record<string, string> => ({
  GITHUB_TOKEN: 'ghp_bench',
  GITHUB_API_URL: github.url,
  GITHUB_WEBHOOK_SECRET: SECRET,
});

/** An announced summit whose plan has begun, connected with a repository as an organiser would. */
export async function connectPlan(pool: pg.Pool, slug: string, repo: Repo): Promise<string> {
  const summit = await storeAnnounced(pool, summitNow(slug, 50));
  for (let waited = 0; ; waited += 100) {
    const { rowCount } = await pool.query('select from plan_repository where summit_id = $1', [
      summit.id,
    ]);
    if (rowCount === 1) break;
    if (waited > 180_000) throw new Error('the plan of the summit is not founded');
    await wait(100);
  }
  await pool.query(
    `insert into github_settings (summit_id, owner, name, repository_id, connected_at)
     values ($1, 'octo', $2, $3, now())`,
    [summit.id, repo.name, repo.id],
  );
  return summit.id;
}

/** Waits until a query that counts what is left gives 0; milliseconds that it took. */
export async function untilNone(
  pool: pg.Pool,
  query: string,
  summitId: string,
  patienceMs: number,
): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { rows } = await pool.query<{ left: string }>(query, [summitId]);
    const took = performance.now() - begun;
    if (Number(rows[0]?.left ?? 0) === 0) return took;
    if (took > patienceMs) throw new Error(`${rows[0]?.left} are left after ${took} ms: ${query}`);
    await wait(200);
  }
}
