import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { commitsSince } from '../../../platform/git/branch.ts';
import { changesBetween } from '../../../platform/git/changes.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { watchSection } from '../activity/watch-section.tsx';
import { kindOfPath } from '../documents/kind-rules.ts';
import { showPlanPage } from '../page.tsx';
import { lineThreadsOf } from '../reviews/line-queries.ts';
import { reviewRequestsOf, reviewsOf } from '../reviews/review-queries.ts';
import { reviewEntries } from '../reviews/review-views.tsx';
import { CONVERSATION_SCRIPT, Conversation, Opening } from '../threads/conversation-views.tsx';
import { memberOf } from '../threads/member-rights.ts';
import { conversationOf } from '../threads/thread-queries.ts';
import { EDITOR_SCRIPT, proposalAt } from './editor-routes.tsx';
import { ProposalFiles } from './editor-views.tsx';
import { ProposalMenu } from './frame-views.tsx';
import { LISTS, type ListName, ProposalListPage } from './list-views.tsx';
import { askMerge, mayMerge, mergeProposal } from './merge-commands.ts';
import { type Proposal, proposalsOf, versionsOf } from './proposal-queries.ts';
import { ProposalPage } from './proposal-views.tsx';
import { VersionLine } from './reviewed-views.tsx';
import { proposalStanding } from './standing-queries.ts';
import { closeProposal, reopenProposal } from './state-commands.ts';
import { updateFromMain } from './update-commands.ts';
import { changeWords } from './words-rules.ts';
import { accountsById, writerOf, writersById } from './writer-queries.ts';

type ProposalContext = AppContext<PlanMemberEnv['Variables']>;

const listAsked = z.object({
  show: z
    .enum(LISTS.map(([name]) => name) as [ListName, ...ListName[]]) // the list is not empty
    .catch('open'),
});
const versionForm = z.object({
  version: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});

/**
 * `/s/<summit>/plan/proposals` and `…/<number>`: to read, to merge, to close. Read by those who take
 * part, changed by those who come.
 */
export function proposalRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const list = '/s/:summit/plan/proposals';
  const one = `${list}/:number{[0-9]+}`;
  routes.use(list, withSummit, participantsOnly, withPlan);
  routes.get(list, showList);
  routes.use(one, withSummit, participantsOnly, withPlan);
  routes.get(one, async (c) => (await showProposal(c)) ?? c.notFound());
  for (const part of ['files', 'merge', 'merge-when-ready', 'state', 'update']) {
    routes.use(`${one}/${part}`, withSummit, participantsOnly, comersOnly, withPlan);
  }
  routes.get(`${one}/files`, async (c) => (await showFiles(c)) ?? c.notFound());

  routes.post(`${one}/merge`, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const { number } = proposal;
    const despite = typedText(typed, 'despite');
    const { version } = versionForm.parse(typed);
    const { services } = c.var;
    const right = c.var.organiser ?? memberOf(c).self;
    const merged = await inTransaction(services.db, (tx) =>
      mergeProposal(tx, services, webActor(c), right, { number, version, despite }),
    );
    if (merged.ok) return seeOther(c, hrefOf(c, number), 'It is merged: main says it now.');
    const refused = { problems: [merged.error], despite };
    return (await showProposal(c, refused)) ?? c.notFound();
  });

  routes.post(`${one}/merge-when-ready`, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const { number } = proposal;
    const isAsked = typedText(typed, 'do') !== 'unask';
    const { services } = c.var;
    const asked = await inTransaction(services.db, (tx) =>
      askMerge(tx, services, webActor(c), c.var.organiser ?? memberOf(c).self, { number, isAsked }),
    );
    const done = isAsked
      ? 'It is merged by itself once it needs nothing more.'
      : 'It waits for somebody to merge it.';
    return seeOther(c, hrefOf(c, number), asked.ok ? done : asked.error.sentence);
  });

  routes.post(`${one}/state`, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const act = typedText(typed, 'do');
    const { number } = proposal;
    if (act !== 'close' && act !== 'reopen') {
      return seeOther(c, hrefOf(c, number), 'Nothing was changed; press one of the buttons.');
    }
    const right = c.var.organiser ?? memberOf(c).self;
    const changed = await inTransaction(c.var.services.db, (tx) =>
      (act === 'close' ? closeProposal : reopenProposal)(tx, webActor(c), right, number),
    );
    const done = act === 'close' ? 'It is closed.' : 'It is open again.';
    return seeOther(c, hrefOf(c, number), changed.ok ? done : changed.error.sentence);
  });

  routes.post(`${one}/update`, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    await readTyped(c);
    const { number } = proposal;
    const { services } = c.var;
    const right = c.var.organiser ?? memberOf(c).self;
    const updated = await inTransaction(services.db, (tx) =>
      updateFromMain(tx, services, webActor(c), right, number),
    );
    if (!updated.ok && updated.error.code === 'conflicts') {
      return seeOther(c, `${hrefOf(c, number)}/conflicts`, updated.error.sentence);
    }
    const done = 'The branch has everything of main now.';
    return seeOther(c, hrefOf(c, number), updated.ok ? done : updated.error.sentence);
  });

  return routes;
}

const homeOf = (c: ProposalContext): string => `/s/${c.var.summit.slug}`;
const hrefOf = (c: ProposalContext, number: number): string =>
  `${homeOf(c)}/plan/proposals/${number}`;

async function showList(c: ProposalContext): Promise<Response> {
  const { services, summit, signedIn, comes, organiser } = c.var;
  const { show } = listAsked.parse(c.req.query());
  const filters = {
    open: { state: 'open' },
    review: { state: 'open', askedId: signedIn.personId },
    mine: { authorId: signedIn.personId },
    merged: { state: 'merged' },
    closed: { state: 'closed' },
    all: {},
  } as const;
  const found = await proposalsOf(services.db, summit.id, filters[show]);
  const writers = {
    people: await writersById(
      services.db,
      found.map(({ authorId }) => authorId),
    ),
    accounts: await accountsById(
      services.db,
      found.map(({ authorAccount }) => authorAccount),
    ),
  };
  return showPlanPage(
    c,
    { title: 'Proposals', lede: 'Changes to the plan that others look at before they count.' },
    <ProposalListPage
      home={homeOf(c)}
      zone={readerZone(c, summit)}
      shown={show}
      proposals={found.map((each) => ({
        ...each,
        author: writerOf(writers, each.authorId, each.authorAccount),
      }))}
      mayWrite={comes || organiser !== undefined}
    />,
  );
}

/** The page of a proposal; again, with what was wrong, where it could not be merged. */
async function showProposal(
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
        isAuthor: proposal.authorId === signedIn.personId,
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

/** The files of an open proposal, to be changed further. */
async function showFiles(c: ProposalContext): Promise<Response | undefined> {
  const proposal = await proposalAt(c);
  if (proposal === undefined) return undefined;
  const { services, summit } = c.var;
  const href = hrefOf(c, proposal.number);
  if (proposal.state !== 'open') return seeOther(c, href, 'It is not open any more.');
  const repository = services.git.plan(summit.id);
  const last = (await versionsOf(services.db, proposal)).at(-1);
  const changes = last === undefined ? [] : await changesBetween(repository, last.base, last.head);
  const files = await repository.files(proposal.head);
  const changed = new Set(changes.map(({ path }) => path));
  return showPlanPage(
    c,
    { title: `Files of #${proposal.number}`, lede: proposal.title },
    <>
      <ProposalMenu home={homeOf(c)} number={proposal.number} current="edit" isOpen />
      <ProposalFiles
        href={href}
        changed={changes.map((each) => ({
          path: each.path,
          words: changeWords(each),
          mayEdit: each.status !== 'removed' && kindOfPath(each.path) !== undefined,
        }))}
        paths={files
          .filter(({ path, mode }) => mode.startsWith('100') && kindOfPath(path) !== undefined)
          .map(({ path }) => path)
          .filter((path) => !changed.has(path))
          .slice(0, 500)}
      />
    </>,
  );
}
