import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/**
 * The pattern of the address that a request asked for, such as `/i/:secret`: what logs and metrics may
 * say of it. `none` where nothing is.
 */
export const routePattern = (c: Context): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .findLast((path) => !path.includes('*')) ?? 'none';
