import { zoneNames } from '@cairn/kernel/zone-names';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { forgetAvailability, sayAvailability } from './availability-commands.ts';
import { weeklyAvailabilityOf } from './availability-queries.ts';
import { readSaidWeek, typedHours } from './availability-schema.ts';
import { AvailabilityPage } from './availability-views.tsx';
import { copyMonday, formatWeek, NO_HOURS, readWeek } from './hours-rules.ts';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/me/availability`: what a person can in an ordinary week, once for all summits. */
export function availabilityRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/availability';
  routes.use(address, withSummit, participantsOnly);
  routes.use(`${address}/forget`, withSummit, participantsOnly);

  routes.get(address, (c) => showAvailability(c));

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    if (typed['do'] === 'copy') {
      return showAvailability(c, {
        typed: { ...typed, ...copyMonday(typedHours(typed)) },
        problems: [],
      });
    }
    const said = readSaidWeek(typed);
    if (!said.ok) return showAvailability(c, { typed, problems: said.error });
    const kept = await inTransaction(services.db, (tx) =>
      sayAvailability(tx, webActor(c), selfIn(summit.id, signedIn), said.value),
    );
    const hasChanged = kept.ok && kept.value.hasChanged;
    return seeOther(c, c.req.path, hasChanged ? 'Your week is saved.' : 'Nothing had changed.');
  });

  routes.post(`${address}/forget`, async (c) => {
    const { summit, signedIn, services } = c.var;
    await inTransaction(services.db, (tx) =>
      forgetAvailability(tx, webActor(c), selfIn(summit.id, signedIn)),
    );
    return seeOther(
      c,
      `/s/${summit.slug}/me/availability`,
      'Your week is forgotten; you count as unknown again.',
    );
  });

  return routes;
}

async function showAvailability(c: Context, tried?: RefusedForm): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const stored = await weeklyAvailabilityOf(services.db, selfIn(summit.id, signedIn));
  const reader = readerZone(c, summit);
  const typed =
    tried === undefined ? formatWeek(stored?.cells ?? NO_HOURS) : typedHours(tried.typed);
  const read = readWeek(typed);
  const zone = tried?.typed['zone'];
  return showPage(
    c,
    {
      title: 'My week',
      status: tried !== undefined && tried.problems.length > 0 ? 422 : 200,
      scripts: ['/assets/availability.js'],
    },
    <AvailabilityPage
      action={`/s/${summit.slug}/me/availability`}
      busyHref={`/s/${summit.slug}/me/busy`}
      zone={typeof zone === 'string' ? zone : (stored?.zone ?? reader)}
      zones={zoneNames()}
      readerZone={reader}
      typed={typed}
      cells={read.ok ? read.value : (stored?.cells ?? NO_HOURS)}
      isStored={stored !== undefined}
      isTrial={tried !== undefined && tried.problems.length === 0}
      problems={tried?.problems}
    />,
  );
}
