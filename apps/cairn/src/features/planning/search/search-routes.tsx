import { Hono } from 'hono';
import { withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanEnv, planReaders, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { alikeTitles, HITS_ON_PAGE, searchPlan, threadNumbered } from './search-queries.ts';
import { numberTyped, searchQuery } from './search-rules.ts';
import { SearchPage } from './search-views.tsx';

/** `/s/<summit>/plan/search`: documents for the plan’s readers; discussions too for those who take part. */
export function searchRoutes(): Hono<PlanEnv> {
  const routes = new Hono<PlanEnv>();
  routes.get('/s/:summit/plan/search', withSummit, withPlan, planReaders, async (c) => {
    const { summit, services, takesPart, organiser } = c.var;
    const isMember = takesPart || organiser !== undefined;
    const scope = isMember ? 'everything' : 'documents';
    const query = searchQuery.parse(c.req.query());
    const found = await searchPlan(services.db, summit.id, scope, query);
    const number = isMember ? numberTyped(query.q) : undefined;
    return showPlanPage(
      c,
      {
        title: query.q === '' ? 'Search' : `Search: ${query.q}`,
        heading: 'Search',
        lede: isMember
          ? 'Documents, topics, issues, proposals, decisions, comments and reviews.'
          : 'The documents of the plan.',
      },
      <SearchPage
        home={`/s/${summit.slug}`}
        zone={readerZone(c, summit)}
        query={query}
        found={found}
        pages={Math.ceil(found.count / HITS_ON_PAGE)}
        alike={found.count > 0 ? [] : await alikeTitles(services.db, summit.id, scope, query.q)}
        numbered={
          number === undefined ? undefined : await threadNumbered(services.db, summit.id, number)
        }
        isMember={isMember}
      />,
    );
  });
  return routes;
}
