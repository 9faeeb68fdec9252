import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';
import { blockRoutes } from './frame/block-routes.tsx';
import { frameRoutes } from './frame/frame-routes.tsx';
import { roomRoutes } from './frame/room-routes.tsx';

/** Everything under `/s/:summit/timetable` and `/s/:summit/organise/timetable`. A part is a line. */
export function timetableRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.route('/', frameRoutes());
  app.route('/', blockRoutes());
  app.route('/', roomRoutes());
  return app;
}
