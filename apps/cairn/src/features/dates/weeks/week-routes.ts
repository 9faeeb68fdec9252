import { Hono } from 'hono';
import type { AppEnv } from '../../../platform/http/env.ts';
import { ownWeekRoutes, weekLinkRoutes } from './answer-routes.tsx';
import { weekMailRoutes } from './ask-routes.tsx';
import { weekChoiceRoutes } from './choice-routes.tsx';
import { weekGuestRoutes } from './guest-routes.tsx';
import { weekPollRoutes } from './poll-routes.tsx';
import { weekSetupRoutes } from './setup-routes.tsx';

/** Every page of the week poll. */
export function weekRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', weekLinkRoutes());
  routes.route('/', ownWeekRoutes());
  routes.route('/', weekPollRoutes());
  routes.route('/', weekSetupRoutes());
  routes.route('/', weekGuestRoutes());
  routes.route('/', weekMailRoutes());
  routes.route('/', weekChoiceRoutes());
  return routes;
}
