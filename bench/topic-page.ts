import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from '@cairn/kernel/time';
import pg from 'pg';
import { Repository } from '../apps/cairn/src/platform/git/repository.ts';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { send } from './browser.ts';
import { load } from './load.ts';
import { canPin } from './processes.ts';
import { startServer } from './server.ts';
import { signInOrganiser, storeAnnounced, storePeople } from './stored.ts';
import { summitNow } from './summit-now.ts';

const COMMENTS = 500;
const CONNECTIONS = 10;

/** The page of a topic about which much was said. */
export const topicPage: Bench = {
  name: 'topic-page',
  what: `The page of a topic with ${COMMENTS} comments by 40 people and 250 reactions, for somebody who has signed in: with its middle left out, as it is shown, and whole. The server and its PostgreSQL share one core, the load generator has another.`,
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const seconds = quick ? 2 : 6;
  const dataDir = join(directory, 'data');
  const server = await startServer(dataDir, { pinned: true });
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const rows: Record<string, Cell>[] = [];
  const broken: string[] = [];
  try {
    const summit = await storeAnnounced(pool, summitNow('discussed', 40));
    await storeDiscussion(pool, dataDir, summit.id);
    const cookie = await signInOrganiser(pool, server.address, summit);
    const page = `${server.address}/s/${summit.slug}/plan/topics/1`;
    for (const [shown, url, wanted] of [
      ['as it is shown', page, 60],
      ['whole', `${page}?all`, COMMENTS],
    ] as const) {
      const { body: html } = await send(url, { cookie });
      const count = html.split('<article class="said"').length - 1;
      if (count !== wanted) broken.push(`${shown}: ${count} comments instead of ${wanted}`);
      await load(url, { cookie, connections: CONNECTIONS, seconds: quick ? 1 : 3 });
      const alone = await load(url, { cookie, connections: 1, seconds });
      const full = await load(url, { cookie, connections: CONNECTIONS, seconds });
      say(`${shown}: alone p50 ${alone.p50} ms, p99 ${alone.p99} ms; full p99 ${full.p99} ms`);
      rows.push({
        page: shown,
        comments: count,
        'alone: p50, ms': alone.p50,
        'alone: p99, ms': alone.p99,
        [`${CONNECTIONS} at once: per second`]: rounded(full.perSecond),
        'p50, ms': full.p50,
        'p99, ms': full.p99,
        'HTML, kB': Math.round(html.length / 1000),
      });
    }
  } finally {
    await pool.end();
    await server.stop();
  }
  return {
    tables: [{ title: 'A topic page', rows }],
    notes: [
      `The load: ${CONNECTIONS} connections for ${seconds} s after a warm-up; “alone” is one connection for ${seconds} s. With ${CONNECTIONS} connections on one busy core a request waits for nine others.`,
      'Every comment is Markdown with emphasis, a list, code, a link, a mention and a number; rendered ones are remembered by their text.',
      canPin
        ? 'Server and load generator were pinned to a core each (taskset).'
        : 'This system cannot pin processes to cores: server and load generator shared them all.',
    ],
    broken,
  };
}

/** A plan with one topic and its comments, as they would have been written. */
async function storeDiscussion(pool: pg.Pool, dataDir: string, summitId: string): Promise<void> {
  const source = '---\ntitle: Much discussed\nstate: idea\n---\n\n## Problem\n\nEverybody cares.\n';
  const repository = new Repository(join(dataDir, 'git', `${summitId}.git`));
  mkdirSync(join(dataDir, 'git'), { recursive: true });
  await repository.create();
  const by = { name: 'Bench', email: 'bench@bench.example', at: Temporal.Now.instant() };
  const head = await repository.commit({
    parents: [],
    changes: [{ path: 'topics/discussed.md', content: source }],
    author: by,
    committer: by,
    message: 'Begin\n',
  });
  const people = await storePeople(pool, 40);
  await pool.query(
    // The server may be founding the plan at this moment; it holds the summit first, too.
    `with held as (select id from summit where id = $1 for update)
     insert into plan_repository (summit_id, head, founded_at, moved_at, last_number)
     select id, $2, now(), now(), 1 from held
     on conflict (summit_id) do update set head = excluded.head, last_number = 1`,
    [summitId, head],
  );
  await pool.query(
    `insert into plan_document (summit_id, path, kind, title, source, blob, changed_at)
     values ($1, 'topics/discussed.md', 'topic', 'Much discussed', $2, '', now())`,
    [summitId, source],
  );
  await pool.query(
    `insert into plan_thread (summit_id, number, kind, title, author_id, door, created_at, updated_at)
     values ($1, 1, 'topic', 'Much discussed', $2, 'web', now() - interval '9 days', now())`,
    [summitId, people[0]],
  );
  await pool.query(
    `insert into plan_topic (summit_id, number, path) values ($1, 1, 'topics/discussed.md')`,
    [summitId],
  );
  await pool.query(
    `insert into plan_comment (summit_id, number, body, author_id, door, created_at)
     select $1, 1, format(E'Point **%s**: see #1 and @nobody, or [a page](https://example.org/%s).\\n\\n- one\\n- two with \`code %s\`\\n\\nMore words about it, so that it is as long as comments are. ', n, n, n),
       ($2::uuid[])[1 + n % 40], 'web', now() - interval '8 days' + n * interval '1 minute'
     from generate_series(1, ${COMMENTS}) n`,
    [summitId, people],
  );
  await pool.query(
    `insert into plan_reaction (summit_id, comment_id, reaction, person_id, at)
     select summit_id, id, case when turn % 4 = 0 then '+1' else 'heart' end, author_id, now()
     from plan_comment where summit_id = $1 and turn % 2 = 0`,
    [summitId],
  );
}
