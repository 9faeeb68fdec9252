import type { Instant } from '@cairn/kernel/time';

/** What the ledger counts of a person. */
export const DEED_KINDS = ['opened', 'discussed', 'reviewed', 'merged'] as const;
export type DeedKind = (typeof DEED_KINDS)[number];

/** Something that somebody wrote in a thread. Only what a person here did: accounts of nobody are left out. */
interface Written {
  readonly personId: string;
  readonly at: Instant;
  readonly door: string;
}

export interface WrittenComment extends Written {
  readonly id: string;
  readonly words: number;
  /** Said about a line of a proposal. */
  readonly onLine: boolean;
}

export interface WrittenReview extends Written {
  readonly id: string;
}

/** All that was done in one thread and stands: what was withdrawn or dismissed is not in it. */
export interface ThreadRecord {
  readonly number: number;
  readonly kind: 'topic' | 'issue' | 'proposal' | 'decision';
  readonly opened: Written | undefined;
  readonly comments: readonly WrittenComment[];
  readonly reviews: readonly WrittenReview[];
  /** Who made versions of a proposal, each version once. */
  readonly versions: readonly Written[];
  readonly mergedAt: Instant | undefined;
}

/** One thing that somebody did, which stands in the ledger. */
export interface Deed {
  readonly kind: DeedKind;
  readonly personId: string;
  readonly at: Instant;
  /** The comment or review that it is; empty for the thread itself. */
  readonly ref: string;
}

/** Everything in one thread that the ledger counts, of everybody. */
export function deedsOf(record: ThreadRecord): Deed[] {
  const { opened, comments, reviews, mergedAt } = record;
  const deed = (
    kind: DeedKind,
    { personId, at }: Pick<Written, 'personId' | 'at'>,
    ref = '',
  ): Deed => ({
    kind,
    personId,
    at,
    ref,
  });
  return [
    ...(opened === undefined ? [] : [deed('opened', opened)]),
    ...comments.map((comment) => deed('discussed', comment, comment.id)),
    ...reviews.map((review) => deed('reviewed', review, review.id)),
    ...(mergedAt === undefined
      ? []
      : [...makersOf(record)].map((personId) => deed('merged', { personId, at: mergedAt }))),
  ];
}

/** Whose work a proposal is: whoever opened it, and whoever pushed a version of it. */
const makersOf = ({ opened, versions }: ThreadRecord): ReadonlySet<string> =>
  new Set([...(opened === undefined ? [] : [opened]), ...versions].map(({ personId }) => personId));

/** What a thread is to a promise: one contribution or one review of a person, and what shows it. */
export interface Credit {
  readonly personId: string;
  readonly kind: 'contribution' | 'review';
  /** Any of these is evidence enough, the earliest first; the subject names it for ever. */
  readonly shownBy: readonly {
    readonly subject: string;
    readonly at: Instant;
    readonly source: 'git' | 'github' | 'system';
  }[];
}

/**
 * What of a thread keeps the promise “as contributors and reviewers”. Whoever opened it, or made a
 * version of a proposal that was merged, has contributed once. Whoever looked at it in earnest, and
 * whose work it is not, has reviewed once, however much they wrote: by a review, by a comment on a
 * line, or by a comment of so many words. What only agrees is talk.
 */
export function creditsOf(record: ThreadRecord, commentWords: number): Credit[] {
  return [...contributions(record), ...reviews(record, commentWords)];
}

function contributions(record: ThreadRecord): Credit[] {
  const { opened, kind, number, mergedAt, versions } = record;
  const credits: Credit[] = [];
  if (opened !== undefined) {
    const subject = kind === 'proposal' ? `proposal:${number}` : `thread:${number}`;
    credits.push(credit('contribution', opened.personId, [shown(subject, opened)]));
  }
  if (mergedAt === undefined) return credits;
  for (const personId of makersOf(record)) {
    if (personId === opened?.personId) continue;
    const [first] = versions.filter((version) => version.personId === personId);
    if (first === undefined) continue;
    credits.push(
      credit('contribution', personId, [shown(`merge:${number}`, { ...first, at: mergedAt })]),
    );
  }
  return credits;
}

function reviews(record: ThreadRecord, commentWords: number): Credit[] {
  const makers = makersOf(record);
  const looks = [
    ...record.reviews.map((review) => ({ ...review, subject: `review:${review.id}` })),
    ...record.comments
      .filter(({ onLine, words }) => onLine || words >= commentWords)
      .map((comment) => ({ ...comment, subject: `comment:${comment.id}` })),
  ]
    .filter(({ personId }) => !makers.has(personId))
    .sort((x, y) => x.at.epochMilliseconds - y.at.epochMilliseconds);
  return [...Map.groupBy(looks, ({ personId }) => personId)].map(([personId, theirs]) =>
    credit(
      'review',
      personId,
      theirs.map((look) => shown(look.subject, look)),
    ),
  );
}

const credit = (kind: Credit['kind'], personId: string, shownBy: Credit['shownBy']): Credit => ({
  kind,
  personId,
  shownBy,
});

const shown = (subject: string, { at, door }: Pick<Written, 'at' | 'door'>) =>
  ({ subject, at, source: door === 'git' || door === 'github' ? door : 'system' }) as const;

/** Evidence that stands for a thread so far. */
export interface StandingEvidence {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'contribution' | 'review';
  readonly subject: string;
}

/**
 * What is to be recorded and what taken back, so that evidence says what a thread says now. What is
 * recorded stays as long as it is right, whatever else would show the same: the same thread told twice
 * changes nothing.
 */
export function settledWith(
  credits: readonly Credit[],
  standing: readonly StandingEvidence[],
): { readonly record: Credit[]; readonly withdraw: StandingEvidence[] } {
  const kept = new Set<string>();
  const record = credits.filter((due) => {
    const found = standing.find(
      ({ personId, kind, subject }) =>
        personId === due.personId &&
        kind === due.kind &&
        due.shownBy.some((one) => one.subject === subject),
    );
    if (found !== undefined) kept.add(found.id);
    return found === undefined;
  });
  return { record, withdraw: standing.filter(({ id }) => !kept.has(id)) };
}
