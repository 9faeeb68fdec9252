import type { Problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { factsFor, type MakingContext } from '../frame/check-page.tsx';
import { contradictionsIn } from '../frame/frame-check-rules.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { showTimetablePage } from '../page.tsx';
import { type SessionPerson, sessionPeople } from '../sessions/people-queries.ts';
import { notePresence } from './presence-commands.ts';
import { presenceOf } from './presence-queries.ts';
import { isWhole, type Presence } from './presence-rules.ts';
import { presenceAsTyped, readPresence, shownAs } from './presence-schema.ts';
import { PRESENCE_FILTERS, type PresenceFilter, PresencePage } from './presence-views.tsx';

const PRESENCE = '/s/:summit/organise/timetable/presence';
/** Rows of one form: more than that is slow to look through on a phone. */
const PAGE = 60;

/** `/s/<summit>/organise/timetable/presence`: when everybody is there. */
export function presenceRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(PRESENCE, withSummit, organisersOnly);
  routes.get(PRESENCE, (c) => showPresence(c));
  routes.post(PRESENCE, keepPresences);
  return routes;
}

const addressOf = (c: AppContext): string => {
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
};

async function showPresence(c: MakingContext, refused?: RefusedForm): Promise<Response> {
  const { summit, services } = c.var;
  const [frame, people, presence, facts] = await Promise.all([
    frameOf(services.db, summit),
    sessionPeople(services.db, summit.id),
    presenceOf(services.db, summit.id),
    factsFor(c),
  ]);
  const days = frame?.days ?? [];
  const asked = c.req.query('show');
  const filter = PRESENCE_FILTERS.find(([value]) => value === asked)?.[0] ?? 'all';
  const among: Readonly<Record<PresenceFilter, (person: SessionPerson) => boolean>> = {
    all: () => true,
    unsaid: ({ id }) => !presence.has(id),
    partly: ({ id }) => !isWhole(presence.get(id), days),
    remote: ({ id }) => presence.get(id)?.isRemote === true,
  };
  const who = c.req.query('who');
  // Of a form that is shown again every row stays, wherever its person belongs by now.
  const shown = people.filter((person) =>
    refused !== undefined
      ? typeof refused.typed[`shown_${person.id}`] === 'string'
      : who === undefined || who === ''
        ? among[filter](person)
        : person.id === who,
  );
  const pages = refused !== undefined ? 1 : Math.max(1, Math.ceil(shown.length / PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1));
  const rows = refused !== undefined ? shown : shown.slice((page - 1) * PAGE, page * PAGE);
  const stored: Typed = Object.assign(
    {},
    ...rows.map(({ id }) => presenceAsTyped(presence.get(id), `_${id}`)),
  );
  const count = (of: PresenceFilter): number => people.filter(among[of]).length;
  return showTimetablePage(
    c,
    {
      title: 'Who is there',
      lede: 'Arrivals and departures limit who can be where; people from afar need a room with video.',
      status: refused === undefined ? 200 : 422,
    },
    <PresencePage
      home={`/s/${summit.slug}/organise/timetable`}
      action={addressOf(c)}
      filter={filter}
      counts={{
        all: people.length,
        unsaid: count('unsaid'),
        partly: count('partly'),
        remote: count('remote'),
      }}
      people={rows.map(({ id, name }) => ({
        id,
        name,
        shown: refused === undefined ? shownAs(presence.get(id)) : shownBefore(refused.typed, id),
        note: presence.get(id)?.note ?? '',
      }))}
      page={page}
      pages={pages}
      typed={refused?.typed ?? stored}
      problems={refused?.problems}
      contradictions={
        facts === undefined
          ? []
          : contradictionsIn(facts).filter(({ about }) => about.some((id) => facts.people.has(id)))
      }
    />,
  );
}

const shownBefore = (typed: Typed, id: string): string => typedText(typed, `shown_${id}`);

/** Saves the rows that somebody changed; what others said of other rows meanwhile stays. */
async function keepPresences(c: MakingContext): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const [people, presence] = await Promise.all([
    sessionPeople(services.db, summit.id),
    presenceOf(services.db, summit.id),
  ]);
  const problems: Problem[] = [];
  const changed: Presence[] = [];
  for (const { id: personId } of people) {
    const before = typed[`shown_${personId}`];
    if (typeof before !== 'string') continue;
    const read = readPresence(typed, `_${personId}`);
    if (!read.ok) {
      problems.push(...read.error);
      continue;
    }
    const note = presence.get(personId)?.note ?? '';
    const said = { ...read.value, note, personId };
    if (shownAs(said) !== (before === '' ? '||||' : before)) changed.push(said);
  }
  if (problems.length > 0) return showPresence(c, { typed, problems });
  const saved = await inTransaction(services.db, async (tx) => {
    for (const said of changed) {
      const kept = await notePresence(tx, webActor(c), organiser, said);
      if (!kept.ok) return kept;
    }
    return ok(changed.length);
  });
  if (!saved.ok) return showPresence(c, { typed, problems: [saved.error] });
  const notice =
    saved.value === 0
      ? 'Nothing had changed.'
      : `Saved for ${counted(saved.value, 'person', 'people')}.`;
  return seeOther(c, addressOf(c), notice);
}
