import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import { organiserOf } from '../../people/rights.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';

/** One state of a proposal: what its branch pointed to after a push, or a change in the browser. */
export interface ReviewedVersion {
  readonly version: number;
  readonly head: string;
  /** Where it left main. */
  readonly base: string;
  readonly byPerson: string | null;
  readonly at: Instant;
}

/** A proposal as reviewers need it. */
export interface ReviewedProposal extends ThreadPlace {
  readonly title: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly authorId: string | null;
  /** The first to the last. */
  readonly versions: readonly ReviewedVersion[];
  readonly latest: ReviewedVersion;
}

/** A proposal with its versions; undefined if the number is of something else. */
export async function reviewedProposal(
  db: Reader,
  place: ThreadPlace,
): Promise<ReviewedProposal | undefined> {
  const { summitId, number } = place;
  const row = await db
    .selectFrom('planProposal')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planProposal.summitId')
        .onRef('planThread.number', '=', 'planProposal.number'),
    )
    .select(['planThread.title', 'planProposal.state', 'planThread.authorId'])
    .where('planProposal.summitId', '=', summitId)
    .where('planProposal.number', '=', number)
    .executeTakeFirst();
  const versions = await db
    .selectFrom('planVersion')
    .select(['version', 'head', 'base', 'byPerson', 'at'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .orderBy('version')
    .execute();
  const latest = versions.at(-1);
  return row === undefined || latest === undefined
    ? undefined
    : { summitId, number, ...row, versions, latest };
}

/** The same, and nobody else changes the proposal until the transaction ends. */
export async function lockProposal(
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
): Result<ReviewedVersion, Problem> {
  const found = versions.find((one) => one.version === version);
  if (found !== undefined) return ok(found);
  const sentence = `This proposal has no version ${version}; its last one is ${latest.version}.`;
  return fail(problem('no-such-version', sentence, { path: 'version' }));
}

/** Whether a person organises a summit, or administers the installation. */
export async function organisesIn(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<boolean> {
  const person = await db
    .selectFrom('person')
    .select(['id as personId', 'isAdministrator'])
    .where('id', '=', personId)
    .executeTakeFirst();
  return (await organiserOf(db, summitId, person)) !== undefined;
}
