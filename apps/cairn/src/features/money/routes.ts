import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';

/** Everything under `/s/:summit/money`, `/treasury` and what organisers see of it. A part is a line. */
export function moneyRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  return app;
}
