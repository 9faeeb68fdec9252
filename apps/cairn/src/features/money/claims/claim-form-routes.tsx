import { ok } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { showMoneyPage } from '../page.tsx';
import { addReceipts } from '../receipts/receipt-commands.ts';
import { ownReceipts } from '../receipts/receipt-queries.ts';
import { receiptsSent } from '../receipts/receipt-upload.ts';
import { RECEIPT_SCRIPTS } from '../receipts/receipt-views.tsx';
import { assessIn, worldFor } from './assess-queries.ts';
import { addressOf, type Context, claimAt, homeOf, revisionIn, selfOf } from './claim-address.ts';
import { saveClaim } from './claim-commands.ts';
import { ClaimForm } from './claim-form-views.tsx';
import { type Claim, claimName, isOpenToOwner } from './claim-rules.ts';
import { claimAsTyped, type Draft, type DraftItem, readDraft } from './draft-schema.ts';
import { submitClaim } from './submit-commands.ts';

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
export const blanksFor = (added: readonly { readonly id: string }[]): DraftItem[] =>
  [...new Set(added.map(({ id }) => id))].map((id) => blank([id]));

/** A claim in which nothing stands yet. */
export const EMPTY: Draft = { title: '', note: '', isFinal: false, overReason: '', items: [] };

/**
 * Keeps the form as it was typed, whatever is wrong with it; then does what its button says: adds a cost, takes one off,
 * or submits. Photographs that were chosen become costs, the good ones whatever the others are.
 */
export async function changeForm(c: Context): Promise<Response> {
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

/** The form of a claim: as it is stored, or as it was refused. */
export async function showForm(c: Context, claim: Claim, refused?: RefusedForm): Promise<Response> {
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
