import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isAncestor } from '../../../platform/git/branch.ts';
import { mergeTrees } from '../../../platform/git/merge.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { cairnSignature } from '../repository/signature-queries.ts';
import { authorOf } from './change-commands.ts';
import { isTheirs } from './state-commands.ts';
import { addVersion, lockProposal, notOpen } from './version-commands.ts';

/**
 * Brings what main became since into the branch of an open proposal: a new version that changes the
 * same, so approvals stay. Its author and organisers may. Event `proposal.versioned`.
 */
export async function updateFromMain(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  number: number,
): Promise<Result<{ readonly version: number }, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { main, proposal } = locked.value;
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  if (!(await isTheirs(tx, proposal, personId))) return fail(notTheirsToMend());
  const repository = services.git.plan(summitId);
  if (await isAncestor(repository, main, proposal.head)) {
    return fail(problem('up-to-date', 'The branch has everything of main already.'));
  }
  const merge = await mergeTrees(repository, proposal.head, main);
  if (merge.conflicts.length > 0) {
    const files = listed(merge.conflicts.map(({ path }) => path));
    const sentence = `It is in conflict with main in ${files}; say what both become.`;
    return fail(problem('conflicts', sentence));
  }
  const head = await repository.commit({
    parents: [proposal.head, main],
    tree: merge.tree,
    author: await authorOf(tx, services, actor, personId),
    committer: cairnSignature(services.url, actor.now),
    message: `Bring main into #${number}\n`,
  });
  return addVersion(tx, services, actor, { summitId, number }, { head });
}

export const notTheirsToMend = (): Problem =>
  problem('not-yours', 'Its author brings it up to main, or an organiser; ask one of them.');
