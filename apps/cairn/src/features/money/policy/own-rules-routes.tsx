import { Hono } from 'hono';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { ownRules } from './own-rules-queries.ts';
import { OwnRulesPage } from './own-rules-views.tsx';

const RULES = '/s/:summit/money/rules';

/** `/s/<summit>/money/rules`: what is paid for the reader, in plain words. */
export function ownRulesRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  routes.use(RULES, withSummit, participantsOnly, comersOnly);
  routes.get(RULES, async (c) => {
    const { summit, signedIn, services } = c.var;
    const own = await ownRules(services.db, selfIn(summit.id, signedIn), summit.definition);
    return showMoneyPage(
      c,
      { title: 'What is paid', lede: 'What you get back, how much of it, and until when to ask.' },
      <OwnRulesPage home={`/s/${summit.slug}`} {...own} />,
    );
  });
  return routes;
}
