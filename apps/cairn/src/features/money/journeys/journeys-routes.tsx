import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { journeysOf } from './journey-queries.ts';
import { type Direction, nearLeg, nearMoment, nearPlace } from './journey-rules.ts';
import { listQuery } from './journey-schema.ts';
import { JourneysPage, type Passing } from './journeys-views.tsx';
import { shareRides } from './ride-rules.ts';

type Context = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/journeys`: arrivals and departures, and who can share a ride; `…/list.csv`. */
export function journeyRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const home = '/s/:summit/organise/journeys';
  for (const address of [home, `${home}/list.csv`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(home, async (c) => {
    const { summit } = c.var;
    const { direction, minutes, seats } = listQuery.parse(c.req.query());
    const { passing, timeless, silent } = await passingBy(c, direction);
    const riders = passing.filter(({ leg }) => leg.wantsRide);
    return showMoneyPage(
      c,
      {
        title: 'Arrivals and departures',
        lede: 'When people are at airports and stations, and who can share a ride.',
      },
      <JourneysPage
        home={`/s/${summit.slug}/organise/journeys`}
        zone={expectZone(summit.definition.zone)}
        {...{ direction, minutes, seats, passing, timeless, silent }}
        rides={shareRides(riders, { minutes, seats })}
      />,
    );
  });

  routes.get(`${home}/list.csv`, async (c) => {
    const { direction } = listQuery.parse(c.req.query());
    const { passing } = await passingBy(c, direction);
    const rows = passing.map(({ at, name, place, leg }) => [
      at.slice(0, 10),
      at.slice(11),
      name,
      place,
      direction === 'there' ? leg.fromPlace : leg.toPlace,
      leg.mode,
      leg.carrier,
      leg.number,
      leg.wantsRide ? 'yes' : 'no',
      leg.note,
    ]);
    const header = [
      ...['day', 'local time', 'person', 'place', direction === 'there' ? 'from' : 'to'],
      ...['how', 'carrier', 'number', 'would share a ride', 'note'],
    ];
    return answerCsv(c, `${c.var.summit.slug}-${direction}.csv`, header, rows);
  });

  return routes;
}

/** Who is near the summit when, in order of time; and who did not say. */
async function passingBy(c: Context, direction: Direction) {
  const journeys = await journeysOf(c.var.services.db, c.var.organiser);
  const passing: Passing[] = [];
  const timeless: string[] = [];
  const silent: string[] = [];
  for (const { personId, name, legs } of journeys) {
    const leg = nearLeg(legs, direction);
    const at = leg === undefined ? null : nearMoment(leg);
    if (leg === undefined) silent.push(name);
    else if (at === null) timeless.push(name);
    else passing.push({ personId, name, leg, at, place: nearPlace(leg) });
  }
  passing.sort((one, other) => one.at.localeCompare(other.at));
  return { passing, timeless, silent };
}
