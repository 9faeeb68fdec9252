import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { renderToString } from 'preact-render-to-string';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { CHECK_SCRIPTS } from '../frame/check-page.tsx';
import { AsTypedWords } from '../frame/contradiction-views.tsx';
import { showTimetablePage } from '../page.tsx';
import { currentTimetable } from '../release/current-queries.ts';
import { missedBy, missedWords } from './missed-rules.ts';
import { sayPresence } from './presence-commands.ts';
import { presenceOf } from './presence-queries.ts';
import type { Presence } from './presence-rules.ts';
import { presenceAsTyped, readPresence } from './presence-schema.ts';
import { OwnPresencePage } from './presence-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;
const OWN = '/s/:summit/timetable/presence';

/** `/s/<summit>/timetable/presence`: when one is there oneself. */
export function ownPresenceRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of [OWN, `${OWN}/check`]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }

  routes.get(OWN, (c) => showOwn(c));

  routes.post(`${OWN}/check`, async (c) => {
    const { typed } = await readTyped(c);
    const read = readPresence(typed);
    const sentences = read.ok
      ? missedWords(await missed(c, { ...read.value, personId: c.var.signedIn.personId }))
      : read.error.map(({ sentence }) => sentence);
    // Of what was released only: nobody learns here what organisers are still thinking about.
    const problems = sentences.map((sentence) => problem('misses', sentence));
    return c.html(
      renderToString(
        <AsTypedWords
          problems={problems}
          contradictions={[]}
          heading={read.ok ? 'What you would miss' : 'Not yet right'}
        />,
      ),
    );
  });

  routes.post(OWN, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const read = readPresence(typed);
    if (!read.ok) return showOwn(c, { typed, problems: read.error });
    const said = await inTransaction(services.db, (tx) =>
      sayPresence(tx, webActor(c), selfIn(summit.id, signedIn), read.value),
    );
    if (!said.ok) return showOwn(c, { typed, problems: [said.error] });
    const notice = said.value.hasChanged
      ? 'Saved. Organisers see it when they make the timetable.'
      : 'Nothing had changed.';
    return seeOther(c, c.req.path, notice);
  });

  return routes;
}

const missed = async (c: Context, presence: Presence) => {
  const current = await currentTimetable(c.var.services.db, c.var.summit.id);
  return current === undefined ? [] : missedBy(presence, current.content, current.sessions);
};

async function showOwn(c: Context, refused?: RefusedForm): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const page = {
    title: 'My days',
    lede: 'When you arrive and leave, so that nobody waits for you.',
    zone: expectZone(summit.definition.zone),
  };
  if (!(await isComing(services.db, summit.id, signedIn.personId))) {
    return showTimetablePage(c, page, <p>You organise this summit and do not come to it.</p>);
  }
  const own = (await presenceOf(services.db, summit.id)).get(signedIn.personId);
  const typed: Typed = refused?.typed ?? presenceAsTyped(own);
  return showTimetablePage(
    c,
    { ...page, scripts: CHECK_SCRIPTS, status: refused === undefined ? 200 : 422 },
    <OwnPresencePage
      action={c.req.path}
      zone={summit.definition.zone}
      typed={typed}
      problems={refused?.problems}
      missed={own === undefined ? [] : await missed(c, own)}
    />,
  );
}
