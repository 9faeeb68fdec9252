import type { Tree } from './contract.ts';

// What GitHub holds, as far as the tests' own server knows it.

export interface Account {
  readonly id: number;
  login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

export interface Reaction {
  readonly id: number;
  readonly content: string;
  readonly userId: number;
  readonly at: string;
}

export interface Written {
  readonly id: number;
  readonly userId: number;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: Reaction[];
}

export interface Pull {
  headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly baseSha: string;
  draft: boolean;
  mergedAt: string | null;
  mergeSha: string | null;
  mergedBy: number | null;
  readonly requested: Set<number>;
}

export interface Issue extends Written {
  readonly number: number;
  title: string;
  state: 'open' | 'closed';
  stateReason: string | null;
  locked: boolean;
  closedAt: string | null;
  readonly labels: Set<number>;
  readonly pull?: Pull;
}

export interface Comment extends Written {
  readonly number: number;
}

export interface Review {
  readonly id: number;
  readonly number: number;
  readonly userId: number;
  body: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  readonly commit: string;
  readonly at: string;
}

export interface LineComment extends Written {
  readonly number: number;
  readonly reviewId: number | null;
  readonly path: string;
  readonly line: number;
  readonly startLine: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly commit: string;
  readonly replyTo: number | null;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly userId: number;
  readonly at: string;
}

export interface Repo {
  readonly id: number;
  ownerId: number;
  name: string;
  /** `owner/name`s under which it was known before. */
  readonly formerly: string[];
  readonly defaultBranch: string;
  lastNumber: number;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly reviews: Map<number, Review>;
  readonly lineComments: Map<number, LineComment>;
  readonly labels: Map<number, Label>;
  readonly statuses: Status[];
  /** Where issues went that were moved to another repository. */
  readonly moved: Map<number, string>;
}

/** What GitHub would send by webhook. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly payload: Tree;
  readonly at: string;
}
