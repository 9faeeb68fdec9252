import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage, showPlainPage } from '../../summits/page.tsx';
import { summitById } from '../../summits/queries.ts';
import { disownLink, noteOpened } from './answer-commands.ts';
import { type Answering, answerPage, takeAnswer } from './answer-page.tsx';
import { typedAnswers } from './answer-schema.ts';
import { NotSaved, WhoAnswers } from './answer-views.tsx';
import { guestBehindLink, type LinkedGuest } from './link-queries.ts';
import { pollOf } from './poll-queries.ts';
import { linkHasExpired } from './poll-rules.ts';

/** Marks the form as seen, where a browser runs scripts; a scanner of mails does not press buttons. */
const SCRIPTS = ['/assets/week-opened.js'];

interface OpenLink {
  readonly who: Answering;
  readonly link: LinkedGuest;
  readonly title: string;
}

interface ShutLink {
  readonly status: 404 | 410;
  readonly title: string;
  readonly sentence: string;
}

/** What a link leads to: somebody's form, or the sentence why it does not. */
async function behind(c: AppContext, secret: string): Promise<OpenLink | ShutLink> {
  // Its address is a secret, so nothing on the way keeps the page.
  c.header('cache-control', 'no-store');
  const { services } = c.var;
  const link = await guestBehindLink(services.db, secret);
  if (link === undefined) {
    return {
      status: 404,
      title: 'Week poll',
      sentence:
        'This link is not valid. Look for the whole link in the mail that you got, or ask the organisers for a new one.',
    };
  }
  const summit = await summitById(services.db, link.summitId);
  const { title } = summit.definition;
  const closed = (sentence: string): ShutLink => ({ status: 410, title, sentence });
  if (link.isRevoked) {
    return closed(
      'This link was closed. If you are still asked, a newer mail holds another one; or ask the organisers.',
    );
  }
  const poll = await pollOf(services.db, summit.id);
  if (poll === undefined || linkHasExpired(poll, summit, services.clock.now())) {
    return closed('This link has expired: the weeks that it asks about are over.');
  }
  if (!link.isAsked) {
    return closed(
      'You are no longer among those who are asked for a week. What you answered is kept; ask the organisers if you think that is a mistake.',
    );
  }
  const who: Answering = {
    services,
    summit,
    self: selfIn(summit.id, link),
    action: c.req.path,
    zone: readerZone(c, summit),
  };
  return { who, link, title };
}

/** `/w/<secret>`: the link in the mails of a poll. It answers for one person, and signs nobody in. */
export function weekLinkRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/w/:secret', async (c) => {
    const found = await behind(c, c.req.param('secret'));
    if (!('who' in found)) {
      const { title, status, sentence } = found;
      return showPlainPage(c, { title, status }, <p>{sentence}</p>);
    }
    return showLinkPage(c, found, await answerPage(found.who));
  });

  routes.post('/w/:secret', async (c) => {
    const found = await behind(c, c.req.param('secret'));
    const { typed } = await readTyped(c);
    if (!('who' in found)) {
      const { title, status, sentence } = found;
      return showPlainPage(
        c,
        { title, status },
        <>
          <p role="alert">{sentence}</p>
          <NotSaved given={typedAnswers(typed)} />
        </>,
      );
    }
    const { who, link } = found;
    const actor = { ...webActor(c), personId: link.personId };
    if (typed['do'] === 'not-me') {
      // Whoever says so is not that person, so the event names nobody who acted.
      const unknown = { ...actor, personId: undefined };
      await inTransaction(who.services.db, (tx) => disownLink(tx, unknown, who.self, link.linkId));
      return showPlainPage(
        c,
        { title: found.title },
        <p>
          Thank you. This link is closed now, and the organisers see that it reached somebody else.
        </p>,
      );
    }
    const taken = await takeAnswer(who, actor, typed);
    if ('saved' in taken) return seeOther(c, c.req.path, taken.saved);
    return showLinkPage(c, found, await answerPage(who, taken));
  });

  routes.post('/w/:secret/opened', async (c) => {
    const found = await behind(c, c.req.param('secret'));
    if (!('who' in found)) return c.body(null, 404);
    const actor = { ...webActor(c), personId: found.link.personId };
    await inTransaction(c.var.services.db, (tx) => noteOpened(tx, actor, found.who.self));
    return c.body(null, 204);
  });

  return routes;
}

function showLinkPage(
  c: AppContext,
  { title, link }: OpenLink,
  page: Awaited<ReturnType<typeof answerPage>>,
): Response {
  const { signedIn } = c.var.visitor;
  return showPlainPage(
    c,
    { title: `Week poll: ${title}`, lede: page.lede, status: page.status, scripts: SCRIPTS },
    <>
      <WhoAnswers name={link.name} action={c.req.path} />
      {signedIn !== undefined && signedIn.name !== link.name && (
        <p>
          You are signed in as {signedIn.name}, but what you say here is said by {link.name}.
        </p>
      )}
      {page.body}
    </>,
  );
}

type ParticipantContext = AppContext<ParticipantEnv['Variables']>;

const ownAnswering = (c: ParticipantContext): Answering => {
  const { summit, signedIn, services } = c.var;
  return {
    services,
    summit,
    self: selfIn(summit.id, signedIn),
    action: `/s/${summit.slug}/me/weeks`,
    zone: readerZone(c, summit),
  };
};

/** `/s/<summit>/me/weeks`: the same form for somebody who has signed in. */
export function ownWeekRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/weeks';
  routes.use(address, withSummit, participantsOnly);

  routes.get(address, async (c) => {
    const { body, ...page } = await answerPage(ownAnswering(c));
    return showPage(c, { title: 'Week poll', ...page }, body);
  });

  routes.post(address, async (c) => {
    const who = ownAnswering(c);
    const { typed } = await readTyped(c);
    const taken = await takeAnswer(who, webActor(c), typed);
    if ('saved' in taken) return seeOther(c, who.action, taken.saved);
    const { body, ...page } = await answerPage(who, taken);
    return showPage(c, { title: 'Week poll', ...page }, body);
  });

  return routes;
}
