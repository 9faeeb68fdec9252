import type { Problem } from '@cairn/kernel/problem';
import { commitsSince } from '../../../platform/git/branch.ts';
import { changesBetween } from '../../../platform/git/changes.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { selfIn } from '../../people/rights.ts';
import { readerZone } from '../../summits/page.tsx';
import type { PlanMemberEnv } from '../access.ts';
import { watchSection } from '../activity/watch-section.tsx';
import { showPlanPage } from '../page.tsx';
import { lineThreadsOf } from '../reviews/line-queries.ts';
import { reviewRequestsOf, reviewsOf } from '../reviews/review-queries.ts';
import { reviewEntries } from '../reviews/review-views.tsx';
import { CONVERSATION_SCRIPT, Conversation, Opening } from '../threads/conversation-views.tsx';
import { conversationOf } from '../threads/thread-queries.ts';
import { EDITOR_SCRIPT, proposalAt } from './editor-routes.tsx';
import { mayMerge } from './merge-commands.ts';
import { type Proposal, versionsOf } from './proposal-queries.ts';
import { ProposalPage } from './proposal-views.tsx';
import { VersionLine } from './reviewed-views.tsx';
import { proposalStanding } from './standing-queries.ts';
import { accountsById, writerOf, writersById } from './writer-queries.ts';

export type ProposalContext = AppContext<PlanMemberEnv['Variables']>;

/** The address of the summit. */
export const homeOf = (c: ProposalContext): string => `/s/${c.var.summit.slug}`;
/** The address of a proposal. */
export const hrefOf = (c: ProposalContext, number: number): string =>
  `${homeOf(c)}/plan/proposals/${number}`;

/** The page of a proposal; again, with what was wrong, where it could not be merged. */
export async function showProposal(
  c: ProposalContext,
  refused?: { readonly problems: readonly Problem[]; readonly despite: string },
): Promise<Response | undefined> {
  const proposal = await proposalAt(c);
  if (proposal === undefined) return undefined;
  const { services, summit, signedIn, organiser, comes, plan } = c.var;
  const { db, clock } = services;
  const zone = readerZone(c, summit);
  const mayWrite = comes || organiser !== undefined;
  const repository = services.git.plan(summit.id);
  const isOpen = proposal.state === 'open';
  const [versions, reviews, threads, requests, conversation, standing] = await Promise.all([
    versionsOf(db, proposal),
    reviewsOf(db, proposal),
    lineThreadsOf(db, proposal),
    reviewRequestsOf(db, proposal),
    conversationOf(db, proposal, {
      personId: signedIn.personId,
      all: c.req.query('all') !== undefined,
    }),
    isOpen
      ? proposalStanding(db, services, proposal, plan.head, { now: clock.now(), zone })
      : undefined,
  ]);
  const last = versions.at(-1);
  if (conversation === undefined || last === undefined) return undefined;
  const [changes, commits, writers] = await Promise.all([
    // In a file in conflict stand both sides between marks; what the proposal changes is said then.
    standing === undefined || standing.merge.conflicts.length > 0
      ? changesBetween(repository, last.base, last.head)
      : standing.changes,
    commitsSince(repository, last.base, last.head, 100),
    peopleOf(
      c,
      proposal,
      versions,
      standing?.standing.approvals.flatMap(({ given }) => given),
    ),
  ]);
  const shownVersions = versions.map((each) => ({
    ...each,
    by: writerOf(writers, each.byPerson, each.byAccount),
  }));
  const isTheirs = organiser !== undefined || proposal.authorId === signedIn.personId;
  const reader = {
    personId: signedIn.personId,
    mayWrite,
    isOrganiser: organiser !== undefined,
  };
  return showPlanPage(
    c,
    {
      title: `${proposal.title} (#${proposal.number})`,
      heading: proposal.title,
      lede: `Proposal #${proposal.number}`,
      scripts: [CONVERSATION_SCRIPT, EDITOR_SCRIPT],
      status: refused === undefined ? 200 : 422,
    },
    <ProposalPage
      proposal={proposal}
      home={homeOf(c)}
      zone={zone}
      opening={<Opening {...{ conversation, zone, reader }} home={homeOf(c)} />}
      rights={{
        isTheirs: isTheirs && mayWrite,
        isToReview:
          isOpen &&
          mayWrite &&
          proposal.authorId !== signedIn.personId &&
          !reviews.some(
            ({ author, version }) =>
              author.personId === signedIn.personId && version === last.version,
          ),
        mayMerge:
          mayWrite &&
          (organiser !== undefined ||
            (standing !== undefined && mayMerge(proposal, standing, signedIn.personId))),
        isOrganiser: organiser !== undefined,
        mayWrite,
      }}
      {...{ changes, commits, reviews, requests, refused }}
      versions={shownVersions}
      people={writers.people}
      standing={
        standing && {
          ...standing.standing,
          conflicts: standing.merge.conflicts.map(({ path }) => path),
          problems: standing.problems,
          isBehind: last.base !== plan.head,
        }
      }
      conversation={
        <>
          <Conversation
            conversation={conversation}
            home={homeOf(c)}
            zone={zone}
            reader={reader}
            withoutBody
            others={[
              ...reviewEntries({
                reviews,
                threads,
                number: proposal.number,
                home: homeOf(c),
                zone,
                latest: last.version,
                reader: { personId: signedIn.personId, isOrganiser: organiser !== undefined },
                isOpen,
              }),
              ...shownVersions.slice(1).map((version) => ({
                key: `told-version-${version.version}`,
                at: version.at,
                body: (
                  <VersionLine
                    version={version}
                    by={version.by}
                    href={hrefOf(c, proposal.number)}
                    home={homeOf(c)}
                    zone={zone}
                  />
                ),
              })),
            ]}
          />
          {mayWrite &&
            (await watchSection(db, selfIn(summit.id, signedIn), {
              home: homeOf(c),
              number: proposal.number,
            }))}
        </>
      }
    />,
  );
}

async function peopleOf(
  c: ProposalContext,
  { authorId, authorAccount, mergedBy, mergeAskedBy }: Proposal,
  versions: Awaited<ReturnType<typeof versionsOf>>,
  approvers: readonly string[] = [],
) {
  const { db } = c.var.services;
  return {
    people: await writersById(db, [
      authorId,
      mergedBy,
      mergeAskedBy,
      ...approvers,
      ...versions.map(({ byPerson }) => byPerson),
    ]),
    accounts: await accountsById(db, [
      authorAccount,
      ...versions.map(({ byAccount }) => byAccount),
    ]),
  };
}
