import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { ReceiptFiles } from '../receipts/receipt-views.tsx';
import {
  amountsWords,
  askedOf,
  ClaimMark,
  currencyIn,
  type Deadline,
  DeadlineLine,
  type LineNames,
} from './claim-parts-views.tsx';
import { type Claim, claimName, lastMoment } from './claim-rules.ts';

interface ClaimListProps {
  /** `/s/<summit>/money/claims`. */
  readonly base: string;
  /** Where the rules stand of what is paid. */
  readonly rulesAt: string;
  readonly claims: readonly Claim[];
  readonly lines: LineNames;
  readonly zone: ZoneName;
  readonly deadline: Deadline | undefined;
  readonly largestReceipt: number;
  /** May enter bills of suppliers. */
  readonly mayEnterBills: boolean;
  readonly problems?: readonly Problem[] | undefined;
}

/** One's claims, and the beginning of a new one. */
export function ClaimListPage(props: ClaimListProps) {
  const { base, claims, lines, zone, deadline, problems } = props;
  return (
    <>
      {deadline !== undefined && <DeadlineLine deadline={deadline} />}
      <p>
        <a href={props.rulesAt}>What is paid, and what is not</a>
      </p>
      <Form action={base} problems={problems} multipart label="A new claim">
        <ReceiptFiles
          name="receipts"
          label="Photographs of your receipts"
          largest={props.largestReceipt}
        />
        <Actions>
          <SubmitButton>Begin a claim</SubmitButton>
        </Actions>
      </Form>
      {claims.length === 0 ? (
        <EmptyState>You have claimed nothing yet.</EmptyState>
      ) : (
        <Table
          caption="Your claims"
          columns={[
            {
              head: 'Claim',
              cell: (claim: Claim) => (
                <a href={`${base}/${claim.number}`}>
                  {[claimName(claim.number), claim.title || claim.supplier]
                    .filter(Boolean)
                    .join(': ')}
                </a>
              ),
            },
            { head: 'State', cell: ({ state }) => <ClaimMark state={state} own /> },
            { head: 'Costs', kind: 'number', cell: ({ items }) => items.length },
            {
              head: 'You asked for',
              kind: 'number',
              cell: (claim) => amountsWords(askedOf(claim, currencyIn(lines))),
            },
            {
              head: 'Approved',
              kind: 'number',
              cell: (claim) =>
                claim.approvedAt === null
                  ? '–'
                  : amountsWords(askedOf(claim, currencyIn(lines), 'approved')),
            },
            {
              head: 'Since',
              kind: 'date',
              cell: (claim) => <DayOf instant={lastMoment(claim)} zone={zone} />,
            },
          ]}
          rows={claims}
          rowKey={({ id }) => id}
          empty=""
        />
      )}
      {props.mayEnterBills && (
        <p>
          A hotel or a caterer sent a bill to the summit?{' '}
          <a href={`${base}/bill`}>Enter the bill of a supplier</a>
        </p>
      )}
    </>
  );
}

/** The beginning of a supplier’s bill. */
export const BillPage = ({
  action,
  supplier,
  problems,
}: {
  action: string;
  supplier: string;
  problems?: readonly Problem[] | undefined;
}) => (
  <Form action={action} problems={problems} label="The bill of a supplier">
    <TextField
      name="supplier"
      label="Who sent the bill"
      hint="The hotel, the caterer. They are paid; you only enter it, and another treasurer decides."
      value={supplier}
    />
    <Actions>
      <SubmitButton>Enter the bill</SubmitButton>
    </Actions>
  </Form>
);
