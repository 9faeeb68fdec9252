import { Hono } from 'hono';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { ownMoney } from './own-queries.ts';
import { ownSteps } from './own-rules.ts';
import { OwnMoneyPage } from './own-views.tsx';

const MONEY = '/s/:summit/money';

/** `/s/<summit>/money`: stay, journey, estimate, claims and payments of whoever reads it. */
export function ownMoneyRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  routes.use(MONEY, withSummit, participantsOnly, comersOnly);
  routes.get(MONEY, async (c) => {
    const { summit, services, signedIn } = c.var;
    const own = await ownMoney(services.db, selfIn(summit.id, signedIn), summit.definition);
    return showMoneyPage(
      c,
      {
        title: 'Travel and money',
        lede: 'Where everything hangs, on one page. Only you and the treasurers see your money.',
      },
      <OwnMoneyPage home={`/s/${summit.slug}`} own={own} steps={ownSteps(own)} />,
    );
  });
  return routes;
}
