import { expectOk } from '@cairn/kernel/result';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { createApp } from '../apps/cairn/src/app.tsx';
import { applyWaiting } from '../apps/cairn/src/features/planning/github/apply-task.ts';
import { readRepository } from '../apps/cairn/src/features/planning/github/read-task.ts';
import { foundPlan } from '../apps/cairn/src/features/planning/repository/main-commands.ts';
import { inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import { GithubClient } from '../apps/cairn/src/platform/github/client.ts';
import type { AppEnv, Services } from '../apps/cairn/src/platform/http/env.ts';
import type { Account, Delivery, Repo } from './github-server/records.ts';
import { deliveryRequest, GithubServer } from './github-server/server.ts';
import { storeGithubSettings } from './plan-database.ts';
import { testServices, visitorFromHeader } from './services.ts';
import { openSummitDatabase, type SummitDatabase } from './summit-database.ts';

export const WEBHOOK_SECRET = 'a secret that only GitHub knows';

/** A summit whose plan is kept in step with a repository of a small GitHub. */
export interface GithubTestWorld extends SummitDatabase {
  readonly summitId: string;
  readonly server: GithubServer;
  readonly services: Services;
  readonly app: Hono<AppEnv>;
  readonly octo: Account;
  /** The repository that is connected now. */
  repo: Repo;
  /** Takes everything of GitHub and of discussions away, and connects a new repository. */
  fresh(): Promise<void>;
  /** Posts deliveries as GitHub would, signed; all that wait unless said. */
  deliver(deliveries?: readonly Delivery[]): Promise<void>;
  /** Applies what was delivered. */
  apply(): Promise<void>;
  /** Asks GitHub until nothing is due. */
  read(): Promise<void>;
}

/** Opens it all. Ends with `drop`, after which `server.wrong` says whether GitHub's description was kept to. */
export async function openGithubWorld(as: 'token' | 'app' = 'token'): Promise<GithubTestWorld> {
  const base = await openSummitDatabase();
  await base.found();
  const { id: summitId } = await base.summit('sp_summit_2023');
  const server = await GithubServer.start();
  const github = new GithubClient(
    {
      apiUrl: server.url,
      identity:
        as === 'token'
          ? { kind: 'token', token: 'ghp_cairn' }
          : { kind: 'app', appId: String(server.app.id), privateKey: server.app.privateKey },
      webhookSecret: WEBHOOK_SECRET,
    },
    { now: () => server.world.now, sleep: async () => undefined, writePause: 0 },
  );
  const services = testServices(base.db, { clock: base.clock, github });
  const app = createApp(services, visitorFromHeader(base.db));
  expectOk(
    await inTransaction(base.db, (tx) =>
      foundPlan(tx, services, base.actor, summitId, [{ path: 'README.md', content: '# Plan\n' }]),
    ),
  );
  const octo = server.world.addAccount('octo');
  server.world.tokens.set('ghp_cairn', server.world.addAccount('cairn-bot').id);
  let names = 0;
  const newRepo = (): Repo => {
    names += 1;
    const repo = server.world.addRepo(octo, `plan-${names}`);
    server.app.install(repo);
    return repo;
  };
  const world: GithubTestWorld = {
    ...base,
    summitId,
    server,
    services,
    app,
    octo,
    repo: newRepo(),
    fresh: async () => {
      await sql`truncate github_settings, github_link, github_head, github_delivery, github_reading,
        github_due, plan_thread, plan_happening, plan_reaction, github_account_login, evidence cascade`.execute(
        base.db,
      );
      await sql`truncate graphile_worker._private_jobs`.execute(base.db);
      server.world.takeDeliveries();
      server.requests.length = 0;
      world.repo = newRepo();
      await storeGithubSettings(
        base.db,
        { summitId, owner: octo.login, name: world.repo.name, id: world.repo.id },
        { at: base.clock.now(), by: base.ada },
      );
    },
    deliver: async (deliveries = server.world.takeDeliveries()) => {
      for (const delivery of deliveries) {
        const answer = await app.request(
          '/github/webhook',
          await deliveryRequest(delivery, WEBHOOK_SECRET),
        );
        if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
      }
    },
    apply: async () => {
      for (let round = 0; round < 20; round += 1) {
        await applyWaiting(services, summitId);
        const { count } = await base.db
          .selectFrom('githubDelivery')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('state', '=', 'waiting')
          .executeTakeFirstOrThrow();
        if (count === 0) return;
      }
      throw new Error('some deliveries are never applied');
    },
    read: async () => {
      for (let round = 0; round < 200; round += 1) {
        await readRepository(services, summitId);
        const stuck = await base.db
          .selectFrom('githubSettings')
          .select('trouble')
          .where((eb) => eb.or([eb('trouble', 'is not', null), eb('limitedUntil', 'is not', null)]))
          .executeTakeFirst();
        if (stuck !== undefined) throw new Error(`GitHub is out of reach: ${stuck.trouble}`);
        const { count } = await base.db
          .selectFrom('githubDue')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        const streams = await base.db
          .selectFrom('githubReading')
          .select('stream')
          .where('passBeganAt', 'is', null)
          .execute();
        if (count === 0 && streams.length === 3) return;
      }
      throw new Error('there is no end of what is to be read');
    },
    drop: async () => {
      await base.drop();
      await server.stop();
    },
  };
  await world.fresh();
  return world;
}

/** All that a plan says of what came from GitHub, by GitHub's numbers: the same whatever came first. */
export async function shownOf({ db, summitId }: GithubTestWorld) {
  const { rows } = await sql<{ thread: unknown }>`
    select json_build_object(
      'remote', l.remote_id, 'gone', l.gone_at is not null, 'kind', t.kind, 'title', t.title, 'body', t.body,
      'state', t.state, 'account', t.author_account, 'person', t.author_id, 'locked', t.locked_at is not null,
      'created', t.created_at,
      'labels', (select json_agg(b.label order by b.label) from plan_label b
        where b.summit_id = t.summit_id and b.number = t.number),
      'proposal', (select json_build_object('state', p.state, 'head', p.head, 'commit', p.merge_commit)
        from plan_proposal p where p.summit_id = t.summit_id and p.number = t.number),
      'versions', (select json_agg(v.head order by v.version) from plan_version v
        where v.summit_id = t.summit_id and v.number = t.number),
      'reviews', (select json_agg(json_build_object('remote', rl.remote_id, 'verdict', r.verdict, 'body', r.body,
          'head', v.head, 'dismissed', r.dismissed_at is not null) order by rl.remote_id)
        from plan_review r join github_link rl on rl.review_id = r.id
        join plan_version v on (v.summit_id, v.number, v.version) = (r.summit_id, r.number, r.version)
        where r.summit_id = t.summit_id and r.number = t.number),
      'comments', (select json_agg(json_build_object('remote', cl.remote_id, 'body', c.body, 'account', c.author_account,
          'withdrawn', c.withdrawn_at is not null, 'path', lc.path, 'line', lc.line, 'resolved', lc.resolved_at is not null,
          'reactions', (select json_agg(x.reaction || ':' || coalesce(x.account_id::text, x.person_id::text)
            order by x.reaction, x.account_id) from plan_reaction x where x.comment_id = c.id)) order by cl.remote_id)
        from plan_comment c join github_link cl on cl.comment_id = c.id
        left join plan_line_comment lc on lc.comment_id = c.id
        where c.summit_id = t.summit_id and c.number = t.number),
      'reactions', (select json_agg(x.reaction || ':' || coalesce(x.account_id::text, x.person_id::text)
        order by x.reaction, x.account_id) from plan_reaction x
        where x.summit_id = t.summit_id and x.number = t.number)
    ) as thread
    from plan_thread t join github_link l
      on l.summit_id = t.summit_id and l.number = t.number and l.kind = 'thread'
    where t.summit_id = ${summitId} order by l.remote_id`.execute(db);
  return rows.map(({ thread }) => thread);
}
