import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { guestState, hasAnswered } from './answer-rules.ts';
import { makeLink, revokeLinks, sayOfGuests } from './guest-commands.ts';
import { guestsOf, peopleNotAsked } from './guest-queries.ts';
import { readGuestWords } from './guest-schema.ts';
import {
  type GuestFilter,
  type GuestLine,
  GuestPage,
  GuestsPage,
  guestHref,
} from './guest-views.tsx';
import { linkCounts } from './link-queries.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { mayBeEdited, type Poll, todayAt } from './poll-rules.ts';
import { PollMenu } from './poll-views.tsx';
import { offered, type Week } from './week-rules.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

const PAGE = 100;

const filterSchema = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  community: z.string().catch('').default(''),
  show: z.enum(['', 'asked', 'others', 'silent', 'answered']).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

/** Everybody who is or could be asked, that a filter finds. */
async function linesOf(
  c: OrganiserContext,
  weeks: readonly Week[],
  { q, community, show }: GuestFilter,
): Promise<GuestLine[]> {
  const { organiser, services } = c.var;
  const guests = await guestsOf(services.db, organiser);
  const others = await peopleNotAsked(services.db, organiser);
  const lines: (GuestLine & { readonly isSilent: boolean })[] = [
    ...guests.map((guest) => ({
      ...guest,
      isAsked: true,
      state: guestState(guest, weeks),
      isSilent: !hasAnswered(guest, weeks),
    })),
    ...others.map(({ personId, name, communities }) => ({
      personId,
      name,
      communities,
      isAsked: false,
      isNeeded: false,
      weight: 1,
      state: undefined,
      isSilent: true,
    })),
  ];
  const sought = q.toLowerCase();
  return lines
    .filter(({ name }) => name.toLowerCase().includes(sought))
    .filter(({ communities }) => community === '' || communities.includes(community))
    .filter(({ isAsked, isSilent }) => {
      if (show === 'asked') return isAsked;
      if (show === 'others') return !isAsked;
      if (show === 'silent') return isAsked && isSilent;
      return show !== 'answered' || (isAsked && !isSilent);
    });
}

async function showGuest(
  c: OrganiserContext,
  poll: Poll,
  personId: string,
  secret?: string,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { db, clock, url } = services;
  const guest = (await guestsOf(db, organiser)).find((each) => each.personId === personId);
  if (guest === undefined) return c.notFound() as Response;
  const home = `/s/${summit.slug}/organise/weeks`;
  const weeks = offered(await weeksOfPoll(db, poll, todayAt(summit.definition, clock.now())));
  if (secret !== undefined) c.header('cache-control', 'no-store');
  return showPage(
    c,
    { title: guest.name, lede: 'What they said about the weeks.' },
    <>
      <PollMenu home={home} current={`${home}/people`} />
      <GuestPage
        guest={guest}
        weeks={weeks}
        links={(await linkCounts(db, organiser)).get(personId) ?? 0}
        action={`${home}/people/${personId}`}
        zone={readerZone(c, summit)}
        secretLink={secret === undefined ? undefined : `${url}/w/${secret}`}
      />
    </>,
  );
}

/** `/s/<summit>/organise/weeks/people`: who is asked, who is needed, and each one's answers and links. */
export function weekGuestRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/weeks/people';
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/:person`, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const home = `/s/${summit.slug}/organise/weeks`;
    const poll = await pollOf(services.db, summit.id);
    if (poll === undefined) return c.redirect(home, 303);
    const filter: GuestFilter = filterSchema.parse(c.req.query());
    const today = todayAt(summit.definition, services.clock.now());
    const weeks = offered(await weeksOfPoll(services.db, poll, today));
    const lines = await linesOf(c, weeks, filter);
    const pages = Math.max(1, Math.ceil(lines.length / PAGE));
    const page = Math.min(filter.page, pages);
    return showPage(
      c,
      { title: 'Who is asked', lede: 'Whom to ask, who is needed, and how far they are.' },
      <>
        <PollMenu home={home} current={`${home}/people`} />
        <GuestsPage
          path={`${home}/people`}
          definition={summit.definition}
          filter={{ ...filter, page }}
          lines={lines.slice((page - 1) * PAGE, page * PAGE)}
          count={lines.length}
          pages={pages}
          mayEdit={mayBeEdited(poll.state)}
        />
      </>,
    );
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const filter: GuestFilter = filterSchema.parse(c.req.query());
    const said = await inTransaction(services.db, (tx) =>
      sayOfGuests(tx, webActor(c), organiser, readGuestWords(typed)),
    );
    return seeOther(
      c,
      guestHref(`/s/${summit.slug}/organise/weeks/people`, filter),
      !said.ok
        ? said.error.sentence
        : said.value === 0
          ? 'Nothing had changed.'
          : `Saved for ${counted(said.value, 'person', 'people')}. New people are written to when you say so.`,
    );
  });

  routes.get(`${address}/:person`, async (c) => {
    const poll = await pollOf(c.var.services.db, c.var.summit.id);
    return poll === undefined ? c.notFound() : showGuest(c, poll, c.req.param('person'));
  });

  routes.post(`${address}/:person`, async (c) => {
    const { summit, organiser, services } = c.var;
    const personId = c.req.param('person');
    const poll = await pollOf(services.db, summit.id);
    if (poll === undefined || !z.uuid().safeParse(personId).success) return c.notFound();
    const { typed } = await readTyped(c);
    const page = `/s/${summit.slug}/organise/weeks/people/${personId}`;
    if (typed['do'] === 'link') {
      const made = await inTransaction(services.db, (tx) =>
        makeLink(tx, webActor(c), organiser, personId),
      );
      if (!made.ok)
        return seeOther(c, `/s/${summit.slug}/organise/weeks/people`, made.error.sentence);
      return showGuest(c, poll, personId, made.value.secret);
    }
    if (typed['do'] === 'revoke') {
      const gone = await inTransaction(services.db, (tx) =>
        revokeLinks(tx, webActor(c), organiser, personId),
      );
      return seeOther(c, page, gone.ok ? 'The links are closed.' : gone.error.sentence);
    }
    return seeOther(c, page, 'Nothing was changed; press one of the buttons.');
  });

  return routes;
}
