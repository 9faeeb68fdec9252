import { formatMoney, sumOf } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { type Typed, textIn } from '../typed-rules.ts';
import type { Batch, BatchClaim } from './batch-queries.ts';

interface BatchProps {
  readonly treasury: string;
  readonly batch: Batch;
  readonly zone: ZoneName;
  readonly refused?: { readonly typed: Typed; readonly problems: readonly Problem[] } | undefined;
}

const stateOf = ({ state, recalledAt }: BatchClaim): string =>
  recalledAt !== null ? 'came back' : state === 'paid' ? 'paid' : 'waits for payment';

/** One batch: what went, and what came of each claim. */
export function BatchPage({ treasury, batch, zone, refused }: BatchProps) {
  const { number, currency, claims } = batch;
  const open = claims.filter(({ state, recalledAt }) => recalledAt === null && state !== 'paid');
  const went = claims.filter(({ recalledAt }) => recalledAt === null);
  const action = `${treasury}/payments/batches/${number}`;
  return (
    <>
      <Facts
        facts={[
          { term: 'To the payer of', value: batch.funder },
          ...(batch.award === '' ? [] : [{ term: 'Award', value: batch.award }]),
          {
            term: 'Sent',
            value: (
              <>
                <When instant={batch.sentAt} zone={zone} />
                {batch.sentBy === null ? '' : `, by ${batch.sentBy}`}
              </>
            ),
          },
          ...(batch.note === '' ? [] : [{ term: 'Words', value: batch.note }]),
        ]}
      />
      <Actions>
        <ActionLink href={`${action}/cover.csv`}>Cover sheet (CSV)</ActionLink>
      </Actions>
      <Table
        caption="Claims of this batch"
        columns={[
          {
            head: 'Claim',
            cell: (claim: BatchClaim) => (
              <a href={`${treasury}/claims/${claim.number}`}>C-{claim.number}</a>
            ),
            foot: 'All that did not come back',
          },
          { head: 'Payee', cell: ({ payee }) => payee },
          { head: 'Lines', cell: ({ lines }) => lines },
          {
            head: 'Asked for',
            kind: 'number',
            cell: ({ minor }) => formatMoney(minor, currency),
            foot: formatMoney(sumOf(went.map(({ minor }) => minor)), currency),
          },
          {
            head: 'State',
            cell: (claim) =>
              claim.recalledAt === null
                ? stateOf(claim)
                : `${stateOf(claim)}: ${claim.recallReason}`,
          },
        ]}
        rows={claims}
        rowKey={({ claimId }) => claimId}
        empty=""
      />
      {open.length > 0 && (
        <>
          <h2 id="recall">A claim came back from the payer</h2>
          <Form action={action} problems={refused?.problems} label="Take a claim out of the batch">
            <p>It is approved again and can go with another batch.</p>
            <Select
              name="claim"
              label="Claim"
              options={open.map((claim) => ({
                value: claim.claimId,
                label: `C-${claim.number}, ${claim.payee}`,
              }))}
              value={textIn(refused?.typed ?? {}, 'claim')}
              empty="choose one"
            />
            <TextArea
              name="reason"
              label="Why it came back"
              hint="The person who made the claim reads this."
              value={textIn(refused?.typed ?? {}, 'reason')}
              rows={3}
            />
            <Actions>
              <SubmitButton weight="ordinary">Take it out of the batch</SubmitButton>
            </Actions>
          </Form>
        </>
      )}
    </>
  );
}
