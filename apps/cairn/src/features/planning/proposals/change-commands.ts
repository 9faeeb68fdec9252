import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isAncestor } from '../../../platform/git/branch.ts';
import { mergeTrees } from '../../../platform/git/merge.ts';
import type { FileChange, Oid, Repository } from '../../../platform/git/repository.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { lockMain, type PlanServices } from '../repository/main-commands.ts';
import { cairnSignature, signatureOf } from '../repository/signature-queries.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { slugOf } from './path-rules.ts';
import { freeBranch } from './proposal-rules.ts';
import { isTheirs } from './state-commands.ts';
import { addVersion, lockProposal, notOpen, openProposal } from './version-commands.ts';

/** A change made in a form. */
export interface BrowserChange {
  readonly changes: readonly FileChange[];
  /** The commit that the writer had before them. */
  readonly base: Oid;
  readonly title: string;
  readonly why: string;
}

/**
 * Proposes a change that was made in the browser or by the API: a commit in the person's name on what
 * they had before them, a branch of its own, and the proposal. Whatever main became meanwhile is for
 * the merge. Events as of `openProposal`.
 */
export async function proposeChange(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  { changes, base, title, why }: BrowserChange,
): Promise<Result<{ readonly number: number }, Problem>> {
  const main = await lockMain(tx, summitId);
  if (main === undefined) return fail(noPlan());
  const repository = services.git.plan(summitId);
  if (!(await isOfHistory(repository, base, main))) return fail(strangeBase());
  if (title.trim() === '') return fail(noTitle());
  const head = await commitChange(tx, services, actor, summitId, personId, {
    base,
    changes,
    message: messageOf(title, why),
  });
  if (head === undefined) return fail(nothingChanged());
  const branch = await branchFor(tx, repository, summitId, title);
  return openProposal(tx, services, actor, { summitId, branch, head, title, body: why });
}

/**
 * Changes files of an open proposal further: a new version. Its author, and organisers, may. Where it
 * has moved on since the writer saw it, both are brought together, if they go together. Event
 * `proposal.versioned`.
 */
export async function changeProposal(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  { number, changes, base, title }: Omit<BrowserChange, 'why'> & { readonly number: number },
): Promise<Result<{ readonly version: number }, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { proposal } = locked.value;
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  if (!(await isTheirs(tx, proposal, personId))) {
    const sentence =
      'Its author changes it, or an organiser; suggest your change at the line where it belongs.';
    return fail(problem('not-yours', sentence));
  }
  const repository = services.git.plan(summitId);
  if (!(await isVersionOf(tx, summitId, number, base))) return fail(strangeBase());
  const made = await commitChange(tx, services, actor, summitId, personId, {
    base,
    changes,
    message: messageOf(title.trim() === '' ? `Change ${listOf(changes)}` : title, ''),
  });
  if (made === undefined) return fail(nothingChanged());
  if (base === proposal.head) {
    return addVersion(tx, services, actor, { summitId, number }, { head: made });
  }
  const merge = await mergeTrees(repository, proposal.head, made);
  if (merge.conflicts.length > 0) {
    const sentence = `Somebody changed the same lines of this proposal meanwhile: it is at version ${proposal.version} now. Keep your text, open it anew, and put your change in.`;
    return fail(problem('version-moved', sentence));
  }
  const head = await repository.commit({
    parents: [proposal.head, made],
    tree: merge.tree,
    author: await authorOf(tx, services, actor, personId),
    committer: cairnSignature(services.url, actor.now),
    message: `Bring two changes of #${number} together\n`,
  });
  return addVersion(tx, services, actor, { summitId, number }, { head });
}

/** Main's history, which is what somebody can have had before them. */
const isOfHistory = async (repository: Repository, base: Oid, main: Oid): Promise<boolean> =>
  (await repository.resolve(`${base}^{commit}`)) === base &&
  (await isAncestor(repository, base, main));

async function isVersionOf(tx: Tx, summitId: string, number: number, head: Oid): Promise<boolean> {
  const row = await tx
    .selectFrom('planVersion')
    .select('version')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('head', '=', head)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What to say to whoever changed something else than the plan ever said. */
export const strangeBase = (): Problem =>
  problem('strange-base', 'Open the document again: this form does not say what it began with.');
const nothingChanged = (): Problem =>
  problem('nothing-changed', 'Nothing is different yet; change something before you propose it.');
const noTitle = (): Problem =>
  problem('no-title', 'Say in one line what you change.', { path: 'title' });

/** The author of what somebody does in the browser; Cairn where that is nobody, as at the machine. */
export const authorOf = (
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  personId: string | undefined,
) =>
  personId === undefined
    ? cairnSignature(services.url, actor.now)
    : signatureOf(tx, services.url, personId, actor.now);

async function commitChange(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  personId: string | undefined,
  { base, changes, message }: { base: Oid; changes: readonly FileChange[]; message: string },
): Promise<Oid | undefined> {
  const repository = services.git.plan(summitId);
  const { commit, tree, treeBefore } = await repository.write({
    parents: [base],
    changes,
    author: await authorOf(tx, services, actor, personId),
    committer: cairnSignature(services.url, actor.now),
    message,
  });
  return tree === treeBefore ? undefined : commit;
}

const messageOf = (title: string, why: string): string => {
  const subject = title.trim().replace(/\s+/g, ' ');
  const body = why.replace(/\r\n?/g, '\n').trim();
  return body === '' ? `${subject}\n` : `${subject}\n\n${body}\n`;
};

const listOf = (changes: readonly FileChange[]): string => {
  const [first] = changes;
  if (first === undefined) return 'nothing';
  return changes.length === 1 ? first.path : `${first.path} and ${changes.length - 1} more`;
};

async function branchFor(
  tx: Tx,
  repository: Repository,
  summitId: string,
  title: string,
): Promise<string> {
  const prefix = 'refs/heads/';
  const [refs, rows] = await Promise.all([
    repository.refs('refs/heads'),
    tx.selectFrom('planProposal').select('branch').where('summitId', '=', summitId).execute(),
  ]);
  const taken = new Set([
    'main',
    'head',
    // What comes from GitHub is called that.
    'github',
    'main-on-github',
    ...[...refs.keys()].map((ref) => ref.slice(prefix.length)),
    ...rows.map(({ branch }) => branch),
  ]);
  return freeBranch(slugOf(title) || 'proposal', taken);
}
