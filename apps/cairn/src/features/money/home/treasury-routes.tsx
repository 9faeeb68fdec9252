import { Hono } from 'hono';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { treasuryFacts } from './todo-queries.ts';
import { helpsOf, todosOf } from './todo-rules.ts';
import { TreasuryHome } from './todo-views.tsx';

const TREASURY = '/s/:summit/treasury';

/** `/s/<summit>/treasury`: what waits, and what would help. */
export function treasuryHomeRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(TREASURY, withSummit, treasurersOnly);
  routes.get(TREASURY, async (c) => {
    const { summit, services, treasurer } = c.var;
    const facts = await treasuryFacts(services.db, treasurer, services.clock.now());
    return showMoneyPage(
      c,
      { title: 'Treasury', lede: 'What waits for whoever looks after the money.' },
      <TreasuryHome
        home={`/s/${summit.slug}`}
        todos={todosOf(facts)}
        helps={helpsOf(facts)}
        own={facts.own}
      />,
    );
  });
  return routes;
}
