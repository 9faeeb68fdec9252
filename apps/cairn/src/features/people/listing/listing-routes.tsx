import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import {
  type ParticipantEnv,
  participantsOnly,
  type SummitEnv,
  withSummit,
} from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { selfIn } from '../rights.ts';
import { chooseListing } from './listing-commands.ts';
import { ownListing, participantList } from './listing-queries.ts';
import { listingFields } from './listing-rules.ts';
import { ConsentPage, Participants } from './listing-views.tsx';

/** People on one page of the list. */
const PAGE = 250;

/** The list may be shown by anybody's cache, but asked for anew each time: consent can be withdrawn. */
const ALWAYS_ASK = 'no-cache';

/** `/s/<summit>/participants` and `.json`: the public list. */
export function participantRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();

  routes.get('/s/:summit/participants', withSummit, async (c) => {
    const { summit, services, takesPart } = c.var;
    const asked = { page: Number(c.req.query('page')), size: PAGE };
    const list = await participantList(services.db, summit, services.clock.now(), asked);
    const address = `/s/${summit.slug}/participants`;
    c.header('cache-control', ALWAYS_ASK);
    return showPage(
      c,
      {
        title: 'Participants',
        isPublic: true,
        alternates: [{ href: `${address}.json`, type: 'application/json', title: 'As JSON' }],
      },
      <Participants
        {...list}
        address={address}
        choose={takesPart ? `/s/${summit.slug}/me/listing` : undefined}
      />,
    );
  });

  routes.get('/s/:summit/participants.json', withSummit, async (c) => {
    const { summit, services } = c.var;
    const { entries, unlisted } = await participantList(services.db, summit, services.clock.now());
    c.header('cache-control', ALWAYS_ASK);
    return c.json({
      schema: 'cairn/participants/1',
      summit: summit.slug,
      participants: entries,
      unlisted,
      total: entries.length + unlisted,
    });
  });

  return routes;
}

/** `/s/<summit>/me/listing`: what a person shows of themselves. */
export function listingRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/listing';
  routes.use(address, withSummit, participantsOnly);

  routes.get(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const self = selfIn(summit.id, signedIn);
    const own = await ownListing(services.db, self, summit, services.clock.now());
    return showPage(
      c,
      { title: 'What is shown of me' },
      <ConsentPage action={c.req.path} {...own} isTrial={false} />,
    );
  });

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { typed } = await readTyped(c);
    const posted = typed['fields[]'] ?? [];
    const fields = listingFields(typeof posted === 'string' ? [posted] : posted);
    const self = selfIn(summit.id, signedIn);
    const isTrial = typed['do'] === 'preview';
    const chosen = isTrial
      ? undefined
      : await inTransaction(services.db, (tx) => chooseListing(tx, webActor(c), self, fields));
    if (chosen?.ok) {
      return seeOther(
        c,
        c.req.path,
        chosen.value.hasChanged ? 'Saved. The public list shows it now.' : 'Nothing had changed.',
      );
    }
    const own = await ownListing(services.db, self, summit, services.clock.now());
    return showPage(
      c,
      { title: 'What is shown of me', status: chosen === undefined ? 200 : 422 },
      <ConsentPage
        action={c.req.path}
        {...own}
        fields={fields}
        isTrial
        problems={chosen === undefined ? [] : [chosen.error]}
      />,
    );
  });

  return routes;
}
