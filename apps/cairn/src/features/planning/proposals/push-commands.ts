import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { commitsSince, isAncestor } from '../../../platform/git/branch.ts';
import type { Oid } from '../../../platform/git/repository.ts';
import { lockMain, type PlanServices } from '../repository/main-commands.ts';
import { LONGEST_COMMENT, LONGEST_TITLE } from '../threads/thread-commands.ts';
import { proposalOf } from './proposal-queries.ts';
import { storyOfCommit } from './proposal-rules.ts';
import { shutProposal, unshutProposal } from './state-commands.ts';
import { addVersion, openProposal } from './version-commands.ts';

/** A branch other than main that was pushed, and what it points to now; null where it was deleted. */
export interface PushedBranch {
  readonly summitId: string;
  readonly branch: string;
  readonly head: Oid | null;
  /** Undefined for what Cairn brought by itself, such as from GitHub. */
  readonly pusher: string | undefined;
}

/** What became of a push: the proposal, if there is one, and what it did to it. */
export interface RecordedPush {
  readonly number: number | undefined;
  readonly did: 'opened' | 'versioned' | 'reopened' | 'closed' | 'nothing';
}

/**
 * Makes of a pushed branch what it means: a new proposal named after the last commit, a new version of
 * the open one, the closed one open again, or closed when the branch was deleted. A branch with nothing
 * that main has not is no proposal. The same push told twice is recorded once.
 */
export async function recordPush(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, branch, head, pusher }: PushedBranch,
): Promise<Result<RecordedPush, Problem>> {
  const main = await lockMain(tx, summitId);
  const known = await tx
    .selectFrom('planProposal')
    .select(['number', 'state', 'head'])
    .where('summitId', '=', summitId)
    .where('branch', '=', branch)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const current = known?.state === 'merged' ? undefined : known;
  const nothing = ok({ number: current?.number, did: 'nothing' } as const);
  if (head === null) {
    if (current?.state !== 'open') return nothing;
    const open = await proposalOf(tx, { summitId, number: current.number });
    if (open !== undefined) await shutProposal(tx, actor, open);
    return ok({ number: current.number, did: 'closed' });
  }
  const writer = { personId: pusher, accountId: undefined };
  const repository = services.git.plan(summitId);
  if (current !== undefined) {
    if (current.state === 'open' && current.head === head) return nothing;
    const place = { summitId, number: current.number };
    if (current.state === 'closed') await unshutProposal(tx, actor, place);
    const versioned = await addVersion(tx, services, actor, place, { head, writer });
    if (!versioned.ok) return versioned;
    return ok({
      number: current.number,
      did: current.state === 'closed' ? 'reopened' : 'versioned',
    });
  }
  if (main !== undefined && (await isAncestor(repository, head, main))) return nothing;
  const [last] = await commitsSince(repository, undefined, head, 1);
  const story = storyOfCommit(last ?? { subject: '', body: '' }, branch, {
    title: LONGEST_TITLE,
    body: LONGEST_COMMENT,
  });
  const opened = await openProposal(tx, services, actor, {
    summitId,
    branch,
    head,
    ...story,
    writer,
  });
  return opened.ok ? ok({ number: opened.value.number, did: 'opened' }) : opened;
}
