import { type Currency, expectCurrency, formatMoney, sumOf } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import { TickBox } from '../../../design/boxes.tsx';
import { HiddenField, TextArea, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Day, DayOf, Facts, When } from '../../../design/prose.tsx';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { Batch } from './batch-queries.ts';
import type { Payment } from './payment-queries.ts';
import { type Due, stillOwed } from './payment-rules.ts';

/** An amount as its columns show it. */
export const money = (minor: number, currency: Currency) => formatMoney(minor, currency);

interface PaymentsProps {
  /** The address of the treasury. */
  readonly treasury: string;
  readonly zone: ZoneName;
  /** Everything that is still owed. */
  readonly owed: readonly Due[];
  readonly batches: readonly Batch[];
  readonly payments: readonly Payment[];
  readonly page: number;
  readonly pages: number;
  /** Rows of bank files that wait for somebody. */
  readonly openRows: number;
  readonly refused?:
    | { readonly funderId: string; readonly typed: Typed; readonly problems: readonly Problem[] }
    | undefined;
}

/** What is owed, what went to whom, and what was paid. */
export function PaymentsPage(props: PaymentsProps) {
  const { treasury, zone, owed, batches, payments, page, pages, openRows, refused } = props;
  const base = `${treasury}/payments`;
  const byFunder = [...Map.groupBy(owed, ({ funderId }) => funderId).values()];
  const isElsewhere =
    refused !== undefined && !owed.some(({ funderId }) => funderId === refused.funderId);
  return (
    <>
      <Actions>
        <ActionLink href={`${base}/import`}>Read a file of the bank</ActionLink>
        {openRows > 0 && (
          <ActionLink href={`${base}/rows`}>{counted(openRows, 'row')} without a claim</ActionLink>
        )}
      </Actions>
      {isElsewhere && (
        <Form
          action={`${base}/send`}
          // No boxes are drawn that they could link to.
          problems={refused.problems.map((problem) => ({ ...problem, place: {} }))}
          label="What was not sent"
        >
          <HiddenField name="funder" value={refused.funderId} />
          <CoverNote refused={refused} />
        </Form>
      )}
      {byFunder.length === 0 && (
        <EmptyState next={{ href: `${treasury}/claims`, label: 'See the claims' }}>
          Nothing is owed: no approved claim waits for its payment.
        </EmptyState>
      )}
      {byFunder.map((own) => (
        <OwedSection key={own[0]?.funderId} {...props} own={own} base={base} />
      ))}
      <h2 id="batches">Sent to payers</h2>
      <Table
        caption="Batches"
        wide
        columns={[
          {
            head: 'Batch',
            cell: ({ number }: Batch) => <a href={`${base}/batches/${number}`}>No. {number}</a>,
          },
          { head: 'To the payer of', cell: ({ funder }) => funder },
          {
            head: 'Sent',
            kind: 'date',
            cell: ({ sentAt }) => <DayOf instant={sentAt} zone={zone} />,
          },
          { head: 'Claims', kind: 'number', cell: ({ claims }) => claims.length },
          {
            head: 'Asked for',
            kind: 'number',
            cell: ({ claims, currency }) =>
              money(sumOf(claims.map(({ minor }) => minor)), currency),
          },
          {
            head: 'Not paid yet',
            kind: 'number',
            cell: ({ claims }) => claims.filter(isWaiting).length,
          },
        ]}
        rows={batches}
        rowKey={({ id }) => id}
        empty="Nothing was sent yet."
      />
      <h2 id="payments">Payments</h2>
      <Table
        caption="Recorded"
        wide
        columns={paymentColumns(base)}
        rows={payments}
        rowKey={({ id }) => id}
        empty="No payment is recorded yet."
      />
      <Pager
        label="payments"
        page={page}
        pages={pages}
        href={(to) => `${base}?page=${to}#payments`}
      />
    </>
  );
}

const isWaiting = ({ state, recalledAt }: Batch['claims'][number]): boolean =>
  state !== 'paid' && recalledAt === null;

/** A claim, linked to where treasurers look at it. */
const ClaimLink = ({ treasury, number }: { treasury: string; number: number }) => (
  <a href={`${treasury}/claims/${number}`}>C-{number}</a>
);

/** What is written to the payer; it outlives a refusal, even if nothing is left to send. */
const CoverNote = ({ refused }: Pick<PaymentsProps, 'refused'>) => (
  <TextField
    name="note"
    label="Words for the cover sheet"
    value={textIn(refused?.typed ?? {}, 'note')}
    optional
  />
);

function OwedSection({
  treasury,
  base,
  own,
  zone,
  refused,
}: PaymentsProps & { own: readonly Due[]; base: string }) {
  const [first] = own;
  if (first === undefined) return null;
  const { funderId, funder, currency } = first;
  const mine = refused?.funderId === funderId ? refused : undefined;
  const chosen =
    mine === undefined ? own.map(({ claimId }) => claimId) : (mine.typed['claims[]'] ?? []);
  const unsent = own.filter(({ sentOn }) => sentOn === null).length;
  return (
    <>
      <h2 id={`funder-${funderId}`}>Owed by {funder}</h2>
      <Form
        action={`${base}/send`}
        problems={mine?.problems}
        label={`Send to the payer of ${funder}`}
        scope={funderId}
        wide
      >
        <HiddenField name="funder" value={funderId} />
        <Table
          caption={`${funder} owes`}
          id={`owed-${funderId}`}
          note={counted(own.length, 'claim')}
          columns={[
            {
              head: 'Claim',
              cell: ({ number }: Due) => <ClaimLink treasury={treasury} number={number} />,
              foot: 'All',
            },
            { head: 'Payee', cell: ({ payee }) => payee },
            {
              head: 'Approved',
              kind: 'number',
              cell: ({ approvedMinor }) => money(approvedMinor, currency),
              foot: money(sumOf(own.map(({ approvedMinor }) => approvedMinor)), currency),
            },
            {
              head: 'Paid',
              kind: 'number',
              cell: ({ paidMinor }) => money(paidMinor, currency),
              foot: money(sumOf(own.map(({ paidMinor }) => paidMinor)), currency),
            },
            {
              head: 'Still owed',
              kind: 'number',
              cell: (due) => money(stillOwed(due), currency),
              foot: money(sumOf(own.map(stillOwed)), currency),
            },
            {
              head: 'Payment',
              cell: ({ number, funderId }) => (
                <a href={`${base}/record/${number}/${funderId}`}>
                  <span class="unseen">C-{number}: </span>record a payment
                </a>
              ),
            },
            {
              head: 'Send',
              cell: ({ claimId, number, sentOn }) =>
                sentOn === null ? (
                  <TickBox
                    name="claims[]"
                    label={`Send C-${number}`}
                    value={claimId}
                    checked={chosen.includes(claimId)}
                  />
                ) : (
                  <>
                    sent <DayOf instant={sentOn} zone={zone} />
                  </>
                ),
            },
          ]}
          rows={own}
          rowKey={({ claimId }) => claimId}
          empty=""
        />
        {(unsent > 0 || mine !== undefined) && <CoverNote refused={mine} />}
        {unsent > 0 && (
          <>
            <Actions>
              <SubmitButton weight="ordinary">Send those chosen to the payer</SubmitButton>
            </Actions>
            <p class="quiet small">
              A batch has a cover sheet as CSV. Bank accounts are not kept here: the payer has them.
            </p>
          </>
        )}
      </Form>
    </>
  );
}

/** How lists of payments look. */
export const paymentColumns = (base: string): Column<Payment>[] => [
  { head: 'Day', kind: 'date', cell: ({ paidOn }) => <Day date={expectOk(parseDate(paidOn))} /> },
  {
    head: 'Claim',
    namesRow: true,
    cell: ({ id, number, payee }) => (
      <a href={`${base}/${id}`}>
        C-{number}, {payee}
      </a>
    ),
  },
  { head: 'By', cell: ({ funder }) => funder },
  {
    head: 'Paid',
    kind: 'number',
    cell: ({ minor, currency }) => formatMoney(minor, expectCurrency(currency)),
  },
  { head: 'Reference', cell: ({ reference }) => reference || '–' },
  {
    head: 'State',
    cell: ({ reversedAt }) => (reversedAt === null ? 'paid' : 'taken back'),
  },
];

interface PaymentProps {
  readonly payment: Payment;
  readonly base: string;
  readonly zone: ZoneName;
  readonly mayReverse: boolean;
  readonly refused?: { readonly typed: Typed; readonly problems: readonly Problem[] } | undefined;
}

/** One payment, and the way to take it back. */
export function PaymentPage({ payment, base, zone, mayReverse, refused }: PaymentProps) {
  const { id, number, payee, funder, paidOn, reference, reversedAt } = payment;
  const currency = expectCurrency(payment.currency);
  const arrived =
    payment.sentMinor === null || payment.sentCurrency === null
      ? undefined
      : formatMoney(payment.sentMinor, expectCurrency(payment.sentCurrency));
  return (
    <>
      <Facts
        facts={[
          { term: 'Claim', value: `C-${number}, ${payee}` },
          { term: 'Paid by', value: funder },
          { term: 'Amount', value: money(payment.minor, currency) },
          ...(arrived === undefined ? [] : [{ term: 'Arrived', value: arrived }]),
          { term: 'Paid on', value: <Day date={expectOk(parseDate(paidOn))} /> },
          { term: 'Reference', value: reference || '–' },
          {
            term: 'Recorded',
            value: (
              <>
                <When instant={payment.recordedAt} zone={zone} />
                {payment.recordedBy === null ? '' : `, by ${payment.recordedBy}`}
              </>
            ),
          },
          ...(reversedAt === null
            ? []
            : [
                {
                  term: 'Taken back',
                  value: (
                    <>
                      <When instant={reversedAt} zone={zone} />
                      {payment.reversedBy === null ? '' : `, by ${payment.reversedBy}`}:{' '}
                      {payment.reversalReason}
                    </>
                  ),
                },
              ]),
        ]}
      />
      {mayReverse && (
        <>
          <h2 id="back">Take it back</h2>
          <Confirm
            action={`${base}/${id}`}
            problems={refused?.problems}
            label="Take this payment back"
            verb={`Take back ${money(payment.minor, currency)}`}
            back={base}
            consequences={
              <p>
                For a payment that came back, or was recorded by mistake. The journal keeps both
                entries, the claim is owed again, and {payee} is told.
              </p>
            }
          >
            <TextArea
              name="reason"
              label="Why"
              hint="It stays with the payment, and the claim’s person can read it."
              value={textIn(refused?.typed ?? {}, 'reason')}
              rows={3}
            />
          </Confirm>
        </>
      )}
    </>
  );
}
