import { Hono } from 'hono';
import type { AppEnv } from '../../../platform/http/env.ts';
import { showPlainPage } from '../../summits/page.tsx';
import { oneself, ownData } from './own-data-queries.ts';
import { OwnDataPage } from './own-data-views.tsx';

/** `/me/data` and `/me/data.json`: what Cairn holds about whoever asks. */
export function ownDataRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/me/data', (c) => {
    if (c.var.visitor.signedIn === undefined) return c.redirect('/sign-in?to=%2Fme%2Fdata', 303);
    return showPlainPage(c, { title: 'My data' }, <OwnDataPage />);
  });

  routes.get('/me/data.json', async (c) => {
    const { services, visitor } = c.var;
    const { signedIn } = visitor;
    if (signedIn === undefined) return c.redirect('/sign-in?to=%2Fme%2Fdata', 303);
    // One moment for all of it: no row is missed because another changed meanwhile.
    const data = await services.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((tx) => ownData(tx, oneself(signedIn)));
    c.header('cache-control', 'no-store');
    c.header('content-disposition', 'attachment; filename="cairn-my-data.json"');
    return c.json({ exportedAt: services.clock.now(), ...data });
  });

  return routes;
}
