import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type Self, selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { weeklyAvailabilityOf } from './availability-queries.ts';
import { addBusySource, deleteBusySource, replaceBusySource } from './busy-commands.ts';
import { busySourcesOf } from './busy-queries.ts';
import { type ReadBusy, readCalendar } from './busy-reading.ts';
import { readPlace, readSourceName } from './busy-schema.ts';
import { BusyPage } from './busy-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/me/busy`: when a person is busy, from their calendars. */
export function busyRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/busy';
  const source = `${address}/:id{${UUID}}`;
  for (const path of [address, source, `${source}/delete`]) {
    routes.use(path, withSummit, participantsOnly);
  }

  routes.get(address, (c) => showBusy(c));

  routes.post(address, async (c) => {
    const { typed, files } = await readTyped(c);
    const name = readSourceName(typed);
    const place = readPlace(typed, files);
    if (!name.ok || !place.ok) {
      const problems = [name, place].flatMap((each) => (each.ok ? [] : [each.error]));
      return showBusy(c, { form: 'new', typed, problems });
    }
    const read = await readFor(c, place.value);
    const added = read.ok
      ? await inTransaction(c.var.services.db, (tx) =>
          addBusySource(tx, webActor(c), selfOf(c), { name: name.value, read: read.value }),
        )
      : read;
    if (!read.ok || !added.ok) return refuse(c, 'new', typed, added);
    return seeOther(c, busyPath(c), told(read.value));
  });

  routes.post(source, async (c) => {
    const { typed, files } = await readTyped(c);
    const id = c.req.param('id');
    const place = readPlace(typed, files);
    const read = place.ok ? await readFor(c, place.value) : place;
    const replaced = read.ok
      ? await inTransaction(c.var.services.db, (tx) =>
          replaceBusySource(tx, webActor(c), selfOf(c), { id, read: read.value }),
        )
      : read;
    if (!read.ok || !replaced.ok) return refuse(c, id, typed, replaced);
    return seeOther(c, busyPath(c), told(read.value));
  });

  routes.post(`${source}/delete`, async (c) => {
    const id = c.req.param('id');
    const gone = await inTransaction(c.var.services.db, (tx) =>
      deleteBusySource(tx, webActor(c), selfOf(c), { id }),
    );
    return seeOther(c, busyPath(c), gone.ok ? 'Its busy times are deleted.' : gone.error.sentence);
  });

  return routes;
}

const selfOf = (c: Context): Self => selfIn(c.var.summit.id, c.var.signedIn);
const busyPath = (c: Context): string => `/s/${c.var.summit.slug}/me/busy`;

/** Floating times are in the zone in which the person says their week. */
async function calendarZone(c: Context): Promise<ZoneName> {
  const week = await weeklyAvailabilityOf(c.var.services.db, selfOf(c));
  return week?.zone ?? readerZone(c, c.var.summit);
}

const readFor = async (
  c: Context,
  place: Parameters<typeof readCalendar>[1],
): Promise<Result<ReadBusy, Problem>> => {
  const { fetchOutside, clock } = c.var.services;
  return readCalendar(fetchOutside, place, { now: clock.now(), zone: await calendarZone(c) });
};

const MOST_LINES = 10;

function told({ events, skipped, skippedLines }: ReadBusy): string {
  const read = `Read ${counted(events, 'event')}; your busy times are kept.`;
  if (skipped === 0) return read;
  const lines = skippedLines.slice(0, MOST_LINES).join(', ');
  const where = lines === '' ? '' : ` (from line ${lines})`;
  return `${read} ${skipped} could not be understood and are left out${where}.`;
}

function refuse(
  c: Context,
  form: string,
  typed: Typed,
  result: Result<unknown, Problem>,
): Promise<Response> {
  const problems = result.ok ? [] : [result.error];
  return showBusy(c, { form, typed, problems });
}

async function showBusy(
  c: Context,
  refused?: { readonly form: string; readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { summit, services } = c.var;
  return showPage(
    c,
    { title: 'My busy times', status: refused === undefined ? 200 : 422 },
    <BusyPage
      action={busyPath(c)}
      weekHref={`/s/${summit.slug}/me/availability`}
      zone={readerZone(c, summit)}
      calendarZone={await calendarZone(c)}
      sources={await busySourcesOf(services.db, selfOf(c))}
      refused={refused?.form}
      typed={refused?.typed}
      problems={refused?.problems}
    />,
  );
}
