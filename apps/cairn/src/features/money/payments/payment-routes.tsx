import { amountText } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedList, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showMoneyPage } from '../page.tsx';
import { openRowCount } from './bank-queries.ts';
import { sendBatch } from './batch-commands.ts';
import { batchesOf } from './batch-queries.ts';
import { recordPayment, reversePayment } from './payment-commands.ts';
import { dues, owed, paymentCount, paymentsOf } from './payment-queries.ts';
import { type Due, stillOwed } from './payment-rules.ts';
import { readPayment } from './payment-schema.ts';
import { PaymentPage, PaymentsPage } from './payment-views.tsx';
import { RecordPage } from './record-views.tsx';

type TreasurerContext = AppContext<TreasurerEnv['Variables']>;

const HOME = '/s/:summit/treasury/payments';
const RECORD = `${HOME}/record/:number{[1-9][0-9]{0,6}}/:funder{${UUID}}`;
const ONE = `${HOME}/:payment{${UUID}}`;
/** Payments on one page of the list. */
const PAGE = 50;

const treasuryOf = (c: TreasurerContext): string => `/s/${c.var.summit.slug}/treasury`;

/** `/s/<summit>/treasury/payments`: what is owed and what was paid, each payment recorded and taken back. */
export function paymentRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [HOME, `${HOME}/send`, RECORD, ONE]) {
    routes.use(address, withSummit, treasurersOnly);
  }

  routes.get(HOME, (c) => showPayments(c));
  routes.post(`${HOME}/send`, async (c) => {
    const { services, treasurer } = c.var;
    const { typed } = await readTyped(c);
    const funderId = typedText(typed, 'funder');
    const isId = new RegExp(`^${UUID}$`);
    const claimIds = typedList(typed, 'claims[]').filter((id) => isId.test(id));
    if (!isId.test(funderId)) return c.notFound();
    const note = typedText(typed, 'note').trim().slice(0, 500);
    const sent = await inTransaction(services.db, (tx) =>
      sendBatch(tx, webActor(c), treasurer, { funderId, claimIds, note }),
    );
    if (!sent.ok) return showPayments(c, { funderId, typed, problems: [sent.error] });
    return seeOther(
      c,
      `${treasuryOf(c)}/payments/batches/${sent.value.number}`,
      'Sent. Give the cover sheet and the bundle to the payer.',
    );
  });

  routes.get(RECORD, async (c) => {
    const due = await dueOf(c, c.req.param('number'), c.req.param('funder'));
    if (due === undefined) return c.notFound();
    const { zone } = c.var.summit.definition;
    const today = dateIn(c.var.services.clock.now(), expectZone(zone));
    return showRecord(c, due, {
      key: crypto.randomUUID(),
      seen: String(due.paidMinor),
      amount: amountText(Math.max(0, stillOwed(due)), due.currency),
      paid_on: today.toString(),
      reference: `C-${due.number}`,
    });
  });
  routes.post(RECORD, async (c) => {
    const due = await dueOf(c, c.req.param('number'), c.req.param('funder'));
    if (due === undefined) return c.notFound();
    const { services, treasurer } = c.var;
    const { typed } = await readTyped(c);
    const read = readPayment(typed, due.currency);
    if (!read.ok) return showRecord(c, due, typed, read.error);
    const { claimId, funderId, number } = due;
    const done = await inTransaction(services.db, (tx) =>
      recordPayment(tx, webActor(c), treasurer, { ...read.value, claimId, funderId }),
    );
    if (!done.ok) return showRecord(c, due, typed, [done.error]);
    const notice = done.value.isNew
      ? `The payment of C-${number} is recorded.`
      : 'This payment was recorded before; nothing changed.';
    return seeOther(c, `${treasuryOf(c)}/payments`, notice);
  });

  routes.get(ONE, (c) => showPayment(c, c.req.param('payment')));
  routes.post(ONE, async (c) => {
    const { services, treasurer } = c.var;
    const paymentId = c.req.param('payment');
    const { typed } = await readTyped(c);
    const reason = typedText(typed, 'reason').slice(0, 1000);
    const done = await inTransaction(services.db, (tx) =>
      reversePayment(tx, webActor(c), treasurer, { paymentId, reason }),
    );
    if (!done.ok) return showPayment(c, paymentId, { typed, problems: [done.error] });
    return seeOther(c, `${treasuryOf(c)}/payments`, 'The payment is taken back; it is owed again.');
  });

  return routes;
}

async function dueOf(
  c: TreasurerContext,
  number: string,
  funderId: string,
): Promise<Due | undefined> {
  const all = await dues(c.var.services.db, c.var.treasurer, { funderId });
  return all.find((due) => due.number === Number(number));
}

async function showPayments(
  c: TreasurerContext,
  refused?: Parameters<typeof PaymentsPage>[0]['refused'],
): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const pages = Math.max(1, Math.ceil((await paymentCount(services.db, treasurer)) / PAGE));
  const asked = Number.parseInt(c.req.query('page') ?? '1', 10) || 1;
  const page = Math.min(Math.max(1, asked), pages);
  return showMoneyPage(
    c,
    {
      title: 'Payments',
      lede: 'What is owed, what went to whoever pays, and what was paid.',
      status: refused === undefined ? 200 : 422,
    },
    <PaymentsPage
      treasury={treasuryOf(c)}
      zone={readerZone(c, summit)}
      owed={await owed(services.db, treasurer)}
      batches={await batchesOf(services.db, treasurer)}
      payments={await paymentsOf(services.db, treasurer, { page: { number: page, size: PAGE } })}
      page={page}
      pages={pages}
      openRows={await openRowCount(services.db, treasurer)}
      refused={refused}
    />,
  );
}

async function showRecord(
  c: TreasurerContext,
  due: Due,
  typed: Typed,
  problems?: readonly Problem[],
): Promise<Response> {
  const base = `${treasuryOf(c)}/payments`;
  const { claimId, funderId, number, payee } = due;
  return showMoneyPage(
    c,
    {
      title: `Record a payment: C-${number}, ${payee}`,
      status: problems === undefined ? 200 : 422,
    },
    <RecordPage
      action={`${base}/record/${number}/${funderId}`}
      due={due}
      typed={typed}
      problems={problems}
      earlier={await paymentsOf(c.var.services.db, c.var.treasurer, { claimId, funderId })}
      base={base}
    />,
  );
}

async function showPayment(
  c: TreasurerContext,
  id: string,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const [payment] = await paymentsOf(services.db, treasurer, { id });
  if (payment === undefined) return c.notFound();
  return showMoneyPage(
    c,
    {
      title: `Payment of C-${payment.number}`,
      status: refused === undefined ? 200 : 422,
    },
    <PaymentPage
      payment={payment}
      base={`${treasuryOf(c)}/payments`}
      zone={readerZone(c, summit)}
      mayReverse={payment.reversedAt === null && payment.personId !== treasurer.personId}
      refused={refused}
    />,
  );
}
