import { expectOk } from '@cairn/kernel/result';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { sayJourney, takeDays } from './journey-commands.ts';
import { ownJourney } from './journey-queries.ts';
import { DIRECTIONS, type Direction, daysOfJourney, type Leg } from './journey-rules.ts';
import { journeyAsTyped, LEG_FIELDS, MOST_LEGS, placeOf, readJourney } from './journey-schema.ts';
import { OwnJourneyPage } from './own-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/money/journey`: how one comes and leaves. */
export function ownJourneyRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const own = '/s/:summit/money/journey';
  routes.use(own, withSummit, participantsOnly, comersOnly);

  routes.get(own, (c) => showOwn(c));

  routes.post(own, async (c) => {
    const { summit, signedIn, services } = c.var;
    const self = selfIn(summit.id, signedIn);
    const { typed } = await readTyped(c);
    const part = typedText(typed, 'do');
    if (part === 'days') {
      const taken = await inTransaction(services.db, (tx) => takeDays(tx, webActor(c), self));
      if (!taken.ok) return showOwn(c, { typed: {}, problems: [taken.error] });
      return seeOther(c, c.req.path, 'Your stay has these days now.');
    }
    const more = DIRECTIONS.find((direction) => part === `more_${direction}`);
    // Nothing is stored yet: the same form, with room for another leg.
    if (more !== undefined) return showOwn(c, { typed, problems: [], more });
    const read = readJourney(typed);
    if (!read.ok) return showOwn(c, { typed, problems: read.error });
    const said = await inTransaction(services.db, (tx) =>
      sayJourney(tx, webActor(c), self, read.value),
    );
    if (!said.ok) return showOwn(c, { typed, problems: [said.error] });
    return seeOther(c, c.req.path, said.value.hasChanged ? 'Saved.' : 'Nothing had changed.');
  });

  return routes;
}

const dayWords = (date: string): string => formatDate(expectOk(parseDate(date)));

/** What the journey says of the days and the stay does not. */
async function daysToTake(c: Context, legs: readonly Leg[]): Promise<string[]> {
  const { services, summit, signedIn } = c.var;
  const days = daysOfJourney(legs);
  const stay = (await presenceOf(services.db, summit.id)).get(signedIn.personId);
  const { arrivesOn, arrivesAt, leavesOn, leavesAt } = days;
  return [
    ...(arrivesOn !== null && (arrivesOn !== stay?.arrivesOn || stay.arrivesAt === null)
      ? [`you arrive on ${dayWords(arrivesOn)} at ${arrivesAt ?? ''}`]
      : []),
    ...(leavesOn !== null && (leavesOn !== stay?.leavesOn || stay.leavesAt === null)
      ? [`you leave on ${dayWords(leavesOn)} at ${leavesAt ?? ''}`]
      : []),
  ];
}

const isTyped = (typed: Typed, at: string): boolean =>
  LEG_FIELDS.some((field) => field !== 'mode' && typedText(typed, `${at}_${field}`) !== '');

async function showOwn(
  c: Context,
  refused?: RefusedForm & { readonly more?: Direction },
): Promise<Response> {
  const { services, summit, signedIn } = c.var;
  const legs = await ownJourney(services.db, selfIn(summit.id, signedIn));
  const isAsTyped = refused !== undefined && Object.keys(refused.typed).length > 0;
  const typed = isAsTyped ? refused.typed : journeyAsTyped(legs);
  const count = (direction: Direction): number => {
    let last = 0;
    for (let index = 0; index < MOST_LEGS; index++) {
      if (isTyped(typed, placeOf(direction, index))) last = index + 1;
    }
    return Math.min(MOST_LEGS, Math.max(1, last) + (refused?.more === direction ? 1 : 0));
  };
  return showMoneyPage(
    c,
    {
      title: 'My journey',
      lede: 'When and how you come and leave, so that somebody can meet you and rides can be shared.',
      status: (refused?.problems.length ?? 0) === 0 ? 200 : 422,
    },
    <OwnJourneyPage
      action={`/s/${summit.slug}/money/journey`}
      stay={`/s/${summit.slug}/money/stay`}
      text={(name) => typedText(typed, name)}
      legs={{ there: count('there'), back: count('back') }}
      problems={refused?.problems}
      days={await daysToTake(c, legs)}
    />,
  );
}
