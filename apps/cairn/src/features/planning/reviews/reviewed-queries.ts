import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import {
  type Proposal,
  type ProposalVersion,
  proposalOf,
  versionsOf,
} from '../proposals/proposal-queries.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';

/** A proposal as reviewers need it. */
export interface ReviewedProposal extends Proposal {
  /** The first to the last. */
  readonly versions: readonly ProposalVersion[];
  readonly latest: ProposalVersion;
}

/** A proposal with its versions; undefined if the number is of something else. */
export async function reviewedProposal(
  db: Reader,
  place: ThreadPlace,
): Promise<ReviewedProposal | undefined> {
  const proposal = await proposalOf(db, place);
  const versions = await versionsOf(db, place);
  const latest = versions.at(-1);
  return proposal === undefined || latest === undefined
    ? undefined
    : { ...proposal, versions, latest };
}

/** The same, and nobody else changes the proposal until the transaction ends. */
export async function lockReviewed(
  tx: Tx,
  { summitId, number }: ThreadPlace,
): Promise<ReviewedProposal | undefined> {
  await tx
    .selectFrom('planProposal')
    .select('number')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .execute();
  return reviewedProposal(tx, { summitId, number });
}

/** Whether somebody made a proposal, or a version of it: then others judge it. */
export const isOwnWork = (
  { authorId, versions }: ReviewedProposal,
  version: number,
  personId: string | undefined,
): boolean =>
  personId !== undefined &&
  (authorId === personId ||
    versions.some((one) => one.version === version && one.byPerson === personId));

/** The version of a proposal, or what to do where there is none such. */
export function versionIn(
  { versions, latest }: ReviewedProposal,
  version: number,
): Result<ProposalVersion, Problem> {
  const found = versions.find((one) => one.version === version);
  if (found !== undefined) return ok(found);
  const sentence = `This proposal has no version ${version}; its last one is ${latest.version}.`;
  return fail(problem('no-such-version', sentence, { path: 'version' }));
}
