import { makeDue } from '../github-out/due-commands.ts';
import { GIT_DUE } from '../github-out/due-rules.ts';
import { applyComment } from './apply-comment-commands.ts';
import type { Applying } from './apply-context.ts';
import { applyPull } from './apply-pull-commands.ts';
import { applyLine, applyReview, applySettled } from './apply-review-commands.ts';
import { applyIssue, applyLast } from './apply-thread-commands.ts';
import type { RemoteFact } from './delivery-rules.ts';
import { askFor } from './due-commands.ts';
import { holdLinks } from './link-commands.ts';

/** Applies one thing that GitHub told. Harmless when repeated, and in whatever order things are told. */
export async function applyFact(applying: Applying, fact: RemoteFact): Promise<void> {
  const { tx, plan, now } = applying;
  switch (fact.is) {
    case 'thread':
      return fact.thread.isPull
        ? applyPull(applying, fact.thread)
        : applyIssue(applying, fact.thread);
    case 'comment':
      return applyComment(applying, fact.comment, fact.isGone);
    case 'line':
      return applyLine(applying, fact.line, fact.isGone);
    case 'review':
      return applyReview(applying, fact.number, fact.review);
    case 'reworded':
      return askFor(tx, plan.summitId, 'pull', fact.number, now);
    case 'settled':
      return applySettled(applying, fact.comments, fact.isSettled);
    case 'gone':
      return applyLast(applying, fact.thread);
    case 'pushed':
      return makeDue(tx, plan.summitId, GIT_DUE, now);
    case 'labels':
      return askFor(tx, plan.summitId, 'labels', 0, now);
    case 'repository':
      await tx
        .updateTable('githubSettings')
        .set({ owner: fact.owner, name: fact.name })
        .where('summitId', '=', plan.summitId)
        .execute();
  }
}

/**
 * Holds a plan's side of GitHub for this transaction alone: what is told of it is applied in turn. Its
 * row of settings stays free for what is noted in it meanwhile, such as when GitHub was heard of.
 */
export async function holdPlan({ tx, plan: { summitId } }: Pick<Applying, 'tx' | 'plan'>) {
  await holdLinks(tx, summitId);
  await tx
    .selectFrom('githubSettings')
    .select('summitId')
    .where('summitId', '=', summitId)
    .forKeyShare()
    .executeTakeFirst();
}
