import { dateIn, expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import type { AppContext } from '../../../platform/http/env.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { providedMeals } from '../../timetable/meals/meal-queries.ts';
import { mealKey } from '../../timetable/meals/meal-rules.ts';
import { showMoneyPage } from '../page.tsx';
import { perDiem } from './per-diem-rules.ts';
import { policiesOf, type StoredPolicy } from './policy-queries.ts';
import { judgeCosts } from './policy-rules.ts';
import { readTried, type Tried, type TriedCost } from './try-schema.ts';
import { TryPage } from './try-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const TRY = '/s/:summit/treasury/policies/:policy{[a-z][a-z0-9_]*}/try';

/** `/s/<summit>/treasury/policies/<set>/try`: what a set of rules would make of a cost. Keeps nothing. */
export function tryRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(TRY, withSummit, treasurersOnly);
  routes.get(TRY, async (c) => {
    const { summit, services } = c.var;
    const policies = await policiesOf(services.db, summit.id);
    const policy = policies.find(({ key }) => key === c.req.param('policy'));
    return policy === undefined ? c.notFound() : showTry(c, policy);
  });
  return routes;
}

async function showTry(c: Context, policy: StoredPolicy): Promise<Response> {
  const { summit, services } = c.var;
  const { dates, zone } = summit.definition;
  const asked = c.req.query();
  const usual: Tried = {
    people: '1',
    spent_on: dates.start,
    submitted_on: dateIn(services.clock.now(), expectZone(zone)).toString(),
  };
  const isTried = asked['try'] === 'yes';
  const typed: Tried = isTried ? asked : { ...usual, receipt: 'yes', ...asked };
  const read = isTried ? readTried(policy, typed) : undefined;
  const judged = read?.ok ? await judge(c, policy, read.value) : undefined;
  return showMoneyPage(
    c,
    {
      title: `Try “${policy.title}”`,
      lede: 'Say what somebody might spend, and see what the rules make of it. Nothing is kept.',
      status: read?.ok === false ? 422 : 200,
    },
    <TryPage
      action={c.req.path}
      policy={policy}
      typed={typed}
      problems={read?.ok === false ? read.error : undefined}
      judged={judged}
      days={judged?.days}
    />,
  );
}

async function judge(c: Context, policy: StoredPolicy, tried: TriedCost) {
  const { summit, services } = c.var;
  const { arrival, departure } = summit.definition.dates;
  const meals = await providedMeals(services.db, summit.id);
  const { cost, isProvided, submittedOn } = tried;
  const provided = (date: string, meal: string): string | undefined =>
    cost.category === 'meals'
      ? isProvided
        ? 'the summit'
        : undefined
      : meals.get(mealKey(date, meal as 'lunch')); // a key of text, whichever meal
  const [judgement] = judgeCosts(policy, [cost], {
    currency: policy.currency,
    firstDay: arrival,
    lastDay: departure,
    submittedOn,
    provided,
  });
  if (judgement === undefined) throw new Error('a cost has its judgement');
  const { from, until, tier, hours } = cost.facts;
  const days =
    cost.category === 'per_diem'
      ? perDiem(policy, {
          from: String(from ?? ''),
          until: String(until ?? ''),
          tier: tier === undefined ? undefined : String(tier),
          hours: hours === undefined ? undefined : Number(hours),
          provided,
        })
      : undefined;
  return { cost, judgement, days };
}
