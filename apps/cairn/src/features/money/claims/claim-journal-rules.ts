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
 * What each cost takes of its purpose's commitment when its claim is approved, besides what it drew on when it was
 * submitted: what other costs of the claim leave of theirs, then what is committed still (`still`), as by a supplement
 * that was approved meanwhile. Only what is beyond both comes out of what is left of the line. By cost; none is 0.
 */
export function takenAtApproval(
  claim: Claim,
  still: (purpose: Purpose) => number,
): ReadonlyMap<string, number> {
  const free = new Map<string, number>();
  for (const item of claim.items) {
    const purpose = purposeOf(claim, item);
    if (purpose === undefined) continue;
    const key = purposeKey(purpose);
    free.set(key, (free.get(key) ?? Math.max(0, still(purpose))) + notNeeded(item));
  }
  const taken = new Map<string, number>();
  for (const item of claim.items) {
    const purpose = purposeOf(claim, item);
    if (purpose === undefined) continue;
    const key = purposeKey(purpose);
    const has = free.get(key) ?? 0;
    const minor = Math.min(has, Math.max(0, (item.approvedMinor ?? 0) - item.committedMinor));
    free.set(key, has - minor);
    if (minor > 0) taken.set(item.id, minor);
  }
  return taken;
}

const purposeKey = ({ lineId, category }: Purpose): string => `${lineId} ${category}`;

/** What a cost drew on, and what was approved of it does not need. */
const notNeeded = ({ committedMinor, approvedMinor }: ClaimItem): number =>
  Math.max(0, committedMinor - (approvedMinor ?? 0));

/** The entries of a claim that is approved; each cost says how much of it. `taken` is that of `takenAtApproval`. */
export function approvalEntries(
  claim: Claim,
  taken: ReadonlyMap<string, number>,
): readonly Entry[] {
  // Those that leave something come first, so that it is there for the others.
  const items = [...claim.items].sort((a, b) => notNeeded(b) - notNeeded(a));
  return entriesOf({ ...claim, items }, 'approval', (purpose, item) => {
    const more = taken.get(item.id) ?? 0;
    return merged([
      ...approved(purpose, claimedOf(item), item.approvedMinor ?? 0),
      ...(more === 0 ? [] : committed(purpose, -more)),
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
