import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { assetShelf } from './design/asset-files.ts';
import type { AppEnv } from './platform/http/env.ts';

/** Where the build puts the browser's scripts: beside the bundle, or in `dist` when run from source. */
const SCRIPTS = ['./assets/', '../dist/assets/']
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.js')));

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Style sheets and fonts under names that carry the hash of their bytes, so they are kept for ever;
 * scripts under plain names, asked for anew when an hour old.
 */
export function assetRoutes(): Hono<AppEnv> {
  const { byPath } = assetShelf();
  const scripts = readScripts();
  const routes = new Hono<AppEnv>();
  routes.get('/assets/:name', (c) => {
    const asset = byPath.get(c.req.path);
    if (asset !== undefined) {
      c.header('content-type', asset.contentType);
      c.header('cache-control', FOR_EVER);
      return c.body(asset.body);
    }
    const script = scripts.get(c.req.param('name'));
    if (script === undefined) return c.text('There is no such file.\n', 404);
    c.header('content-type', 'text/javascript; charset=utf-8');
    c.header('cache-control', 'public, max-age=3600');
    return c.body(script);
  });
  return routes;
}

const readScripts = (): Map<string, string> =>
  new Map(
    (SCRIPTS === undefined ? [] : readdirSync(SCRIPTS))
      .filter((name) => name.endsWith('.js'))
      .map((name) => [name, readFileSync(new URL(name, SCRIPTS), 'utf8')]),
  );
