import type { ComponentChildren } from 'preact';
import { Menu } from '../../design/layout.tsx';
import type { AppContext } from '../../platform/http/env.ts';
import type { SummitEnv } from '../summits/access.ts';
import { type ShownPage, showPage } from '../summits/page.tsx';

type Context = AppContext<SummitEnv['Variables']>;
type Part = readonly [path: string, label: string];

/** What somebody who comes has to do with money and the way there. */
const OWN: readonly Part[] = [
  ['/money', 'Travel and money'],
  ['/money/stay', 'My stay'],
  ['/money/journey', 'My journey'],
  ['/needs', 'Food and access'],
  ['/money/visa-letter', 'Visa letter'],
  ['/meals', 'Meals'],
  ['/money/estimates', 'Estimate'],
  ['/money/claims', 'Claims'],
  ['/money/receipts', 'Receipts'],
  ['/money/rules', 'What is paid'],
];

/** What those do who look after the money. */
const TREASURY: readonly Part[] = [
  ['/treasury', 'To do'],
  ['/treasury/budget', 'Budget'],
  ['/treasury/funders', 'Funders'],
  ['/treasury/estimates', 'Estimates'],
  ['/treasury/claims', 'Claims'],
  ['/treasury/payments', 'Payments'],
  ['/treasury/seat-cost', 'Seat cost'],
  ['/treasury/policies', 'Rules'],
  ['/treasury/rates', 'Rates'],
  ['/treasury/journal', 'Journal'],
  ['/treasury/ledgers', 'Ledgers'],
];

/** What organisers look after, which money pays for: nights, ways and meals. */
const HOSTING: readonly Part[] = [
  ['/organise/stays', 'Stays'],
  ['/organise/lodging', 'Rooms to sleep in'],
  ['/organise/journeys', 'Arrivals'],
  ['/organise/visa-letters', 'Visa letters'],
  ['/organise/needs', 'Food and access'],
  ['/organise/meals', 'Meals'],
  ['/organise/money', 'Money'],
];

/** Answers a page about money, stays or meals, with the menu of the parts that belong together. */
export function showMoneyPage(
  c: Context,
  page: ShownPage,
  body: ComponentChildren,
): Response | Promise<Response> {
  const home = `/s/${c.var.summit.slug}`;
  const path = new URL(c.req.url).pathname;
  const part = path.startsWith(`${home}/organise`)
    ? ([HOSTING, 'Stays and meals'] as const)
    : path.startsWith(`${home}/treasury`)
      ? ([TREASURY, 'Treasury'] as const)
      : ([OWN, 'Travel and money'] as const);
  const items = part[0].map(([below, label], index) => ({
    href: `${home}${below}`,
    label,
    // The first part of a menu is the way to the others, and above some of them.
    current:
      path === `${home}${below}` ||
      (index > 0 && path.startsWith(`${home}${below}/`)) ||
      (below === '/organise/stays' && path.startsWith(`${home}${below}/`)),
  }));
  return showPage(
    c,
    page,
    <>
      <Menu label={part[1]} items={items} />
      {body}
    </>,
  );
}
