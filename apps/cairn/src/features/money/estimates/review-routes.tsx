import { dateIn, expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { providedMeals } from '../../timetable/meals/meal-queries.ts';
import { mealKey } from '../../timetable/meals/meal-rules.ts';
import type { Category } from '../category-rules.ts';
import { headRoom } from '../funders/ceiling-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { type FundLine, linesFor, paysForPerson } from '../funders/funder-rules.ts';
import { balancesOf, lineStandings } from '../journal/balance-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { policyFor } from '../policy/policy-queries.ts';
import { type Cost, judgeCosts } from '../policy/policy-rules.ts';
import { staysOf } from '../stays/stay-queries.ts';
import { grantedNights } from '../stays/stay-rules.ts';
import { closeEstimate } from './close-commands.ts';
import { approveEstimate, lookAtApproval, turnBackEstimate } from './decision-commands.ts';
import { estimateCounts, estimateOf, estimatesOf, type NamedEstimate } from './estimate-queries.ts';
import { estimateTitle, mayDecide } from './estimate-rules.ts';
import { readDecision, revisionOf } from './estimate-schema.ts';
import { missingEstimates } from './missing-queries.ts';
import { ESTIMATE_FILTERS, EstimatesPage } from './queue-views.tsx';
import { EstimateReviewPage, type HeadRoomRow, type ItemAdvice } from './review-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const LIST = '/s/:summit/treasury/estimates';
const ONE = `${LIST}/:number{[0-9]{1,6}}`;

/** `/s/<summit>/treasury/estimates`: what people mean to spend, and what of it may be. */
export function estimateReviewRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [LIST, `${LIST}/*`]) routes.use(address, withSummit, treasurersOnly);

  routes.get(LIST, async (c) => {
    const { services, summit, treasurer, signedIn } = c.var;
    const { db } = services;
    const asked = c.req.query('show');
    const [filter, , states] =
      ESTIMATE_FILTERS.find(([key]) => key === asked) ?? ESTIMATE_FILTERS[0] ?? [];
    return showMoneyPage(
      c,
      { title: 'Estimates', lede: 'What people mean to spend. They wait with it for an answer.' },
      <EstimatesPage
        home={`/s/${summit.slug}`}
        filter={filter ?? ''}
        counts={await estimateCounts(db, treasurer)}
        estimates={await estimatesOf(db, treasurer, { states: states ?? [] })}
        lines={await fundLinesOf(db, summit.id)}
        missing={await missingEstimates(db, treasurer)}
        zone={readerZone(c, summit)}
        readerId={signedIn.personId}
      />,
    );
  });

  routes.get(ONE, async (c) => {
    const estimate = await found(c, c.req.param('number'));
    return estimate === undefined ? c.notFound() : showReview(c, estimate);
  });

  routes.post(`${ONE}/approve`, async (c) => {
    const { services, summit, treasurer } = c.var;
    const estimate = await found(c, c.req.param('number'));
    if (estimate === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const lines = await fundLinesOf(services.db, summit.id);
    const read = readDecision(
      typed,
      estimate.items.map(({ id }) => id),
      (lineId) => lines.find(({ id }) => id === lineId)?.funder.currency,
    );
    if (!read.ok) return showReview(c, estimate, { approve: { typed, problems: read.error } });
    // All that is wrong at once; the command stops at the first.
    const { decisions } = read.value;
    const looked = await lookAtApproval(services.db, webActor(c), treasurer, estimate, decisions);
    if (looked.problems.length > 0) {
      return showReview(c, estimate, { approve: { typed, problems: looked.problems } });
    }
    const done = await inTransaction(services.db, (tx) =>
      approveEstimate(tx, webActor(c), treasurer, estimate.number, read.value),
    );
    if (!done.ok) return again(c, estimate.number, { approve: { typed, problems: [done.error] } });
    const title = estimateTitle(estimate);
    const notice =
      done.value === 'approved'
        ? `${title} is approved; ${estimate.name} is told.`
        : `${title} goes beyond what is foreseen: a second treasurer is asked.`;
    return seeOther(c, `/s/${summit.slug}/treasury/estimates`, notice);
  });

  routes.post(`${ONE}/turn-back`, async (c) => {
    const { services, summit, treasurer } = c.var;
    const estimate = await found(c, c.req.param('number'));
    if (estimate === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const to = typedText(typed, 'to') === 'declined' ? 'declined' : 'returned';
    const given = { revision: revisionOf(typed), to, words: typedText(typed, 'words') } as const;
    const done = await inTransaction(services.db, (tx) =>
      turnBackEstimate(tx, webActor(c), treasurer, estimate.number, given),
    );
    if (!done.ok) return again(c, estimate.number, { turn: { typed, problems: [done.error] } });
    const notice = `${estimateTitle(estimate)} is ${to}; ${estimate.name} is told.`;
    return seeOther(c, `/s/${summit.slug}/treasury/estimates`, notice);
  });

  routes.post(`${ONE}/close`, async (c) => {
    const { services, summit, treasurer } = c.var;
    const estimate = await found(c, c.req.param('number'));
    if (estimate === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const words = typedText(typed, 'words');
    const done = await inTransaction(services.db, (tx) =>
      closeEstimate(tx, webActor(c), treasurer, estimate.number, words),
    );
    if (!done.ok) return again(c, estimate.number, { turn: { typed, problems: [done.error] } });
    const notice = `${estimateTitle(estimate)} is closed; what was left of its caps is free.`;
    return seeOther(c, `/s/${summit.slug}/treasury/estimates`, notice);
  });

  return routes;
}

const found = (c: Context, number: string): Promise<NamedEstimate | undefined> =>
  estimateOf(c.var.services.db, c.var.treasurer, Number(number));

/** What was refused: one form of the page, with all that was typed into it. */
interface Refused {
  readonly approve?: RefusedForm;
  readonly turn?: RefusedForm;
}

/** The page as it stands now, after a command found something: somebody else may have been faster. */
async function again(c: Context, number: number, refused: Refused) {
  const estimate = await estimateOf(c.var.services.db, c.var.treasurer, number);
  return estimate === undefined ? c.notFound() : showReview(c, estimate, refused);
}

async function showReview(c: Context, estimate: NamedEstimate, refused: Refused = {}) {
  const { services, summit, treasurer, signedIn } = c.var;
  const { db } = services;
  const { personId } = estimate;
  const [lines, payees, standings, balances, names, stays] = await Promise.all([
    fundLinesOf(db, summit.id),
    payeesOf(db, summit.id, [personId]),
    lineStandings(db, summit.id),
    balancesOf(db, treasurer),
    namesOf(c, estimate),
    staysOf(db, treasurer),
  ]);
  const payee = payees.get(personId);
  const paying = payee === undefined ? [] : lines.filter((line) => paysForPerson(line, payee));
  const rows = paying.map((line): HeadRoomRow => {
    // Of the person's ceiling only: a category's is told where it is passed.
    const plain = { ...line, categoryCeilings: {} };
    const purpose = { lineId: line.id, category: 'travel', personId } as const;
    return {
      line,
      left: standings.get(line.id)?.left ?? 0,
      ofPerson: headRoom(plain, balances, purpose),
    };
  });
  const categories = new Set(estimate.items.map(({ category }) => category));
  const mayPay = new Map<Category, readonly FundLine[]>(
    [...categories].map((category) => [
      category,
      payee === undefined ? [] : linesFor(lines, payee, category),
    ]),
  );
  const stay = stays.find((each) => each.personId === personId);
  const nights = stay && grantedNights(stay, summit.definition.dates).length;
  const from = [stay?.fromCity, stay?.fromCountry, stay?.fromAirport].filter(Boolean).join(', ');
  const may = mayDecide(estimate, signedIn.personId);
  const isRefused = refused.approve !== undefined || refused.turn !== undefined;
  return showMoneyPage(
    c,
    {
      title: `Estimate ${estimateTitle(estimate)} of ${estimate.name}`,
      status: isRefused ? 422 : 200,
    },
    <EstimateReviewPage
      home={`/s/${summit.slug}`}
      estimate={estimate}
      lines={lines}
      headRoom={rows}
      mayPay={mayPay}
      advice={await adviceOn(c, estimate, lines)}
      coming={
        nights === undefined
          ? 'has not said from where and for how long'
          : `${from === '' ? 'from where was not said' : `from ${from}`}; ${counted(nights, 'night')} that the grant may pay`
      }
      nameOf={(id) => (id === null ? 'Cairn' : (names.get(id) ?? 'somebody'))}
      barred={may.ok ? undefined : may.error.sentence}
      typed={refused.approve?.typed ?? refused.turn?.typed ?? {}}
      problems={refused.approve?.problems}
      turnProblems={refused.turn?.problems}
      zone={readerZone(c, summit)}
    />,
  );
}

async function namesOf(c: Context, estimate: NamedEstimate): Promise<ReadonlyMap<string, string>> {
  const ids = [...estimate.steps.map(({ byPerson }) => byPerson), estimate.firstLookBy];
  const known = ids.filter((id): id is string => id !== null);
  if (known.length === 0) return new Map();
  const rows = await c.var.services.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', known)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What the rules of each item's line would take off it, as far as an estimate can say; nothing is taken off here. */
async function adviceOn(
  c: Context,
  estimate: NamedEstimate,
  lines: readonly FundLine[],
): Promise<readonly ItemAdvice[]> {
  const { services, summit } = c.var;
  const { arrival, departure } = summit.definition.dates;
  const provided = await providedMeals(services.db, summit.id);
  const zone = expectZone(summit.definition.zone);
  const advice: ItemAdvice[] = [];
  for (const line of lines) {
    const costs = estimate.items
      .filter(({ lineId, minor }) => lineId === line.id && minor !== null)
      .map(
        (item): Cost => ({
          id: item.id,
          category: item.category,
          meal: null,
          spentOn: null,
          minor: item.minor ?? 0,
          currency: item.spentCurrency,
          rate: item.rate ?? undefined,
          facts: {},
          people: 1,
          hasReceipt: true,
        }),
      );
    if (costs.length === 0) continue;
    const judged = judgeCosts(await policyFor(services.db, line), costs, {
      currency: line.funder.currency,
      firstDay: arrival,
      lastDay: departure,
      submittedOn: dateIn(services.clock.now(), zone).toString(),
      provided: (date, meal) => provided.get(mealKey(date, meal)),
    });
    for (const { id, deductions, findings } of judged) {
      const looks = findings.filter(({ kind }) => kind === 'look');
      const sentences = [...deductions, ...looks].map(({ sentence }) => sentence);
      if (sentences.length > 0) advice.push({ itemId: id, sentences });
    }
  }
  return advice;
}
