import { type Currency, formatMoney } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { type Instant, parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Day, DayOf, Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { ReceiptFiles } from '../receipts/receipt-views.tsx';
import { kindLabel } from './claim-form-views.tsx';
import { amountsWords, askedOf, ClaimMark, rateWords } from './claim-parts-views.tsx';
import {
  type Claim,
  type ClaimItem,
  type ClaimStep,
  claimName,
  isOpenToOwner,
  nextClaimState,
  WHERE_IT_HANGS,
} from './claim-rules.ts';

/** Lines by id, as far as pages of claims name them. */
export type LineNames = ReadonlyMap<
  string,
  { readonly title: string; readonly currency: Currency }
>;

const currencyIn = (lines: LineNames) => (lineId: string) => lines.get(lineId)?.currency;

/** Until when claims are to be sent. */
export interface Deadline {
  readonly on: string;
  readonly sentence: string;
}

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

const DeadlineLine = ({ deadline }: { deadline: Deadline }) => {
  const day = parseDate(deadline.on);
  if (!day.ok) return null;
  return (
    <p>
      Submit by <Day date={day.value} />. <span class="quiet">{deadline.sentence}</span>
    </p>
  );
};

/** When a claim came into its state. */
export const lastMoment = (
  claim: Pick<Claim, 'paidAt' | 'sentAt' | 'approvedAt' | 'submittedAt' | 'createdAt'>,
): Instant =>
  claim.paidAt ?? claim.sentAt ?? claim.approvedAt ?? claim.submittedAt ?? claim.createdAt;

/** What was paid of a claim. */
export interface PaidAmount {
  readonly minor: number;
  readonly currency: Currency;
  /** ISO day. */
  readonly paidOn: string;
}

interface ClaimPageProps {
  readonly base: string;
  readonly claim: Claim;
  readonly steps: readonly ClaimStep[];
  readonly lines: LineNames;
  readonly zone: ZoneName;
  readonly deadline: Deadline | undefined;
  readonly paid: readonly PaidAmount[];
}

/** Where a claim hangs: who has it, since when, what comes next, and what became of each cost. */
export function ClaimPage({ base, claim, steps, lines, zone, deadline, paid }: ClaimPageProps) {
  const address = `${base}/${claim.number}`;
  const { who, next } = WHERE_IT_HANGS[claim.state];
  const last = steps.at(-1);
  const isOpen = isOpenToOwner(claim);
  const isDecided = claim.approvedAt !== null;
  const asked = askedOf(claim, currencyIn(lines));
  const approved = askedOf(claim, currencyIn(lines), 'approved');
  return (
    <>
      {claim.state === 'returned' && last !== undefined && last.reason !== '' && (
        <p class="notice info">
          <strong>A treasurer asks:</strong> {last.reason}
        </p>
      )}
      <Facts
        facts={[
          { term: 'State', value: <ClaimMark state={claim.state} own /> },
          { term: 'Who has it', value: who },
          ...(last === undefined
            ? []
            : [{ term: 'Since', value: <When instant={last.at} zone={zone} /> }]),
          { term: 'What comes next', value: next },
          { term: 'You asked for', value: amountsWords(asked, 'nothing yet') },
          ...(isDecided
            ? [{ term: 'Approved', value: <strong>{amountsWords(approved)}</strong> }]
            : []),
          ...(paid.length > 0
            ? [
                { term: 'Paid so far', value: amountsWords(paid) },
                { term: 'What you still get', value: stillGet(approved, paid) },
              ]
            : []),
        ]}
      />
      {isOpen && deadline !== undefined && <DeadlineLine deadline={deadline} />}
      <Actions>
        {isOpen && (
          <ActionLink href={`${address}/edit`} weight="primary">
            {claim.state === 'returned' ? 'Mend the claim' : 'Go on with the claim'}
          </ActionLink>
        )}
        {isDecided && claim.personId !== null && (
          <a href={`${base}/${claim.number}.pdf`}>The claim as PDF</a>
        )}
        {nextClaimState(claim.state, 'withdraw') !== undefined && (
          <a href={`${address}/withdraw`}>Take the claim back</a>
        )}
      </Actions>
      <ItemTable claim={claim} lines={lines} isDecided={isDecided} />
      <StepTable steps={steps} zone={zone} />
    </>
  );
}

/** What is owed still, in each currency. */
function stillGet(
  approved: readonly { readonly minor: number; readonly currency: Currency }[],
  paid: readonly PaidAmount[],
): string {
  const open = [...approved, ...paid.map(({ minor, currency }) => ({ minor: -minor, currency }))];
  return amountsWords(open);
}

/** The costs of a claim, with what became of each. */
function ItemTable({
  claim,
  lines,
  isDecided,
}: {
  claim: Claim;
  lines: LineNames;
  isDecided: boolean;
}) {
  const words = (item: ClaimItem, minor: number | null) => {
    const currency = item.lineId === null ? undefined : lines.get(item.lineId)?.currency;
    return minor === null || currency === undefined ? '–' : formatMoney(minor, currency);
  };
  return (
    <Table
      caption="Costs"
      note={counted(claim.items.length, 'cost')}
      columns={[
        {
          head: 'Cost',
          cell: (item: ClaimItem) =>
            [kindLabel(item), item.text].filter((part) => part !== '').join(': '),
        },
        {
          head: 'Day',
          kind: 'date',
          cell: ({ spentOn }) => {
            const day = parseDate(spentOn ?? '');
            return day.ok ? <Day date={day.value} /> : '–';
          },
        },
        {
          head: 'Spent',
          kind: 'number',
          cell: ({ spentMinor, spentCurrency }) =>
            spentMinor === null || spentCurrency === null
              ? '–'
              : formatMoney(spentMinor, spentCurrency),
        },
        {
          head: 'Asked',
          kind: 'number',
          cell: (item) => {
            const currency = item.lineId === null ? undefined : lines.get(item.lineId)?.currency;
            const rate = currency && rateWords(item, currency);
            return (
              <>
                {words(item, item.minor)}
                {rate !== undefined && <span class="small quiet"> {rate}</span>}
              </>
            );
          },
        },
        ...(isDecided
          ? [
              {
                head: 'Approved',
                kind: 'number' as const,
                cell: (item: ClaimItem) => words(item, item.approvedMinor),
              },
            ]
          : []),
        {
          head: isDecided ? 'Why' : 'What the rules say',
          cell: (item) =>
            item.reason !== ''
              ? item.reason
              : item.deductions.map(({ sentence }) => sentence).join(' '),
        },
      ]}
      rows={claim.items}
      rowKey={({ id }) => id}
      empty="There are no costs in it yet."
    />
  );
}

const STEP_WORDS: Readonly<Record<ClaimStep['state'], string>> = {
  draft: 'Begun',
  submitted: 'Submitted',
  second_look: 'Decided, awaits a second look',
  returned: 'Returned',
  approved: 'Approved',
  declined: 'Declined',
  sent: 'Sent to the payer',
  paid: 'Paid',
  withdrawn: 'Taken back',
};

/** What happened to a claim, in its order. */
export const StepTable = ({ steps, zone }: { steps: readonly ClaimStep[]; zone: ZoneName }) => (
  <Table
    caption="What happened"
    columns={[
      { head: 'What', cell: ({ state }: ClaimStep) => STEP_WORDS[state] },
      { head: 'When', kind: 'date', cell: ({ at }) => <When instant={at} zone={zone} /> },
      { head: 'By', cell: ({ byName }) => byName ?? 'Cairn' },
      { head: 'In words', cell: ({ reason }) => reason },
    ]}
    rows={steps}
    rowKey={({ at, state }) => `${at.toString()} ${state}`}
    empty="Nothing yet."
  />
);

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
