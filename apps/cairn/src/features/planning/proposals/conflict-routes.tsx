import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { memberOf } from '../threads/member-rights.ts';
import { mendConflicts } from './conflict-commands.ts';
import { type OpenConflict, type OpenMerge, openMerge } from './conflict-queries.ts';
import { readMerge, type TypedConflict, type TypedMerge } from './conflict-schema.ts';
import { ConflictPage } from './conflict-views.tsx';
import { proposalAt } from './editor-routes.tsx';
import { type Proposal, versionsOf } from './proposal-queries.ts';
import { carriedOver, type Outcome, outcomeOf, type SettledFile } from './settle-rules.ts';

type ConflictContext = AppContext<PlanMemberEnv['Variables']>;

/** `/s/<summit>/plan/proposals/<number>/conflicts`: to settle what the proposal and main changed both. */
export function conflictRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/proposals/:number{[0-9]+}/conflicts';
  routes.use(address, withSummit, participantsOnly, comersOnly, withPlan);
  routes.get(address, async (c) => {
    const proposal = await proposalAt(c);
    if (proposal === undefined) return c.notFound();
    if (proposal.state !== 'open')
      return seeOther(c, hrefOf(c, proposal), 'It is not open any more.');
    const merge = await openMerge(repositoryOf(c), proposal.head, c.var.plan.head);
    return merge.conflicts.length === 0
      ? seeOther(c, hrefOf(c, proposal), 'There is no conflict with main.')
      : show(c, proposal, merge, new Map(), []);
  });
  routes.post(address, async (c) => {
    const proposal = await proposalAt(c);
    return proposal === undefined ? c.notFound() : mend(c, proposal);
  });
  return routes;
}

const repositoryOf = (c: ConflictContext) => c.var.services.git.plan(c.var.summit.id);
const hrefOf = (c: ConflictContext, { number }: Proposal): string =>
  `/s/${c.var.summit.slug}/plan/proposals/${number}`;

const settledFile = ({ path, mine, main, stretches }: OpenConflict): SettledFile => ({
  path,
  hasMine: mine.kind !== 'none',
  hasMain: main.kind !== 'none',
  stretches,
});

function show(
  c: ConflictContext,
  proposal: Proposal,
  { conflicts, head, main }: OpenMerge,
  files: ReadonlyMap<string, TypedConflict>,
  problems: readonly Problem[],
): Response {
  const href = hrefOf(c, proposal);
  return showPlanPage(
    c,
    {
      title: `Conflicts of #${proposal.number} with main`,
      lede: proposal.title,
      status: problems.length > 0 ? 422 : 200,
    },
    <ConflictPage
      action={`${href}/conflicts`}
      back={{ href, number: proposal.number }}
      head={head}
      mainHead={main}
      files={conflicts.map((each) => ({
        ...settledFile(each),
        mine: each.mine,
        main: each.main,
        typed: files.get(each.path),
      }))}
      problems={problems}
    />,
  );
}

async function mend(c: ConflictContext, proposal: Proposal): Promise<Response> {
  const { typed } = await readTyped(c);
  const form = readMerge(typed);
  const { services, plan } = c.var;
  const repository = repositoryOf(c);
  // What was chosen is for what the form showed; where that is strange, all is asked anew.
  const shown = await shownMerge(c, proposal, form);
  const merge = shown ?? (await openMerge(repository, proposal.head, plan.head));
  const outcomes = new Map<string, Outcome>();
  const problems: Problem[] = [];
  for (const [index, conflict] of merge.conflicts.entries()) {
    const chosen = outcomeOf(settledFile(conflict), index, form.files.get(conflict.path));
    if (chosen.ok) outcomes.set(conflict.path, chosen.value);
    else problems.push(...chosen.error);
  }
  if (problems.length > 0) return show(c, proposal, merge, form.files, problems);
  const { head, main } = merge;
  const right = c.var.organiser ?? memberOf(c).self;
  const mended = await inTransaction(services.db, (tx) =>
    mendConflicts(tx, services, webActor(c), right, {
      number: proposal.number,
      head,
      main,
      outcomes,
    }),
  );
  if (mended.ok)
    return seeOther(c, hrefOf(c, proposal), 'The conflict is settled in a new version.');
  if (mended.error.code !== 'moved-meanwhile') {
    return show(c, proposal, merge, form.files, [mended.error]);
  }
  const now = await openMerge(repository, proposal.head, plan.head);
  return show(c, proposal, now, carried(merge, now, form), [mended.error]);
}

/** The merge that a form was about, if its commits are a version of the proposal and one of main. */
async function shownMerge(
  c: ConflictContext,
  proposal: Proposal,
  { head, main }: TypedMerge,
): Promise<OpenMerge | undefined> {
  const repository = repositoryOf(c);
  const versions = await versionsOf(c.var.services.db, proposal);
  if (!versions.some((version) => version.head === head)) return undefined;
  if (main === '' || (await repository.resolve(`${main}^{commit}`)) !== main) return undefined;
  if ((await repository.mergeBase(main, c.var.plan.head)) !== main) return undefined;
  return openMerge(repository, head, main);
}

/** What was typed, for what is to be settled now. */
function carried(
  before: OpenMerge,
  now: OpenMerge,
  { files }: TypedMerge,
): ReadonlyMap<string, TypedConflict> {
  const kept = new Map<string, TypedConflict>();
  for (const { path, stretches = [] } of now.conflicts) {
    const typed = files.get(path);
    if (typed === undefined) continue;
    const was = before.conflicts.find((each) => each.path === path)?.stretches ?? [];
    kept.set(path, { ...typed, places: carriedOver(was, typed.places, stretches) });
  }
  return kept;
}
