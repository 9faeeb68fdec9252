import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { Oid } from '../../../platform/git/repository.ts';
import { type Organiser, organisesIn, type Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { advanceMain, type PlanServices } from '../repository/main-commands.ts';
import { cairnSignature, signatureOf } from '../repository/signature-queries.ts';
import { touched, turnThread } from '../threads/edit-commands.ts';
import { mergeMessage, type Named } from './merge-message-rules.ts';
import type { Proposal } from './proposal-queries.ts';
import { type ProposalStanding, proposalStanding } from './standing-queries.ts';
import { approvers, workersOn } from './standing-rules.ts';
import { tellOfEnd } from './told-commands.ts';
import { lockProposal, notOpen } from './version-commands.ts';

export interface MergeAsked {
  readonly number: number;
  /** The version that whoever merges has seen; any if it is left out. */
  readonly version?: number | undefined;
  /** Why an organiser merges it though it still needs something. */
  readonly despite?: string | undefined;
}

/**
 * Merges an open proposal into main: a merge commit by Cairn, whose author is the proposal's and which
 * names who worked on it and who reviewed it. Its author, leads of what it touches and organisers may,
 * once its rules are met; organisers with a reason before that, but nobody what is in conflict or
 * would break the plan. Of two that merge at once the second sees main as the first left it.
 *
 * Events `plan.moved`, `proposal.merged`.
 */
export async function mergeProposal(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  right: Self | Organiser,
  { number, version, despite = '' }: MergeAsked,
): Promise<Result<{ readonly commit: Oid }, Problem>> {
  const { summitId, personId } = right;
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { main, proposal } = locked.value;
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  if (version !== undefined && version !== proposal.version) {
    const sentence = `There is a version ${proposal.version} now; look at what is new, then merge it.`;
    return fail(problem('version-moved', sentence));
  }
  const found = await proposalStanding(tx, services, proposal, main, {
    now: actor.now,
    zone: expectZone('UTC'),
  });
  const isOrganiser = personId === undefined || (await organisesIn(tx, summitId, personId));
  const { standing } = found;
  if (!isOrganiser && !mayMerge(proposal, found, personId)) return fail(notTheirs());
  const reason = despite.trim();
  const left = standing.lacks.filter(
    ({ mayBeWaived }) => !(mayBeWaived && isOrganiser && reason !== ''),
  );
  const [first] = left;
  if (first !== undefined) {
    const more = left.length > 1 ? ` And ${left.length - 1} more.` : '';
    return fail({ ...first, sentence: `It cannot be merged yet. ${first.sentence}${more}` });
  }
  if (reason.length > LONGEST_REASON) {
    const sentence = `Say it in at most ${LONGEST_REASON} characters.`;
    return fail(problem('reason-too-long', sentence, { path: 'despite' }));
  }
  const waived = standing.lacks.length > 0;
  const commit = await writeMerge(
    tx,
    services,
    actor,
    proposal,
    found,
    waived ? reason : undefined,
  );
  const moved = await advanceMain(tx, services, actor, summitId, commit);
  if (!moved.ok) return moved;
  await tx
    .updateTable('planProposal')
    .set({
      state: 'merged',
      mergedAt: actor.now,
      mergedBy: actor.personId ?? null,
      mergeCommit: commit,
      mergeAskedBy: null,
      mergedDespite: waived ? reason : '',
    })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await turnThread(tx, actor, proposal, 'closed');
  await touched(tx, actor, proposal);
  await recordEvent(tx, actor, { kind: 'proposal.merged', summitId, data: { number, commit } });
  await tellOfEnd(tx, actor, proposal, 'merged');
  return ok({ commit });
}

/** The longest reason for merging what still needs something. */
const LONGEST_REASON = 2000;

const notTheirs = (): Problem =>
  problem(
    'not-yours',
    'Its author, a lead of what it touches, or an organiser merges it; ask one of them.',
  );

/** Whether somebody who does not organise may merge a proposal once its rules are met. */
export function mayMerge(
  { authorId }: Pick<Proposal, 'authorId'>,
  { people, touched }: Pick<ProposalStanding, 'people' | 'touched'>,
  personId: string | undefined,
): boolean {
  if (personId === undefined) return false;
  return (
    personId === authorId ||
    touched.some((path) => isTopic(path) && people.leads.get(path)?.has(personId) === true)
  );
}

const isTopic = (path: string): boolean => path.startsWith('topics/');

async function writeMerge(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  proposal: Proposal,
  { main, merge, standing, versions, reviews }: ProposalStanding,
  despite: string | undefined,
): Promise<Oid> {
  const { summitId, number, title, body, authorId, head } = proposal;
  const repository = services.git.plan(summitId);
  const cairn = cairnSignature(services.url, actor.now);
  const named = async (people: Iterable<string>): Promise<Named[]> => {
    const signed: Named[] = [];
    for (const person of [...people].sort()) {
      if (await isErased(tx, person)) continue;
      const { name, email } = await signatureOf(tx, services.url, person, actor.now);
      signed.push({ name, email });
    }
    return signed;
  };
  const reviewed = reviews.map((review) => ({ ...review, personId: review.author.personId }));
  const helpers = [...workersOn({ authorId, versions })].filter((person) => person !== authorId);
  const { slug } = await summitById(tx, summitId);
  return repository.commit({
    parents: [main, head],
    tree: merge.tree,
    author:
      authorId === null || (await isErased(tx, authorId))
        ? cairn
        : await signatureOf(tx, services.url, authorId, actor.now),
    committer: cairn,
    message: mergeMessage({
      number,
      title,
      body,
      url: `${services.url}/s/${slug}/plan/proposals/${number}`,
      coAuthors: await named(helpers),
      reviewers: await named(approvers({ reviews: reviewed, versions, authorId })),
      despite:
        despite === undefined
          ? undefined
          : { lacks: standing.lacks.map(({ sentence }) => sentence), why: despite },
    }),
  });
}

async function isErased(db: Reader, personId: string): Promise<boolean> {
  const person = await db
    .selectFrom('person')
    .select('erasedAt')
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.erasedAt !== null;
}

/**
 * Asks that a proposal be merged by itself once it needs nothing more, or takes that back. Whoever may
 * merge it may ask; a new version takes it back, since they have not seen it. Event
 * `proposal.scheduled` if that is new.
 */
export async function askMerge(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  { number, isAsked }: { readonly number: number; readonly isAsked: boolean },
): Promise<Result<void, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { main, proposal } = locked.value;
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  if (personId === undefined) {
    return fail(problem('nobody', 'Sign in as a person first, so that it is known who asked.'));
  }
  const found = await proposalStanding(tx, services, proposal, main, {
    now: actor.now,
    zone: expectZone('UTC'),
  });
  const may = mayMerge(proposal, found, personId) || (await organisesIn(tx, summitId, personId));
  if (!may) return fail(notTheirs());
  if ((proposal.mergeAskedBy !== null) === isAsked) return ok(undefined);
  await tx
    .updateTable('planProposal')
    .set({ mergeAskedBy: isAsked ? personId : null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'proposal.scheduled',
    summitId,
    data: { number, scheduled: isAsked },
  });
  return ok(undefined);
}
