import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { NoticeLine } from '../../../design/layout.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { NoTimetable } from '../now/island-views.tsx';
import { nowTimetable } from '../now/now-queries.ts';
import { shortDayWords, zoneWords } from '../now/now-words-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { markSession } from './agenda-commands.ts';
import { ownAgenda } from './agenda-queries.ts';
import { goesTo } from './agenda-rules.ts';
import { GOES, markForm } from './agenda-schema.ts';
import { AgendaDayPage, AgendaPage } from './agenda-views.tsx';

type AgendaContext = AppContext<ParticipantEnv['Variables']>;
const DAY = '[0-9]{4}-[0-9]{2}-[0-9]{2}';

/**
 * `/s/<summit>/timetable/agenda`: one's own agenda; `…/agenda/2023-05-22`: all sessions of a day, to mark
 * where one goes. For those who come.
 */
export function agendaRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const own = '/s/:summit/timetable/agenda';
  const day = `${own}/:date{${DAY}}`;
  const mark = `${own}/sessions/:session{${UUID}}`;
  for (const address of [own, `${own}.json`, day, mark]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }

  routes.get(own, (c) => showAgenda(c));
  routes.get(day, (c) => showAgenda(c, c.req.param('date')));

  // For the script of a page that shows what is now, which has the rest of it.
  routes.get(`${own}.json`, async (c) => {
    const { services, summit, signedIn } = c.var;
    const agenda = await ownAgenda(services.db, selfIn(summit.id, signedIn));
    c.header('cache-control', 'no-store');
    return c.json({ sessions: [...goesTo(agenda?.entries ?? [])] });
  });

  routes.post(mark, async (c) => {
    const { services, summit, signedIn } = c.var;
    const form = await parseForm(c, markForm);
    if (!form.ok) return showAgenda(c, undefined, form.error.problems[0]?.sentence);
    const { goes, from } = form.value;
    const sessionId = c.req.param('session');
    const marked = await inTransaction(services.db, (tx) =>
      markSession(tx, webActor(c), selfIn(summit.id, signedIn), { sessionId, goes: GOES[goes] }),
    );
    if (!marked.ok) return showAgenda(c, undefined, marked.error.sentence);
    return seeOther(c, `/s/${summit.slug}/timetable${backTo(from, sessionId)}`, WORDS[goes]);
  });

  return routes;
}

const WORDS = {
  yes: 'It is in your agenda.',
  no: 'It is left out of your agenda.',
  unsaid: 'Your agenda is as if you had said nothing of it.',
} as const;

/** Back to the page that the button was on; only pages that have one. */
function backTo(from: string | undefined, sessionId: string): string {
  if (from === 'session') return `/sessions/${sessionId}`;
  return new RegExp(`^${DAY}$`).test(from ?? '') ? `/agenda/${from}` : '/agenda';
}

async function showAgenda(c: AgendaContext, date?: string, problem?: string): Promise<Response> {
  const { services, summit, signedIn } = c.var;
  const home = `/s/${summit.slug}/timetable`;
  const [agenda, timetable] = await Promise.all([
    ownAgenda(services.db, selfIn(summit.id, signedIn)),
    nowTimetable(services.db, summit.id),
  ]);
  const status = problem === undefined ? 200 : 422;
  if (agenda === undefined || timetable === undefined) {
    return date === undefined
      ? showTimetablePage(c, { title: 'My agenda', status }, <NoTimetable home={home} />)
      : c.notFound();
  }
  if (date !== undefined && timetable.days.every((day) => day.date !== date)) return c.notFound();
  const zone = readerZone(c, summit);
  const shown = { timetable, entries: agenda.entries, zone, home };
  const where =
    zone === timetable.zone
      ? ''
      : ` Times are those of ${zoneWords(timetable.zone)}, in brackets those of ${zoneWords(zone)}.`;
  return showTimetablePage(
    c,
    {
      title: date === undefined ? 'My agenda' : `Sessions of ${shortDayWords(date)}`,
      lede: `${date === undefined ? 'Where you are expected, and what you marked.' : 'Mark where you go.'}${where}`,
      zone: expectZone(timetable.zone),
      status,
    },
    <>
      {problem !== undefined && <NoticeLine kind="problem">{problem}</NoticeLine>}
      {date === undefined ? (
        <AgendaPage {...shown} at={services.clock.now().epochMilliseconds} />
      ) : (
        <AgendaDayPage {...shown} date={date} />
      )}
    </>,
  );
}
