import { type Instant, Temporal } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../platform/db/command.ts';
import { answerDocument, OWN_CACHE } from '../../platform/http/conditional.ts';
import { type AppContext, type AppEnv, type Services, webActor } from '../../platform/http/env.ts';
import { parseForm } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { followedEntries } from '../meetings/calls/followed-queries.ts';
import { takesPartIn } from '../people/invitations/participation-queries.ts';
import { rolesIn, selfIn } from '../people/rights.ts';
import { seatOf } from '../people/seats/seat-queries.ts';
import {
  type ParticipantEnv,
  participantsOnly,
  type SummitEnv,
  withSummit,
} from '../summits/access.ts';
import { fillFacts } from '../summits/facts.ts';
import { readerZone, showPage } from '../summits/page.tsx';
import { type Summit, summitById } from '../summits/queries.ts';
import { summitCalendar } from './calendar-queries.ts';
import { entryUid, type KeptEntry } from './calendar-rules.ts';
import { cacheFor, pageOf } from './documents-routes.tsx';
import { makeFeed, revokeFeed } from './feed-commands.ts';
import { feedBehindSecret, type OpenedFeed, ownFeeds } from './feed-queries.ts';
import { noteFeedRead } from './feed-read-task.ts';
import { feedEntry, feedText } from './feed-rules.ts';
import { feedForm } from './feed-schema.ts';
import { FeedsPage } from './feed-views.tsx';
import { asAnswered } from './invites/answer-rules.ts';
import { ownAnswers } from './invites/own-invite-queries.ts';
import { ownDates } from './own-dates-queries.ts';
import { ownTimetableEntries } from './timetable/history-queries.ts';

const ICALENDAR = 'text/calendar; charset=utf-8';

/** The calendar of a summit, a person's own feeds, and the page where they are made and revoked. */
export function feedRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', publicFeed());
  routes.route('/', secretFeed());
  routes.route('/', ownFeedPages());
  return routes;
}

/** `/s/<summit>/calendar.ics` */
function publicFeed(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  routes.get('/s/:summit/calendar.ics', withSummit, async (c) => {
    const { summit, services } = c.var;
    const page = pageOf(services, summit);
    const { now } = await summitCalendar(services.db, summit, services);
    const entries = now.map((entry) => feedEntry(entry, { page, isForParticipants: false }));
    return answerDocument(c, {
      body: feedText(frameOf(summit), entries),
      type: ICALENDAR,
      lastModified: latest(now),
      cacheControl: cacheFor(summit),
      fileName: `${summit.slug}.ics`,
    });
  });
  return routes;
}

const frameOf = ({ id, definition }: Summit) => ({
  id,
  name: fillFacts(definition.title, definition),
});

const latest = (entries: readonly KeptEntry[]): Instant | undefined =>
  entries
    .map(({ lastModified }) => lastModified)
    .toSorted(Temporal.Instant.compare)
    .at(-1);

/** `/s/<summit>/feeds/<secret>.ics`: whoever has the address may read, so it asks for no sign-in. */
function secretFeed(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get('/s/:summit/feeds/:file{[A-Za-z0-9_-]+\\.ics}', async (c) => {
    const { services } = c.var;
    const feed = await feedBehindSecret(services.db, c.req.param('file').replace(/\.ics$/, ''));
    if (feed === undefined) return c.notFound();
    const summit = await summitById(services.db, feed.summitId);
    const mayRead = await takesPartIn(services.db, summit.id, feed.personId);
    if (summit.slug !== c.req.param('summit') || !mayRead) return c.notFound();
    await noteFeedRead(services, feed);
    c.header('x-robots-tag', 'noindex');
    return answerDocument(c, {
      body: await ownFeedText(services, summit, feed),
      type: ICALENDAR,
      cacheControl: OWN_CACHE,
      fileName: `${summit.slug}.ics`,
    });
  });
  return routes;
}

async function ownFeedText(
  services: Services,
  summit: Summit,
  { personId, createdAt }: OpenedFeed,
): Promise<string> {
  const { db, url } = services;
  const page = pageOf(services, summit);
  const { now } = await summitCalendar(db, summit, services);
  // Who declined, or is still deciding, is not told where the meetings are.
  const isForParticipants =
    (await seatOf(db, summit.id, personId)) !== undefined ||
    (await rolesIn(db, summit.id, personId)).length > 0;
  const { hostname } = new URL(url);
  const self = selfIn(summit.id, { personId });
  const places = {
    page,
    uidOf: (key: string) => entryUid(`${key}.${personId}`, summit.slug, hostname),
  };
  const own = await ownDates(db, self, summit, now, createdAt, places);
  const agenda = await ownTimetableEntries(db, self, summit, places);
  const answers = await ownAnswers(db, self);
  const shared = now.map((entry) =>
    asAnswered(feedEntry(entry, { page, isForParticipants }), entry, answers.get(entry.key)),
  );
  const calls = await followedEntries(db, selfIn(summit.id, { personId }), `${page}/calls`);
  return feedText(frameOf(summit), [...shared, ...own, ...agenda, ...calls]);
}

type OwnContext = AppContext<ParticipantEnv['Variables']>;

async function showFeeds(
  c: OwnContext,
  shown: Pick<Parameters<typeof FeedsPage>[0], 'made' | 'typedName' | 'problems'> = {},
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  return showPage(
    c,
    {
      title: 'Calendar feeds',
      status: shown.problems === undefined ? 200 : 422,
      lede: 'The summit and your own dates in your calendar program, kept up to date.',
    },
    <FeedsPage
      {...shown}
      slug={summit.slug}
      zone={readerZone(c, summit)}
      feeds={await ownFeeds(services.db, selfIn(summit.id, signedIn))}
    />,
  );
}

/** `/s/<summit>/me/feeds` */
function ownFeedPages(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/feeds';
  routes.use(address, withSummit, participantsOnly);

  routes.get(address, (c) => showFeeds(c));

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const self = selfIn(summit.id, signedIn);
    const form = await parseForm(c, feedForm);
    if (!form.ok) {
      const { typed, problems } = form.error;
      return showFeeds(c, { problems, typedName: String(typed['name'] ?? '') });
    }
    const given = form.value;
    if (given.action === 'revoke') {
      const revoked = await inTransaction(services.db, (tx) =>
        revokeFeed(tx, webActor(c), self, given.feed),
      );
      const said = revoked.ok ? 'The feed is revoked.' : revoked.error.sentence;
      return seeOther(c, `/s/${summit.slug}/me/feeds`, said);
    }
    const made = await inTransaction(services.db, (tx) => makeFeed(tx, webActor(c), self, given));
    if (!made.ok) return showFeeds(c, { problems: [made.error], typedName: given.name });
    // Answered here and not after a redirect: the secret is in no address, cookie or history.
    c.header('cache-control', 'no-store');
    return showFeeds(c, {
      made: {
        name: given.name,
        address: `${pageOf(services, summit)}/feeds/${made.value.secret}.ics`,
      },
    });
  });

  return routes;
}
