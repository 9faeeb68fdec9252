import { Hono } from 'hono';
import { commitWithin, EMPTY_TREE, historyOf } from '../../../platform/git/history.ts';
import { readerZone } from '../../summits/page.tsx';
import type { PlanEnv } from '../access.ts';
import { encodedPath } from '../documents/text-rules.ts';
import { showPlanPage } from '../page.tsx';
import { differenceOf } from '../reviews/difference-queries.ts';
import { askedPath, type FileContext, forReaders, planPath } from './file-routes.tsx';
import { CommitPage, HistoryPage } from './history-views.tsx';

const ON_A_PAGE = 50;
/** Further back than this goes a clone. */
const MOST_SKIPPED = 100_000;

/**
 * `/s/<summit>/plan/history`: what was changed in the plan, `…/history/<path>` in one document or
 * folder, `…/commits/<oid>` one change. For the readers of the plan; only what leads to main.
 */
export function historyRoutes(): Hono<PlanEnv> {
  const routes = new Hono<PlanEnv>();
  const base = '/s/:summit/plan';
  forReaders(routes, `${base}/history`);
  forReaders(routes, `${base}/commits`);
  routes.get(`${base}/history`, (c) => showHistory(c, ''));
  routes.get(`${base}/history/:path{.+}`, (c) => {
    const path = askedPath(c);
    return path === undefined ? c.notFound() : showHistory(c, path);
  });
  routes.get(`${base}/commits/:oid{[0-9a-f]{40}}`, (c) => showCommit(c, c.req.param('oid')));
  return routes;
}

async function showHistory(c: FileContext, path: string): Promise<Response> {
  const { services, summit, plan } = c.var;
  const asked = Number(c.req.query('before'));
  const skip = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, MOST_SKIPPED) : 0;
  const commits = await historyOf(services.git.plan(summit.id), plan.head, {
    path: path === '' ? undefined : path,
    skip,
    most: ON_A_PAGE + 1,
  });
  const base = planPath(c);
  const here = `${base}/history${path === '' ? '' : `/${encodedPath(path)}`}`;
  return showPlanPage(
    c,
    {
      title: path === '' ? 'Changes of the plan' : `Changes of ${path}`,
      heading: 'What was changed',
      lede: 'Newest first.',
    },
    <HistoryPage
      plan={base}
      path={path}
      commits={commits.slice(0, ON_A_PAGE)}
      zone={readerZone(c, summit)}
      older={commits.length > ON_A_PAGE ? `${here}?before=${skip + ON_A_PAGE}` : undefined}
    />,
  );
}

async function showCommit(c: FileContext, oid: string): Promise<Response> {
  const { services, summit, plan } = c.var;
  const repository = services.git.plan(summit.id);
  const commit = await commitWithin(repository, plan.head, oid);
  if (commit === undefined) return c.notFound();
  const from = commit.parents[0] ?? EMPTY_TREE;
  const { files } = await differenceOf(repository, { from, to: commit.oid });
  return showPlanPage(
    c,
    {
      title: commit.subject === '' ? `Change ${oid.slice(0, 10)}` : commit.subject.slice(0, 200),
    },
    <CommitPage plan={planPath(c)} commit={commit} files={files} zone={readerZone(c, summit)} />,
  );
}
