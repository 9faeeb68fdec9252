import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { historyOf } from '../../../platform/git/history.ts';
import { answerDocument, OWN_CACHE, SHARED_CACHE } from '../../../platform/http/conditional.ts';
import {
  type AppContext,
  type AppEnv,
  type Services,
  webActor,
} from '../../../platform/http/env.ts';
import { parseForm, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { takesPartIn } from '../../people/invitations/participation-queries.ts';
import { organisesIn, selfIn } from '../../people/rights.ts';
import { participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { type Summit, summitById } from '../../summits/queries.ts';
import { type PlanEnv, type PlanMemberEnv, withPlan } from '../access.ts';
import { writerWords } from '../threads/writer-views.tsx';
import { type Activity, activityOf } from './activity-queries.ts';
import { wordsFor } from './activity-rules.ts';
import { activityHref } from './activity-views.tsx';
import { type AtomEntry, atomText, updatedOf } from './atom-rules.ts';
import { makePlanFeed, revokePlanFeed } from './feed-commands.ts';
import { ownPlanFeeds, type PlanFeed, planFeedBehind } from './feed-queries.ts';
import { planFeedForm } from './feed-schema.ts';
import { PlanFeedsPage } from './feed-views.tsx';

const ATOM = 'application/atom+xml; charset=utf-8';

/** Readers ask often and keep what they had. */
const MOST_ENTRIES = 50;

/** Feeds of a plan: of its documents for everybody, of its discussions under secret addresses. */
export function planFeedRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', publicFeed());
  routes.route('/', secretFeed());
  routes.route('/', ownPages());
  return routes;
}

/** A name for the same thing for ever, whatever the address of this installation: a UUID made of its parts. */
function stableId(...parts: readonly (string | number)[]): string {
  const digits = [...createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)];
  // RFC 9562 §5.8: version 8 says that the rest is ours.
  digits[12] = '8';
  digits[16] = 'a';
  const text = digits.join('');
  return `urn:uuid:${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

/** `/s/<summit>/plan/feed.atom`: what changed in the documents, where everybody may read them. */
function publicFeed(): Hono<PlanEnv> {
  const routes = new Hono<PlanEnv>();
  routes.get('/s/:summit/plan/feed.atom', withSummit, withPlan, async (c) => {
    const { summit, plan, services, takesPart, organiser } = c.var;
    const isPublic = plan.readers === 'everyone' && summit.state !== 'draft';
    if (!isPublic && !takesPart && organiser === undefined) return c.notFound();
    const page = `${services.url}/s/${summit.slug}/plan`;
    const commits = await historyOf(services.git.plan(summit.id), plan.head, {
      most: MOST_ENTRIES,
    });
    const entries = commits.map(
      ({ oid, subject, body, author, committedAt }): AtomEntry => ({
        id: stableId(summit.id, 'commit', oid),
        title: subject === '' ? oid.slice(0, 7) : subject,
        href: `${page}/commits/${oid}`,
        updated: committedAt,
        author: author === '' ? 'somebody' : author,
        text: body,
      }),
    );
    const frame = {
      id: stableId(summit.id, 'main'),
      title: `${summit.definition.title}: the plan`,
      self: `${page}/feed.atom`,
      page,
      since: plan.movedAt,
    };
    return answerDocument(c, {
      body: atomText(frame, entries),
      type: ATOM,
      lastModified: entries.length === 0 ? undefined : updatedOf(frame, entries),
      cacheControl: isPublic ? SHARED_CACHE : OWN_CACHE,
      fileName: `${summit.slug}-plan.atom`,
    });
  });
  return routes;
}

/** `/s/<summit>/plan/feeds/<secret>.atom`: whoever has the address may read, so it asks for no sign-in. */
function secretFeed(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get('/s/:summit/plan/feeds/:file{[A-Za-z0-9_-]+\\.atom}', async (c) => {
    const { services } = c.var;
    const secret = c.req.param('file').replace(/\.atom$/, '');
    const feed = await planFeedBehind(services.db, secret);
    if (feed === undefined) return c.notFound();
    const summit = await summitById(services.db, feed.summitId);
    if (summit.slug !== c.req.param('summit') || !(await mayRead(services, feed)))
      return c.notFound();
    c.header('x-robots-tag', 'noindex');
    const entries = await entriesOf(services, summit, feed);
    const page = `${services.url}/s/${summit.slug}/plan`;
    const frame = {
      id: stableId(feed.id),
      title: titleOf(summit, feed),
      self: `${page}/feeds/${secret}.atom`,
      page: feed.number === null ? `${page}/activity` : `${page}/${feed.number}`,
      since: feed.createdAt,
    };
    return answerDocument(c, {
      body: atomText(frame, entries),
      type: ATOM,
      lastModified: updatedOf(frame, entries),
      cacheControl: OWN_CACHE,
      fileName: `${summit.slug}-plan.atom`,
    });
  });
  return routes;
}

/** Whether whoever made the feed may read discussions still. */
const mayRead = async ({ db }: Services, { summitId, personId }: PlanFeed): Promise<boolean> =>
  (await takesPartIn(db, summitId, personId)) || (await organisesIn(db, summitId, personId));

const titleOf = ({ definition }: Summit, { about, number }: PlanFeed): string =>
  about === 'thread'
    ? `${definition.title}: #${number}`
    : `${definition.title}: ${about === 'mine' ? 'my part of the plan' : 'the plan'}`;

async function entriesOf(services: Services, summit: Summit, feed: PlanFeed): Promise<AtomEntry[]> {
  const found = await activityOf(services.db, summit.id, {
    limit: MOST_ENTRIES,
    ...(feed.number === null ? {} : { number: feed.number }),
    ...(feed.about === 'mine' ? { partOf: feed.personId } : {}),
  });
  const home = `${services.url}/s/${summit.slug}`;
  return found
    .filter(({ isWithdrawn }) => !isWithdrawn)
    .map((one) => ({
      id: stableId(summit.id, 'event', one.id),
      title: sentenceOf(one),
      href: activityHref(home, one),
      updated: one.at,
      author: writerWords(one.by),
      text: one.said ?? '',
    }));
}

function sentenceOf(one: Activity): string {
  const { before, after } = wordsFor(one);
  const what = one.number === null ? '' : ` #${one.number} ${one.title ?? ''}`;
  return `${writerWords(one.by)} ${before}${what}${after}`;
}

type OwnContext = AppContext<PlanMemberEnv['Variables']>;

async function showFeeds(
  c: OwnContext,
  shown: Pick<Parameters<typeof PlanFeedsPage>[0], 'made' | 'typed' | 'problems'> = {},
): Promise<Response> {
  const { summit, plan, signedIn, services } = c.var;
  const home = `/s/${summit.slug}`;
  return showPage(
    c,
    {
      title: 'Feeds of the plan',
      status: shown.problems === undefined ? 200 : 422,
      lede: 'What happens in the plan, in your feed reader (Atom).',
    },
    <PlanFeedsPage
      {...shown}
      home={home}
      zone={readerZone(c, summit)}
      feeds={await ownPlanFeeds(services.db, selfIn(summit.id, signedIn))}
      publicFeed={plan.readers === 'everyone' ? `${home}/plan/feed.atom` : undefined}
    />,
  );
}

/** `/s/<summit>/me/plan-feeds` */
function ownPages(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/me/plan-feeds';
  routes.use(address, withSummit, participantsOnly, withPlan);

  routes.get(address, (c) => showFeeds(c));

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const self = selfIn(summit.id, signedIn);
    const form = await parseForm(c, planFeedForm);
    if (!form.ok) {
      const { typed, problems } = form.error;
      const fields = {
        name: typedText(typed, 'name'),
        about: typedText(typed, 'about'),
        number: typedText(typed, 'number'),
      };
      return showFeeds(c, { problems, typed: fields });
    }
    const given = form.value;
    if (given.action === 'revoke') {
      const revoked = await inTransaction(services.db, (tx) =>
        revokePlanFeed(tx, webActor(c), self, given.feed),
      );
      const said = revoked.ok ? 'The feed is revoked.' : revoked.error.sentence;
      return seeOther(c, `/s/${summit.slug}/me/plan-feeds`, said);
    }
    const made = await inTransaction(services.db, (tx) =>
      makePlanFeed(tx, webActor(c), self, given),
    );
    if (!made.ok) {
      const { name, about, number } = given;
      return showFeeds(c, {
        problems: [made.error],
        typed: { name, about, number: number === undefined ? '' : String(number) },
      });
    }
    // Answered here and not after a redirect: the secret is in no address, cookie or history.
    c.header('cache-control', 'no-store');
    const { secret } = made.value;
    const address = `${services.url}/s/${summit.slug}/plan/feeds/${secret}.atom`;
    return showFeeds(c, { made: { name: given.name, address } });
  });

  return routes;
}
