import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Menu } from '../../../design/layout.tsx';
import { Mark, type Shape, type Tone } from '../../../design/mark.tsx';
import type { CommitStory } from '../../../platform/git/branch.ts';
import type { Review, ReviewRequest } from '../reviews/review-queries.ts';
import type { WrittenBy } from '../threads/thread-queries.ts';
import type { Proposal, ProposalVersion } from './proposal-queries.ts';
import type { Approvals, Lack } from './standing-rules.ts';
import type { ChangedFileFacts } from './words-rules.ts';

/** What whoever reads may do with a proposal. */
export interface ProposalRights {
  /** Close, reopen, change and describe it. */
  readonly isTheirs: boolean;
  /** It waits for a review of theirs: it is not their own work, and they have not reviewed this version. */
  readonly isToReview: boolean;
  /** Merge it once its rules are met. */
  readonly mayMerge: boolean;
  readonly isOrganiser: boolean;
  /** Comes, and so reviews. */
  readonly mayWrite: boolean;
}

/** Everything that the page of a proposal tells. */
export interface ProposalPageProps {
  readonly proposal: Proposal;
  /** `/s/<summit>` */
  readonly home: string;
  readonly zone: ZoneName;
  /** Why it is proposed, by whom and when. */
  readonly opening: ComponentChildren;
  readonly rights: ProposalRights;
  readonly changes: readonly ChangedFileFacts[];
  readonly versions: readonly (ProposalVersion & { readonly by: WrittenBy })[];
  readonly commits: readonly CommitStory[];
  readonly reviews: readonly Review[];
  readonly requests: readonly ReviewRequest[];
  /** How it stands to main; undefined for one that is not open. */
  readonly standing:
    | {
        readonly may: boolean;
        readonly lacks: readonly Lack[];
        readonly approvals: readonly Approvals[];
        readonly conflicts: readonly string[];
        readonly problems: readonly Problem[];
        /** Main has moved on since the branch left it. */
        readonly isBehind: boolean;
      }
    | undefined;
  readonly people: ReadonlyMap<string, WrittenBy>;
  /** What was wrong with the last attempt to merge, and the reason that was typed. */
  readonly refused: { readonly problems: readonly Problem[]; readonly despite: string } | undefined;
  readonly conversation: ComponentChildren;
}

const STATES: Readonly<Record<Proposal['state'], readonly [Shape, Tone, string]>> = {
  open: ['ring', 'soft', 'Open'],
  merged: ['tick', 'good', 'Merged'],
  closed: ['cross', 'warn', 'Closed without merging'],
};

/** The state of a proposal as shape and word. */
export function ProposalMark({ state }: { state: Proposal['state'] }) {
  const [shape, tone, word] = STATES[state];
  return (
    <Mark shape={shape} tone={tone}>
      {word}
    </Mark>
  );
}

/** The page of a proposal. */
export const hrefOf = (home: string, number: number): string => `${home}/plan/proposals/${number}`;

/** The parts of a proposal’s page. */
export const ProposalMenu = ({
  home,
  number,
  current,
  mayEdit,
}: {
  home: string;
  number: number;
  current: 'proposal' | 'edit' | 'conflicts';
  /** It is open, and the reader's to change. */
  mayEdit: boolean;
}) => (
  <Menu
    label="Proposal"
    items={[
      { href: hrefOf(home, number), label: 'Proposal', current: current === 'proposal' },
      { href: `${hrefOf(home, number)}/changes`, label: 'Changes and review' },
      ...(mayEdit
        ? [
            {
              href: `${hrefOf(home, number)}/files`,
              label: 'Edit files',
              current: current === 'edit',
            },
          ]
        : []),
    ]}
  />
);

/** Somebody of whom nothing is known here. */
export const NOBODY: WrittenBy = {
  personId: null,
  name: null,
  handle: null,
  accountId: null,
  login: 'somebody',
};

/** Files and problems that are named on the page; others are counted. */
export const MOST_SHOWN = 30;
