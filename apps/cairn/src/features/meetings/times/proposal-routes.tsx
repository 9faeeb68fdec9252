import { expectZone, parseDate } from '@cairn/kernel/time';
import { columnsOf } from '@cairn/timetable/meeting-columns';
import { unmeetable } from '@cairn/timetable/meeting-wishes';
import { explainProof, explainUnmeetable } from '@cairn/timetable/meeting-words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import type { OrganiserEnv } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { fingerprintOf, problemFor, type TimesProblem } from './problem-rules.ts';
import {
  type FoundTimes,
  faultInWords,
  type Judgement,
  judge,
  missedInWords,
  namesFor,
  peopleInWords,
  slotsOf,
  withTracksPlaced,
} from './proposal-rules.ts';
import { ProposalPage } from './proposal-views.tsx';
import { NoTimesPage, SearchProgressPage } from './search-views.tsx';
import { applyTimes, cancelSearch } from './times-commands.ts';
import { askedPeople, type SearchResult, type TimeSearch, timeSearch } from './times-queries.ts';
import { minuteOfWall } from './wishes-rules.ts';

type Context = AppContext<OrganiserEnv['Variables']>;

const SEARCH = `/s/:summit/organise/meetings/times/:id{${UUID}}`;

/** Looks of a page at a search that goes on, and the seconds between them. */
const MOST_LOOKS = 100;
const SECONDS_BETWEEN_LOOKS = 3;

/** People on one page of a proposal. */
const PAGE = 50;

/** `…/meetings/times/<search>`: how far a search is, what it found, and what other times would come to. */
export function proposalRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();

  routes.get(SEARCH, async (c) => {
    const { organiser, services } = c.var;
    const search = await timeSearch(services.db, organiser, c.req.param('id'));
    if (search === undefined) return c.notFound();
    if (search.state === 'queued' || search.state === 'running') return showProgress(c, search);
    return showFound(c, search);
  });

  routes.post(`${SEARCH}/cancel`, async (c) => {
    const { organiser, services } = c.var;
    const id = c.req.param('id');
    const cancelled = await inTransaction(services.db, (tx) =>
      cancelSearch(tx, webActor(c), organiser, { id }),
    );
    return seeOther(
      c,
      addressOf(c, id),
      cancelled.ok ? 'The search is cancelled.' : cancelled.error.sentence,
    );
  });

  routes.post(`${SEARCH}/apply`, async (c) => {
    const { organiser, services } = c.var;
    const search = await timeSearch(services.db, organiser, c.req.param('id'));
    if (search === undefined) return c.notFound();
    const found = search.result?.found;
    const { typed } = await readTyped(c);
    const wanted = found && changedTimes(c, found, (name) => String(typed[name] ?? ''));
    const times =
      wanted === undefined || sameStarts(wanted, found)
        ? found
        : await placedAnew(c, search, wanted);
    if (times === undefined) return seeOther(c, addressOf(c, search.id), 'These are no times.');
    const applied = await inTransaction(services.db, (tx) =>
      applyTimes(tx, webActor(c), organiser, { id: search.id, times }),
    );
    return seeOther(
      c,
      addressOf(c, search.id),
      applied.ok
        ? 'These times are in the definition now; calendars follow by themselves.'
        : applied.error.sentence,
    );
  });

  return routes;
}

const timesPath = (c: Context): string => `/s/${c.var.summit.slug}/organise/meetings/times`;
const addressOf = (c: Context, id: string): string => `${timesPath(c)}/${id}`;

async function showProgress(c: Context, search: TimeSearch): Promise<Response> {
  const { organiser, services } = c.var;
  const address = addressOf(c, search.id);
  const asked = Number(c.req.query('look'));
  const looks = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const looksAgain = looks < MOST_LOOKS;
  // Without a script; the page says so, can be left, and stops after some minutes.
  if (looksAgain) {
    c.header('refresh', `${SECONDS_BETWEEN_LOOKS}; url=${address}?look=${looks + 1}`);
  }
  const { known } = await askedPeople(
    services.db,
    organiser,
    search.wishes.whom,
    services.clock.now(),
  );
  return showPage(
    c,
    { title: 'Looking for times' },
    <SearchProgressPage
      search={search}
      address={address}
      known={known.length}
      looksAgain={looksAgain}
    />,
  );
}

/** The problem as it is now, in which given times have a place. */
async function problemNow(c: Context, { wishes }: TimeSearch, times: FoundTimes | undefined) {
  const { summit, organiser, services } = c.var;
  const people = await askedPeople(services.db, organiser, wishes.whom, services.clock.now());
  const zone = expectZone(summit.definition.zone);
  const asSearched = problemFor(wishes, summit.definition, zone, people.known);
  // A time that nobody searched among has no place in it; only then is another problem needed.
  const isWithin = times === undefined || slotsOf(asSearched, times) !== undefined;
  const extra = new Map(times?.calls.map(({ key, start }) => [key, start]));
  return {
    people,
    asSearched,
    asShown: isWithin
      ? asSearched
      : problemFor(wishes, summit.definition, zone, people.known, extra),
  };
}

/** Found times with those starts replaced that are given under `at_<key>`. */
function changedTimes(
  c: Context,
  found: FoundTimes,
  given: (name: string) => string | undefined,
): FoundTimes {
  const { definition } = c.var.summit;
  return {
    calls: found.calls.map((call) => {
      const text = given(`at_${call.key}`)?.trim().replace(' ', 'T') ?? '';
      const isTime =
        /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(text) && parseDate(text.slice(0, 10)).ok;
      return isTime ? { ...call, start: minuteOfWall(text, definition) } : call;
    }),
  };
}

const sameStarts = (one: FoundTimes, other: FoundTimes | undefined): boolean =>
  one.calls.every(({ start }, index) => other?.calls[index]?.start === start);

async function placedAnew(
  c: Context,
  search: TimeSearch,
  wanted: FoundTimes,
): Promise<FoundTimes | undefined> {
  const { asShown } = await problemNow(c, search, wanted);
  return withTracksPlaced(asShown, wanted);
}

async function showFound(c: Context, search: TimeSearch): Promise<Response> {
  const { summit } = c.var;
  const zone = readerZone(c, summit);
  const { result, wishes, state } = search;
  const found = search.applied ?? result?.found;
  const wanted = found && changedTimes(c, found, (name) => c.req.query(name));
  const isTrial = wanted !== undefined && !sameStarts(wanted, found);
  const { people, asSearched, asShown } = await problemNow(c, search, wanted);
  const shown = isTrial ? withTracksPlaced(asShown, wanted) : found;
  const judged = shown && judge(asShown, shown);
  const unmet = wishesInWords(asSearched, zone);
  if (state !== 'done' || result === undefined || shown === undefined || judged === undefined) {
    return showPage(
      c,
      { title: 'No times' },
      <NoTimesPage search={search} back={timesPath(c)} wishes={state === 'done' ? unmet : []} />,
    );
  }
  const address = addressOf(c, search.id);
  const query = new URLSearchParams(
    wanted?.calls.flatMap(({ key }) => {
      const text = c.req.query(`at_${key}`);
      return text === undefined ? [] : [[`at_${key}`, text]];
    }) ?? [],
  );
  const pages = Math.max(1, Math.ceil(judged.people.length / PAGE));
  const page = Math.min(Math.max(1, Math.trunc(Number(c.req.query('page'))) || 1), pages);
  const items = judged.people.slice((page - 1) * PAGE, page * PAGE);
  // Each sentence stands beside the name.
  const subjects = new Map(items.map(({ id }) => [id, 'They']));
  const words = peopleInWords(asShown, judged.times, subjects, zone);
  return showPage(
    c,
    { title: isTrial ? 'What if' : 'Proposed times' },
    <ProposalPage
      search={search}
      address={address}
      back={timesPath(c)}
      zone={zone}
      summitZone={expectZone(summit.definition.zone)}
      sociable={{ from: wishes.sociable.from * 60, until: wishes.sociable.until * 60 }}
      shown={shown}
      judged={judged}
      required={asShown.problem.required}
      known={people.known.length}
      unknown={people.unknown.length}
      isStale={fingerprintOf(asSearched) !== result.fingerprint}
      trial={isTrial ? trialOf(asShown, judged, found) : undefined}
      proof={proofOf(result)}
      comparison={comparisonOf(result)}
      missed={missedInWords(asShown, judged.times, zone)}
      wishes={unmet}
      lines={items.map(({ id, name, made }) => ({
        id,
        name,
        made,
        sentences: words.get(id) ?? [],
      }))}
      page={page}
      pages={pages}
      pageHref={(to) => {
        query.set('page', String(to));
        return `${address}?${query}`;
      }}
    />,
  );
}

function trialOf(times: TimesProblem, judged: Judgement, found: FoundTimes | undefined) {
  const before = found && judge(times, found);
  return {
    keeping: before?.keeping ?? 0,
    // A time outside the window is what the organiser is trying, so that it is no fault here.
    faults: judged.faults.map((fault) => faultInWords(fault, times)),
  };
}

function wishesInWords(times: TimesProblem, zone: ReturnType<typeof readerZone>): string[] {
  return unmeetable(columnsOf(times.problem)).map((wish) =>
    explainUnmeetable(wish, times.problem, namesFor(times, zone)),
  );
}

const proofOf = ({ bound, values, ...result }: SearchResult): string =>
  explainProof({
    iterations: result.iterations,
    isOptimal: result.isOptimal,
    provenLevels: result.provenLevels,
    wishes: [],
    ...(bound === undefined ? {} : { bound }),
    ...(values === undefined ? {} : { best: { times: [], placement: [], values } }),
  });

function comparisonOf({ keeping, fixed, known }: SearchResult): string | undefined {
  if (keeping === undefined) return undefined;
  if (fixed === undefined) {
    return 'No one weekday and time of the month is possible for all of these calls.';
  }
  const more = keeping - fixed.keeping;
  const than = `The best fixed time, ${fixed.words}, lets ${fixed.keeping} of ${known} do so`;
  return more > 0 ? `${than}; these times let ${more} more.` : `${than}, just as many.`;
}
