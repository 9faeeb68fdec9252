import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isAncestor } from '../../../platform/git/branch.ts';
import { type TreeEntry, treeWith } from '../../../platform/git/merge.ts';
import type { Oid } from '../../../platform/git/repository.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { cairnSignature } from '../repository/signature-queries.ts';
import { authorOf } from './change-commands.ts';
import { type OpenConflict, openMerge } from './conflict-queries.ts';
import type { Outcome } from './settle-rules.ts';
import { isTheirs } from './state-commands.ts';
import { notTheirsToMend } from './update-commands.ts';
import { addVersion, lockProposal, notOpen } from './version-commands.ts';

export interface Mending {
  readonly number: number;
  /** The version's commit, and the one of main, between which was chosen. */
  readonly head: Oid;
  readonly main: Oid;
  /** What becomes of each file in conflict, by path. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/**
 * Settles the conflicts of an open proposal: main is merged into its branch with what was chosen for
 * each file, as a new version. Both histories stay, so neither side is lost. Its author and organisers
 * may. Event `proposal.versioned`.
 */
export async function mendConflicts(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  { number, head, main, outcomes }: Mending,
): Promise<Result<{ readonly version: number }, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { main: mainNow, proposal } = locked.value;
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  if (!(await isTheirs(tx, proposal, personId))) return fail(notTheirsToMend());
  const repository = services.git.plan(summitId);
  const isKnown = (await repository.resolve(`${main}^{commit}`)) === main;
  if (proposal.head !== head || !isKnown || !(await isAncestor(repository, main, mainNow))) {
    return fail(
      problem(
        'moved-meanwhile',
        'The proposal was changed meanwhile; what you chose is kept where it still fits. Look at the rest.',
      ),
    );
  }
  const merge = await openMerge(repository, head, main);
  const entries: TreeEntry[] = [];
  for (const conflict of merge.conflicts) {
    const outcome = outcomes.get(conflict.path);
    if (outcome === undefined) {
      const sentence = `Say what becomes of ${conflict.path}.`;
      return fail(problem('not-chosen', sentence));
    }
    entries.push({ path: conflict.path, content: contentOf(conflict, outcome) });
  }
  const tree = await treeWith(repository, merge.tree, entries);
  const commit = await repository.commit({
    parents: [head, main],
    tree,
    author: await authorOf(tx, services, actor, personId),
    committer: cairnSignature(services.url, actor.now),
    message: `Bring main into #${number}\n\n${merge.conflicts
      .map(({ path }) => `Settled: ${path}`)
      .join('\n')}\n`,
  });
  return addVersion(tx, services, actor, { summitId, number }, { head: commit });
}

function contentOf({ mine, main }: OpenConflict, outcome: Outcome): TreeEntry['content'] {
  if (outcome.take === 'text') return outcome.text;
  if (outcome.take === 'nothing') return null;
  const side = outcome.take === 'mine' ? mine : main;
  return side.kind === 'none' ? null : side.file;
}
