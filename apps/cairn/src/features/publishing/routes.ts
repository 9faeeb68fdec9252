import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { documentRoutes } from './documents-routes.tsx';
import { feedRoutes } from './feed-routes.tsx';

/** Everything that this room serves: documents, calendar feeds, and the pages about them. */
export function publishingRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', documentRoutes());
  routes.route('/', feedRoutes());
  return routes;
}
