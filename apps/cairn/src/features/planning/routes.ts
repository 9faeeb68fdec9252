import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';

/** Everything under `/s/:summit/plan` and what belongs to it. A part is a line. */
export function planningRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  return app;
}
