import { sumOf } from '@cairn/kernel/money';
import {
  approved,
  type Claimed,
  claimed,
  committed,
  type Entry,
  type Posting,
  type Purpose,
  returned,
} from '../journal/journal-rules.ts';
import { awaitsDecision, type Claim, type ClaimItem } from './claim-rules.ts';

/** For what and for whom a submitted cost asks; undefined while no line pays it. */
export const purposeOf = (
  { personId }: Pick<Claim, 'personId'>,
  { lineId, category }: Pick<ClaimItem, 'lineId' | 'category'>,
): Purpose | undefined => (lineId === null ? undefined : { lineId, category, personId });

const claimedOf = ({ minor, committedMinor }: ClaimItem): Claimed => ({
  asked: minor ?? 0,
  committed: committedMinor,
});

const entriesOf = (
  claim: Claim,
  kind: 'claim' | 'return' | 'approval',
  postingsOf: (purpose: Purpose, item: ClaimItem) => Entry['postings'],
): readonly Entry[] =>
  claim.items.flatMap((item): Entry[] => {
    const purpose = purposeOf(claim, item);
    const postings = purpose === undefined ? [] : postingsOf(purpose, item);
    if (postings.length === 0) return [];
    return [
      {
        kind,
        key: `${kind}:${item.id}:${claim.revision}`,
        subject: { kind: 'claim_item', id: item.id },
        postings,
      },
    ];
  });

/** The entries of a claim that is submitted: its costs stand as they were stored for that. */
export const claimEntries = (claim: Claim): readonly Entry[] =>
  entriesOf(claim, 'claim', (purpose, item) => claimed(purpose, claimedOf(item)));

/** The entries of a claim that is returned, declined or withdrawn; none where nothing was asked for yet. */
export const returnEntries = (claim: Claim): readonly Entry[] =>
  awaitsDecision(claim)
    ? entriesOf(claim, 'return', (purpose, item) => returned(purpose, claimedOf(item)))
    : [];

/**
 * The entries of a claim that is approved; each cost says how much of it. What one cost leaves of a commitment goes to
 * the others of the same purpose before anything is taken from what is left of the line.
 */
export function approvalEntries(claim: Claim): readonly Entry[] {
  const givers = (item: ClaimItem) => Math.max(0, item.committedMinor - (item.approvedMinor ?? 0));
  const given = new Map<string, number>();
  // Those that leave something come first, so that it is there for the others.
  const items = [...claim.items].sort((a, b) => givers(b) - givers(a));
  return entriesOf({ ...claim, items }, 'approval', (purpose, item) => {
    const minor = item.approvedMinor ?? 0;
    const key = `${purpose.lineId} ${purpose.category}`;
    const free = (given.get(key) ?? 0) + givers(item);
    const taken = Math.min(free, Math.max(0, minor - item.committedMinor));
    given.set(key, free - taken);
    return merged([
      ...approved(purpose, claimedOf(item), minor),
      ...(taken === 0 ? [] : committed(purpose, -taken)),
    ]);
  });
}

/** One posting for each account, so that none is below zero between two of them. */
function merged(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.lineId} ${posting.category} ${posting.stage}`;
    const before = sums.get(key);
    sums.set(key, { ...posting, minor: sumOf([before?.minor ?? 0, posting.minor]) });
  }
  return [...sums.values()].filter(({ minor }) => minor !== 0);
}

/** A cost that goes from one line to another one: taken back there, and asked for here. */
export const moveEntries = (claim: Claim, was: ClaimItem, is: ClaimItem): readonly Entry[] => [
  ...entriesOf({ ...claim, items: [was] }, 'return', (purpose, item) =>
    returned(purpose, claimedOf(item)),
  ),
  ...entriesOf({ ...claim, items: [is] }, 'claim', (purpose, item) =>
    claimed(purpose, claimedOf(item)),
  ),
];
