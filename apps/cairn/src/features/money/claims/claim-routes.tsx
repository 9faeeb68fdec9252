import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { ownPayments } from '../payments/payment-queries.ts';
import { addReceipts } from '../receipts/receipt-commands.ts';
import { receiptsSent } from '../receipts/receipt-upload.ts';
import { RECEIPT_SCRIPTS } from '../receipts/receipt-views.tsx';
import { worldFor } from './assess-queries.ts';
import {
  addressOf,
  baseOf,
  CLAIM,
  CLAIMS,
  type Context,
  claimAt,
  homeOf,
  numberOf,
  revisionIn,
  selfOf,
} from './claim-address.ts';
import { saveClaim, startBill, startClaim, withdrawClaim } from './claim-commands.ts';
import { blanksFor, changeForm, EMPTY, showForm } from './claim-form-routes.tsx';
import { BillPage, ClaimListPage } from './claim-list-views.tsx';
import type { LineNames } from './claim-parts-views.tsx';
import { ownClaim, ownClaims, stepsOf } from './claim-queries.ts';
import { type Claim, claimName, isOpenToOwner } from './claim-rules.ts';
import { ClaimPage } from './claim-views.tsx';
import { lineOf } from './claim-world-rules.ts';
import { deadlineOf } from './deadline-rules.ts';
import { claimAsTyped } from './draft-schema.ts';

/** `/s/<summit>/money/claims`: one's claims; `…/<number>` where one hangs, `…/edit` its form. */
export function claimRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of [CLAIMS, CLAIM, `${CLAIM}/*`, `${CLAIMS}/bill`]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }
  routes.get(CLAIMS, (c) => showList(c));
  routes.post(CLAIMS, begin);
  routes.get(`${CLAIMS}/bill`, (c) => showBill(c, ''));
  routes.post(`${CLAIMS}/bill`, enterBill);
  routes.get(CLAIM, showClaim);
  routes.get(`${CLAIM}/edit`, async (c) => {
    const claim = await claimAt(c);
    if (claim === undefined) return c.notFound();
    return isOpenToOwner(claim) ? showForm(c, claim) : c.redirect(addressOf(c, claim.number), 303);
  });
  routes.post(`${CLAIM}/edit`, changeForm);
  routes.get(`${CLAIM}/withdraw`, (c) => showWithdraw(c));
  routes.post(`${CLAIM}/withdraw`, async (c) => {
    const { typed } = await readTyped(c);
    const seen = { number: numberOf(c), revision: revisionIn(typed) };
    const done = await inTransaction(c.var.services.db, (tx) =>
      withdrawClaim(tx, webActor(c), selfOf(c), seen),
    );
    if (!done.ok) return showWithdraw(c, [done.error]);
    return seeOther(c, addressOf(c, seen.number), `${claimName(seen.number)} is taken back.`);
  });
  return routes;
}

const lineNames = async (c: Context): Promise<LineNames> =>
  new Map(
    (await fundLinesOf(c.var.services.db, c.var.summit.id)).map(({ id, title, funder }) => [
      id,
      { title, currency: funder.currency },
    ]),
  );

/** The deadline that the rules of the lines set which may pay for somebody. */
async function deadlineFor(c: Context, claim: Claim) {
  const world = await worldFor(c.var.services.db, claim, c.var.services.clock.now());
  const lines =
    claim.items.length > 0
      ? claim.items.flatMap((item) => lineOf(item, world).line ?? [])
      : world.lines.filter((line) => !line.isClosed);
  return deadlineOf(lines, world);
}

async function showList(c: Context, problems?: readonly Problem[]): Promise<Response> {
  const { services, organiser, treasurer } = c.var;
  const claims = await ownClaims(services.db, selfOf(c));
  const open = claims.find(isOpenToOwner);
  return showMoneyPage(
    c,
    {
      title: 'Claims',
      lede: 'What you paid yourself and get back. Photograph the slips; everything else follows.',
      scripts: RECEIPT_SCRIPTS,
      status: problems === undefined ? 200 : 422,
    },
    <ClaimListPage
      base={baseOf(c)}
      rulesAt={`${homeOf(c)}/money/rules`}
      claims={claims}
      lines={await lineNames(c)}
      zone={readerZone(c, c.var.summit)}
      deadline={open && (await deadlineFor(c, open))}
      largestReceipt={services.largestReceipt}
      mayEnterBills={organiser !== undefined || treasurer !== undefined}
      problems={problems}
    />,
  );
}

/** Begins a claim with a cost for each photograph that was sent; what could not be taken is told in its form. */
async function begin(c: Context): Promise<Response> {
  const { good, refused } = await receiptsSent(c);
  const self = selfOf(c);
  const begun = await inTransaction(c.var.services.db, async (tx) => {
    const actor = webActor(c);
    const started = await startClaim(tx, actor, self);
    if (!started.ok || good.length === 0) return started;
    const added = await addReceipts(tx, actor, self, good);
    if (!added.ok) return added;
    const draft = { ...EMPTY, items: blanksFor(added.value) };
    const saved = await saveClaim(tx, actor, self, { ...started.value, revision: 0, draft });
    return saved.ok ? started : saved;
  });
  if (!begun.ok) return showList(c, [begun.error, ...refused]);
  const { number } = begun.value;
  if (refused.length === 0) return seeOther(c, `${addressOf(c, number)}/edit`);
  const claim = await ownClaim(c.var.services.db, self, number);
  return claim === undefined
    ? c.notFound()
    : showForm(c, claim, { typed: claimAsTyped(claim), problems: refused });
}

async function showClaim(c: Context): Promise<Response> {
  const { services, summit } = c.var;
  const claim = await claimAt(c);
  if (claim === undefined) return c.notFound();
  const paid = (await ownPayments(services.db, selfOf(c))).filter(
    ({ claimId }) => claimId === claim.id,
  );
  const lines = await lineNames(c);
  const currencies = new Map(
    [...lines.values()].map(({ currency }) => [String(currency), currency]),
  );
  const name = claimName(claim.number);
  return showMoneyPage(
    c,
    { title: [`Claim ${name}`, claim.title || claim.supplier].filter(Boolean).join(': ') },
    <ClaimPage
      base={baseOf(c)}
      claim={claim}
      steps={await stepsOf(services.db, claim)}
      lines={lines}
      zone={readerZone(c, summit)}
      deadline={isOpenToOwner(claim) ? await deadlineFor(c, claim) : undefined}
      paid={paid.flatMap(({ minor, currency, paidOn }) => {
        const known = currencies.get(currency);
        return known === undefined ? [] : [{ minor, currency: known, paidOn }];
      })}
    />,
  );
}

async function showWithdraw(c: Context, problems?: readonly Problem[]): Promise<Response> {
  const claim = await claimAt(c);
  if (claim === undefined) return c.notFound();
  const name = claimName(claim.number);
  const address = addressOf(c, claim.number);
  return showMoneyPage(
    c,
    { title: `Take ${name} back`, status: problems === undefined ? 200 : 422 },
    <Confirm
      action={`${address}/withdraw`}
      verb={`Take ${name} back`}
      back={address}
      problems={problems}
      consequences={
        <p>
          Nothing of it is asked for any more, and it cannot be submitted again. Your receipts stay,
          so that you can claim them anew.
        </p>
      }
    >
      <HiddenField name="revision" value={String(claim.revision)} />
    </Confirm>,
  );
}

/** Bills are entered by those who look after the summit or its money. */
function showBill(c: Context, supplier: string, problems?: readonly Problem[]) {
  const { organiser, treasurer } = c.var;
  if (organiser === undefined && treasurer === undefined) return c.notFound();
  return showMoneyPage(
    c,
    { title: 'The bill of a supplier', status: problems === undefined ? 200 : 422 },
    <BillPage action={`${baseOf(c)}/bill`} supplier={supplier} problems={problems} />,
  );
}

async function enterBill(c: Context): Promise<Response> {
  const { typed } = await readTyped(c);
  const right = c.var.treasurer ?? c.var.organiser;
  if (right === undefined) return c.notFound();
  const supplier = typedText(typed, 'supplier');
  const begun = await inTransaction(c.var.services.db, (tx) =>
    startBill(tx, webActor(c), right, supplier),
  );
  if (!begun.ok) return showBill(c, supplier, [begun.error]);
  return seeOther(c, `${addressOf(c, begun.value.number)}/edit`, 'Now add what the bill says.');
}
