import type { Problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type Self, selfIn } from '../../people/rights.ts';
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
import { ownReceipts } from '../receipts/receipt-queries.ts';
import { receiptsSent } from '../receipts/receipt-upload.ts';
import { RECEIPT_SCRIPTS } from '../receipts/receipt-views.tsx';
import { assessIn, worldFor } from './assess-queries.ts';
import { deadlineOf, lineOf } from './assess-rules.ts';
import { saveClaim, startBill, startClaim, withdrawClaim } from './claim-commands.ts';
import { ClaimForm } from './claim-form-views.tsx';
import { ownClaim, ownClaims, stepsOf } from './claim-queries.ts';
import { type Claim, claimName, isOpenToOwner } from './claim-rules.ts';
import { BillPage, ClaimListPage, ClaimPage, type LineNames } from './claim-views.tsx';
import { claimAsTyped, type Draft, type DraftItem, readDraft } from './draft-schema.ts';
import { submitClaim } from './submit-commands.ts';

type Context = AppContext<ParticipantEnv['Variables']>;
const CLAIMS = '/s/:summit/money/claims';
const CLAIM = `${CLAIMS}/:number{[1-9][0-9]{0,8}}`;

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

const selfOf = (c: Context): Self => selfIn(c.var.summit.id, c.var.signedIn);
const homeOf = (c: Context): string => `/s/${c.var.summit.slug}`;
const baseOf = (c: Context): string => `${homeOf(c)}/money/claims`;
const addressOf = (c: Context, number: number): string => `${baseOf(c)}/${number}`;
const numberOf = (c: Context): number => Number(c.req.param('number') ?? '0');

const revisionIn = (typed: RefusedForm['typed']): number => {
  const text = typedText(typed, 'revision');
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
};

const claimAt = (c: Context): Promise<Claim | undefined> =>
  ownClaim(c.var.services.db, selfOf(c), numberOf(c));

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

/** A cost that says nothing yet but its receipt. */
const blank = (receiptIds: readonly string[]): DraftItem => ({
  id: undefined,
  category: 'other',
  meal: null,
  spentOn: null,
  text: '',
  facts: {},
  spentMinor: null,
  spentCurrency: null,
  lineId: null,
  covers: [],
  receiptIds,
  typed: { kind: '' },
});

/** A cost for each receipt, and one for a receipt that was sent twice. */
const blanksFor = (added: readonly { readonly id: string }[]): DraftItem[] =>
  [...new Set(added.map(({ id }) => id))].map((id) => blank([id]));

const EMPTY: Draft = { title: '', note: '', isFinal: false, overReason: '', items: [] };

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

/**
 * Keeps the form as it was typed, whatever is wrong with it; then does what its button says: adds a cost, takes one off,
 * or submits. Photographs that were chosen become costs, the good ones whatever the others are.
 */
async function changeForm(c: Context): Promise<Response> {
  const { typed } = await readTyped(c);
  const { good, refused } = await receiptsSent(c);
  const before = await claimAt(c);
  if (before === undefined) return c.notFound();
  const wish = typedText(typed, 'do');
  const { draft, problems } = readDraft(typed);
  const removed = /^remove:(\d+)$/.exec(wish)?.[1];
  const self = selfOf(c);
  const saved = await inTransaction(c.var.services.db, async (tx) => {
    const actor = webActor(c);
    const added = good.length === 0 ? ok([]) : await addReceipts(tx, actor, self, good);
    if (!added.ok) return added;
    const items = [
      ...draft.items.filter((_, index) => removed === undefined || index !== Number(removed)),
      ...blanksFor(added.value),
      ...(wish === 'add' ? [blank([])] : []),
    ];
    return saveClaim(tx, actor, self, {
      number: before.number,
      revision: revisionIn(typed),
      draft: { ...draft, items },
    });
  });
  if (!saved.ok) {
    if (!isOpenToOwner(before))
      return seeOther(c, addressOf(c, before.number), saved.error.sentence);
    return showForm(c, before, { typed, problems: [saved.error, ...problems, ...refused] });
  }
  const claim = await claimAt(c);
  if (claim === undefined) return c.notFound();
  const address = addressOf(c, claim.number);
  if (removed === undefined && problems.length + refused.length > 0) {
    // As it was typed, with what was added.
    return showForm(c, claim, {
      typed: { ...claimAsTyped(claim), ...typed },
      problems: [...problems, ...refused],
    });
  }
  if (wish === 'submit') return submit(c, claim);
  const last = claim.items.length - 1;
  if (good.length > 0) {
    return seeOther(
      c,
      `${address}/edit`,
      `Saved, with ${counted(good.length, 'new photograph')}. Say below what each was.`,
    );
  }
  return wish === 'add'
    ? seeOther(c, `${address}/edit#field-kind~5b~${last}~5d~`)
    : seeOther(
        c,
        `${address}/edit`,
        claim.submittedAt === null
          ? 'Saved. Only you see it until you submit it.'
          : 'Saved. Submit it again when it is mended.',
      );
}

async function submit(c: Context, claim: Claim): Promise<Response> {
  const { db, clock } = c.var.services;
  const world = await worldFor(db, claim, clock.now());
  const { problems } = await assessIn(db, claim, world);
  const typed = claimAsTyped(claim);
  if (problems.length > 0) return showForm(c, claim, { typed, problems });
  const done = await inTransaction(db, (tx) => submitClaim(tx, webActor(c), selfOf(c), claim));
  if (!done.ok) return showForm(c, claim, { typed, problems: [done.error] });
  return seeOther(
    c,
    addressOf(c, claim.number),
    `${claimName(claim.number)} is submitted. You are told by mail when somebody has looked at it.`,
  );
}

async function showForm(c: Context, claim: Claim, refused?: RefusedForm): Promise<Response> {
  const { services } = c.var;
  const self = selfOf(c);
  const world = await worldFor(services.db, claim, services.clock.now());
  const assessment = await assessIn(services.db, claim, world);
  const name = claimName(claim.number);
  return showMoneyPage(
    c,
    {
      title: claim.supplier === '' ? `Claim ${name}` : `${name}: ${claim.supplier}`,
      lede:
        claim.submittedAt === null
          ? 'It is kept as you go, and nobody else sees it until you submit it.'
          : 'It is kept as you go. Treasurers can look at it, too, while you mend it.',
      scripts: RECEIPT_SCRIPTS,
      status: refused === undefined ? 200 : 422,
    },
    <ClaimForm
      action={`${addressOf(c, claim.number)}/edit`}
      claim={claim}
      assessment={assessment}
      typed={refused?.typed ?? claimAsTyped(claim)}
      problems={refused?.problems}
      receipts={await ownReceipts(services.db, self)}
      receiptsAt={`${homeOf(c)}/money/receipts`}
      largestReceipt={services.largestReceipt}
      policies={world.policies}
      people={[...world.names]
        .filter(([id]) => id !== claim.personId)
        .map(([value, label]) => ({ value, label }))}
      currency={world.lines.find((line) => !line.isClosed)?.funder.currency}
    />,
  );
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
