import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  type Typed,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { openTopics } from '../../planning/interest/interest-queries.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import {
  answerFaults,
  CHECK_SCRIPTS,
  factsFor,
  faultsOf,
  isDespite,
  type MakingContext,
  unread,
} from '../frame/check-page.tsx';
import type { ContradictionFacts } from '../frame/contradiction-rules.ts';
import type { TypedFaults } from '../frame/contradiction-views.tsx';
import { contradictionsIn } from '../frame/frame-check-rules.ts';
import { lengthWords } from '../frame/frame-words-rules.ts';
import { NEW } from '../frame/typed-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { SESSION_FILTERS, type SessionFilter, SessionListPage } from './list-views.tsx';
import { makeSessions } from './make-commands.ts';
import { removeSession, removeSessions, saveSession } from './session-commands.ts';
import type { Session } from './session-rules.ts';
import { makeForm, sessionAsTyped, sessionForm } from './session-schema.ts';
import { SessionPage } from './session-views.tsx';
import { sessionSources } from './source-queries.ts';

const LIST = '/s/:summit/organise/timetable/sessions';
const SESSION = `${LIST}/:session{new|[0-9a-f-]{36}}`;
const homeOf = (c: MakingContext): string => `/s/${c.var.summit.slug}/organise/timetable`;

/** What a request is about: the facts of the making, and the session unless it is a new one. */
interface Asked {
  readonly facts: ContradictionFacts;
  readonly session: Session | undefined;
  readonly action: string;
}

/** `/s/<summit>/organise/timetable/sessions`: the list, making many at once, and each by itself. */
export function sessionRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [LIST, SESSION, `${SESSION}/check`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(LIST, (c) => showList(c));
  routes.post(LIST, changeList);

  routes.get(SESSION, async (c) => {
    const asked = await askedFor(c, c.req.param('session'));
    return asked instanceof Response ? asked : showSession(c, asked);
  });
  routes.post(`${SESSION}/check`, async (c) => {
    const asked = await askedFor(c, c.req.param('session'));
    const { typed } = await readTyped(c);
    return asked instanceof Response ? asked : answerFaults(c, trySession(asked, typed).faults);
  });
  routes.post(SESSION, async (c) => {
    const asked = await askedFor(c, c.req.param('session'));
    return asked instanceof Response ? asked : changeSession(c, asked);
  });

  return routes;
}

const hasLead = ({ leads, groupKey }: Session, { groups }: ContradictionFacts): boolean =>
  leads.length > 0 || (groupKey !== null && (groups.get(groupKey)?.leads ?? []).length > 0);

interface RefusedList extends RefusedForm {
  readonly form: 'remove' | 'make';
}

async function showList(c: MakingContext, refused?: RefusedList): Promise<Response> {
  const { summit, services } = c.var;
  const facts = await factsFor(c);
  if (facts === undefined) return c.redirect(`${homeOf(c)}/frame`, 303);
  const [groups, topics] = await Promise.all([
    sessionSources(services.db, summit.id, 'groups'),
    sessionSources(services.db, summit.id, 'topics'),
  ]);
  const contradictions = contradictionsIn(facts).filter(({ at }) => at.startsWith('sessions'));
  const contradicted = new Set(contradictions.flatMap(({ about }) => about));
  const among: Readonly<Record<SessionFilter, (session: Session) => boolean>> = {
    all: ({ kind }) => kind !== 'open',
    leadless: (session) => session.kind !== 'open' && !hasLead(session, facts),
    contradicted: ({ id }) => contradicted.has(id),
    optional: ({ kind, isOptional }) => kind !== 'open' && isOptional,
    open: ({ kind }) => kind === 'open',
  };
  const asked = c.req.query('show');
  const filter = SESSION_FILTERS.find(([value]) => value === asked)?.[0] ?? 'all';
  const who = c.req.query('who') ?? '';
  const isOf = (session: Session): boolean =>
    who === '' ||
    session.leads.includes(who) ||
    session.needed.includes(who) ||
    (session.groupKey !== null && (facts.groups.get(session.groupKey)?.people ?? []).includes(who));
  const count = (of: SessionFilter): number => facts.sessions.filter(among[of]).length;
  return showTimetablePage(
    c,
    {
      title: 'Sessions',
      lede: 'What is to be put into the timetable. A draft says when and where.',
      status: refused === undefined ? 200 : 422,
    },
    <SessionListPage
      home={homeOf(c)}
      filter={filter}
      counts={{
        all: count('all'),
        leadless: count('leadless'),
        contradicted: count('contradicted'),
        optional: count('optional'),
        open: count('open'),
      }}
      sessions={facts.sessions.filter((session) => among[filter](session) && isOf(session))}
      names={new Map([...facts.others, ...facts.people])}
      groups={facts.groups}
      contradictions={contradictions}
      rules={facts.rules.length}
      problems={refused?.form === 'remove' ? refused.problems : undefined}
      make={{
        typed:
          refused?.form === 'make'
            ? refused.typed
            : {
                from: groups.length > 0 ? 'groups' : 'topics',
                count: '1',
                minutes: String(facts.frame.sessionMinutes),
              },
        problems: refused?.form === 'make' ? refused.problems : undefined,
        groups: groups.length,
        topics: topics.length,
      }}
    />,
  );
}

async function changeList(c: MakingContext): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const address = `${homeOf(c)}/sessions`;
  const actor = webActor(c);
  if (typedText(typed, 'do') !== 'make') {
    const ids = typedList(typed, 'ids[]').filter((id) => z.uuid().safeParse(id).success);
    if (ids.length === 0)
      return seeOther(c, address, 'Nothing was removed; choose sessions first.');
    const removed = await inTransaction(services.db, (tx) =>
      removeSessions(tx, actor, organiser, { ids }),
    );
    if (!removed.ok) return showList(c, { form: 'remove', typed, problems: [removed.error] });
    return seeOther(
      c,
      address,
      `${counted(removed.value.removed, 'session is', 'sessions are')} removed.`,
    );
  }
  const form = makeForm.safeParse(typed);
  if (!form.success)
    return showList(c, { form: 'make', typed, problems: formProblems(form.error) });
  const made = await inTransaction(services.db, (tx) =>
    makeSessions(tx, actor, organiser, form.data),
  );
  if (!made.ok) return showList(c, { form: 'make', typed, problems: [made.error] });
  const taken =
    made.value.taken > 0 ? ` ${made.value.taken} that there were belong to their groups now.` : '';
  const notice =
    made.value.made === 0
      ? `Each has its sessions already.${taken}`
      : `${counted(made.value.made, 'session is', 'sessions are')} made.${taken}`;
  return seeOther(c, address, notice);
}

/** The facts and the session of a request; where there is none, the answer that says so. */
async function askedFor(c: MakingContext, key: string): Promise<Asked | Response> {
  const facts = await factsFor(c);
  if (facts === undefined) return c.redirect(`${homeOf(c)}/frame`, 303);
  const session = facts.sessions.find(({ id, kind }) => id === key && kind !== 'open');
  if (session === undefined && key !== NEW) return c.notFound();
  return { facts, session, action: `${homeOf(c)}/sessions/${key}` };
}

function trySession({ facts, session }: Asked, typed: Typed) {
  const form = sessionForm.safeParse(typed);
  if (!form.success) return { form, faults: unread(formProblems(form.error)) };
  const id = session?.id ?? NEW;
  const typedSession: Session = { ...form.data, id };
  const others = facts.sessions.filter((each) => each.id !== id);
  return { form, faults: faultsOf(facts, { ...facts, sessions: [...others, typedSession] }, [id]) };
}

async function changeSession(c: MakingContext, asked: Asked): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const { session } = asked;
  const list = `${homeOf(c)}/sessions`;
  const actor = webActor(c);
  if (typedText(typed, 'do') === 'remove' && session !== undefined) {
    const removed = await inTransaction(services.db, (tx) =>
      removeSession(tx, actor, organiser, { id: session.id }),
    );
    return seeOther(
      c,
      list,
      removed.ok ? `“${session.title}” is removed.` : removed.error.sentence,
    );
  }
  const { form, faults } = trySession(asked, typed);
  if (!form.success) {
    return showSession(c, asked, { typed, problems: formProblems(form.error) });
  }
  // A length that is rounded up is said afterwards, and stops nobody.
  const found = faults.contradictions.filter(({ code }) => code !== 'session-not-in-slots');
  if (found.length > 0 && !isDespite(typed)) {
    return showSession(c, asked, { typed, problems: [] }, { problems: [], contradictions: found });
  }
  const saved = await inTransaction(services.db, (tx) =>
    saveSession(tx, actor, organiser, { ...form.data, id: session?.id }),
  );
  if (!saved.ok) return showSession(c, asked, { typed, problems: [saved.error] });
  const rounded =
    saved.value.minutes === form.data.minutes
      ? ''
      : ` It takes ${lengthWords(saved.value.minutes)}, in whole slots.`;
  return seeOther(c, list, `“${form.data.title}” is saved.${rounded}`);
}

async function showSession(
  c: MakingContext,
  { facts, session, action }: Asked,
  refused?: RefusedForm,
  faults?: TypedFaults,
): Promise<Response> {
  const { summit, services } = c.var;
  const topics = await openTopics(services.db, summit.id);
  const { frame, people, others, groups } = facts;
  const named = session === undefined ? [] : [...session.leads, ...session.needed];
  const gone = [...others].filter(([id]) => named.includes(id));
  const typed: Typed =
    refused?.typed ??
    (session === undefined
      ? { kind: 'work', minutes: String(frame.sessionMinutes) }
      : sessionAsTyped(session));
  const own = typedText(typed, 'group');
  const known = [...groups].map(([value, { title }]) => ({ value, label: title }));
  return showTimetablePage(
    c,
    {
      title: session?.title ?? 'A new session',
      scripts: CHECK_SCRIPTS,
      status: refused === undefined ? 200 : 422,
    },
    <SessionPage
      action={action}
      isNew={session === undefined}
      typed={typed}
      problems={refused?.problems}
      faults={faults}
      slotMinutes={frame.slotMinutes}
      topics={topics.map(({ number, title }) => ({
        value: String(number),
        label: `${number}: ${title}`,
      }))}
      // A group that is gone stays chosen until somebody chooses another.
      groups={
        own === '' || groups.has(own) ? known : [...known, { value: own, label: `${own} (gone)` }]
      }
      people={[
        ...[...people].map(([value, label]) => ({ value, label })),
        ...gone.map(([value, name]) => ({ value, label: `${name} (does not come)` })),
      ]}
      features={[...new Set(frame.rooms.flatMap((room) => room.features))].toSorted()}
    />,
  );
}
