import type { Problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { summitCalendar } from '../calendar-queries.ts';
import { answerForPerson } from './answer-commands.ts';
import { noteForm, sendForm } from './answer-schema.ts';
import { sendWithoutWaiting } from './invite-commands.ts';
import { answerCounts, repliesTo } from './invite-queries.ts';
import { organizerAddress } from './invite-request-rules.ts';
import { isFixed, isInvitedTo, isOver } from './invite-rules.ts';
import { CalendarPage, EntryPage } from './organiser-invite-views.tsx';
import { keptReplies } from './reply-queries.ts';
import { dueInvites, toldRows, waitingSend } from './told-queries.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** The organisers' page of all entries that people are invited to. */
export async function showCalendar(
  c: OrganiserContext,
  refused: { readonly typed?: string; readonly problems?: readonly Problem[] } = {},
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { db } = services;
  const { now: entries } = await summitCalendar(db, summit, services);
  const due = await dueInvites(db, summit, services, services.clock.now());
  const asked = entries.filter((entry) => isInvitedTo(entry) && isFixed(entry));
  const rows = [];
  for (const entry of asked) {
    rows.push({ entry, counts: await answerCounts(db, summit, services, entry.key) });
  }
  const waiting = await waitingSend(db, summit.id);
  return showPage(
    c,
    {
      title: 'Calendar invitations',
      lede: 'Who has the week and the calls in their calendars, and what they say to them.',
      status: refused.problems === undefined ? 200 : 422,
    },
    <CalendarPage
      slug={summit.slug}
      zone={readerZone(c, summit)}
      isAnnounced={summit.state !== 'draft'}
      rows={rows}
      waiting={
        waiting === undefined || due.length === 0
          ? undefined
          : { due: due.length, sendAt: waiting.sendAt }
      }
      kept={await keptReplies(db, organiser)}
      mailFrom={organizerAddress(services.mailFrom)}
      typed={refused.typed}
      problems={refused.problems}
    />,
  );
}

const PAGE = 50;
const pageQuery = z.coerce.number().int().min(1).catch(1);

async function showEntry(
  c: OrganiserContext,
  key: string,
  refused?: {
    readonly problems: readonly Problem[];
    readonly typed: { readonly person: string; readonly answer: string };
  },
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { db, clock } = services;
  const { now: entries } = await summitCalendar(db, summit, services);
  const entry = entries.find((each) => each.key === key);
  if (entry === undefined || !isInvitedTo(entry)) return c.notFound();
  const asked = pageQuery.parse(c.req.query('page'));
  const { count } = await toldRows(db, organiser, { key, limit: 1, offset: 0 });
  const pages = Math.max(1, Math.ceil(count / PAGE));
  const page = Math.min(asked, pages);
  const { rows } = await toldRows(db, organiser, { key, limit: PAGE, offset: (page - 1) * PAGE });
  const moment = { now: clock.now(), zone: expectZone(summit.definition.zone) };
  return showPage(
    c,
    { title: entry.content.summary, status: refused === undefined ? 200 : 422 },
    <EntryPage
      slug={summit.slug}
      zone={readerZone(c, summit)}
      entry={entry}
      isOpen={isFixed(entry) && !isOver(entry.content.time, moment)}
      {...(await repliesTo(db, organiser, key, services))}
      told={{ rows, page, pages }}
      problems={refused?.problems}
      typed={refused?.typed}
    />,
  );
}

/** `/s/<summit>/organise/calendar`: invitations to entries, answers, and who was told what when. */
export function organiserInviteRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/calendar';
  const entryAddress = `${address}/:entry{[a-z][a-z0-9_.]*}` as const;
  routes.use(address, withSummit, organisersOnly);
  routes.use(`${address}/*`, withSummit, organisersOnly);

  routes.get(address, (c) => showCalendar(c));

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, sendForm);
    if (!form.ok) return showCalendar(c, { problems: form.error.problems });
    await inTransaction(services.db, (tx) => sendWithoutWaiting(tx, webActor(c), organiser));
    return seeOther(c, `/s/${summit.slug}/organise/calendar`, 'The mails go out within a minute.');
  });

  routes.get(entryAddress, (c) => showEntry(c, c.req.param('entry')));

  routes.post(entryAddress, async (c) => {
    const { summit, organiser, services } = c.var;
    const key = c.req.param('entry');
    const form = await parseForm(c, noteForm);
    if (!form.ok) {
      const { typed, problems } = form.error;
      const shown = {
        person: String(typed['person'] ?? ''),
        answer: String(typed['answer'] ?? ''),
      };
      return showEntry(c, key, { problems, typed: shown });
    }
    const { person, answer } = form.value;
    const noted = await inTransaction(services.db, (tx) =>
      answerForPerson(
        tx,
        webActor(c),
        organiser,
        { key, personId: person, answer, seen: undefined },
        services,
      ),
    );
    if (!noted.ok) return showEntry(c, key, { problems: [noted.error], typed: form.value });
    return seeOther(c, `/s/${summit.slug}/organise/calendar/${key}`, 'The answer is noted.');
  });

  return routes;
}
