import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { calendarsWithCalls, subscribedCalendars } from './call-queries.ts';
import { OwnCallsPage } from './own-call-views.tsx';
import { followCalendars } from './subscription-commands.ts';

/** `/s/<summit>/me/calls`: which calendars of calls a person's own feeds hold. */
export function ownCallRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/calls';
  routes.use(address, withSummit, participantsOnly);

  routes.get(address, (c) => showOwnCalls(c));

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const chosen = typed['calendars[]'] ?? [];
    const keys = typeof chosen === 'string' ? [chosen] : chosen;
    const saved = await inTransaction(services.db, (tx) =>
      followCalendars(tx, webActor(c), selfIn(summit.id, signedIn), keys),
    );
    if (!saved.ok) return showOwnCalls(c, keys, [saved.error]);
    const notice = saved.value.hasChanged
      ? 'Saved. Your feeds hold these calendars from now on.'
      : 'Nothing had changed.';
    return seeOther(c, c.req.path, notice);
  });

  return routes;
}

async function showOwnCalls(
  c: AppContext<ParticipantEnv['Variables']>,
  tried?: readonly string[],
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const calendars = await calendarsWithCalls(services.db, summit.id);
  const followed = await subscribedCalendars(services.db, selfIn(summit.id, signedIn));
  const home = `/s/${summit.slug}`;
  return showPage(
    c,
    { title: 'My calls', status: problems.length > 0 ? 422 : 200 },
    <OwnCallsPage
      action={`${home}/me/calls`}
      callsHref={`${home}/calls`}
      feedsHref={`${home}/me/feeds`}
      calendars={calendars.map(({ key, name, calls }) => ({
        key,
        name,
        calls: calls.filter(({ cancelledAt }) => cancelledAt === undefined).length,
      }))}
      followed={tried ?? calendars.filter(({ id }) => followed.has(id)).map(({ key }) => key)}
      problems={problems}
    />,
  );
}
