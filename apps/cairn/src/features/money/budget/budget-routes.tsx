import { Hono } from 'hono';
import type { AppContext } from '../../../platform/http/env.ts';
import {
  type OrganiserEnv,
  organisersOnly,
  type TreasurerEnv,
  treasurersOnly,
  withSummit,
} from '../../summits/access.ts';
import { fundersOf, fundLinesOf } from '../funders/funder-queries.ts';
import { moneyPeople } from '../funders/people-queries.ts';
import { balancesOf, lineStandings, linesOfFew } from '../journal/balance-queries.ts';
import { entriesOf } from '../journal/entry-queries.ts';
import { KIND_WORDS } from '../journal/journal-words-rules.ts';
import { showMoneyPage } from '../page.tsx';
import { BudgetByCategory, BudgetByPerson, type PersonRow } from './budget-parts-views.tsx';
import { byCategory, byPerson } from './budget-rules.ts';
import { BUDGET_VIEWS, BudgetByLine, BudgetFrame, type Override } from './budget-views.tsx';
import { OrganisersMoneyPage } from './organiser-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const BUDGET = '/s/:summit/treasury/budget';
const ORGANISERS = '/s/:summit/organise/money';
/** As many as anybody reads; the journal has the others. */
const MOST_OVERRIDES = 100;

/** `/s/<summit>/treasury/budget`: by line, by kind of cost, by person. */
export function budgetRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(BUDGET, withSummit, treasurersOnly);
  routes.get(BUDGET, async (c) => {
    const asked = c.req.query('by');
    const view = BUDGET_VIEWS.find(([value]) => value === asked)?.[0] ?? 'line';
    const treasury = `/s/${c.var.summit.slug}/treasury`;
    const body =
      view === 'line'
        ? await budgetByLine(c, treasury)
        : view === 'category'
          ? await budgetByCategory(c, treasury)
          : await budgetByPerson(c, treasury);
    return showMoneyPage(
      c,
      {
        title: 'Budget',
        lede: 'Where the money stands now. Each amount leads to the entries that make it.',
      },
      <BudgetFrame treasury={treasury} view={view}>
        {body}
      </BudgetFrame>,
    );
  });
  return routes;
}

async function budgetByLine(c: Context, treasury: string) {
  const { summit, services, treasurer } = c.var;
  const { db } = services;
  const [funders, lines, standings, overridden] = await Promise.all([
    fundersOf(db, summit.id),
    fundLinesOf(db, summit.id),
    lineStandings(db, summit.id),
    entriesOf(db, treasurer, { isOverride: true }, { limit: MOST_OVERRIDES, offset: 0 }),
  ]);
  const overrides = overridden.rows.map(
    ({ id, kind, by, note, postings }): Override => ({
      id,
      what: `${KIND_WORDS[kind]}: ${[...new Set(postings.map(({ line }) => line))].join(', ')}`,
      by: by ?? 'Cairn',
      reason: note,
    }),
  );
  return (
    <BudgetByLine
      treasury={treasury}
      funders={funders}
      lines={lines}
      standings={standings}
      overrides={overrides}
    />
  );
}

async function budgetByCategory(c: Context, treasury: string) {
  const { summit, services, treasurer } = c.var;
  const [balances, lines] = await Promise.all([
    balancesOf(services.db, treasurer),
    fundLinesOf(services.db, summit.id),
  ]);
  return <BudgetByCategory treasury={treasury} parts={byCategory(balances, lines)} />;
}

async function budgetByPerson(c: Context, treasury: string) {
  const { summit, services, treasurer } = c.var;
  const { db } = services;
  const [balances, lines, people] = await Promise.all([
    balancesOf(db, treasurer),
    fundLinesOf(db, summit.id),
    moneyPeople(db, treasurer),
  ]);
  const parts = Map.groupBy(byPerson(balances, lines), ({ personId }) => personId);
  const [funder] = await fundersOf(db, summit.id);
  const rows = people.flatMap(({ personId, name, seatKind }): PersonRow[] => {
    const own = parts.get(personId) ?? [];
    if (own.length > 0) return own.map((part) => ({ ...part, name, seatKind }));
    if (funder === undefined) return [];
    return [{ personId, name, seatKind, currency: funder.currency, standing: undefined }];
  });
  const forNobody = (parts.get(null) ?? []).map(
    (part): PersonRow => ({ ...part, name: 'Nobody in particular', seatKind: undefined }),
  );
  return <BudgetByPerson treasury={treasury} rows={[...rows, ...forNobody]} />;
}

/** `/s/<summit>/organise/money`: what organisers see of it, which is nothing of any person. */
export function organisersMoneyRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ORGANISERS, withSummit, organisersOnly);
  routes.get(ORGANISERS, async (c) => {
    const { summit, services, treasurer } = c.var;
    const [lines, standings, tooFew] = await Promise.all([
      fundLinesOf(services.db, summit.id),
      lineStandings(services.db, summit.id),
      linesOfFew(services.db, summit.id),
    ]);
    return showMoneyPage(
      c,
      {
        title: 'Money',
        lede: 'How much of each line is left. What concerns one person, treasurers see and nobody else.',
      },
      <OrganisersMoneyPage
        home={`/s/${summit.slug}`}
        isTreasurer={treasurer !== undefined}
        lines={lines}
        standings={standings}
        tooFew={tooFew}
      />,
    );
  });
  return routes;
}
