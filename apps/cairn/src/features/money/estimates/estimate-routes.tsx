import { formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type Self, selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { linesFor, paysForPerson } from '../funders/funder-rules.ts';
import { showMoneyPage } from '../page.tsx';
import { PART_LABELS, PARTS } from '../seat-cost/cost-rules.ts';
import { expectedFor } from '../seat-cost/expected-queries.ts';
import { closeOwnEstimate } from './close-commands.ts';
import {
  saveEstimate,
  submissionProblems,
  submitEstimate,
  withdrawEstimate,
} from './estimate-commands.ts';
import { EstimateMark } from './estimate-parts-views.tsx';
import { ownCaps, ownEstimate, ownEstimates } from './estimate-queries.ts';
import { type Estimate, estimateTitle, isOpen, mayBe } from './estimate-rules.ts';
import {
  estimateAsTyped,
  itemsIn,
  MOST_ITEMS,
  readEstimate,
  revisionOf,
} from './estimate-schema.ts';
import {
  EstimateEditor,
  type Expected,
  OwnEstimatePage,
  OwnEstimatesPage,
  OwnSteps,
} from './estimate-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;
const LIST = '/s/:summit/money/estimates';
const ONE = `${LIST}/:number{[0-9]{1,6}}`;

const selfOf = (c: Context): Self => selfIn(c.var.summit.id, c.var.signedIn);
const homeOf = (c: Context): string => `/s/${c.var.summit.slug}`;

/** `/s/<summit>/money/estimates`: what one means to spend, before one does. */
export function estimateRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of [LIST, `${LIST}/*`]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }

  routes.get(LIST, async (c) => {
    const { db } = c.var.services;
    const self = selfOf(c);
    const [estimates, caps, paying] = await Promise.all([
      ownEstimates(db, self),
      ownCaps(db, self),
      whoPays(c),
    ]);
    return showMoneyPage(
      c,
      { title: 'Estimates', lede: 'What you mean to spend, approved before you spend it.' },
      <OwnEstimatesPage
        home={homeOf(c)}
        estimates={estimates}
        caps={caps}
        lines={paying.lines}
        unpaid={paying.unpaid}
        isNeeded={paying.own.some(({ needsEstimate }) => needsEstimate)}
      />,
    );
  });

  routes.get(`${LIST}/new`, async (c) => {
    const open = (await ownEstimates(c.var.services.db, selfOf(c))).find(({ state }) =>
      isOpen(state),
    );
    if (open !== undefined) return c.redirect(`${homeOf(c)}/money/estimates/${open.number}`, 303);
    return showEditor(c, undefined);
  });

  routes.post(`${LIST}/new`, (c) => keep(c, undefined));

  routes.get(ONE, async (c) => {
    const estimate = await found(c, c.req.param('number'));
    if (estimate === undefined) return c.notFound();
    if (mayBe(estimate.state, 'save')) return showEditor(c, estimate);
    const { db } = c.var.services;
    return showMoneyPage(
      c,
      { title: `Estimate ${estimateTitle(estimate)}` },
      <OwnEstimatePage
        home={homeOf(c)}
        estimate={estimate}
        lines={await fundLinesOf(db, c.var.summit.id)}
        zone={readerZone(c, c.var.summit)}
        readerId={c.var.signedIn.personId}
      />,
    );
  });

  routes.post(ONE, async (c) => {
    const estimate = await found(c, c.req.param('number'));
    return estimate === undefined ? c.notFound() : keep(c, estimate);
  });

  for (const step of ['withdraw', 'close'] as const) {
    routes.get(`${ONE}/${step}`, async (c) => {
      const estimate = await found(c, c.req.param('number'));
      if (estimate === undefined || !mayBe(estimate.state, step)) return c.notFound();
      return showStep(c, estimate, step);
    });
    routes.post(`${ONE}/${step}`, async (c) => {
      const estimate = await found(c, c.req.param('number'));
      if (estimate === undefined) return c.notFound();
      const run = step === 'withdraw' ? withdrawEstimate : closeOwnEstimate;
      const done = await inTransaction(c.var.services.db, (tx) =>
        run(tx, webActor(c), selfOf(c), estimate.number),
      );
      if (!done.ok) return showStep(c, estimate, step, [done.error]);
      const notice =
        step === 'withdraw'
          ? `${estimateTitle(estimate)} is taken back.`
          : `${estimateTitle(estimate)} is closed; thank you for leaving the rest to others.`;
      return seeOther(c, `${homeOf(c)}/money/estimates`, notice);
    });
  }
  return routes;
}

const found = (c: Context, number: string): Promise<Estimate | undefined> =>
  ownEstimate(c.var.services.db, selfOf(c), Number(number));

function showStep(
  c: Context,
  estimate: Estimate,
  step: 'withdraw' | 'close',
  problems?: readonly Problem[],
) {
  const back = `${homeOf(c)}/money/estimates/${estimate.number}`;
  const title = estimateTitle(estimate);
  return showMoneyPage(
    c,
    {
      title: step === 'withdraw' ? `Take ${title} back` : `Close ${title}`,
      status: problems === undefined ? 200 : 422,
    },
    <Confirm
      action={`${back}/${step}`}
      back={back}
      problems={problems}
      verb={step === 'withdraw' ? `Take ${title} back` : `Close ${title}`}
      consequences={
        <p>
          {step === 'withdraw'
            ? 'Nobody decides on it any more. You may propose another one.'
            : 'What you have not claimed of its caps is free for others. Claim first what you did spend, or claim it without a cap.'}
        </p>
      }
    />,
  );
}

/** The lines of the summit, those that pay for the reader, and why none does. */
async function whoPays(c: Context) {
  const { db } = c.var.services;
  const { summitId, personId } = selfOf(c);
  const lines = await fundLinesOf(db, summitId);
  const payee = (await payeesOf(db, summitId, [personId])).get(personId);
  const own = payee === undefined ? [] : lines.filter((line) => paysForPerson(line, payee));
  const unpaid =
    own.length > 0
      ? undefined
      : payee?.seatKind !== undefined && payee.seatKind !== 'funded'
        ? 'Your seat is not paid by this summit, so there is nothing to estimate here.'
        : 'Nobody pays for your travel here as things stand, so there is nothing to estimate. Ask the organisers if you think otherwise.';
  const categories =
    payee === undefined
      ? []
      : CATEGORY_KEYS.filter((category) => linesFor(lines, payee, category).length > 0);
  return { lines, own, unpaid, categories };
}

async function hintsFor(c: Context): Promise<readonly Expected[]> {
  const { services, summit } = c.var;
  const expected = await expectedFor(services.db, selfOf(c), summit);
  if (expected === undefined) return [];
  const said = (minor: number): string => formatMoney(minor, expected.currency);
  return PARTS.flatMap((part) => {
    const { low, likely, high } = expected.parts[part];
    if (high === 0) return [];
    return { label: PART_LABELS[part], low: said(low), likely: said(likely), high: said(high) };
  });
}

interface Refused {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

async function showEditor(c: Context, estimate: Estimate | undefined, refused?: Refused) {
  const paying = await whoPays(c);
  const home = homeOf(c);
  const typed = refused?.typed ?? (estimate === undefined ? {} : estimateAsTyped(estimate));
  const caps = await ownCaps(c.var.services.db, selfOf(c));
  return showMoneyPage(
    c,
    {
      title: estimate === undefined ? 'New estimate' : `Estimate ${estimateTitle(estimate)}`,
      lede: 'What you mean to spend. Only the treasurers see it.',
      status: refused === undefined ? 200 : 422,
    },
    <>
      {estimate !== undefined && (
        <p>
          <EstimateMark state={estimate.state} />{' '}
          {estimate.state === 'returned' && estimate.steps.at(-1)?.reason}
        </p>
      )}
      {paying.unpaid === undefined ? (
        <EstimateEditor
          home={home}
          action={`${home}/money/estimates/${estimate?.number ?? 'new'}`}
          revision={estimate?.revision}
          rows={Math.min(MOST_ITEMS, Math.max(3, itemsIn(typed) + (refused === undefined ? 2 : 0)))}
          typed={typed}
          problems={refused?.problems}
          categories={paying.categories}
          currency={paying.own[0]?.funder.currency ?? 'USD'}
          hints={await hintsFor(c)}
          isSupplement={caps.length > 0}
        />
      ) : (
        <p>{paying.unpaid}</p>
      )}
      {estimate !== undefined && estimate.steps.length > 0 && (
        <OwnSteps
          estimate={estimate}
          zone={readerZone(c, c.var.summit)}
          readerId={c.var.signedIn.personId}
        />
      )}
      {estimate !== undefined && (
        <p>
          <a href={`${home}/money/estimates/${estimate.number}/withdraw`}>Take it back</a>
        </p>
      )}
    </>,
  );
}

/** Keeps what was typed, and submits it where that button was pressed. */
async function keep(c: Context, estimate: Estimate | undefined) {
  const { db } = c.var.services;
  const self = selfOf(c);
  const { typed } = await readTyped(c);
  const read = readEstimate(typed);
  if (!read.ok) return showEditor(c, estimate, { typed, problems: read.error });
  const existing = estimate && { number: estimate.number, revision: revisionOf(typed) };
  const saved = await inTransaction(db, (tx) =>
    saveEstimate(tx, webActor(c), self, read.value, existing),
  );
  if (!saved.ok) return showEditor(c, estimate, { typed, problems: [saved.error] });
  const address = `${homeOf(c)}/money/estimates/${saved.value}`;
  if (typedText(typed, 'do') !== 'submit') {
    return seeOther(c, address, 'The draft is kept. Nobody else sees it yet.');
  }
  const draft = await ownEstimate(db, self, saved.value);
  if (draft === undefined) return c.notFound();
  const problems = await submissionProblems(db, c.var.services.clock.now(), self, draft);
  // What is kept by now is shown, with its revision, so that it can be mended and sent again.
  if (problems.length > 0) return showEditor(c, draft, { typed: estimateAsTyped(draft), problems });
  const sent = await inTransaction(db, (tx) => submitEstimate(tx, webActor(c), self, saved.value));
  if (!sent.ok)
    return showEditor(c, draft, { typed: estimateAsTyped(draft), problems: [sent.error] });
  return seeOther(
    c,
    address,
    'Submitted. The treasurers are told, and you will be told what they say.',
  );
}
