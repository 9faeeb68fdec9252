import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { meetingsOf } from '../series/series-rules.ts';
import { ownTimes } from './own-times-queries.ts';
import { OwnTimesPage } from './own-times-views.tsx';
import { sayTracks } from './times-commands.ts';
import { ownTracks } from './times-queries.ts';
import { readTracks } from './track-rules.ts';
import { TracksPage } from './track-views.tsx';
import { findable } from './wishes-rules.ts';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/me/tracks` and `/times`: what a person wants of the calls, and which they can make. */
export function ownTimesRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const tracks = '/s/:summit/me/tracks';
  const times = '/s/:summit/me/times';
  routes.use(tracks, withSummit, participantsOnly);
  routes.use(times, withSummit, participantsOnly);

  routes.get(tracks, (c) => showTracks(c));

  routes.post(tracks, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const said = readTracks(typed, summit.definition);
    if (!said.ok) return showTracks(c, { typed, problems: said.error });
    const kept = await inTransaction(services.db, (tx) =>
      sayTracks(tx, webActor(c), selfIn(summit.id, signedIn), said.value),
    );
    const hasChanged = kept.ok && kept.value.hasChanged;
    return seeOther(c, c.req.path, hasChanged ? 'Saved.' : 'Nothing had changed.');
  });

  routes.get(times, async (c) => {
    const { summit, signedIn, services } = c.var;
    const now = services.clock.now();
    const zone = readerZone(c, summit);
    const own = await ownTimes(services.db, selfIn(summit.id, signedIn), summit, { now, zone });
    const possible = findable(meetingsOf(summit), now);
    return showPage(
      c,
      { title: 'My planning meetings' },
      <OwnTimesPage
        home={`/s/${summit.slug}`}
        zone={zone}
        {...own}
        open={possible.filter(({ begins }) => begins === undefined).length}
      />,
    );
  });

  return routes;
}

async function showTracks(c: Context, refused?: RefusedForm): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const said = await ownTracks(services.db, selfIn(summit.id, signedIn));
  const stored: Typed = Object.fromEntries(
    said.flatMap(({ track, level, why }) => [
      [`level_${track}`, level],
      [`why_${track}`, why],
    ]),
  );
  return showPage(
    c,
    { title: 'My tracks', status: refused === undefined ? 200 : 422 },
    <TracksPage
      action={`/s/${summit.slug}/me/tracks`}
      tracks={summit.definition.planning_meetings.tracks}
      typed={refused?.typed ?? stored}
      problems={refused?.problems}
      weekHref={`/s/${summit.slug}/me/availability`}
    />,
  );
}
