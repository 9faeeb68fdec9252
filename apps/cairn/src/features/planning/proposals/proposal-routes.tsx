import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { changesBetween } from '../../../platform/git/changes.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import { showPlanPage } from '../page.tsx';
import { memberOf } from '../threads/member-rights.ts';
import { proposalAt } from './editor-routes.tsx';
import { ProposalFiles } from './editor-views.tsx';
import { ProposalMenu } from './frame-views.tsx';
import { LISTS, type ListName, ProposalListPage } from './list-views.tsx';
import { askMerge, mergeProposal } from './merge-commands.ts';
import { homeOf, hrefOf, type ProposalContext, showProposal } from './proposal-page.tsx';
import { proposalsOf, versionsOf } from './proposal-queries.ts';
import { closeProposal, reopenProposal } from './state-commands.ts';
import { updateFromMain } from './update-commands.ts';
import { changeWords } from './words-rules.ts';
import { accountsById, writerOf, writersById } from './writer-queries.ts';

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
    // Somebody was faster: there is no form any more that could say it.
    if (['merged-already', 'not-open'].includes(merged.error.code)) {
      return seeOther(c, hrefOf(c, number), merged.error.sentence);
    }
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
      <ProposalMenu home={homeOf(c)} number={proposal.number} current="edit" mayEdit />
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
