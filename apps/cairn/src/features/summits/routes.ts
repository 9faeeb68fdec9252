import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { carriedRoutes, copyRoutes } from './carried-routes.tsx';
import { definitionRoutes } from './definition-routes.tsx';
import { fileRoutes } from './file-routes.tsx';
import { foundingRoutes } from './founding-routes.tsx';
import { historyRoutes } from './history-routes.tsx';
import { homeRoutes } from './home-routes.tsx';
import { type LoadOverviewSection, overviewRoutes } from './overview-routes.tsx';
import { publicRoutes } from './public-routes.tsx';

/** Every page of this room; `overview` brings the other rooms' sections of the organisers' overview. */
export function summitRoutes(overview: readonly LoadOverviewSection[] = []): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', homeRoutes());
  routes.route('/', foundingRoutes());
  routes.route('/', publicRoutes());
  routes.route('/', overviewRoutes(overview));
  routes.route('/', definitionRoutes());
  routes.route('/', fileRoutes());
  routes.route('/', historyRoutes());
  routes.route('/', carriedRoutes());
  routes.route('/', copyRoutes());
  return routes;
}
