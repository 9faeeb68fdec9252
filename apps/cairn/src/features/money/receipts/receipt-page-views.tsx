import { amountText, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, NumberField, Select, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { OwnReceipt } from './receipt-queries.ts';
import { sizeWords } from './receipt-rules.ts';
import { ReceiptFiles, ReceiptThumb, receiptAddress } from './receipt-views.tsx';

/** The form that sends receipts. */
export function UploadForm({
  action,
  largest,
  problems,
}: {
  action: string;
  largest: number;
  problems?: readonly Problem[] | undefined;
}) {
  return (
    <Form action={action} problems={problems} multipart label="Add receipts">
      <ReceiptFiles
        name="receipts"
        label="Photographs of slips, or PDFs"
        optional={false}
        largest={largest}
      />
      <p class="quiet">
        Where and when a photograph was taken, with which camera, and what programs added are left
        out. Your receipts are seen by you, by those with whom you share one, and by the treasurers
        once you submitted a claim with it.
      </p>
      <Actions>
        <SubmitButton>Keep these receipts</SubmitButton>
      </Actions>
    </Form>
  );
}

const claimLinks = (numbers: readonly number[], home: string) =>
  numbers.map((number, index) => (
    <>
      {index > 0 && ', '}
      <a href={`${home}/money/claims/${number}`}>C-{number}</a>
    </>
  ));

const totalWords = ({ totalMinor, currency }: OwnReceipt): string =>
  totalMinor === null || currency === null ? '' : formatMoney(totalMinor, currency);

const shareWords = ({ isOwn, owner, shares }: OwnReceipt): string =>
  isOwn
    ? shares.length === 0
      ? ''
      : `shared with ${listed(shares.map(({ name }) => name))}`
    : `${owner} shares it with you`;

/** One's receipts, newest first. `at`: `/s/<summit>/money/receipts`. */
export function ReceiptList({
  receipts,
  home,
  zone,
}: {
  receipts: readonly OwnReceipt[];
  home: string;
  zone: ZoneName;
}) {
  const at = `${home}/money/receipts`;
  if (receipts.length === 0) {
    return (
      <EmptyState>
        You have no receipts here yet. Photograph each slip as you get it; a claim is then quickly
        made.
      </EmptyState>
    );
  }
  return (
    <Table
      caption="Your receipts"
      note={counted(receipts.length, 'receipt')}
      rows={receipts}
      rowKey={({ id }) => id}
      empty=""
      columns={[
        {
          head: 'Receipt',
          namesRow: true,
          cell: ({ id, name }) => <a href={`${at}/${id}`}>{name}</a>,
        },
        { head: 'Picture', cell: (receipt) => <ReceiptThumb receipt={receipt} at={at} /> },
        { head: 'Whole slip', kind: 'number', cell: totalWords },
        { head: 'Sharing', cell: shareWords },
        { head: 'In claims', cell: ({ claims }) => claimLinks(claims, home) },
        { head: 'Added', cell: ({ addedAt }) => <When instant={addedAt} zone={zone} /> },
      ]}
    />
  );
}

/** What was typed into the forms of a receipt's page. */
export interface ReceiptTyped {
  readonly total: string;
  readonly currency: string;
  readonly person: string;
  readonly part: string;
}

/** One receipt: the picture, what it comes to, with whom it is shared. */
export function ReceiptPage({
  receipt,
  home,
  zone,
  people,
  typed,
  totalProblems,
  shareProblems,
}: {
  receipt: OwnReceipt;
  home: string;
  zone: ZoneName;
  /** With whom it can be shared. */
  people: readonly { readonly id: string; readonly name: string }[];
  typed?: ReceiptTyped | undefined;
  totalProblems?: readonly Problem[] | undefined;
  shareProblems?: readonly Problem[] | undefined;
}) {
  const { id, name, isOwn, owner, shares, size, pages, claims, currency, totalMinor } = receipt;
  const at = `${home}/money/receipts`;
  const [mine] = shares;
  return (
    <>
      <p>
        <ReceiptThumb receipt={receipt} at={at} within={640} />
      </p>
      <p>
        {pages === null ? 'Picture' : `PDF, ${counted(pages, 'page')}`}, {sizeWords(size)}, added{' '}
        <When instant={receipt.addedAt} zone={zone} />. <a href={receiptAddress(at, id)}>Open it</a>
      </p>
      {claims.length > 0 && <p>It stands in {claimLinks(claims, home)}.</p>}
      {!isOwn && (
        <p>
          {owner} shares it with you
          {mine?.minor != null && currency !== null
            ? `; your part is ${formatMoney(mine.minor, currency)}`
            : ''}
          . The whole slip is {totalWords(receipt) || 'not said'}.
        </p>
      )}
      {isOwn && (
        <>
          <h2>What the whole slip comes to</h2>
          <Form
            action={`${at}/${id}/total`}
            problems={totalProblems}
            label={`What ${name} comes to`}
          >
            <NumberField
              name="total"
              label="Amount"
              decimal
              optional
              width="short"
              value={
                typed?.total ??
                (totalMinor === null || currency === null ? '' : amountText(totalMinor, currency))
              }
              hint="Needed where several people claim parts of it: together they claim no more."
            />
            <TextField
              name="currency"
              label="Currency"
              optional
              width="tiny"
              value={typed?.currency ?? currency ?? ''}
              hint="Three letters, such as USD or EUR."
            />
            <Actions>
              <SubmitButton weight="ordinary">Save the amount</SubmitButton>
            </Actions>
          </Form>
          <h2>Shared with</h2>
          <Shares receipt={receipt} at={at} />
          <Form action={`${at}/${id}/share`} problems={shareProblems} label={`Share ${name}`}>
            <Select
              name="person"
              label="Share it with"
              empty="Choose somebody"
              value={typed?.person}
              options={people.map((person) => ({ value: person.id, label: person.name }))}
              hint="They see this receipt and can claim their part with it."
            />
            <NumberField
              name="part"
              label={`Their part${currency === null ? '' : `, in ${currency}`}`}
              decimal
              optional
              width="short"
              value={typed?.part}
            />
            <Actions>
              <SubmitButton weight="ordinary">Share it</SubmitButton>
            </Actions>
          </Form>
          <p>
            <a href={`${at}/${id}/remove`}>Remove this receipt</a>
          </p>
        </>
      )}
    </>
  );
}

function Shares({ receipt, at }: { receipt: OwnReceipt; at: string }) {
  const { id, shares, currency } = receipt;
  if (shares.length === 0) return <p>It is shared with nobody.</p>;
  return (
    <ul>
      {shares.map(({ personId, name, minor }) => (
        <li key={personId}>
          {name}
          {minor !== null && currency !== null && `, ${formatMoney(minor, currency)}`}
          <Form action={`${at}/${id}/unshare`} label={`Stop sharing with ${name}`}>
            <HiddenField name="person" value={personId} />
            <SubmitButton weight="plain">Stop sharing with {name}</SubmitButton>
          </Form>
        </li>
      ))}
    </ul>
  );
}
