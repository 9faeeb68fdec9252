import type { Instant } from '@cairn/kernel/time';
import type { ThreadKind } from '../threads/thread-rules.ts';

/**
 * What is told of a plan, and nothing else: what somebody has not sent yet, what they read, and what they
 * want to hear of is theirs alone.
 */
export const TOLD_KINDS = {
  discussions: [
    'thread.opened',
    'thread.closed',
    'thread.reopened',
    'comment.added',
    'labels.changed',
  ],
  topics: ['thread.opened', 'topic.changed', 'topic.merged', 'topic.unmerged', 'interest.changed'],
  proposals: [
    'thread.opened',
    'proposal.versioned',
    'proposal.merged',
    'proposal.closed',
    'proposal.reopened',
  ],
  reviews: ['review.given', 'review.dismissed', 'review.requested'],
  decisions: [
    'thread.opened',
    'decision.revised',
    'decision.objected',
    'decision.withdrew',
    'decision.ratified',
    'decision.reopened',
    'workplan.frozen',
  ],
} as const;
export type ToldGroup = keyof typeof TOLD_KINDS;
export const TOLD_GROUPS = Object.keys(TOLD_KINDS) as ToldGroup[]; // the keys of the constant above

/** Which threads' opening belongs to a group; of the others, that of all. */
export const OPENED_IN: Readonly<Partial<Record<ToldGroup, ThreadKind>>> = {
  topics: 'topic',
  proposals: 'proposal',
  decisions: 'decision',
};

export const ALL_TOLD: readonly string[] = [...new Set(Object.values(TOLD_KINDS).flat())];

/** One thing that happened, as far as words need it. */
export interface Happened {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The name of whom it happened to, where it is told of two people. */
  readonly whom: string | null;
}

/** What somebody did, in the words around the thread that it is about. */
export interface Told {
  readonly before: string;
  readonly after: string;
}

const INTEREST: Readonly<Record<string, string>> = {
  lead: 'wants to lead',
  work: 'wants to work on',
  learn: 'wants to learn from',
  none: 'is not interested in',
};

const VERDICTS: Readonly<Record<string, string>> = {
  approve: 'approved',
  request_changes: 'asked for changes in',
  comment: 'reviewed',
};

const OPENED: Readonly<Record<string, string>> = { proposal: 'proposed', decision: 'recorded' };

const DID: Readonly<Record<string, string>> = {
  'thread.closed': 'closed',
  'thread.reopened': 'opened again',
  'comment.added': 'commented on',
  'labels.changed': 'changed the labels of',
  'topic.unmerged': 'took apart again',
  'proposal.merged': 'merged',
  'proposal.closed': 'closed',
  'proposal.reopened': 'opened again',
  'review.dismissed': 'dismissed a review of',
  'decision.revised': 'revised',
  'decision.objected': 'objected to',
  'decision.withdrew': 'withdrew an objection to',
  'decision.ratified': 'ratified',
  'decision.reopened': 'reopened',
};

/**
 * What happened, in words; the name of who did it stands before, the thread in between.
 *
 *     wordsFor({ kind: 'review.given', data: { verdict: 'approve' }, whom: null }) // approved …
 */
export function wordsFor({ kind, data, whom }: Happened): Told {
  const text = (name: string): string => String(data[name] ?? '');
  const around = (before: string, after = ''): Told => ({ before, after });
  switch (kind) {
    case 'thread.opened':
      return around(OPENED[text('kind')] ?? 'opened');
    case 'review.given':
      return around(VERDICTS[text('verdict')] ?? 'reviewed');
    case 'review.requested':
      return around(`asked ${whom ?? 'somebody'} to review`);
    case 'proposal.versioned':
      return around(`brought version ${text('version')} of`);
    case 'topic.changed':
      return text('state') === '' ? around('changed') : around('moved', ` to ${text('state')}`);
    case 'topic.merged':
      return around('merged', ` into #${text('into')}`);
    case 'interest.changed':
      return around(INTEREST[text('level')] ?? 'said what they want of');
    case 'workplan.frozen':
      return around(`froze the work plan${text('tag') === '' ? '' : ` as ${text('tag')}`}`);
    default:
      return around(DID[kind] ?? 'changed');
  }
}

/**
 * What somebody said in one form of their interest in many topics is told together, everything else by
 * itself; the order stays.
 */
export function toldTogether<
  T extends Pick<Happened, 'kind'> & {
    readonly at: Instant;
    readonly by: { readonly personId: string | null };
  },
>(items: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const one of items) {
    const [first] = groups.at(-1) ?? [];
    const isSame =
      first?.kind === 'interest.changed' &&
      one.kind === first.kind &&
      one.by.personId === first.by.personId &&
      one.at.equals(first.at);
    if (isSame) groups.at(-1)?.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** What of a plan can be told to somebody by mail. */
export const MAILED_KINDS: readonly string[] = [
  ...['thread.opened', 'thread.closed', 'thread.reopened', 'comment.added'],
  ...['topic.changed', 'topic.merged', 'proposal.versioned', 'proposal.reopened'],
  ...['proposal.merged', 'proposal.closed', 'review.given'],
  ...['decision.objected', 'decision.ratified'],
];

/**
 * Whether a mail of its own says the same already: the end of a proposal to those who took part in it,
 * a review to whoever wrote the proposal.
 */
export const isToldElsewhere = (
  kind: string,
  { takesPart, isAuthor }: { readonly takesPart: boolean; readonly isAuthor: boolean },
): boolean =>
  kind === 'proposal.merged' || kind === 'proposal.closed'
    ? takesPart
    : kind === 'review.given' && isAuthor;
