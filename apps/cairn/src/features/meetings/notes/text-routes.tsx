import { randomUUID } from 'node:crypto';
import { ok } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { notesInPlan } from '../../planning/notes/standing-queries.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { mentionablePeople } from '../../work/mention-queries.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { HistoryPage, RevisionPage } from './history-views.tsx';
import { itemsOf, syncNotes } from './settle-commands.ts';
import { sittingsOf } from './sitting-rules.ts';
import { restoreText, saveText } from './text-commands.ts';
import { textAt, textOrTemplate, textRevision, textRevisions } from './text-queries.ts';
import {
  pageOf,
  subjectAt,
  TEXT_KINDS,
  type TextKind,
  type TextSubject,
  titleOf,
} from './text-rules.ts';
import { restoreForm, shownSchema, writtenForm } from './text-schema.ts';
import { EditPage, MergedPage, TextPage } from './text-views.tsx';

type TextContext = AppContext<ParticipantEnv['Variables']>;

/** States of a text on one page of its history. */
const ON_A_PAGE = 60;

/** The text that a request is about, if the summit has such a call and track. */
export function subjectOf(c: TextContext, kind: TextKind): TextSubject | undefined {
  const { meeting = '', track = '' } = c.req.param() as Record<string, string | undefined>;
  return subjectAt(meetingsOf(c.var.summit), { meeting, kind, track });
}

/**
 * `/s/<summit>/meetings/<meeting>/notes`, `…/notes/<track>` and the same for `agenda`: to read, to
 * write (`?edit`), who wrote what (`?history`) and old states (`?revision=7`). For those who come.
 */
export function textRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const kind of TEXT_KINDS) {
    const whole = `/s/:summit/meetings/:meeting/${kind}`;
    for (const address of [whole, `${whole}/:track`]) {
      routes.use(address, withSummit, participantsOnly, comersOnly);
      routes.get(address, async (c) => (await showText(c, subjectOf(c, kind))) ?? c.notFound());
      routes.post(address, async (c) => (await changeText(c, subjectOf(c, kind))) ?? c.notFound());
    }
  }
  return routes;
}

const homeOf = (c: TextContext): string => `/s/${c.var.summit.slug}`;

async function showText(
  c: TextContext,
  subject: TextSubject | undefined,
): Promise<Response | undefined> {
  if (subject === undefined) return undefined;
  const { summit, services } = c.var;
  const { db, clock } = services;
  const asked = shownSchema.parse(c.req.query());
  const common = { home: homeOf(c), subject, href: `${homeOf(c)}${pageOf(subject)}` };
  const title = titleOf(subject);
  const zone = readerZone(c, summit);
  if (asked.edit !== undefined) return showEditor(c, subject);
  const stored = await textAt(db, summit.id, subject);
  if (asked.history !== undefined && stored !== undefined) {
    const { before } = asked;
    const revisions = await textRevisions(db, stored.id, { before, most: ON_A_PAGE + 1 });
    const sittings = sittingsOf(revisions.slice(0, ON_A_PAGE));
    const next = revisions[ON_A_PAGE];
    // What the last one changed is known from the first state of the next page.
    const last = sittings.at(-1);
    const whole =
      next === undefined || last === undefined
        ? sittings
        : [...sittings.slice(0, -1), { ...last, before: next.body }];
    return showPage(
      c,
      { title: `History: ${title}`, lede: 'Who changed what, newest first.' },
      <HistoryPage
        {...common}
        sittings={whole}
        current={stored.revision}
        olderBefore={next && next.revision + 1}
        zone={zone}
      />,
    );
  }
  const latest = stored && (await textRevision(db, stored.id, asked.revision ?? stored.revision));
  if (asked.revision !== undefined) {
    if (stored === undefined || latest === undefined) return undefined;
    return showPage(
      c,
      { title: `Revision ${asked.revision}: ${title}` },
      <RevisionPage {...common} shown={latest} current={stored.revision} zone={zone} />,
    );
  }
  const items =
    latest === undefined || subject.kind !== 'notes'
      ? []
      : await itemsOf(db, summit, subject, latest.body, clock.now());
  const people = items.length === 0 ? [] : await mentionablePeople(db, summit.id);
  return showPage(
    c,
    { title },
    <TextPage
      {...common}
      latest={latest}
      items={items}
      names={new Map(people.map(({ id, name }) => [id, name]))}
      zone={zone}
      inPlan={await standingInPlan(c, subject, latest?.body)}
    />,
  );
}

/** How written notes stand in the plan. */
async function standingInPlan(c: TextContext, subject: TextSubject, body: string | undefined) {
  if (subject.kind !== 'notes' || body === undefined || body.trim() === '') return undefined;
  const { summit, services, organiser, signedIn } = c.var;
  const place = { summitId: summit.id, meeting: subject.meeting, track: subject.track };
  return notesInPlan(services.db, place, { organiser, personId: signedIn.personId });
}

/** The text to write in: as it stands, or as it was typed when that could not be saved. */
async function showEditor(
  c: TextContext,
  subject: TextSubject,
  refused?: Pick<Parameters<typeof EditPage>[0], 'problems' | 'text' | 'base' | 'saveKey'>,
): Promise<Response> {
  const { summit, services } = c.var;
  const { stored, template } = await textOrTemplate(services.db, summit.id, subject);
  const home = homeOf(c);
  const { meeting, kind, track } = subject;
  const live = `${home}/meetings/${meeting}/live/${kind}${track === '' ? '' : `/${track}`}`;
  const begun = {
    text: stored?.body ?? template,
    base: { revision: stored?.revision ?? 0, template: stored === undefined ? template : '' },
    saveKey: randomUUID(),
  };
  return showPage(
    c,
    {
      title: `Write: ${titleOf(subject)}`,
      heading: titleOf(subject),
      scripts: ['/assets/notes.js'],
      status: refused === undefined ? 200 : 422,
    },
    <EditPage
      home={home}
      subject={subject}
      href={`${home}${pageOf(subject)}`}
      live={{ stream: live, save: live }}
      {...(refused ?? begun)}
    />,
  );
}

async function changeText(
  c: TextContext,
  subject: TextSubject | undefined,
): Promise<Response | undefined> {
  if (subject === undefined) return undefined;
  const { summit, signedIn, services } = c.var;
  const { typed } = await readTyped(c);
  const href = `${homeOf(c)}${pageOf(subject)}`;
  const self = selfIn(summit.id, signedIn);
  const actor = webActor(c);
  const restore = restoreForm.safeParse(typed);
  if (restore.success) {
    const restored = await inTransaction(services.db, async (tx) => {
      const done = await restoreText(tx, actor, self, subject, restore.data.restore);
      const stored = await textAt(tx, summit.id, subject);
      if (!done.ok || stored === undefined) return done;
      const synced = await syncNotes(tx, actor, stored.id);
      return synced.ok ? done : synced;
    });
    if (!restored.ok) return seeOther(c, href, restored.error.sentence);
    return seeOther(
      c,
      href,
      restored.value.hasChanged
        ? 'It is in force again, as a new revision.'
        : 'It stands like that.',
    );
  }
  const form = writtenForm.safeParse(typed);
  if (!form.success) {
    const problems = formProblems(form.error);
    return showEditor(c, subject, { ...asTyped(typed), problems });
  }
  const { text, base, template, key } = form.data;
  const saved = await inTransaction(services.db, async (tx) => {
    const written = await saveText(tx, actor, self, subject, {
      text,
      base: { revision: base, template },
      saveKey: key,
    });
    if (!written.ok) return written;
    // Who pressed the button has finished a thought: the tasks are there at once.
    const synced = await syncNotes(tx, actor, written.value.id);
    return synced.ok ? ok(written.value) : synced;
  });
  if (!saved.ok) {
    return showEditor(c, subject, {
      text,
      base: { revision: base, template },
      saveKey: key ?? randomUUID(),
      problems: [saved.error],
    });
  }
  const { body, others, joins } = saved.value;
  const sent = text.replace(/\r\n?/g, '\n');
  if (body === sent) return seeOther(c, href, 'Saved.');
  return showPage(
    c,
    { title: titleOf(subject) },
    <MergedPage
      home={homeOf(c)}
      subject={subject}
      href={href}
      {...{ sent, body, others, joins }}
    />,
  );
}

/** What somebody typed, in a form that is not whole. */
const asTyped = (typed: Typed) => ({
  text: typedText(typed, 'text'),
  base: { revision: Number(typedText(typed, 'base')) || 0, template: typedText(typed, 'template') },
  saveKey: randomUUID(),
});
