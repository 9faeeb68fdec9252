import { parseDate } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { EmptyState } from '../../../design/empty.tsx';
import { DateSpan } from '../../../design/prose.tsx';
import { Pager } from '../../../design/table.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { hasAnswered } from './answer-rules.ts';
import { ConcernTable } from './choice-views.tsx';
import { concernsOf } from './concern-queries.ts';
import { guestsOf } from './guest-queries.ts';
import { makePoll } from './poll-commands.ts';
import { closePoll, movePoll, openPoll, reopenPoll } from './poll-life-commands.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { chosenDays, expectDay, rangeFromDefinition, rankedOn, todayAt } from './poll-rules.ts';
import { PollActions, PollFacts, PollMenu } from './poll-views.tsx';
import { RangeForm } from './range-views.tsx';
import { ranking, triesSomething, type WhatIf } from './ranking-rules.ts';
import { AnswerMatrix, RankingTable, WhatIfForm } from './ranking-views.tsx';
import { type Refilled, rangeForm } from './setup-schema.ts';
import { offered } from './week-rules.ts';
import { WeekPreview } from './week-table-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** How many people’s answers stand on one page. */
const PAGE = 100;

const dayOf = (text: string | undefined) => {
  const parsed = parseDate(text ?? '');
  return parsed.ok ? parsed.value : undefined;
};

/** What an address asks to try; a part of an address, so anything unreadable in it means nothing. */
const whatIfOf = (c: OrganiserContext): WhatIf => ({
  without: new Set(c.req.queries('without') ?? []),
  from: dayOf(c.req.query('from')),
  until: dayOf(c.req.query('until')),
});

async function showPoll(c: OrganiserContext, refused?: Refilled): Promise<Response> {
  const problems = refused?.problems;
  const { summit, organiser, services } = c.var;
  const { db, clock } = services;
  const home = `/s/${summit.slug}/organise/weeks`;
  const title = 'Week poll';
  const poll = await pollOf(db, summit.id);
  if (poll === undefined) return showStart(c, undefined);
  const today = todayAt(summit.definition, clock.now());
  const weeks = await weeksOfPoll(db, poll, today);
  const asked = offered(weeks);
  const guests = await guestsOf(db, organiser);
  const whatIf = whatIfOf(c);
  const on = rankedOn(poll, summit.definition, clock.now());
  const told = ranking(poll, summit.definition, asked, guests, on);
  const mayChoose = poll.state === 'open' || poll.state === 'closed';
  const begun = poll.state !== 'draft';
  const pages = Math.max(1, Math.ceil(guests.length / PAGE));
  const page = Math.min(pages, Math.max(1, Math.floor(Number(c.req.query('page'))) || 1));
  const chosen = poll.chosenStart;
  return showPage(
    c,
    {
      title,
      status: problems === undefined ? 200 : 422,
      lede: 'Which week suits those who should come.',
    },
    <>
      <PollMenu home={home} current={home} />
      <PollFacts
        poll={poll}
        definition={summit.definition}
        zone={readerZone(c, summit)}
        asked={guests.length}
        answered={guests.filter((guest) => hasAnswered(guest, asked)).length}
      />
      {chosen !== undefined && (
        <>
          <p>
            Chosen: <DateSpan from={chosen} to={chosenDays(poll, chosen).end} />.
          </p>
          <ConcernTable concerns={await concernsOf(db, organiser, chosen)} />
        </>
      )}
      {!begun && <WeekPreview weeks={weeks} />}
      {begun && (
        <>
          <RankingTable
            caption="Ranking"
            told={told}
            chooseHref={mayChoose ? `${home}/choose` : undefined}
          />
          <section aria-labelledby="what-if">
            <h2 id="what-if">What if?</h2>
            <WhatIfForm action={`${home}#what-if`} guests={guests} whatIf={whatIf} />
            {triesSomething(whatIf) && (
              <RankingTable
                caption="Ranking then"
                told={ranking(poll, summit.definition, asked, guests, on, whatIf)}
                before={new Map(told.map(({ week, ranked }) => [week.id, ranked.rank]))}
              />
            )}
          </section>
          <AnswerMatrix
            guests={guests}
            shown={guests.slice((page - 1) * PAGE, page * PAGE)}
            weeks={asked}
            personHref={(personId) => `${home}/people/${personId}`}
          />
        </>
      )}
      {begun && (
        <Pager
          label="answers"
          page={page}
          pages={pages}
          href={(other) => `${home}?page=${other}#table-answers`}
        />
      )}
      <PollActions poll={poll} home={home} refused={refused} />
    </>,
  );
}

/** The page before there is a poll: what the definition says of its week, ready to be asked about. */
async function showStart(c: OrganiserContext, refused: Refilled | undefined): Promise<Response> {
  const { summit } = c.var;
  const home = `/s/${summit.slug}/organise/weeks`;
  return showPage(
    c,
    {
      title: 'Week poll',
      status: refused === undefined ? 200 : 422,
      lede: 'Ask everybody at once which weeks suit them, before anything is fixed.',
    },
    <>
      <EmptyState>
        There is no poll yet. Say within which days a week is looked for; everybody who was entered
        in the summit is asked then, and nobody is written to before you say so.
      </EmptyState>
      <RangeForm
        action={home}
        range={rangeFromDefinition(summit.definition)}
        verb="Make the poll"
        refused={refused}
      />
    </>,
  );
}

async function make(c: OrganiserContext, typed: Typed): Promise<Response> {
  const { organiser, services, summit } = c.var;
  const form = rangeForm.safeParse(typed);
  if (!form.success) return showStart(c, { typed, problems: formProblems(form.error) });
  const made = await inTransaction(services.db, (tx) =>
    makePoll(tx, webActor(c), organiser, form.data),
  );
  if (!made.ok) return showStart(c, { typed, problems: [made.error] });
  return seeOther(
    c,
    `/s/${summit.slug}/organise/weeks/setup`,
    'The poll is made. Look at its weeks, and say which days count against them.',
  );
}

const DONE = {
  open: 'The poll is open. Write to those whom you ask.',
  close: 'The poll is closed.',
  reopen: 'The poll is open again.',
  abandon: 'The poll is given up; everything in it is kept.',
  resume: 'The poll is a draft again.',
  unchoose: 'The choice is taken back; choose a week anew.',
} as const;

const isAction = (text: unknown): text is keyof typeof DONE =>
  typeof text === 'string' && Object.hasOwn(DONE, text);

/** `/s/<summit>/organise/weeks`: how the poll stands, its ranking, and what is done with it as a whole. */
export function weekPollRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/weeks';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, (c) => showPoll(c));

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const home = `/s/${summit.slug}/organise/weeks`;
    const { typed } = await readTyped(c);
    const action = typed['do'];
    if (action === 'range') return make(c, typed);
    if (!isAction(action))
      return seeOther(c, home, 'Nothing was changed; press one of the buttons.');
    const actor = webActor(c);
    const closesOn = String(typed['closes_on'] ?? '');
    const day = parseDate(closesOn);
    if (action === 'reopen' && !day.ok) {
      return showPoll(c, { typed, problems: [{ ...day.error, place: { path: 'closes_on' } }] });
    }
    const done = await inTransaction(services.db, (tx) => {
      switch (action) {
        case 'open':
          return openPoll(tx, actor, organiser, { tentative: typed['tentative'] === 'yes' });
        case 'close':
          return closePoll(tx, actor, organiser);
        case 'reopen':
          return reopenPoll(tx, actor, organiser, expectDay(closesOn));
        case 'abandon':
        case 'resume':
        case 'unchoose':
          return movePoll(tx, actor, organiser, action);
        default:
          return action satisfies never;
      }
    });
    if (!done.ok) return showPoll(c, { typed, problems: [done.error] });
    return seeOther(c, action === 'open' ? `${home}/mails` : home, DONE[action]);
  });

  return routes;
}
