import { type Currency, formatMoney } from '@cairn/kernel/money';
import { parseDate, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { ActionLink, Actions } from '../../../design/actions.tsx';
import { Day, Facts, When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import { kindLabel } from './claim-form-views.tsx';
import {
  amountsWords,
  askedOf,
  ClaimMark,
  currencyIn,
  type Deadline,
  DeadlineLine,
  type LineNames,
  rateWords,
  StepTable,
} from './claim-parts-views.tsx';
import {
  type Claim,
  type ClaimItem,
  type ClaimStep,
  isOpenToOwner,
  nextClaimState,
  WHERE_IT_HANGS,
} from './claim-rules.ts';

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
