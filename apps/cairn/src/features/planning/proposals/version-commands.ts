import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { mergeTrees } from '../../../platform/git/merge.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import { lockMain, type PlanServices } from '../repository/main-commands.ts';
import { touched } from '../threads/edit-commands.ts';
import {
  noPlan,
  noThread,
  openThread,
  type ThreadPlace,
  type Writer,
} from '../threads/thread-commands.ts';
import { type Proposal, proposalOf } from './proposal-queries.ts';

export interface NewProposal {
  readonly summitId: string;
  /** The name of its branch, without `refs/heads/`. */
  readonly branch: string;
  /** A commit that is in the repository already. */
  readonly head: Oid;
  readonly title: string;
  readonly body: string;
  /** Whose it is where that is not the actor. */
  readonly writer?: Writer;
}

/**
 * Opens a proposal at its first version. The branch's ref follows the row; the version itself is kept
 * under `refs/proposals/<number>/1` for ever. Events `thread.opened`, `proposal.versioned`.
 */
export async function openProposal(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, branch, head, title, body, writer }: NewProposal,
): Promise<Result<{ readonly number: number; readonly version: 1 }, Problem>> {
  const main = await lockMain(tx, summitId);
  if (main === undefined) return fail(noPlan());
  const other = await openProposalOf(tx, summitId, branch);
  if (other !== undefined) return fail(branchTaken(branch, other));
  const place = await placeOf(services, summitId, main, head);
  if (!place.ok) return place;
  const opened = await openThread(tx, actor, {
    summitId,
    kind: 'proposal',
    title,
    body,
    ...(writer === undefined ? {} : { writer }),
  });
  if (!opened.ok) return opened;
  const { number } = opened.value;
  await tx
    .insertInto('planProposal')
    .values({
      summitId,
      number,
      branch,
      head,
      version: 1,
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      mergeAskedBy: null,
    })
    .execute();
  await keepVersion(tx, services, actor, { summitId, number }, 1, head, place.value, writer);
  return ok({ number, version: 1 });
}

/**
 * Records a new version of an open proposal; the one that is there already is recorded once. Whoever
 * asked for the merge of the earlier one has not seen this. Event `proposal.versioned`.
 */
export async function addVersion(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  { head, writer }: { readonly head: Oid; readonly writer?: Writer },
): Promise<Result<{ readonly version: number }, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { main, proposal } = locked.value;
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  if (proposal.head === head) return ok({ version: proposal.version });
  const earlier = await tx
    .selectFrom('planVersion')
    .select(['head', 'changeId'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('version', '=', proposal.version)
    .executeTakeFirst();
  const place = await placeOf(services, summitId, main, head, earlier);
  if (!place.ok) return place;
  const version = proposal.version + 1;
  await tx
    .updateTable('planProposal')
    .set({ head, version, mergeAskedBy: null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await touched(tx, actor, { summitId, number });
  await keepVersion(tx, services, actor, { summitId, number }, version, head, place.value, writer);
  return ok({ version });
}

/** Main, and then a proposal, for this transaction alone: whatever moves either waits. */
export async function lockProposal(
  tx: Tx,
  place: ThreadPlace,
): Promise<Result<{ readonly main: Oid; readonly proposal: Proposal }, Problem>> {
  const main = await lockMain(tx, place.summitId);
  if (main === undefined) return fail(noPlan());
  await tx
    .selectFrom('planProposal')
    .select('number')
    .where('summitId', '=', place.summitId)
    .where('number', '=', place.number)
    .forUpdate()
    .execute();
  const proposal = await proposalOf(tx, place);
  return proposal === undefined ? fail(noThread(place.number)) : ok({ main, proposal });
}

/** The number of the open proposal of a branch. */
export async function openProposalOf(
  tx: Tx,
  summitId: string,
  branch: string,
): Promise<number | undefined> {
  const row = await tx
    .selectFrom('planProposal')
    .select('number')
    .where('summitId', '=', summitId)
    .where('branch', '=', branch)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return row?.number;
}

export const branchTaken = (branch: string, number: number): Problem =>
  problem(
    'branch-taken',
    `The branch ${branch} is that of #${number}, which is open; take another name.`,
    { path: 'branch' },
  );

export const notOpen = ({ number, state }: Pick<Proposal, 'number' | 'state'>): Problem =>
  state === 'merged'
    ? problem('merged-already', `#${number} was merged; propose what is left as a new one.`)
    : problem('not-open', `#${number} is closed; reopen it first.`);

/** Where a branch left main, and the sign of what it changes. */
interface VersionPlace {
  readonly base: Oid;
  readonly changeId: string;
}

async function placeOf(
  services: PlanServices,
  summitId: string,
  main: Oid,
  head: Oid,
  earlier?: { readonly head: Oid; readonly changeId: string },
): Promise<Result<VersionPlace, Problem>> {
  const repository = services.git.plan(summitId);
  const base = await repository.mergeBase(main, head);
  if (base === undefined) {
    const sentence =
      'This branch has no history in common with main; begin it from main, and bring your changes there.';
    return fail(problem('unrelated-branch', sentence));
  }
  const isSame =
    earlier !== undefined && (await isSameChange(repository, earlier.head, base, head));
  return ok({ base, changeId: isSame ? earlier.changeId : head });
}

/**
 * Whether a version changes what the one before it changed, on another state of main: where the earlier one,
 * merged with that state, gives exactly its files. The lines alone would not do: the same ones in another
 * place can say something else, and approvals go on counting.
 */
async function isSameChange(
  repository: Repository,
  earlier: Oid,
  base: Oid,
  head: Oid,
): Promise<boolean> {
  const [tree, known] = await Promise.all([
    repository.resolve(`${head}^{tree}`),
    repository.resolve(`${earlier}^{commit}`),
  ]);
  if (known === undefined || (await repository.mergeBase(base, earlier)) === undefined)
    return false;
  const merged = await mergeTrees(repository, base, earlier);
  return merged.conflicts.length === 0 && merged.tree === tree;
}

async function keepVersion(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  version: number,
  head: Oid,
  { base, changeId }: VersionPlace,
  writer: Writer | undefined,
): Promise<void> {
  await tx
    .insertInto('planVersion')
    .values({
      summitId,
      number,
      version,
      head,
      base,
      changeId,
      byPerson: (writer === undefined ? actor.personId : writer.personId) ?? null,
      byAccount: writer?.accountId ?? null,
      door: actor.door,
      at: actor.now,
    })
    .execute();
  // Before the rows are there for others: a ref that a transaction left behind is overwritten by the next.
  await services.git.plan(summitId).pointRef(versionRef(number, version), head);
  await recordEvent(tx, actor, { kind: 'proposal.versioned', summitId, data: { number, version } });
}

/** The hidden ref under which a version is kept, whatever becomes of its branch. */
export const versionRef = (number: number, version: number): string =>
  `refs/proposals/${number}/${version}`;
