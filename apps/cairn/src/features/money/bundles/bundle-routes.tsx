import { sumOf } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  type SummitEnv,
  type TreasurerEnv,
  treasurersOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { fundersOf, fundLinesOf } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { showMoneyPage } from '../page.tsx';
import type { BundleFacts } from './bundle-cost-rules.ts';
import {
  type BundlePayee,
  bundleFacts,
  bundlePayees,
  claimFacts,
  ownClaimFacts,
} from './bundle-queries.ts';
import { bundleName, bundleOf } from './bundle-rules.ts';
import { typesetApart } from './bundle-thread.ts';
import { BundlesPage, type PayeeLine } from './bundle-views.tsx';
import { askForBundles } from './run-commands.ts';
import { lastRun, partContent, partsOf } from './run-queries.ts';
import { zipOf } from './zip.ts';

type Context = AppContext<TreasurerEnv['Variables']>;
const CLAIM = ':claim{[1-9][0-9]{0,8}[.]pdf}';

/** `/s/<summit>/treasury/ledgers/<funder>/bundle`: form, expenses and receipts of each, one by one and as a ZIP. */
export function bundleRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  const bundle = '/s/:summit/treasury/ledgers/:funder/bundle';
  const claim = `/s/:summit/treasury/claims/${CLAIM}`;
  for (const address of [bundle, `${bundle}/*`, claim]) {
    routes.use(address, withSummit, treasurersOnly);
  }

  routes.get(bundle, (c) => withFunder(c, (funder) => showBundles(c, funder)));
  routes.post(bundle, (c) =>
    withFunder(c, async (funder) => {
      const { services, treasurer } = c.var;
      const asked = await inTransaction(services.db, (tx) =>
        askForBundles(tx, webActor(c), treasurer, funder),
      );
      if (!asked.ok) return showBundles(c, funder, [asked.error]);
      return seeOther(c, c.req.path, 'The bundles are being made.');
    }),
  );

  routes.get(`${bundle}/:run{${UUID}[.]zip}`, (c) =>
    withFunder(c, async (funder) => {
      const { services, treasurer } = c.var;
      const parts = await partsOf(services.db, treasurer, withoutEnding(c.req.param('run')));
      if (parts.length === 0) return c.notFound();
      const files = parts.map(({ id, name }) => ({
        name,
        content: async () => (await partContent(services.db, id))?.content,
      }));
      return c.body(zipOf(files), 200, {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${c.var.summit.slug}-${funder.key}-bundles.zip"`,
        'cache-control': 'private, no-store',
      });
    }),
  );

  routes.get(`${bundle}/:payee{(?:${UUID}|C-[1-9][0-9]{0,8})[.]pdf}`, (c) =>
    withFunder(c, async (funder) => {
      const { services, treasurer, summit } = c.var;
      const { db, clock } = services;
      const wanted = withoutEnding(c.req.param('payee'));
      const payees = await bundlePayees(db, treasurer, funder.id);
      const payee = payees.find((each) => fileOf(each) === wanted);
      if (payee === undefined) return c.notFound();
      const facts = await bundleFacts(db, treasurer, summit, funder, payee, clock.now());
      return sendBundle(c, facts);
    }),
  );

  routes.get(claim, async (c) => {
    const { services, treasurer, summit } = c.var;
    const number = Number(withoutEnding(c.req.param('claim')));
    const { db, clock } = services;
    const facts = await claimFacts(db, treasurer, summit, number, clock.now());
    return facts === undefined ? c.notFound() : sendBundle(c, facts);
  });

  return routes;
}

/** `/s/<summit>/money/claims/<n>.pdf`: one's own claim with its receipts, as it stands. */
export function ownBundleRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const claim = `/s/:summit/money/claims/${CLAIM}`;
  routes.use(claim, withSummit, participantsOnly, comersOnly);
  routes.get(claim, async (c) => {
    const { services, summit, signedIn } = c.var;
    const { db, clock } = services;
    const number = Number(withoutEnding(c.req.param('claim')));
    const self = selfIn(summit.id, signedIn);
    const facts = await ownClaimFacts(db, self, summit, number, clock.now());
    return facts === undefined ? c.notFound() : sendBundle(c, facts);
  });
  return routes;
}

const withoutEnding = (file: string): string => file.replace(/[.]\w+$/, '');

/** Under which name a payee's PDF is: the person, or the bill of a supplier. */
const fileOf = ({ personId, claims }: BundlePayee): string =>
  personId ?? `C-${claims[0]?.number ?? 0}`;

async function sendBundle(
  c: AppContext<SummitEnv['Variables']>,
  facts: BundleFacts,
): Promise<Response> {
  const printed = await typesetApart(bundleOf(facts));
  if (!printed.ok) {
    const title = 'This cannot be printed';
    return showPage(c, { title, status: 500 }, <p>{printed.error.sentence}</p>);
  }
  const name = bundleName(facts.payee, facts.claims);
  return c.body(new Uint8Array(printed.value.pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}.pdf"`,
    'cache-control': 'private, no-store',
  });
}

async function withFunder(
  c: Context,
  answer: (funder: Funder) => Response | Promise<Response>,
): Promise<Response> {
  const funders = await fundersOf(c.var.services.db, c.var.summit.id);
  const funder = funders.find(({ key }) => key === c.req.param('funder'));
  return funder === undefined ? c.notFound() : answer(funder);
}

async function showBundles(
  c: Context,
  funder: Funder,
  problems?: readonly Problem[],
): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const { db } = services;
  const home = `/s/${summit.slug}`;
  const lines = await fundLinesOf(db, summit.id);
  const own = new Set(lines.filter((line) => line.funder.id === funder.id).map(({ id }) => id));
  const payees = (await bundlePayees(db, treasurer, funder.id)).map((payee): PayeeLine => {
    const items = payee.claims
      .flatMap((claim) => claim.items)
      .filter(({ lineId }) => lineId !== null && own.has(lineId));
    return {
      file: fileOf(payee),
      name: payee.name,
      claims: payee.claims.map(({ number }) => number).sort((a, b) => a - b),
      approvedMinor: sumOf(items.map(({ approvedMinor }) => approvedMinor ?? 0)),
      receipts: new Set(items.flatMap(({ receiptIds }) => receiptIds)).size,
    };
  });
  const run = await lastRun(db, treasurer, funder.id);
  const isRunning = run !== undefined && run.finishedAt === null && run.failure === '';
  return showMoneyPage(
    c,
    {
      title: `Bundles for ${funder.name}`,
      lede: 'For each person one PDF: the form, the list of expenses, and the receipts in the same order.',
      status: problems === undefined ? 200 : 422,
      ...(isRunning ? { refresh: 5 } : {}),
    },
    <BundlesPage
      funder={funder}
      payees={payees}
      run={run}
      at={`${home}/treasury/ledgers/${funder.key}/bundle`}
      home={home}
      zone={readerZone(c, summit)}
      problems={problems}
    />,
  );
}
