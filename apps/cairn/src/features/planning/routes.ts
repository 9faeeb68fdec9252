import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { interestRoutes } from './interest/interest-routes.tsx';

/** Everything under `/s/:summit/plan` and what belongs to it. A part is a line. */
export function planningRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.route('/', interestRoutes());
  return app;
}
