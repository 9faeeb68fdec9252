import type { Problem } from '@cairn/kernel/problem';
import { parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { planFacts } from '../plan-queries.ts';
import { chooseWeek } from './choice-commands.ts';
import { outlookOf } from './choice-rules.ts';
import { ChoicePage } from './choice-views.tsx';
import { mayStillCome } from './concern-queries.ts';
import { whyConcerned } from './concern-rules.ts';
import { guestsOf } from './guest-queries.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { expectDay, takesAnswers, todayAt } from './poll-rules.ts';
import { PollMenu } from './poll-views.tsx';
import { ranking } from './ranking-rules.ts';
import { offered, weekName } from './week-rules.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

const NO_SUCH_WEEK = 'No week that is offered starts on that day; choose one of the ranking.';

async function showChoice(
  c: OrganiserContext,
  typed: string | undefined,
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { db, clock } = services;
  const home = `/s/${summit.slug}/organise/weeks`;
  const poll = await pollOf(db, summit.id);
  const start = parseDate(typed ?? '');
  if (poll === undefined || !start.ok) return seeOther(c, home, NO_SUCH_WEEK);
  const now = clock.now();
  const today = todayAt(summit.definition, now);
  const weeks = offered(await weeksOfPoll(db, poll, today));
  const week = weeks.find((each) => each.start.equals(start.value));
  if (week === undefined || poll.state === 'chosen') return seeOther(c, home, NO_SUCH_WEEK);
  const guests = await guestsOf(db, organiser);
  const stays = await mayStillCome(db, organiser);
  const concerned = (why: 'no' | 'unanswered') =>
    guests
      .filter(
        ({ personId, answers }) => stays.has(personId) && whyConcerned(answers[week.id]) === why,
      )
      .map(({ name }) => name);
  const told = ranking(poll, summit.definition, weeks, guests, today);
  return showPage(
    c,
    {
      title: `Choose ${weekName(week)}`,
      status: problems === undefined ? 200 : 422,
      lede: 'Nothing is changed before you press the button.',
    },
    <>
      <PollMenu home={home} current={home} />
      <ChoicePage
        week={week}
        outlook={outlookOf(summit.definition, poll, week.start, await planFacts(db, summit, now))}
        unsuited={concerned('no')}
        unanswered={concerned('unanswered')}
        sentences={told.find((each) => each.week.id === week.id)?.sentences ?? []}
        isOpen={takesAnswers(poll, today)}
        action={`${home}/choose`}
        definitionHref={`/s/${summit.slug}/organise/definition`}
        back={home}
        problems={problems}
      />
    </>,
  );
}

/** `/s/<summit>/organise/weeks/choose`: what choosing a week changes, and the button that does. */
export function weekChoiceRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/weeks/choose';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, (c) => showChoice(c, c.req.query('start')));

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const home = `/s/${summit.slug}/organise/weeks`;
    const { typed } = await readTyped(c);
    const start = typeof typed['start'] === 'string' ? typed['start'] : '';
    if (!parseDate(start).ok) return seeOther(c, home, NO_SUCH_WEEK);
    const chosen = await inTransaction(services.db, (tx) =>
      chooseWeek(tx, webActor(c), organiser, {
        start: expectDay(start),
        closing: typed['closing'] === 'yes',
        url: services.url,
      }),
    );
    if (!chosen.ok) return showChoice(c, start, [chosen.error]);
    const { unsuited } = chosen.value;
    return seeOther(
      c,
      home,
      unsuited === 0
        ? 'The week is chosen, and the plan is counted from it.'
        : `The week is chosen, and the plan is counted from it. ${counted(unsuited, 'person is', 'people are')} asked what they want to do.`,
    );
  });

  return routes;
}
