import { amountText } from '@cairn/kernel/money';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, type RefusedForm, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showMoneyPage } from '../page.tsx';
import { recallClaim } from './batch-commands.ts';
import { batchesOf } from './batch-queries.ts';
import { BatchPage } from './batch-views.tsx';

type TreasurerContext = AppContext<TreasurerEnv['Variables']>;

const ONE = '/s/:summit/treasury/payments/batches/:number{[1-9][0-9]{0,6}}';

const recallForm = z.object({
  claim: z.uuid('choose the claim that came back'),
  reason: z.string().trim().min(1, 'write why it came back').max(1000),
});

/** `/s/<summit>/treasury/payments/batches/<number>`: a batch, its cover sheet, and claims that came back. */
export function batchRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(ONE, withSummit, treasurersOnly);
  routes.use(`${ONE}/cover.csv`, withSummit, treasurersOnly);

  routes.get(ONE, (c) => showBatch(c, Number(c.req.param('number'))));

  routes.get(`${ONE}/cover.csv`, async (c) => {
    const { services, treasurer, summit } = c.var;
    const [batch] = await batchesOf(services.db, treasurer, Number(c.req.param('number')));
    if (batch === undefined) return c.notFound();
    const zone = expectZone(summit.definition.zone);
    const rows = batch.claims
      .filter(({ recalledAt }) => recalledAt === null)
      .map((claim) => [
        batch.number,
        `C-${claim.number}`,
        claim.payee,
        amountText(claim.minor, batch.currency),
        batch.currency,
        batch.funder,
        batch.award,
        claim.lines,
        claim.spentFrom,
        claim.spentUntil,
        claim.approvedAt === null ? null : dateIn(claim.approvedAt, zone).toString(),
        batch.note,
      ]);
    return answerCsv(c, `${summit.slug}-batch-${batch.number}.csv`, COVER, rows);
  });

  routes.post(ONE, async (c) => {
    const { services, treasurer } = c.var;
    const batch = Number(c.req.param('number'));
    const { typed } = await readTyped(c);
    const form = recallForm.safeParse(typed);
    if (!form.success) return showBatch(c, batch, { typed, problems: formProblems(form.error) });
    const { claim: claimId, reason } = form.data;
    const done = await inTransaction(services.db, (tx) =>
      recallClaim(tx, webActor(c), treasurer, { batch, claimId, reason }),
    );
    if (!done.ok) return showBatch(c, batch, { typed, problems: [done.error] });
    const path = `/s/${c.var.summit.slug}/treasury/payments/batches/${batch}`;
    return seeOther(c, path, 'The claim is out of the batch and approved again.');
  });

  return routes;
}

const COVER = [
  'batch',
  'claim',
  'payee',
  'amount',
  'currency',
  'funder',
  'award',
  'lines',
  'spent_from',
  'spent_until',
  'approved_on',
  'note',
];

async function showBatch(
  c: TreasurerContext,
  number: number,
  refused?: RefusedForm,
): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const [batch] = await batchesOf(services.db, treasurer, number);
  if (batch === undefined) return c.notFound();
  return showMoneyPage(
    c,
    { title: `Batch No. ${number}`, status: refused === undefined ? 200 : 422 },
    <BatchPage
      treasury={`/s/${summit.slug}/treasury`}
      batch={batch}
      zone={readerZone(c, summit)}
      refused={refused}
    />,
  );
}
