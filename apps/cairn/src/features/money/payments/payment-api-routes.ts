import { amountText, expectCurrency, parseAmount } from '@cairn/kernel/money';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '../../../platform/http/api-caller.ts';
import { command } from '../../../platform/http/api-command.ts';
import { answered, operation } from '../../../platform/http/api-operation.ts';
import { refused } from '../../../platform/http/api-problem.ts';
import { nothingHere } from '../../../platform/http/api-request.ts';
import { comersSummit, treasuredSummit } from '../../summits/api-access.ts';
import { slugParam } from '../../summits/api-schema.ts';
import { fundersOf } from '../funders/funder-queries.ts';
import { recordPayment, reversePayment } from './payment-commands.ts';
import { dues, owed, ownPayments, type Payment } from './payment-queries.ts';
import { stillOwed } from './payment-rules.ts';

const tag = 'Money';
const amount = z.string().openapi({ example: '12.50', description: 'Decimal text.' });

const paymentSchema = z
  .object({
    id: z.uuid(),
    claim: z.string().openapi({ example: 'C-12' }),
    funder: z.string(),
    amount,
    currency: z.string(),
    arrived: amount.nullable(),
    arrived_currency: z.string().nullable(),
    paid_on: z.iso.date(),
    reference: z.string(),
  })
  .openapi('Payment');

const shown = (payment: Payment): z.output<typeof paymentSchema> => {
  const { sentMinor, sentCurrency } = payment;
  const isElse = sentMinor !== null && sentCurrency !== null;
  return {
    id: payment.id,
    claim: `C-${payment.number}`,
    funder: payment.funder,
    amount: amountText(payment.minor, expectCurrency(payment.currency)),
    currency: payment.currency,
    arrived: isElse ? amountText(sentMinor, expectCurrency(sentCurrency)) : null,
    arrived_currency: sentCurrency,
    paid_on: payment.paidOn,
    reference: payment.reference,
  };
};

/** The API's part about payments: one's own, and for treasurers what is owed and what was paid. */
export function paymentApiRoutes(): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();

  operation(
    routes,
    {
      id: 'listOwnPayments',
      method: 'get',
      path: '/summits/{slug}/me/payments',
      tag,
      summary: 'What you were paid',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Your payments, the latest first.',
        schema: z.object({ items: z.array(paymentSchema) }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const own = await comersSummit(c, params.slug);
      if (!own.ok) return own;
      const payments = await ownPayments(c.var.services.db, own.value.self);
      return answered({ items: payments.map(shown) });
    },
  );

  operation(
    routes,
    {
      id: 'listOwed',
      method: 'get',
      path: '/summits/{slug}/treasury/owed',
      tag,
      summary: 'What is still owed, claim by claim and funder by funder; for treasurers',
      scope: 'read:money',
      params: slugParam,
      answer: {
        status: 200,
        description: 'Approved claims that are not paid in full.',
        schema: z.object({
          items: z.array(
            z
              .object({
                claim: z.int(),
                payee: z.string(),
                funder: z.string().openapi({ description: 'The key of the funder.' }),
                currency: z.string(),
                approved: amount,
                paid: amount,
                owed: amount,
                is_sent: z.boolean().openapi({ description: 'It went to whoever pays.' }),
              })
              .openapi('Owed'),
          ),
        }),
      },
      refuses: [403],
    },
    async (c, { params }) => {
      const seen = await treasuredSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { db } = c.var.services;
      const { treasurer, summit } = seen.value;
      const keys = new Map((await fundersOf(db, summit.id)).map(({ id, key }) => [id, key]));
      return answered({
        items: (await owed(db, treasurer)).map((due) => ({
          claim: due.number,
          payee: due.payee,
          funder: keys.get(due.funderId) ?? '',
          currency: due.currency,
          approved: amountText(due.approvedMinor, due.currency),
          paid: amountText(due.paidMinor, due.currency),
          owed: amountText(stillOwed(due), due.currency),
          is_sent: due.sentOn !== null,
        })),
      });
    },
  );

  operation(
    routes,
    {
      id: 'recordPayment',
      method: 'post',
      path: '/summits/{slug}/treasury/payments',
      tag,
      summary: 'Record what a funder paid of a claim; the same key again changes nothing',
      scope: 'write:money',
      params: slugParam,
      body: {
        json: z
          .strictObject({
            claim: z.int().positive().max(9_999_999),
            funder: z.string().max(100),
            amount,
            paid_before: amount.openapi({
              description:
                'The `paid` that you saw of what is owed; another sum means that somebody was faster.',
            }),
            paid_on: z.iso.date(),
            reference: z.string().max(200).default(''),
            key: z.uuid().openapi({ description: 'Yours, new for each payment.' }),
          })
          .openapi('NewPayment'),
      },
      answer: {
        status: 200,
        description: 'It is recorded.',
        schema: z.object({ id: z.uuid(), is_new: z.boolean() }),
      },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const seen = await treasuredSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { db } = c.var.services;
      const { treasurer, summit } = seen.value;
      const funder = (await fundersOf(db, summit.id)).find(({ key }) => key === body.funder);
      if (funder === undefined) return refused(404, nothingHere());
      const all = await dues(db, treasurer, { funderId: funder.id });
      const due = all.find(({ number }) => number === body.claim);
      if (due === undefined) return refused(404, nothingHere());
      const minor = parseAmount(body.amount, due.currency);
      if (!minor.ok) return refused(409, { ...minor.error, place: { path: 'amount' } });
      const before = parseAmount(body.paid_before, due.currency);
      if (!before.ok) return refused(409, { ...before.error, place: { path: 'paid_before' } });
      const done = await command(c, (tx, actor) =>
        recordPayment(tx, actor, treasurer, {
          claimId: due.claimId,
          funderId: funder.id,
          minor: minor.value,
          paidOn: body.paid_on,
          reference: body.reference,
          key: `api:${body.key}`,
          seenPaidMinor: before.value,
        }),
      );
      return done.ok ? answered({ id: done.value.paymentId, is_new: done.value.isNew }) : done;
    },
  );

  operation(
    routes,
    {
      id: 'reversePayment',
      method: 'post',
      path: '/summits/{slug}/treasury/payments/{payment}/reversal',
      tag,
      summary: 'Take a payment back, with the reason; it is owed again',
      scope: 'write:money',
      params: slugParam.extend({
        payment: z.uuid().openapi({ param: { name: 'payment', in: 'path' } }),
      }),
      body: {
        json: z
          .strictObject({ reason: z.string().trim().min(1).max(1000) })
          .openapi('PaymentReversal'),
      },
      answer: { status: 204, description: 'It is taken back.' },
      refuses: [403, 409],
    },
    async (c, { params, body }) => {
      const seen = await treasuredSummit(c, params.slug);
      if (!seen.ok) return seen;
      const { treasurer } = seen.value;
      const done = await command(c, (tx, actor) =>
        reversePayment(tx, actor, treasurer, { paymentId: params.payment, reason: body.reason }),
      );
      return done.ok ? answered(undefined) : done;
    },
  );

  return routes;
}
