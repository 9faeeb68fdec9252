import type { Problem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  type TreasurerEnv,
  treasurersOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showMoneyPage } from '../page.tsx';
import {
  type AddedReceipt,
  addReceipts,
  removeReceipt,
  sayTotal,
  shareReceipt,
  unshareReceipt,
} from './receipt-commands.ts';
import { ReceiptList, ReceiptPage, type ReceiptTyped, UploadForm } from './receipt-page-views.tsx';
import {
  ownReceiptContent,
  ownReceipts,
  peopleToShareWith,
  type ReceiptContent,
  receiptContent,
} from './receipt-queries.ts';
import { savedName } from './receipt-rules.ts';
import { readPart, readTotal } from './receipt-schema.ts';
import { receiptsSent } from './receipt-upload.ts';
import { RECEIPT_SCRIPTS } from './receipt-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/money/receipts`: one's receipts; `…/<receipt>` one of them, `…/file` as it is. */
export function receiptRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const all = '/s/:summit/money/receipts';
  const one = `${all}/:receipt{${UUID}}`;
  for (const address of [all, `${one}/*`]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }

  routes.get(all, (c) => showList(c));
  routes.post(all, async (c) => {
    const { good, refused } = await receiptsSent(c);
    if (good.length === 0 && refused.length === 0) {
      return seeOther(c, c.req.path, 'No file was chosen, so nothing was kept.');
    }
    const added = await inTransaction(c.var.services.db, (tx) =>
      addReceipts(tx, webActor(c), selfOf(c), good),
    );
    if (!added.ok) return showList(c, [added.error, ...refused]);
    const kept = keptWords(added.value);
    return refused.length === 0 ? seeOther(c, c.req.path, kept) : showList(c, refused, kept);
  });

  routes.get(one, (c) => showReceipt(c, c.req.param('receipt')));
  routes.get(`${one}/file`, async (c) => {
    const found = await ownReceiptContent(c.var.services.db, selfOf(c), c.req.param('receipt'));
    return found === undefined ? c.notFound() : sendReceipt(c, found);
  });

  routes.post(`${one}/total`, async (c) => {
    const id = c.req.param('receipt');
    const typed = await typedIn(c);
    const total = readTotal(typed.total, typed.currency);
    if (!total.ok) return showReceipt(c, id, { typed, totalProblems: total.error });
    const said = await inTransaction(c.var.services.db, (tx) =>
      sayTotal(tx, webActor(c), selfOf(c), id, total.value),
    );
    if (!said.ok) return showReceipt(c, id, { typed, totalProblems: [said.error] });
    return seeOther(c, addressOf(c, id), 'The amount is saved.');
  });

  routes.post(`${one}/share`, async (c) => {
    const id = c.req.param('receipt');
    const typed = await typedIn(c);
    const { db } = c.var.services;
    const own = (await ownReceipts(db, selfOf(c))).find((receipt) => receipt.id === id);
    const part = readPart(typed.part, own?.currency ?? null);
    if (!part.ok) return showReceipt(c, id, { typed, shareProblems: [part.error] });
    const shared = await inTransaction(db, (tx) =>
      shareReceipt(tx, webActor(c), selfOf(c), id, { personId: typed.person, minor: part.value }),
    );
    if (!shared.ok) return showReceipt(c, id, { typed, shareProblems: [shared.error] });
    return seeOther(c, addressOf(c, id), 'Shared. They find it among their receipts.');
  });

  routes.post(`${one}/unshare`, async (c) => {
    const id = c.req.param('receipt');
    const typed = await typedIn(c);
    const taken = await inTransaction(c.var.services.db, (tx) =>
      unshareReceipt(tx, webActor(c), selfOf(c), id, typed.person),
    );
    if (!taken.ok) return showReceipt(c, id, { shareProblems: [taken.error] });
    return seeOther(c, addressOf(c, id), 'It is not shared with them any more.');
  });

  routes.get(`${one}/remove`, async (c) => {
    const id = c.req.param('receipt');
    const own = (await ownReceipts(c.var.services.db, selfOf(c))).find(
      (receipt) => receipt.id === id && receipt.isOwn,
    );
    if (own === undefined) return c.notFound();
    return showMoneyPage(
      c,
      { title: `Remove “${own.name}”` },
      <Confirm
        action={`${addressOf(c, id)}/remove`}
        verb={`Remove “${own.name}”`}
        back={addressOf(c, id)}
        consequences={
          <p>
            {own.isFixed
              ? 'It stands in a claim that was submitted, so it cannot be removed.'
              : 'It goes for good, out of drafts of claims too. Keep the slip itself until you are paid.'}
          </p>
        }
      />,
    );
  });
  routes.post(`${one}/remove`, async (c) => {
    const id = c.req.param('receipt');
    const removed = await inTransaction(c.var.services.db, (tx) =>
      removeReceipt(tx, webActor(c), selfOf(c), id),
    );
    if (!removed.ok) return showReceipt(c, id, { totalProblems: [removed.error] });
    return seeOther(c, addressOf(c), 'The receipt is removed.');
  });

  return routes;
}

/** `/s/<summit>/treasury/receipts/<receipt>/file`: a receipt in a claim that was submitted. */
export function reviewedReceiptRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  const file = `/s/:summit/treasury/receipts/:receipt{${UUID}}/file`;
  routes.use(file, withSummit, treasurersOnly);
  routes.get(file, async (c) => {
    const { treasurer, services } = c.var;
    const found = await receiptContent(services.db, treasurer, c.req.param('receipt'));
    return found === undefined ? c.notFound() : sendReceipt(c, found);
  });
  return routes;
}

/**
 * Answers with a receipt as it is: never as anything but its own type, without any right of a page, and kept by nobody.
 * A PDF is saved, since viewers of browsers do not run without rights.
 */
function sendReceipt(c: Pick<AppContext, 'body'>, { name, mediaType, content }: ReceiptContent) {
  const how = mediaType === 'application/pdf' ? 'attachment' : 'inline';
  const called = encodeURIComponent(savedName(name, mediaType)).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return c.body(content, 200, {
    'content-type': mediaType,
    'content-disposition': `${how}; filename*=UTF-8''${called}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  });
}

const selfOf = (c: Context) => selfIn(c.var.summit.id, c.var.signedIn);
const homeOf = (c: Context): string => `/s/${c.var.summit.slug}`;
const addressOf = (c: Context, id?: string): string =>
  `${homeOf(c)}/money/receipts${id === undefined ? '' : `/${id}`}`;

/** `2 receipts are kept`, and which were known. */
function keptWords(added: readonly AddedReceipt[]): string {
  const known = added.filter(({ wasThere }) => wasThere).map(({ name }) => `“${name}”`);
  const isNew = added.length - known.length;
  return [
    ...(isNew > 0 ? [`${counted(isNew, 'receipt')} ${isNew === 1 ? 'is' : 'are'} kept.`] : []),
    ...(known.length > 0 ? [`You had ${listed(known)} already.`] : []),
  ].join(' ');
}

async function typedIn(c: Context): Promise<ReceiptTyped> {
  const { typed } = await readTyped(c);
  const text = (name: string) => typedText(typed, name);
  return {
    total: text('total'),
    currency: text('currency'),
    person: text('person'),
    part: text('part'),
  };
}

async function showList(c: Context, problems?: readonly Problem[], kept = ''): Promise<Response> {
  const { services } = c.var;
  return showMoneyPage(
    c,
    {
      title: 'Receipts',
      lede: 'Photograph each slip as you get it. You choose them here when you make a claim.',
      scripts: RECEIPT_SCRIPTS,
      status: problems === undefined ? 200 : 422,
    },
    <>
      {kept !== '' && <p role="status">{kept}</p>}
      <UploadForm action={addressOf(c)} largest={services.largestReceipt} problems={problems} />
      <ReceiptList
        receipts={await ownReceipts(services.db, selfOf(c))}
        home={homeOf(c)}
        zone={readerZone(c, c.var.summit)}
      />
    </>,
  );
}

async function showReceipt(
  c: Context,
  id: string,
  refused?: Partial<
    Readonly<{
      typed: ReceiptTyped;
      totalProblems: readonly Problem[];
      shareProblems: readonly Problem[];
    }>
  >,
): Promise<Response> {
  const { services } = c.var;
  const self = selfOf(c);
  const receipt = (await ownReceipts(services.db, self)).find((each) => each.id === id);
  if (receipt === undefined) return c.notFound();
  return showMoneyPage(
    c,
    { title: receipt.name, status: refused === undefined ? 200 : 422 },
    <ReceiptPage
      receipt={receipt}
      home={homeOf(c)}
      zone={readerZone(c, c.var.summit)}
      people={receipt.isOwn ? await peopleToShareWith(services.db, self) : []}
      {...refused}
    />,
  );
}
