import { formatProblem, type Problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { PushTalk, RefUpdate, Verdict } from '../../../platform/git/hooks.ts';
import { Repository } from '../../../platform/git/repository.ts';
import { GitUnavailable } from '../../../platform/git/unavailable.ts';
import type { Services } from '../../../platform/http/env.ts';
import { recordPush } from '../proposals/push-commands.ts';
import { giveHandles, handleOf } from '../threads/handle-commands.ts';
import { holdPlan } from './alone-commands.ts';
import { planOf } from './main-queries.ts';
import { branchProblems, ownerOf } from './push-queries.ts';
import {
  branchOf,
  MOST_BRANCHES,
  othersBranch,
  refRefusal,
  refusalLines,
  reservedBranch,
  tooManyBranches,
} from './push-rules.ts';
import { setRight } from './ref-commands.ts';

/** Who pushes, and where. */
export interface Pusher {
  readonly summit: { readonly id: string; readonly slug: string };
  readonly personId: string;
  readonly organises: boolean;
  /** What their request is known by, for whoever looks into the log. */
  readonly requestId: string;
}

/**
 * What Cairn says to one push. Documents are looked at first, which may take a moment; from then until
 * the proposals are recorded nobody else moves refs of this plan, so that what was judged is what is
 * done, and pushes are recorded in the order in which Git took them.
 */
export function pushTalk(services: Services, pusher: Pusher): PushTalk {
  const { db, clock } = services;
  const { summit, personId, requestId } = pusher;
  let letGo: (() => Promise<void>) | undefined;
  let isOver = false;

  const judge = async (
    updates: readonly RefUpdate[],
    quarantine: Readonly<Record<string, string>>,
  ): Promise<Verdict> => {
    const handle = await db.transaction().execute((tx) => handleOf(tx, personId));
    if (updates.length > MOST_BRANCHES) return refuse([tooManyBranches(updates.length)]);
    const refused = updates.flatMap(({ ref }) => refRefusal(ref, handle) ?? []);
    if (refused.length > 0) return refuse(refused);
    const problems = await documentProblems(services, summit.id, updates, quarantine);
    if (problems.length > 0) return refuse(problems);
    letGo = await holdPlan(db, summit.id);
    // The pusher may have gone while this one waited.
    if (isOver) {
      await over();
      return refuse([]);
    }
    await setRight(services, summit.id);
    const others = await othersBranches(services, pusher, updates, handle);
    if (others.length > 0) return refuse(others);
    await notePush(services, pusher, updates);
    return { isAccepted: true, lines: [] };
  };

  const record = async (updates: readonly RefUpdate[]): Promise<readonly string[]> => {
    const actor: Actor = { personId, door: 'git', now: clock.now() };
    const lines: string[] = [];
    for (const update of updates) lines.push(await recordUpdate(services, pusher, actor, update));
    return ['', ...lines, ''];
  };

  const over = async (): Promise<void> => {
    isOver = true;
    const held = letGo;
    letGo = undefined;
    await held?.();
  };

  return {
    judge,
    record,
    over,
    apology: (error) => {
      if (error instanceof GitUnavailable) return error.message;
      const stack = error instanceof Error ? error.stack : String(error);
      process.stderr.write(`${requestId} push to ${summit.id}: ${stack}\n`);
      return `Something went wrong on our side. Push again; if that does not help, tell the organisers this number: ${requestId}`;
    },
  };
}

const refuse = (problems: readonly Problem[]): Verdict => ({
  isAccepted: false,
  lines: refusalLines([...new Set(problems.map(formatProblem))]),
});

async function documentProblems(
  { db, git }: Services,
  summitId: string,
  updates: readonly RefUpdate[],
  quarantine: Readonly<Record<string, string>>,
): Promise<Problem[]> {
  const plan = await planOf(db, summitId);
  if (plan === undefined) return [];
  const context = {
    db,
    summitId,
    main: plan.head,
    repository: new Repository(git.plan(summitId).directory, quarantine),
    largestFile: git.limits.largestFile,
    people: await giveHandles(db, summitId),
  };
  const problems: Problem[] = [];
  for (const { after } of updates) {
    if (after !== null) problems.push(...(await branchProblems(context, after)));
  }
  return problems;
}

async function othersBranches(
  { db }: Services,
  { summit, personId, organises }: Pusher,
  updates: readonly RefUpdate[],
  handle: string,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { ref } of updates) {
    const branch = branchOf(ref) ?? '';
    const owner = await ownerOf(db, summit.id, branch, personId);
    const reserved = owner === undefined ? reservedBranch(branch, handle) : undefined;
    if (reserved !== undefined) problems.push(reserved);
    if (owner !== undefined && !owner.isOwn && !organises) {
      problems.push(othersBranch(branch, owner.number, handle));
    }
  }
  return problems;
}

/** Notes what Git is about to do, for whoever finds it done and not recorded. */
async function notePush(
  { db, clock }: Services,
  { summit, personId }: Pusher,
  updates: readonly RefUpdate[],
): Promise<void> {
  const rows = updates.map(({ ref, after }) => ({
    summitId: summit.id,
    branch: branchOf(ref) ?? '',
    head: after,
    personId,
    at: clock.now(),
  }));
  if (rows.length > 0) await db.insertInto('planPush').values(rows).execute();
}

/** Records one branch that Git has moved, and says what became of it. */
async function recordUpdate(
  services: Services,
  { summit, personId }: Pusher,
  actor: Actor,
  { ref, after }: RefUpdate,
): Promise<string> {
  const branch = branchOf(ref) ?? '';
  const recorded = await inTransaction(services.db, async (tx) => {
    const pushed = { summitId: summit.id, branch, head: after, pusher: personId };
    const done = await recordPush(tx, services, actor, pushed);
    if (!done.ok) return done;
    await tx
      .deleteFrom('planPush')
      .where('summitId', '=', summit.id)
      .where('branch', '=', branch)
      .execute();
    return ok(done.value);
  });
  if (!recorded.ok) return `${branch} is kept, and is no proposal: ${recorded.error.sentence}`;
  const { number, did } = recorded.value;
  if (number === undefined) {
    return after === null
      ? `The branch ${branch} is gone.`
      : `The branch ${branch} has nothing that main has not; it becomes a proposal with its first commit.`;
  }
  const url = `${services.url}/s/${summit.slug}/plan/proposals/${number}`;
  return `${DEEDS[did](number)}\n  ${url}`;
}

const DEEDS = {
  opened: (number: number) => `Proposal #${number} is open for review:`,
  versioned: (number: number) => `Proposal #${number} has a new version:`,
  reopened: (number: number) => `Proposal #${number} is open again, with a new version:`,
  closed: (number: number) => `Proposal #${number} is closed; its versions are kept:`,
  nothing: (number: number) => `Nothing is new for proposal #${number}:`,
} as const;
