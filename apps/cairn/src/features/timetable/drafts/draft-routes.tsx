import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { isId } from '../../../platform/db/id.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showTimetablePage } from '../page.tsx';
import { beginSearch } from '../solving/search-commands.ts';
import { baseOf, searchesOf } from '../solving/search-queries.ts';
import { findSchema, fromSchema } from '../solving/search-schema.ts';
import { fingerprintOf } from '../solving/search-task.ts';
import { AboutPage, DiscardPage } from './about-views.tsx';
import { proofWords, standingOf } from './cost-rules.ts';
import { copyDraft, createDraft, discardDraft, renameDraft } from './draft-commands.ts';
import {
  type DraftContext,
  draftWithFacts,
  factsFor,
  makingHome,
  releasedName,
} from './draft-page.tsx';
import { draftsOf, placementsOf } from './draft-queries.ts';
import { nameSchema } from './draft-schema.ts';
import { DraftsPage, type DraftsPageProps } from './drafts-views.tsx';

const DRAFTS = '/s/:summit/organise/timetable/drafts';

/** `/s/<summit>/organise/timetable/drafts` and `…/<draft>/about`: all drafts, and each as a whole. */
export function draftRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of ['', '/searches', '/:id/about', '/:id/name', '/:id/discard']) {
    routes.use(`${DRAFTS}${address}`, withSummit, organisersOnly);
  }

  routes.get(DRAFTS, (c) => showDrafts(c));

  routes.post(DRAFTS, async (c) => {
    const { services, summit, organiser } = c.var;
    const { typed } = await readTyped(c);
    const name = nameSchema.safeParse(typedText(typed, 'name'));
    const from = fromSchema.safeParse(typedText(typed, 'from') || 'none');
    const problems = [
      ...(name.success ? [] : formProblems(name.error).map((each) => at(each, 'name'))),
      ...(from.success ? [] : formProblems(from.error).map((each) => at(each, 'from'))),
    ];
    if (!name.success || !from.success) {
      return showDrafts(c, { typed, problems, refused: 'new' });
    }
    const base = await baseOf(services.db, summit.id, from.data);
    const made = await inTransaction(services.db, (tx) =>
      createDraft(tx, webActor(c), organiser, {
        name: name.data,
        placements: base?.placements ?? [],
        made: from.data === 'none' ? {} : { from: from.data },
      }),
    );
    if (!made.ok) return showDrafts(c, { typed, problems: [made.error], refused: 'new' });
    return seeOther(c, `${makingHome(c)}/drafts/${made.value.id}`, `“${name.data}” is begun.`);
  });

  routes.post(`${DRAFTS}/searches`, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const asked = findSchema.safeParse(typed);
    if (!asked.success) {
      return showDrafts(c, { typed, problems: formProblems(asked.error), refused: 'find' });
    }
    const begun = await inTransaction(services.db, (tx) =>
      beginSearch(tx, webActor(c), organiser, { kind: 'find', ...asked.data }),
    );
    if (!begun.ok) return showDrafts(c, { typed, problems: [begun.error], refused: 'find' });
    return seeOther(c, `${makingHome(c)}/drafts/searches/${begun.value.id}`);
  });
  // Who loads the address of the form finds the form.
  routes.get(`${DRAFTS}/searches`, (c) => c.redirect(`${makingHome(c)}/drafts`, 303));

  routes.get(
    `${DRAFTS}/:id/about`,
    async (c) => (await showAbout(c, c.req.param('id'))) ?? c.notFound(),
  );

  routes.post(`${DRAFTS}/:id/name`, async (c) => {
    const { services, organiser } = c.var;
    const draftId = c.req.param('id');
    const { typed } = await readTyped(c);
    const name = nameSchema.safeParse(typedText(typed, 'name'));
    if (!name.success) {
      const problems = formProblems(name.error).map((each) => at(each, 'name'));
      return (await showAbout(c, draftId, { typed, problems })) ?? c.notFound();
    }
    const given = { draftId, name: name.data };
    if (typedText(typed, 'deed') === 'copy') {
      const copied = await inTransaction(services.db, (tx) =>
        copyDraft(tx, webActor(c), organiser, given),
      );
      return copied.ok
        ? seeOther(c, `${makingHome(c)}/drafts/${copied.value.id}`, `“${name.data}” is a copy.`)
        : ((await showAbout(c, draftId, { typed, problems: [copied.error] })) ?? c.notFound());
    }
    const renamed = await inTransaction(services.db, (tx) =>
      renameDraft(tx, webActor(c), organiser, given),
    );
    return renamed.ok
      ? seeOther(c, `${makingHome(c)}/drafts/${draftId}/about`, 'The name is saved.')
      : ((await showAbout(c, draftId, { typed, problems: [renamed.error] })) ?? c.notFound());
  });

  routes.get(`${DRAFTS}/:id/discard`, async (c) => {
    const found = await draftWithFacts(c, c.req.param('id'));
    if (found === undefined) return c.notFound();
    const { id, name } = found.draft;
    return showTimetablePage(
      c,
      { title: 'Discard a draft' },
      <DiscardPage href={`${makingHome(c)}/drafts/${id}`} name={name} />,
    );
  });

  routes.post(`${DRAFTS}/:id/discard`, async (c) => {
    const { services, organiser } = c.var;
    const discarded = await inTransaction(services.db, (tx) =>
      discardDraft(tx, webActor(c), organiser, { draftId: c.req.param('id') }),
    );
    const notice = discarded.ok ? 'The draft is discarded.' : discarded.error.sentence;
    return seeOther(c, `${makingHome(c)}/drafts`, notice);
  });

  return routes;
}

const at = (each: Problem, path: string): Problem => ({ ...each, place: { path } });

type Refused = Pick<DraftsPageProps, 'typed' | 'problems' | 'refused'>;

async function showDrafts(c: DraftContext, refused?: Refused): Promise<Response> {
  const { services, summit, organiser } = c.var;
  const { db } = services;
  const [facts, drafts, searches, released] = await Promise.all([
    factsFor(c),
    draftsOf(db, organiser),
    searchesOf(db, organiser),
    releasedName(c),
  ]);
  const rows = await Promise.all(
    drafts.map(async (draft) => ({
      draft,
      standing: facts && standingOf(facts, await placementsOf(db, draft.id)),
    })),
  );
  return showTimetablePage(
    c,
    { title: 'Drafts', status: refused === undefined ? 200 : 422 },
    <DraftsPage
      home={makingHome(c)}
      zone={readerZone(c, summit)}
      drafts={rows}
      searches={searches}
      released={released}
      missing={missingIn(c, facts)}
      typed={refused?.typed ?? {}}
      problems={refused?.problems}
      refused={refused?.refused}
    />,
  );
}

function missingIn(
  c: DraftContext,
  facts: Awaited<ReturnType<typeof factsFor>>,
): DraftsPageProps['missing'] {
  const home = makingHome(c);
  if (facts === undefined || facts.frame.days.length === 0 || facts.frame.rooms.length === 0) {
    const sentence = 'Say first which days and rooms there are.';
    return { sentence, href: `${home}/frame` };
  }
  if (facts.sessions.length === 0) {
    return { sentence: 'There are no sessions to place yet.', href: `${home}/sessions` };
  }
  return undefined;
}

async function showAbout(
  c: DraftContext,
  id: string,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response | undefined> {
  const found = isId(id) ? await draftWithFacts(c, id) : undefined;
  if (found === undefined) return undefined;
  const { draft, facts } = found;
  const changed = { isChanged: draft.revision > 0, now: fingerprintOf(facts) };
  return showTimetablePage(
    c,
    { title: `About ${draft.name}`, status: refused === undefined ? 200 : 422 },
    <AboutPage
      home={makingHome(c)}
      draft={draft}
      standing={standingOf(facts, draft.placements)}
      proof={proofWords(draft.made, changed)}
      hasRelease={(await releasedName(c)) !== undefined}
      name={refused === undefined ? draft.name : typedText(refused.typed, 'name')}
      problems={refused?.problems}
    />,
  );
}
