import { expectCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { EmptyState } from '../../../design/empty.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { fundersOf } from '../funders/funder-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { seatCostModel, seatCostOf } from './cost-queries.ts';
import { SeatCostPage } from './cost-views.tsx';
import { AS_PLANNED, type CostFacts, forecast, partsOf, type WhatIf } from './forecast-rules.ts';
import { saveModel } from './model-commands.ts';
import { emptyModel, faresIn, MOST_FARES, modelAsTyped, readModel } from './model-schema.ts';
import { ModelPage } from './model-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const PAGE = '/s/:summit/treasury/seat-cost';
/** Enough for a picture; about a fifth of a second for forty people. */
const DRAWS = 2000;
/** Seats looked at beyond those taken, where nobody asks for more or fewer. */
const USUAL_SEATS = 5;
/** Each one is drawn anew, which takes about a twentieth of a second. */
const MOST_SEATS = 20;

/** `/s/<summit>/treasury/seat-cost`: what seats cost, and whether there is money for more. */
export function seatCostRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [PAGE, `${PAGE}/model`]) routes.use(address, withSummit, treasurersOnly);

  routes.get(PAGE, showCosts);
  routes.get(`${PAGE}/model`, (c) => showModel(c));
  routes.post(`${PAGE}/model`, async (c) => {
    const { services, summit, treasurer } = c.var;
    const { typed } = await readTyped(c);
    const read = readModel(typed);
    if (!read.ok) return showModel(c, { typed, problems: read.error });
    const asked = typedText(typed, 'revision');
    const revision = /^\d{1,9}$/.test(asked) ? Number(asked) : -1;
    const saved = await inTransaction(services.db, (tx) =>
      saveModel(tx, webActor(c), treasurer, read.value, revision),
    );
    if (!saved.ok) return showModel(c, { typed, problems: [saved.error] });
    return seeOther(c, `/s/${summit.slug}/treasury/seat-cost`, 'Saved.');
  });
  return routes;
}

/** What was asked to be otherwise; what is no number is told, and taken as planned. */
function readWhatIf(c: Context): {
  readonly whatIf: WhatIf;
  readonly seats: number;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
} {
  const typed: Record<string, string> = {};
  const problems: Problem[] = [];
  const whole = (name: string, least: number, most: number, usual: number): number => {
    const text = (c.req.query(name) ?? '').trim().replace('−', '-');
    typed[name] = text;
    if (text === '') return usual;
    const number = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    const sentence = `Write a whole number from ${least} to ${most}.`;
    problems.push(problem('no-number', sentence, { path: name }));
    return usual;
  };
  return {
    whatIf: {
      lodgingPercent: whole('lodging', -90, 500, 0),
      faresPercent: whole('fares', -90, 500, 0),
      fewerDays: whole('fewer', 0, 60, 0),
    },
    seats: whole('seats', 0, MOST_SEATS, USUAL_SEATS),
    typed,
    problems,
  };
}

async function showCosts(c: Context) {
  const { services, summit, treasurer } = c.var;
  const home = `/s/${summit.slug}`;
  const world = await seatCostOf(services.db, treasurer, summit);
  const page = { title: 'Seat cost', lede: 'What people cost, and whether the lines carry more.' };
  if (world?.model === undefined) {
    return showMoneyPage(
      c,
      page,
      world === undefined ? (
        <EmptyState next={{ href: `${home}/treasury/funders`, label: 'Add a funder and a line' }}>
          No line pays anything yet, so seats cost nothing here.
        </EmptyState>
      ) : (
        <EmptyState
          next={{ href: `${home}/treasury/seat-cost/model`, label: 'Say what costs are expected' }}
        >
          Nobody has said what a journey and a night cost. Until then the waiting list asks only
          whether a line that pays for somebody has anything left.
        </EmptyState>
      ),
    );
  }
  const facts: CostFacts = { ...world, model: world.model };
  const { whatIf, seats, typed, problems } = readWhatIf(c);
  const isAsPlanned = Object.values(whatIf).every((change) => change === 0);
  return showMoneyPage(
    c,
    { ...page, status: problems.length > 0 ? 422 : 200 },
    <SeatCostPage
      home={home}
      currency={world.currency}
      confidence={world.model.confidence}
      granted={world.granted}
      whatIf={whatIf}
      seats={seats}
      typed={typed}
      problems={problems}
      forecast={forecast(facts, whatIf, { seats, draws: DRAWS })}
      planned={isAsPlanned ? undefined : forecast(facts, AS_PLANNED, { seats: 0, draws: DRAWS })}
      rows={world.people.map((person) => ({
        person,
        name: world.names.get(person.personId) ?? '',
        parts: partsOf(facts, person, whatIf),
      }))}
      nameOf={(person) =>
        person === undefined
          ? 'somebody of whom nothing is known'
          : `${world.names.get(person.personId) ?? ''}, who waits`
      }
      withoutRate={world.withoutRate}
    />,
  );
}

async function showModel(c: Context, refused?: RefusedForm) {
  const { services, summit, treasurer } = c.var;
  const kept = await seatCostModel(services.db, treasurer);
  const [funder] = await fundersOf(services.db, summit.id);
  const model = kept?.model ?? emptyModel(funder?.currency ?? expectCurrency('USD'));
  const typed = refused?.typed ?? modelAsTyped(model);
  return showMoneyPage(
    c,
    {
      title: 'Expected costs',
      lede: 'What a journey, a night and a meal cost, as far as anybody knows.',
      status: refused === undefined ? 200 : 422,
    },
    <ModelPage
      home={`/s/${summit.slug}`}
      revision={kept?.revision ?? 0}
      typed={typed}
      problems={refused?.problems}
      fares={Math.min(MOST_FARES, Math.max(4, faresIn(typed) + 3))}
    />,
  );
}
