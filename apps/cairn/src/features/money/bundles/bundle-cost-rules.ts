import type { Instant, ZoneName } from '@cairn/kernel/time';
import type { Claim, ClaimItem, ClaimState, ClaimStep } from '../claims/claim-rules.ts';
import type { Funder, FundLine } from '../funders/funder-rules.ts';
import type { ReceiptType } from '../receipts/receipt-rules.ts';

/** What of a claim goes to a funder: it was approved, and may be paid by now. */
export const BUNDLED: readonly ClaimState[] = ['approved', 'sent', 'paid'];

/** A receipt with its bytes. */
export interface BundledReceipt {
  readonly id: string;
  readonly name: string;
  readonly mediaType: ReceiptType;
  readonly pages: number | null;
  readonly content: Uint8Array;
}

/** What was paid on a claim. */
export interface BundledPayment {
  readonly claimId: string;
  readonly funderId: string;
  readonly paidOn: string;
  readonly minor: number;
  readonly reference: string;
}

/** A claim with what happened to it. */
export interface BundledClaim extends Claim {
  readonly steps: readonly ClaimStep[];
}

/** All that a bundle is made of. Amounts of items are in the currency of their line. */
export interface BundleFacts {
  readonly summit: {
    readonly title: string;
    readonly place: string;
    readonly days: string;
    readonly zone: ZoneName;
  };
  /** Whose money it is about; undefined for all of a claim, as its owner has it. */
  readonly funder: Funder | undefined;
  readonly payee: string;
  /** From where, and from when to when, in words; empty where nobody said. */
  readonly trip: string;
  readonly claims: readonly BundledClaim[];
  readonly lines: ReadonlyMap<string, FundLine>;
  readonly receipts: ReadonlyMap<string, BundledReceipt>;
  readonly payments: readonly BundledPayment[];
  /** What the rules asked of a cost and was answered, by the item's id: in words. */
  readonly records: ReadonlyMap<string, readonly (readonly [label: string, value: string])[]>;
  readonly names: ReadonlyMap<string, string>;
  readonly made: Instant;
}

/** A cost with its number in the bundle. */
export interface Cost {
  readonly number: number;
  readonly claim: BundledClaim;
  readonly item: ClaimItem;
  readonly line: FundLine | undefined;
}

/** The costs of a bundle in the order of claims and items; those that another funder pays are left out. */
export function costsOf({ claims, lines, funder }: BundleFacts): readonly Cost[] {
  return [...claims]
    .sort((a, b) => a.number - b.number)
    .flatMap((claim) =>
      claim.items.map((item) => ({
        claim,
        // What is only proposed, while a second look is awaited, is on no paper.
        item: BUNDLED.includes(claim.state) ? item : { ...item, approvedMinor: null, reason: '' },
        line: item.lineId === null ? undefined : lines.get(item.lineId),
      })),
    )
    .filter(({ line }) => funder === undefined || line?.funder.id === funder.id)
    .map((cost, index) => ({ ...cost, number: index + 1 }));
}

/** The receipts in the order in which costs first name them, each with the costs that do. */
export function papersOf(costs: readonly Cost[], receipts: BundleFacts['receipts']) {
  const ids = [...new Set(costs.flatMap(({ item }) => item.receiptIds))];
  return ids.flatMap((id) => {
    const receipt = receipts.get(id);
    const of = costs.filter(({ item }) => item.receiptIds.includes(id));
    return receipt === undefined ? [] : [{ receipt, of }];
  });
}
