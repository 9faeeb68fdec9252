import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { streamLive } from '../../../platform/live/stream.ts';
import { organiserOf } from '../../people/rights.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { comparisonOf } from '../drafts/compare-rules.ts';
import { proofWords, standingOf } from '../drafts/cost-rules.ts';
import { type DraftContext, factsFor, makingHome } from '../drafts/draft-page.tsx';
import { draftOf } from '../drafts/draft-queries.ts';
import { showTimetablePage } from '../page.tsx';
import type { TimetableFacts } from './facts-rules.ts';
import { cancelSearch, makeOfferDraft, searchChannel } from './search-commands.ts';
import { baseOf, searchOf, type TimetableSearch } from './search-queries.ts';
import { fingerprintOf } from './search-task.ts';
import {
  FoundPage,
  NothingPage,
  OffersPage,
  SearchProgressPage,
  type ShownProposal,
} from './search-views.tsx';
import { stageWords } from './stage-rules.ts';

const SEARCH = '/s/:summit/organise/timetable/drafts/searches/:search';

/** Looks of a page at a search that goes on, and the seconds between them. */
const MOST_LOOKS = 200;
const SECONDS_BETWEEN_LOOKS = 3;

/** `…/drafts/searches/<search>`: how far a search is, and what it found. */
export function searchRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of ['', '/live', '/cancel', '/offers']) {
    routes.use(`${SEARCH}${address}`, withSummit, organisersOnly);
  }

  routes.get(SEARCH, async (c) => {
    const search = await searchOf(c.var.services.db, c.var.organiser, c.req.param('search'));
    if (search === undefined) return c.notFound();
    return isOver(search) ? showFound(c, search) : showProgress(c, search);
  });

  routes.get(`${SEARCH}/live`, async (c) => {
    const search = await searchOf(c.var.services.db, c.var.organiser, c.req.param('search'));
    return search === undefined ? c.notFound() : tell(c, search);
  });

  routes.post(`${SEARCH}/cancel`, async (c) => {
    const { services, organiser } = c.var;
    const id = c.req.param('search');
    const cancelled = await inTransaction(services.db, (tx) =>
      cancelSearch(tx, webActor(c), organiser, { id }),
    );
    if (!cancelled.ok && (await searchOf(services.db, organiser, id)) === undefined)
      return c.notFound();
    const notice = cancelled.ok ? 'The search is cancelled.' : cancelled.error.sentence;
    return seeOther(c, `${makingHome(c)}/drafts/searches/${id}`, notice);
  });

  routes.post(`${SEARCH}/offers`, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const id = c.req.param('search');
    const offer = Number(typedText(typed, 'offer') || Number.NaN);
    const name = typedText(typed, 'name').trim().slice(0, 120) || 'Mended';
    const made = await inTransaction(services.db, (tx) =>
      makeOfferDraft(tx, webActor(c), organiser, { id, offer, name }),
    );
    if (made.ok) {
      return seeOther(c, `${makingHome(c)}/drafts/${made.value.id}`, `“${name}” is a draft now.`);
    }
    if ((await searchOf(services.db, organiser, id)) === undefined) return c.notFound();
    return seeOther(c, `${makingHome(c)}/drafts/searches/${id}`, made.error.sentence);
  });

  return routes;
}

const isOver = ({ state }: TimetableSearch): boolean => state !== 'queued' && state !== 'running';

function showProgress(c: DraftContext, search: TimetableSearch): Response {
  const href = `${makingHome(c)}/drafts/searches/${search.id}`;
  const asked = Number(c.req.query('look'));
  const looks = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const looksAgain = looks < MOST_LOOKS;
  // Without a script; the page says so, can be left, and stops after some minutes.
  if (looksAgain) {
    c.header('refresh', `${SECONDS_BETWEEN_LOOKS}; url=${href}?look=${looks + 1}`);
  }
  return showTimetablePage(
    c,
    {
      title: search.kind === 'repair' ? 'Looking for a repair' : 'Looking for timetables',
      scripts: ['/assets/timetable-search.js'],
    },
    <SearchProgressPage search={search} href={href} looksAgain={looksAgain} />,
  );
}

function tell(c: DraftContext, { id }: TimetableSearch): Response {
  const { services, summit, organiser, visitor } = c.var;
  let told = 0;
  return streamLive(c, services.live, {
    channel: searchChannel(id),
    key: organiser.personId ?? 'operator',
    since: 0,
    load: async () => {
      // Whoever may not organise any more reads no further.
      const right = await organiserOf(services.db, summit.id, visitor.signedIn);
      const search = right && (await searchOf(services.db, right, id));
      if (search === undefined) return 'over';
      told += 1;
      const { progress } = search;
      const words = stageWords(progress);
      const data = {
        isOver: isOver(search),
        words,
        done: progress?.done ?? 0,
        of: progress?.of ?? 0,
      };
      return { id: told, data };
    },
    tellPresent: () => Promise.resolve([]),
  });
}

async function showFound(c: DraftContext, search: TimetableSearch): Promise<Response> {
  const { services, summit } = c.var;
  const { db } = services;
  const home = makingHome(c);
  const facts = await factsFor(c);
  const title = search.kind === 'repair' ? 'Ways to mend it' : 'Timetables found';
  if (search.state !== 'done' || search.result === undefined || facts === undefined) {
    return showTimetablePage(
      c,
      { title: 'Nothing found' },
      <NothingPage search={search} home={home} />,
    );
  }
  const base = await baseOf(db, summit.id, search.wishes.from);
  const now = fingerprintOf(facts);
  if (search.kind === 'repair') {
    const before = base?.placements ?? [];
    return showTimetablePage(
      c,
      { title },
      <OffersPage
        search={search}
        home={home}
        baseName={base?.name ?? 'Timetable'}
        isStale={search.result.fingerprint !== now}
        offers={search.result.offers.map((offer) => ({
          offer,
          standing: standingOf(facts, offer.placements),
          comparison: comparisonOf(facts, before, offer.placements),
        }))}
      />,
    );
  }
  const drafts = await Promise.all(search.result.drafts.map((id) => draftOf(db, summit.id, id)));
  const proposals = drafts
    .filter((draft) => draft !== undefined)
    .map((draft) => shown(facts, draft, base?.placements, now));
  return showTimetablePage(
    c,
    { title },
    <FoundPage search={search} home={home} proposals={proposals} baseName={base?.name} />,
  );
}

const shown = (
  facts: TimetableFacts,
  draft: ShownProposal['draft'],
  base: ShownProposal['draft']['placements'] | undefined,
  now: string,
): ShownProposal => ({
  draft,
  standing: standingOf(facts, draft.placements),
  proof: proofWords(draft.made, { isChanged: draft.revision > 0, now }),
  comparison: base && comparisonOf(facts, base, draft.placements),
});
