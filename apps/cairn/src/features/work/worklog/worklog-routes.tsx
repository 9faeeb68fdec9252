import { randomUUID } from 'node:crypto';
import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type Self, selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { frameOf } from '../../timetable/frame/frame-queries.ts';
import { wallNow } from '../../timetable/open-space/space-rules.ts';
import { showTimetablePage } from '../../timetable/page.tsx';
import { checkInRoutes } from './check-in-routes.tsx';
import { EntryForm } from './entry-views.tsx';
import { writeAnyWorklogEntry, writeWorklogEntry } from './worklog-commands.ts';
import { worklogOf } from './worklog-queries.ts';
import {
  dayToShow,
  keyOf,
  NO_WORDS,
  placeOf,
  type WorklogPlace,
  type WorklogWords,
  wordsFrom,
  wordsIn,
  writesIn,
} from './worklog-rules.ts';
import { dateSchema, entryForm } from './worklog-schema.ts';
import { type ShownPart, WorklogPage } from './worklog-views.tsx';

type WorklogContext = AppContext<ParticipantEnv['Variables']>;

const HOME = '/s/:summit/worklog';
const LEDE = 'What groups and sessions did, what is in their way, and what they do next.';

/**
 * `/s/<summit>/worklog`: the worklog of today; `…/<day>` of another day; `…/<day>/<group or session>`
 * one entry, to write; `…/<day>/check-in` the same to talk about. For those who come.
 */
export function worklogRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of [HOME, `${HOME}/*`]) {
    routes.use(address, withSummit, participantsOnly, comersOnly);
  }
  routes.get(HOME, (c) => showDay(c, undefined));
  routes.get(`${HOME}/:date`, (c) => showDay(c, c.req.param('date')));
  routes.route('/', checkInRoutes());
  routes.get(`${HOME}/:date/:subject`, async (c) => (await showEntry(c)) ?? c.notFound());
  routes.post(`${HOME}/:date/:subject`, async (c) => (await write(c)) ?? c.notFound());
  return routes;
}

const homeOf = (c: WorklogContext): string => `/s/${c.var.summit.slug}`;

/** Organisers write any entry; everybody else in what they are in. */
const rightOf = (c: WorklogContext): Self => selfIn(c.var.summit.id, c.var.signedIn);

async function showDay(c: WorklogContext, asked: string | undefined): Promise<Response> {
  const { summit, services, signedIn, organiser } = c.var;
  const frame = await frameOf(services.db, summit);
  const today = frame && wallNow(services.clock.now(), frame.zone).date;
  const days = (frame?.days ?? []).map(({ date }) => date);
  if (asked !== undefined && !days.includes(asked)) return c.notFound();
  const date = asked ?? dayToShow(days, today ?? '');
  if (frame === undefined || today === undefined || date === undefined) {
    return showTimetablePage(
      c,
      { title: 'Worklog', lede: LEDE },
      <p class="empty">It begins with the first day of the summit.</p>,
    );
  }
  const parts = (await worklogOf(services.db, rightOf(c), date)).map((part): ShownPart => {
    const hasCome = date <= today;
    const isOwn = hasCome && part.subject.people.includes(signedIn.personId);
    const mayWrite =
      hasCome && (organiser !== undefined || writesIn(part.subject, signedIn.personId));
    return { ...part, isOwn, mayWrite };
  });
  return showTimetablePage(
    c,
    { title: 'Worklog', lede: LEDE, scripts: ['/assets/worklog.js'] },
    <WorklogPage
      home={homeOf(c)}
      date={date}
      days={days.filter((day) => day <= today || day === date)}
      parts={parts}
      personId={signedIn.personId}
      saveKey={randomUUID}
    />,
  );
}

interface Asked {
  readonly date: string;
  readonly place: WorklogPlace;
}

/** The entry of the address; undefined where that is none. */
function askedOf(c: WorklogContext): Asked | undefined {
  const { date = '', subject = '' } = c.req.param() as Record<string, string | undefined>;
  const place = placeOf(subject);
  const parsed = dateSchema.safeParse(date);
  return place !== undefined && parsed.success ? { date: parsed.data, place } : undefined;
}

async function showEntry(
  c: WorklogContext,
  refused?: {
    readonly words: WorklogWords;
    readonly base: number;
    readonly problems: readonly Problem[];
  },
): Promise<Response | undefined> {
  const asked = askedOf(c);
  const { summit, services, signedIn, organiser } = c.var;
  if (asked === undefined) return undefined;
  const frame = await frameOf(services.db, summit);
  if (!frame?.days.some(({ date }) => date === asked.date)) return undefined;
  const parts = await worklogOf(services.db, rightOf(c), asked.date);
  const part = parts.find(({ subject }) => keyOf(subject.place) === keyOf(asked.place));
  if (part === undefined) return undefined;
  const { subject, entry } = part;
  const page = `${homeOf(c)}/worklog/${asked.date}`;
  // Who was taken out of the group while they typed gets their words back, with the reason.
  const mayWrite = organiser !== undefined || writesIn(subject, signedIn.personId);
  if (!mayWrite && refused === undefined) {
    return c.redirect(`${page}#${keyOf(asked.place)}`, 303);
  }
  return showTimetablePage(
    c,
    {
      title: `Worklog: ${subject.title}`,
      scripts: ['/assets/worklog.js'],
      status: refused === undefined ? 200 : 422,
    },
    <div data-worklog={signedIn.personId}>
      <p>
        <a href={page}>The worklog of this day</a>
      </p>
      <EntryForm
        action={`${page}/${keyOf(asked.place)}`}
        scope={keyOf(asked.place)}
        title={subject.title}
        words={refused?.words ?? entry ?? NO_WORDS}
        base={refused?.base ?? entry?.revision ?? 0}
        saveKey={randomUUID()}
        problems={refused?.problems}
      />
    </div>,
  );
}

const withoutNul = (text: string): string => text.replaceAll('\0', '\uFFFD');

/** Saves an entry: of the form, which goes on to the day; or of its script, which is answered in JSON. */
async function write(c: WorklogContext): Promise<Response | undefined> {
  const asked = askedOf(c);
  if (asked === undefined) return undefined;
  const isScript = c.req.header('content-type')?.startsWith('application/json') === true;
  const sent = isScript ? await c.req.json().catch(() => undefined) : (await readTyped(c)).typed;
  const parsed = entryForm.safeParse(sent);
  const refuse = (problems: readonly Problem[]): Promise<Response | undefined> | Response => {
    if (isScript) return c.json({ problem: problems[0]?.sentence ?? 'This is no save.' }, 422);
    const words = wordsFrom((field) => typedText(sent, field));
    return showEntry(c, { words, base: Number(typedText(sent, 'base')) || 0, problems });
  };
  if (!parsed.success) return refuse(formProblems(parsed.error));
  const { base, key, ...typed } = parsed.data;
  const words = wordsFrom((field) => withoutNul(typed[field]));
  const { summit, services, organiser } = c.var;
  const save = { words, base, clientKey: key };
  const done = await inTransaction(services.db, (tx) =>
    organiser === undefined
      ? writeWorklogEntry(tx, webActor(c), rightOf(c), summit, asked, save)
      : writeAnyWorklogEntry(tx, webActor(c), organiser, summit, asked, save),
  );
  if (!done.ok) {
    const isNowhere = ['no-such-subject', 'no-such-day'].includes(done.error.code);
    return isNowhere && !isScript ? undefined : refuse([done.error]);
  }
  const { revision, isMerged } = done.value;
  if (isScript) return c.json({ revision, words: wordsIn(done.value.words), isMerged });
  const page = `${homeOf(c)}/worklog/${asked.date}#${keyOf(asked.place)}`;
  const notice = isMerged
    ? 'Saved. Others wrote at the same time; their words and yours are both in it.'
    : 'Saved.';
  return seeOther(c, page, notice);
}
