import { randomUUID } from 'node:crypto';
import { expectZone, formatDate, startOfDay, type ZoneName } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { meetingsOf } from '../series/series-rules.ts';
import { askingText } from './ask-rules.ts';
import { AskPage } from './ask-views.tsx';
import { weekCounts } from './problem-rules.ts';
import { proposalRoutes } from './proposal-routes.tsx';
import { askForAvailability, searchTimes } from './times-commands.ts';
import { askedPeople, timeSearches, willingLeads } from './times-queries.ts';
import { readWishes, wishesAsTyped } from './times-schema.ts';
import { TimesPage } from './times-views.tsx';
import { findable, type TimeWishes, usualWindow, usualWishes } from './wishes-rules.ts';

type Context = AppContext<OrganiserEnv['Variables']>;

const ADDRESS = '/s/:summit/organise/meetings/times';

/** `/s/<summit>/organise/meetings/times`: what is known of when people can, and the search for times. */
export function timesRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.get(ADDRESS, (c) => showTimes(c));

  routes.post(ADDRESS, async (c) => {
    const { summit, organiser, services } = c.var;
    const now = services.clock.now();
    const { typed } = await readTyped(c);
    const { known, unknown } = await askedPeople(services.db, organiser, 'invited', now);
    const willing = [...(await willingLeads(services.db, organiser)).values()].flat();
    const zone = expectZone(summit.definition.zone);
    const wishes = readWishes(typed, {
      definition: summit.definition,
      possible: findable(meetingsOf(summit), now),
      tomorrow: now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }),
      people: new Set([...known, ...unknown].map(({ id }) => id).concat(willing)),
    });
    if (!wishes.ok) return showTimes(c, { typed, problems: wishes.error });
    const begun = await inTransaction(services.db, (tx) =>
      searchTimes(tx, webActor(c), organiser, wishes.value),
    );
    if (!begun.ok) return showTimes(c, { typed, problems: [begun.error] });
    return seeOther(c, `${c.req.path}/${begun.value.id}`);
  });

  routes.get(`${ADDRESS}/ask`, async (c) => {
    const { summit, organiser, services } = c.var;
    const { unknown } = await askedPeople(
      services.db,
      organiser,
      await whomUsually(c),
      services.clock.now(),
    );
    return showPage(
      c,
      { title: 'Ask when people can' },
      <AskPage
        action={c.req.path}
        back={`/s/${summit.slug}/organise/meetings/times`}
        click={randomUUID()}
        people={unknown}
        mail={askingText(summit.definition, '…')}
        url={`${services.url}/s/${summit.slug}/me/availability`}
      />,
    );
  });

  routes.post(`${ADDRESS}/ask`, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const click = typeof typed['click'] === 'string' ? typed['click'] : '';
    const back = `/s/${summit.slug}/organise/meetings/times`;
    if (!/^[0-9a-f-]{36}$/.test(click)) return seeOther(c, `${back}/ask`);
    const now = services.clock.now();
    const { unknown } = await askedPeople(services.db, organiser, await whomUsually(c), now);
    const asked = await inTransaction(services.db, (tx) =>
      askForAvailability(tx, webActor(c), organiser, { click, people: unknown }),
    );
    if (!asked.ok) return seeOther(c, back, asked.error.sentence);
    return seeOther(c, back, askedNotice(asked.value));
  });

  routes.route('/', proposalRoutes());
  return routes;
}

function askedNotice({ asked, withoutAddress }: { asked: number; withoutAddress: number }): string {
  if (asked + withoutAddress === 0) return 'They had been asked by this already.';
  const others =
    withoutAddress === 0 ? '' : ` ${withoutAddress} have no mail address here; tell them yourself.`;
  return `Asked ${asked} by mail.${others}`;
}

/** Those with a seat, as soon as there are any. */
async function whomUsually(c: Context): Promise<TimeWishes['whom']> {
  const { known, unknown } = await askedPeople(
    c.var.services.db,
    c.var.organiser,
    'seated',
    c.var.services.clock.now(),
  );
  return known.length + unknown.length > 0 ? 'seated' : 'invited';
}

async function showTimes(c: Context, refused?: RefusedForm): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { definition } = summit;
  const now = services.clock.now();
  const zone = readerZone(c, summit);
  const meetings = findable(meetingsOf(summit), now);
  const whom = await whomUsually(c);
  const people = await askedPeople(services.db, organiser, whom, now);
  const willing = await willingLeads(services.db, organiser);
  const searches = await timeSearches(services.db, organiser);
  const usual = usualWishes(definition, meetings, {
    now,
    seated: whom === 'seated' ? 1 : 0,
    leads: willing,
  });
  return showPage(
    c,
    { title: 'Find times', status: refused === undefined ? 200 : 422 },
    <TimesPage
      home={`/s/${summit.slug}`}
      zone={zone}
      summitZone={expectZone(definition.zone)}
      meetings={meetings}
      tracks={definition.planning_meetings.tracks}
      people={people}
      willing={willing}
      heat={heatOf(people.known, usual, zone, now)}
      searches={searches}
      typed={
        refused?.typed ?? {
          ...windowsOf(meetings, definition, now),
          ...wishesAsTyped(usual),
        }
      }
      problems={refused?.problems}
    />,
  );
}

/** Each meeting's usual days, also of those that are not ticked. */
const windowsOf = (
  meetings: ReturnType<typeof meetingsOf>,
  definition: Context['var']['summit']['definition'],
  now: Parameters<typeof findable>[1],
): Record<string, string> =>
  Object.fromEntries(
    meetings.flatMap((meeting) => {
      const { from, until } = usualWindow(meeting, definition, now);
      return [
        [`from_${meeting.key}`, from.toString()],
        [`until_${meeting.key}`, until.toString()],
      ];
    }),
  );

/** The week is the first in which a call can be: daylight saving differs over the year. */
function heatOf(
  known: Parameters<typeof weekCounts>[0],
  { calls }: TimeWishes,
  zone: ZoneName,
  now: Parameters<typeof findable>[1],
) {
  const [first] = calls.map(({ from }) => from).toSorted();
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const day = first === undefined ? today : today.with(partsOf(first));
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const begins = Math.floor(startOfDay(monday, zone).epochMilliseconds / 60_000);
  return { counts: weekCounts(known, begins), week: formatDate(monday) };
}

function partsOf(iso: string): { year: number; month: number; day: number } {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return { year, month, day };
}
