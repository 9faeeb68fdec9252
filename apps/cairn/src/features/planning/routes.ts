import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { decisionRoutes } from './decisions/decision-routes.tsx';
import { fileRoutes } from './files/file-routes.tsx';
import { historyRoutes } from './files/history-routes.tsx';
import { webhookRoutes } from './github/webhook-routes.ts';
import { grantRoutes } from './github-out/grant-routes.tsx';
import { interestRoutes } from './interest/interest-routes.tsx';
import { ledgerRoutes } from './ledger/ledger-routes.tsx';
import { editorRoutes } from './proposals/editor-routes.tsx';
import { proposalRoutes } from './proposals/proposal-routes.tsx';
import { planSettingsRoutes } from './repository/settings-routes.tsx';
import { changesRoutes } from './reviews/changes-routes.tsx';
import { reviewRoutes } from './reviews/review-routes.tsx';
import { searchRoutes } from './search/search-routes.tsx';
import { commentRoutes } from './threads/comment-routes.tsx';
import { liveThreadRoutes } from './threads/live-thread-routes.ts';
import { threadRoutes } from './threads/thread-routes.tsx';
import { topicPageRoutes } from './topics/topic-page-routes.tsx';
import { topicListRoutes } from './topics/topic-routes.tsx';

/** Everything under `/s/:summit/plan` and what belongs to it. A part is a line. */
export function planningRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.route('/', decisionRoutes());
  app.route('/', webhookRoutes());
  app.route('/', grantRoutes());
  app.route('/', fileRoutes());
  app.route('/', historyRoutes());
  app.route('/', interestRoutes());
  app.route('/', editorRoutes());
  app.route('/', proposalRoutes());
  app.route('/', topicListRoutes());
  app.route('/', topicPageRoutes());
  app.route('/', threadRoutes());
  app.route('/', commentRoutes());
  app.route('/', liveThreadRoutes());
  app.route('/', ledgerRoutes());
  app.route('/', planSettingsRoutes([]));
  app.route('/', searchRoutes());
  app.route('/', changesRoutes());
  app.route('/', reviewRoutes());
  return app;
}
