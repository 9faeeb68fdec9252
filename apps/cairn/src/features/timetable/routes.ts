import { Hono } from 'hono';
import type { AppEnv } from '../../platform/http/env.ts';

/** Everything under `/s/:summit/timetable` and `/s/:summit/organise/timetable`. A part is a line. */
export function timetableRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  return app;
}
