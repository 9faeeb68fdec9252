import { z } from 'zod';

/** An account on GitHub. */
export interface RemoteUser {
  readonly id: number;
  readonly login: string;
  readonly kind: 'user' | 'bot' | 'ghost';
}

/** The account under which GitHub shows what somebody wrote who has left. */
const GHOST: RemoteUser = { id: 10137, login: 'ghost', kind: 'ghost' };

const user = z
  .object({ id: z.number(), login: z.string(), type: z.string().optional() })
  .nullish()
  .transform((said): RemoteUser => {
    if (said == null || said.id === GHOST.id) return GHOST;
    const isBot = said.type === 'Bot' || said.login.endsWith('[bot]');
    return { id: said.id, login: said.login, kind: isBot ? 'bot' : 'user' };
  });

/** GitHub sends no NUL that PostgreSQL could not keep; whoever else signed this might. */
const text = z
  .string()
  .nullish()
  .transform((said) => (said ?? '').replaceAll('\0', ''));
const moment = z.string().refine((said) => !Number.isNaN(Date.parse(said)));
const rollup = z
  .object({ total_count: z.number() })
  .optional()
  .transform((said) => said?.total_count);

const labels = z
  .array(z.union([z.string(), z.object({ name: text })]))
  .catch([])
  .transform((said) => said.map((each) => (typeof each === 'string' ? each : each.name)));

/** What an issue and a pull request have in common. */
const thread = z.object({
  number: z.int().positive(),
  title: text,
  body: text,
  user,
  state: z.enum(['open', 'closed']),
  locked: z.boolean().catch(false),
  labels,
  created_at: moment,
  updated_at: moment,
  closed_at: moment.nullish().catch(null),
  html_url: z.string(),
});

/** An issue or a pull request, as it was at a moment. */
export interface RemoteThread {
  readonly number: number;
  readonly isPull: boolean;
  readonly title: string;
  readonly body: string;
  readonly user: RemoteUser;
  readonly state: 'open' | 'closed';
  /** Why an issue was closed: `completed`, `not_planned` or `duplicate`. */
  readonly reason: string | undefined;
  readonly isLocked: boolean;
  readonly labels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | undefined;
  readonly url: string;
  /** How many comments, and how many reactions to it, there are; undefined where nothing says so. */
  readonly comments: number | undefined;
  readonly reactions: number | undefined;
  /** Of a pull request; undefined where only its discussion was told. */
  readonly pull: RemotePull | undefined;
}

export interface RemotePull {
  readonly head: string;
  /** Where it left the branch that it is for. */
  readonly base: string;
  readonly isDraft: boolean;
  readonly mergedAt: string | undefined;
  readonly mergeCommit: string | undefined;
  readonly mergedBy: RemoteUser | undefined;
}

const shared = (said: z.output<typeof thread>) => ({
  number: said.number,
  title: said.title,
  body: said.body,
  user: said.user,
  state: said.state,
  isLocked: said.locked,
  labels: said.labels,
  createdAt: said.created_at,
  updatedAt: said.updated_at,
  closedAt: said.closed_at ?? undefined,
  url: said.html_url,
});

/** An issue; of a pull request the part that it shares with issues. */
export const issueSchema = thread
  .extend({
    state_reason: z.string().nullish(),
    pull_request: z.unknown().optional(),
    comments: z.number().optional(),
    reactions: rollup,
  })
  .transform(
    (said): RemoteThread => ({
      ...shared(said),
      isPull: said.pull_request != null,
      reason: said.state_reason ?? undefined,
      comments: said.comments,
      reactions: said.reactions,
      pull: undefined,
    }),
  );

const commit = z.string().regex(/^[0-9a-f]{40}$/);

/** A pull request with its branch. */
export const pullSchema = thread
  .extend({
    draft: z.boolean().nullish(),
    head: z.object({ sha: commit }),
    base: z.object({ sha: commit }),
    merged_at: moment.nullish(),
    merge_commit_sha: z.string().nullish(),
    merged_by: user.optional(),
  })
  .transform(
    (said): RemoteThread => ({
      ...shared(said),
      isPull: true,
      reason: undefined,
      comments: undefined,
      reactions: undefined,
      pull: {
        head: said.head.sha,
        base: said.base.sha,
        isDraft: said.draft ?? false,
        mergedAt: said.merged_at ?? undefined,
        // Before the merge it is a commit that GitHub only tries with.
        mergeCommit: said.merged_at == null ? undefined : (said.merge_commit_sha ?? undefined),
        mergedBy: said.merged_at == null ? undefined : said.merged_by,
      },
    }),
  );

/** What somebody said below an issue or a pull request. */
export interface RemoteComment {
  readonly id: number;
  /** Of the issue or pull request. */
  readonly number: number;
  readonly body: string;
  readonly user: RemoteUser;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
  readonly reactions: number | undefined;
}

const numberIn = (address: string): number => Number(/\/(\d+)$/.exec(address)?.[1] ?? Number.NaN);

export const commentSchema = z
  .object({
    id: z.int(),
    issue_url: z.string().regex(/\/\d+$/),
    body: text,
    user,
    created_at: moment,
    updated_at: moment,
    html_url: z.string(),
    reactions: rollup,
  })
  .transform(
    (said): RemoteComment => ({
      id: said.id,
      number: numberIn(said.issue_url),
      body: said.body,
      user: said.user,
      createdAt: said.created_at,
      updatedAt: said.updated_at,
      url: said.html_url,
      reactions: said.reactions,
    }),
  );

/** A comment on a line of a pull request. */
export interface RemoteLine extends RemoteComment {
  readonly reviewId: number | undefined;
  readonly path: string;
  readonly line: number;
  readonly firstLine: number | undefined;
  readonly side: 'old' | 'new';
  /** The commit that it was written at. */
  readonly commit: string;
  readonly replyTo: number | undefined;
}

export const lineSchema = z
  .object({
    id: z.int(),
    pull_request_url: z.string().regex(/\/\d+$/),
    pull_request_review_id: z.int().nullish(),
    body: text,
    user,
    path: text,
    line: z.int().positive().nullish().catch(null),
    original_line: z.int().positive().nullish().catch(null),
    original_start_line: z.int().positive().nullish().catch(null),
    side: z.string().nullish(),
    original_commit_id: commit,
    in_reply_to_id: z.int().nullish(),
    created_at: moment,
    updated_at: moment,
    html_url: z.string(),
    reactions: rollup,
  })
  .transform((said): RemoteLine => {
    // A comment on a whole file stands on its first line here.
    const line = said.original_line ?? said.line ?? 1;
    const first = said.original_start_line ?? line;
    return {
      id: said.id,
      number: numberIn(said.pull_request_url),
      reviewId: said.pull_request_review_id ?? undefined,
      body: said.body,
      user: said.user,
      path: said.path,
      line,
      firstLine: first < line ? first : undefined,
      side: said.side === 'LEFT' ? 'old' : 'new',
      commit: said.original_commit_id,
      replyTo: said.in_reply_to_id ?? undefined,
      createdAt: said.created_at,
      updatedAt: said.updated_at,
      url: said.html_url,
      reactions: said.reactions,
    };
  });

/** What somebody said of a pull request as a whole. */
export interface RemoteReview {
  readonly id: number;
  /** Undefined where it was dismissed, and nothing says what it was. */
  readonly verdict: 'approve' | 'request_changes' | 'comment' | undefined;
  readonly isDismissed: boolean;
  readonly body: string;
  readonly user: RemoteUser;
  readonly commit: string | undefined;
  readonly at: string;
  readonly url: string;
}

const VERDICTS = {
  approved: 'approve',
  changes_requested: 'request_changes',
  commented: 'comment',
  dismissed: undefined,
} as const;

/** A review that was sent; one that is still being written is none yet. */
export const reviewSchema = z
  .object({
    id: z.int(),
    user,
    body: text,
    // Capitals in the API, small letters in webhooks.
    state: z
      .string()
      .transform((said) => said.toLowerCase())
      .pipe(z.enum(['approved', 'changes_requested', 'commented', 'dismissed'])),
    commit_id: commit.nullish().catch(null),
    submitted_at: moment,
    html_url: z.string(),
  })
  .transform(
    (said): RemoteReview => ({
      id: said.id,
      verdict: VERDICTS[said.state],
      isDismissed: said.state === 'dismissed',
      body: said.body,
      user: said.user,
      commit: said.commit_id ?? undefined,
      at: said.submitted_at,
      url: said.html_url,
    }),
  );

export const repositorySchema = z
  .object({
    id: z.int(),
    name: z.string(),
    owner: z.object({ login: z.string() }),
    default_branch: z.string().catch('main'),
  })
  .transform(({ id, name, owner, default_branch: branch }) => ({
    id,
    name,
    owner: owner.login,
    branch,
  }));

const CONTENTS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const;

export const reactionSchema = z.object({ id: z.int(), content: z.enum(CONTENTS), user });
export type RemoteReaction = z.output<typeof reactionSchema>;
