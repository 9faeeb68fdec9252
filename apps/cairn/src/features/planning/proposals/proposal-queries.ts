import type { Instant } from '@cairn/kernel/time';
import type { Door } from '../../../platform/db/command.ts';
import type { Reader } from '../../../platform/db/database.ts';
import type { Oid } from '../../../platform/git/repository.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';

/** A change to plan documents under review: what is said of it, and where its branch stands. */
export interface Proposal {
  readonly summitId: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  /** The commit of its last version. */
  readonly head: Oid;
  readonly version: number;
  readonly state: 'open' | 'merged' | 'closed';
  /** The person whose it is; null where that is somebody on GitHub whom nobody knows here. */
  readonly authorId: string | null;
  readonly authorAccount: number | null;
  readonly door: Door;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly closedAt: Instant | null;
  readonly closedBy: string | null;
  readonly mergedAt: Instant | null;
  readonly mergedBy: string | null;
  readonly mergeCommit: Oid | null;
  /** Who asked that it be merged by itself once it may be. */
  readonly mergeAskedBy: string | null;
  /** Why it was merged though it still needed something; empty if it needed nothing. */
  readonly mergedDespite: string;
}

/** What the branch of a proposal pointed to once. */
export interface ProposalVersion {
  readonly version: number;
  readonly head: Oid;
  /** Where it had left main. */
  readonly base: Oid;
  readonly byPerson: string | null;
  readonly byAccount: number | null;
  readonly door: Door;
  readonly at: Instant;
  /** The same for versions that change the same. */
  readonly changeId: string;
}

const proposals = (db: Reader, summitId: string) =>
  db
    .selectFrom('planProposal')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planProposal.summitId')
        .onRef('planThread.number', '=', 'planProposal.number'),
    )
    .select([
      'planProposal.summitId',
      'planProposal.number',
      'planThread.title',
      'planThread.body',
      'planProposal.branch',
      'planProposal.head',
      'planProposal.version',
      'planProposal.state',
      'planThread.authorId',
      'planThread.authorAccount',
      'planThread.door',
      'planThread.createdAt',
      'planThread.updatedAt',
      'planThread.closedAt',
      'planThread.closedBy',
      'planProposal.mergedAt',
      'planProposal.mergedBy',
      'planProposal.mergeCommit',
      'planProposal.mergeAskedBy',
      'planProposal.mergedDespite',
    ])
    .where('planProposal.summitId', '=', summitId);

/** One proposal. */
export const proposalOf = (
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<Proposal | undefined> =>
  proposals(db, summitId).where('planProposal.number', '=', number).executeTakeFirst();

/** Which proposals; all of them unless said. */
export interface ProposalFilter {
  readonly state?: Proposal['state'];
  readonly authorId?: string;
  /** Of whom a review is asked that they have not given. */
  readonly askedId?: string;
}

/** Proposals of a plan, those of which something was last heard first. */
export function proposalsOf(
  db: Reader,
  summitId: string,
  { state, authorId, askedId }: ProposalFilter = {},
): Promise<Proposal[]> {
  let query = proposals(db, summitId);
  if (state !== undefined) query = query.where('planProposal.state', '=', state);
  if (authorId !== undefined) query = query.where('planThread.authorId', '=', authorId);
  if (askedId !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('planReviewRequest')
          .select('planReviewRequest.number')
          .whereRef('planReviewRequest.summitId', '=', 'planProposal.summitId')
          .whereRef('planReviewRequest.number', '=', 'planProposal.number')
          .where('planReviewRequest.personId', '=', askedId)
          .where('planReviewRequest.answeredAt', 'is', null),
      ),
    );
  }
  return query
    .orderBy('planThread.updatedAt', 'desc')
    .orderBy('planProposal.number', 'desc')
    .execute();
}

/** Versions of a proposal, from the first on. */
export const versionsOf = (
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<ProposalVersion[]> =>
  db
    .selectFrom('planVersion')
    .select(['version', 'head', 'base', 'byPerson', 'byAccount', 'door', 'at', 'changeId'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .orderBy('version')
    .execute();

/** Whether a commit is a recorded version of a proposal. */
export async function isVersion(
  db: Reader,
  { summitId, number }: ThreadPlace,
  head: Oid,
): Promise<boolean> {
  const row = await db
    .selectFrom('planVersion')
    .select('version')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('head', '=', head)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
