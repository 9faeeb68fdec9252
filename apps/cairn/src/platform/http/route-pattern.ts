import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/** An id as it stands in an address; what only looks like one would be refused by the database. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * The pattern of the address that a request asked for, such as `/i/:secret`: what logs and metrics may
 * say of it. `none` where nothing is.
 */
export const routePattern = (c: Context): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .findLast((path) => !path.includes('*')) ?? 'none';
