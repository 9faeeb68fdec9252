import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { definitionRoutes } from './definition-routes.tsx';
import { fileRoutes } from './file-routes.tsx';
import { foundingRoutes } from './founding-routes.tsx';
import { historyRoutes } from './history-routes.tsx';

/** Every page of this room. */
export function summitRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', foundingRoutes());
  routes.route('/', definitionRoutes());
  routes.route('/', fileRoutes());
  routes.route('/', historyRoutes());
  return routes;
}
