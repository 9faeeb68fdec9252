import { Hono } from 'hono';
import { assetShelf } from '../../../design/asset-files.ts';
import { type SummitEnv, withSummit } from '../../summits/access.ts';
import { mapsOf } from '../maps/map-queries.ts';
import { nowTimetable } from '../now/now-queries.ts';

/** Scripts of the pages that are kept; what else a page loads is kept when somebody looks at it. */
const SCRIPTS = ['now', 'offline', 'worklog'].map((name) => `/assets/${name}.js`);

/**
 * What a browser needs to go on without a network: `…/service-worker.js`, which may answer for the
 * summit's pages and no others; `…/timetable/offline.json`, what it is to keep; `…/app.webmanifest`, how the
 * summit stands among the apps of a phone.
 */
export function offlineRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const summit = '/s/:summit';
  const list = `${summit}/timetable/offline.json`;
  const manifest = `${summit}/app.webmanifest`;
  routes.use(list, withSummit);
  routes.use(manifest, withSummit);

  // Within the summit's part of the site, so that it may answer for that and no more. Its only line
  // loads the script of all summits, and a browser looks at both for changes.
  routes.get(`${summit}/service-worker.js`, (c) =>
    c.body("importScripts('/assets/service-worker.js');\n", 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  );

  routes.get(list, async (c) => {
    const { services, summit: own, comes, organiser, visitor } = c.var;
    const home = `/s/${own.slug}/timetable`;
    const timetable = await nowTimetable(services.db, own.id);
    const maps = await mapsOf(services.db, own.id);
    const isComer = visitor.signedIn !== undefined && (comes || organiser !== undefined);
    const { stylesheet, firstFont, icon } = assetShelf();
    c.header('cache-control', 'private, no-cache');
    return c.json({
      stamp: `${timetable?.stamp ?? ''} ${maps.map(({ id }) => id).join(' ')}`,
      pages: [
        home,
        `${home}/now`,
        `${home}/maps`,
        ...(timetable?.days ?? []).map(({ date }) => `${home}/days/${date}`),
        ...(timetable?.rooms ?? []).map(({ key }) => `${home}/rooms/${key}`),
        ...(isComer
          ? [`${home}/agenda`, `${home}/groups`, `${home}/open-space`, `/s/${own.slug}/worklog`]
          : []),
      ],
      files: [`${home}/now.json`, ...maps.map(({ id }) => `${home}/maps/${id}/picture`)],
      assets: [stylesheet, firstFont, icon, ...SCRIPTS],
    });
  });

  routes.get(manifest, (c) => {
    const { slug, definition } = c.var.summit;
    const { icon } = assetShelf();
    return c.body(
      JSON.stringify({
        id: `/s/${slug}/`,
        name: definition.title,
        short_name: 'Summit',
        description: 'The timetable, now and next, your agenda and the maps.',
        lang: 'en-GB',
        start_url: `/s/${slug}/timetable/now`,
        scope: `/s/${slug}/`,
        display: 'minimal-ui',
        background_color: '#fffffb',
        theme_color: '#fffffb',
        icons: [{ src: icon, type: 'image/svg+xml', sizes: 'any', purpose: 'any' }],
      }),
      200,
      { 'content-type': 'application/manifest+json', 'cache-control': 'private, max-age=3600' },
    );
  });

  return routes;
}
