import { setImmediate as breathe } from 'node:timers/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import type { Reader } from '../../../platform/db/database.ts';
import { readableSize } from '../../../platform/git/limits.ts';
import { changedFiles, largeFiles, pathsOf } from '../../../platform/git/pushed.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import { inOrder } from '../documents/check-rules.ts';
import { crossProblems } from '../documents/cross-rules.ts';
import { factsOfFiles } from '../documents/facts-queries.ts';
import { type DocumentFacts, factsOf } from '../documents/facts-rules.ts';
import { fileProblem, isLookedAt, type PushedFile, sameOnSomeDisks } from './push-rules.ts';

/** What a push is held against. */
export interface PushContext {
  readonly db: Reader;
  readonly summitId: string;
  /** Where main stands. */
  readonly main: Oid;
  /** The repository as it would be after the push. */
  readonly repository: Repository;
  /** In bytes. */
  readonly largestFile: number;
  /** Handles of those whom documents may name, in small letters. */
  readonly people: ReadonlySet<string>;
}

/** Everything that keeps a branch from being taken: in its files, and in main as it would be with them. */
export async function branchProblems(context: PushContext, tip: Oid): Promise<Problem[]> {
  const { repository, main, largestFile } = context;
  const base = await repository.mergeBase(main, tip);
  if (base === undefined) {
    const sentence =
      'This branch has no history in common with main; begin it from main, and bring your changes there.';
    return [problem('unrelated-branch', sentence)];
  }
  const large = await largeFiles(repository, [tip], largestFile);
  if (large.length > 0) return large.map((each) => tooLarge(each, largestFile));
  const changed = await changedFiles(repository, base, tip);
  const pushed = await withContents(repository, changed);
  const there = pushed.filter(({ mode }) => mode !== GONE);
  const odd = there.flatMap((each) => fileProblem(each) ?? []);
  const paths = new Set(there.map(({ path }) => path));
  const same = sameOnSomeDisks(await pathsOf(repository, tip), paths);
  if (odd.length > 0 || same.length > 0) return [...odd, ...same];
  return documentProblems(context, pushed);
}

const GONE = '000000';

const tooLarge = (
  { path, size }: { readonly path: string; readonly size: number },
  largest: number,
): Problem =>
  problem(
    'file-too-large',
    `This file has ${readableSize(size)}, and a plan takes files of at most ${readableSize(largest)}; take it out of every commit of the branch (git rebase -i main), and link to it instead.`,
    { file: path.replace(/\p{C}/gu, '\ufffd') },
  );

async function withContents(
  repository: Repository,
  changed: readonly { readonly path: string; readonly mode: string; readonly oid: Oid }[],
): Promise<PushedFile[]> {
  const wanted = changed.filter((each) => each.mode !== GONE && isLookedAt(each));
  const contents = await repository.blobs(wanted.map(({ oid }) => oid));
  return changed.map((each) => ({
    path: each.path,
    mode: each.mode,
    content: isLookedAt(each) ? contents.get(each.oid) : undefined,
  }));
}

/** What is wrong with documents that the branch changes, were main to take them. */
async function documentProblems(
  { db, summitId, main, repository, people }: PushContext,
  pushed: readonly PushedFile[],
): Promise<Problem[]> {
  const changed = new Set(pushed.map(({ path }) => path));
  const facts: DocumentFacts[] = [];
  for (const { path, content, mode } of pushed) {
    if (content === undefined || !mode.startsWith('100')) continue;
    const found = factsOf(path, Buffer.from(content).toString('utf8'));
    if (found !== undefined) facts.push(found);
    await breathe();
  }
  // A push that changes no document cannot break one, but for links that it makes lead nowhere.
  if (facts.length === 0) return [];
  const others = await factsOfMain(db, summitId, changed);
  const paths = new Set((await pathsOf(repository, main)).filter((path) => !changed.has(path)));
  for (const { path, mode } of pushed) if (mode !== GONE) paths.add(path);
  const between = crossProblems([...others, ...facts], { people, paths });
  return inOrder([...facts.flatMap(({ problems }) => problems), ...between]).filter(
    ({ place }) => place.file !== undefined && changed.has(place.file),
  );
}

/** Facts of main's documents but for some; their texts are at hand in the rows. */
async function factsOfMain(
  db: Reader,
  summitId: string,
  except: ReadonlySet<string>,
): Promise<DocumentFacts[]> {
  const documents = db.selectFrom('planDocument').where('summitId', '=', summitId);
  const rows = await documents.select(['path', 'blob as oid']).execute();
  const others = rows.filter(({ path }) => !except.has(path));
  return factsOfFiles(others, async (some) => {
    const paths = some.map(({ path }) => path);
    const read = await documents.select(['path', 'source']).where('path', 'in', paths).execute();
    return new Map(read.map(({ path, source }) => [path, source]));
  });
}

/** The proposal, if any, that a branch is of, and whether somebody may push to it as its author. */
export async function ownerOf(
  db: Reader,
  summitId: string,
  branch: string,
  personId: string,
): Promise<{ readonly number: number; readonly isOwn: boolean } | undefined> {
  const row = await db
    .selectFrom('planProposal')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planProposal.summitId')
        .onRef('planThread.number', '=', 'planProposal.number'),
    )
    .leftJoin('githubAccount', 'githubAccount.id', 'planThread.authorAccount')
    .select(['planProposal.number', 'planProposal.state', 'planThread.authorId'])
    .select('githubAccount.personId as accountOf')
    .where('planProposal.summitId', '=', summitId)
    .where('planProposal.branch', '=', branch)
    .orderBy('planProposal.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  // What was merged is done; its branch's name is free for the next.
  if (row === undefined || row.state === 'merged') return undefined;
  return {
    number: row.number,
    isOwn: row.authorId === personId || row.accountOf === personId,
  };
}
