import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { expectZone, Temporal, type ZoneName } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { type PossiblePlace, placesFor } from '../drafts/places-rules.ts';
import { pinSessions, redoStep, undoStep } from '../drafts/step-commands.ts';
import { slotsOf } from '../frame/frame-rules.ts';
import { momentAt } from '../frame/moment-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { checkPlacements } from '../solving/check-rules.ts';
import { expectedPeople } from '../solving/facts-rules.ts';
import { askedOf } from './asked-rules.ts';
import { type EditorData, editorData } from './editor-queries.ts';
import { editorBoard } from './editor-rules.ts';
import { askedSchema, moveForm, pinForm, viewSchema } from './editor-schema.ts';
import { EditorPage } from './editor-views.tsx';
import { type Moved, moveInDraft } from './move-commands.ts';
import type { PanelProps } from './panel-views.tsx';
import { placeKey } from './place-key-rules.ts';
import { viewHref } from './view-rules.ts';

/** Where a draft is edited; ids only, so that nothing else under `/drafts` is taken for one. */
export const DRAFT_PATH = '/s/:summit/organise/timetable/drafts/:draft{[0-9a-f-]{36}}';

export type DraftContext = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/timetable/drafts/<id>`: the editor, and what its forms and its script post. */
export function editorRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(DRAFT_PATH, withSummit, organisersOnly);
  for (const deed of ['move', 'pin', 'undo', 'redo']) {
    routes.use(`${DRAFT_PATH}/${deed}`, withSummit, organisersOnly);
  }
  routes.get(DRAFT_PATH, async (c) => (await showEditor(c, c.req.query())) ?? c.notFound());
  routes.post(`${DRAFT_PATH}/move`, (c) => move(c));
  routes.post(`${DRAFT_PATH}/pin`, (c) => pin(c));
  routes.post(`${DRAFT_PATH}/undo`, (c) =>
    back(c, 'Undone: the timetable is as it was before your last change.', undoStep),
  );
  routes.post(`${DRAFT_PATH}/redo`, (c) => back(c, 'Done again.', redoStep));
  return routes;
}

export const draftIdOf = (c: DraftContext): string => c.req.param('draft') ?? '';
const hrefOf = (c: DraftContext): string =>
  `/s/${c.var.summit.slug}/organise/timetable/drafts/${draftIdOf(c)}`;

/** The page; with a session that is being moved its menu, and with a place what that would mean. */
async function showEditor(
  c: DraftContext,
  query: Readonly<Record<string, unknown>>,
  problems: readonly Problem[] = [],
): Promise<Response | undefined> {
  const { summit, services, organiser } = c.var;
  const data = await editorData(services.db, summit, organiser, draftIdOf(c));
  if (data === undefined) return undefined;
  const { draft, facts, steps } = data;
  const { frame } = facts;
  const parsed = viewSchema.parse(query);
  const day = frame.days.some(({ date }) => date === parsed.day) ? parsed.day : undefined;
  const view = {
    ...(day === undefined ? {} : { day }),
    ...(parsed.view === undefined ? {} : { view: parsed.view }),
  };
  const href = hrefOf(c);
  const faults = checkPlacements(facts, draft.placements).breaks.filter(
    // What has no place is told by the list of it.
    ({ rule }) => rule !== 'placed' && rule !== 'interest' && rule !== 'worst-off',
  );
  const shown = editorBoard(facts, draft.placements, faults);
  const panel = panelOf(data, { query, problems, href, view, faults });
  const [zone, placeZone] = [readerZone(c, summit), expectZone(summit.definition.zone)];
  const lost = problems.length > 0 && panel === undefined ? problems[0]?.sentence : undefined;
  return showTimetablePage(
    c,
    {
      title: `Edit: ${draft.name}`,
      heading: draft.name,
      scripts: ['/assets/editor.js'],
      status: problems.length > 0 ? 422 : 200,
    },
    <>
      {lost !== undefined && (
        <div class="problems" role="alert">
          <p>{lost}</p>
        </div>
      )}
      <EditorPage
        {...{ href, view, frame, shown, day, faults, panel, zone, placeZone }}
        revision={draft.revision}
        isCondensed={parsed.view === 'condensed'}
        held={
          panel && {
            sessionId: panel.session.id,
            places: new Map(panel.places.map((place) => [placeKey(place, frame.rooms), place])),
          }
        }
        moveHref={(sessionId, to) =>
          `${viewHref(href, view, to === undefined ? { move: sessionId } : { move: sessionId, to })}#move`
        }
        steps={steps.map((step) => ({ ...step, isOwn: step.personId === organiser.personId }))}
        undoable={data.undoable}
        sessions={facts.sessions}
        readersTime={zone === placeZone ? undefined : readersTime(placeZone, zone)}
      />
    </>,
  );
}

/** What a clock of the reader's says when one at the place says so much; with the day where it is another. */
const readersTime =
  (placeZone: ZoneName, zone: ZoneName) =>
  (date: string, time: string): string => {
    const there = momentAt(date, time, placeZone).toZonedDateTimeISO(zone);
    const clock = there.toPlainTime().toString({ smallestUnit: 'minute' });
    const shift = Temporal.PlainDate.from(date).until(there.toPlainDate()).days;
    return shift === 0 ? clock : `${clock} ${shift > 0 ? '+' : '−'}1`;
  };

interface PanelSources extends Pick<PanelProps, 'href' | 'view' | 'problems'> {
  readonly query: Readonly<Record<string, unknown>>;
  readonly faults: readonly {
    readonly sentence: string;
    readonly sessions: readonly string[];
    readonly isHard: boolean;
  }[];
}

/** The menu of the session that the address or the form names, if there is one. */
function panelOf(
  { draft, facts }: EditorData,
  { query, problems, href, view, faults }: PanelSources,
): PanelProps | undefined {
  const { move: id, ...asked } = askedSchema.parse(query);
  const session = facts.sessions.find((each) => each.id === id);
  if (session === undefined) return undefined;
  const places = placesFor(facts, draft.placements, session.id);
  const placement = draft.placements.find(({ sessionId }) => sessionId === session.id);
  const to =
    asked.to ?? (asked.when === undefined ? undefined : `${asked.when}@${asked.room ?? ''}`);
  const found = to === undefined ? undefined : placeAt(facts, places, to);
  const names = new Map(facts.people.map(({ id: person, name }) => [person, name]));
  const missing =
    to !== undefined && found === undefined && problems.length === 0 ? [NO_PLACE] : problems;
  return {
    href,
    view,
    session,
    placement,
    places,
    frame: facts.frame,
    revision: draft.revision,
    people: expectedPeople(facts, session, placement?.date).people.map(
      (person) => names.get(person) ?? 'somebody who is gone',
    ),
    conflicts: faults
      .filter(({ isHard, sessions }) => isHard && sessions.includes(session.id))
      .map(({ sentence }) => sentence),
    asked: found && askedOf(facts, draft.placements, session, found),
    problems: missing,
  };
}

const NO_PLACE: Problem = {
  code: 'no-place',
  place: { path: 'when' },
  sentence: 'There is no such place; choose a time and a room of the timetable.',
};

const placeAt = (
  { frame }: EditorData['facts'],
  places: readonly PossiblePlace[],
  key: string,
): PossiblePlace | undefined => {
  const isSlot = slotsOf(frame).some((slot) => key.startsWith(`${slot.key}@`));
  return isSlot ? places.find((place) => placeKey(place, frame.rooms) === key) : undefined;
};

/** Whether the script asks, which wants an answer in JSON. */
const isScript = (c: DraftContext): boolean =>
  (c.req.header('accept') ?? '').startsWith('application/json');

async function move(c: DraftContext): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const form = moveForm.safeParse(typed);
  const draftId = draftIdOf(c);
  if (!form.success) return answer(c, typed, { ok: false, error: NOT_WHOLE });
  const { session, to, seen, swap } = form.data;
  const moved = await inTransaction(services.db, (tx) =>
    moveInDraft(tx, webActor(c), organiser, summit, { draftId, session, to, seen, swap }),
  );
  return answer(c, { ...typed, move: session, ...(to === '' ? {} : { to }) }, moved);
}

async function pin(c: DraftContext): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const form = pinForm.safeParse(typed);
  if (!form.success) return answer(c, typed, { ok: false, error: NOT_WHOLE });
  const isPinned = form.data.pinned === 'yes';
  const pinned = await inTransaction(services.db, async (tx): Promise<Result<Moved, Problem>> => {
    const done = await pinSessions(tx, webActor(c), organiser, {
      draftId: draftIdOf(c),
      sessions: [form.data.session],
      isPinned,
    });
    if (!done.ok) return done;
    const said = isPinned
      ? 'It is pinned: searches and repairs leave it there.'
      : 'It is released: a search may move it.';
    return ok({ revision: done.value.revision, said: [said] });
  });
  return answer(c, { ...typed, move: form.data.session }, pinned);
}

async function back(c: DraftContext, said: string, command: typeof undoStep): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const done = await inTransaction(services.db, async (tx): Promise<Result<Moved, Problem>> => {
    const taken = await command(tx, webActor(c), organiser, { draftId: draftIdOf(c) });
    return taken.ok ? ok({ revision: taken.value.revision, said: [said] }) : taken;
  });
  return answer(c, typed, done);
}

const NOT_WHOLE: Problem = {
  code: 'not-whole',
  place: {},
  sentence: 'This names no session of the draft; choose one on the page, and move it again.',
};

/** A notice has to fit into a cookie. */
const MOST_SAID = 4;
const LONGEST_SAID = 700;

/** Tells what became of a change: to the script in JSON, else by the page, with all that was asked. */
async function answer(
  c: DraftContext,
  query: Readonly<Record<string, unknown>>,
  done: Result<Moved, Problem>,
): Promise<Response> {
  if (isScript(c)) {
    return done.ok ? c.json(done.value) : c.json({ problem: done.error.sentence }, 422);
  }
  if (!done.ok) return (await showEditor(c, query, [done.error])) ?? c.notFound();
  const { day, view } = viewSchema.parse(query);
  const { said } = done.value;
  const rest = said.length - MOST_SAID;
  const words = [...said.slice(0, MOST_SAID), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
  const href = viewHref(hrefOf(c), {
    ...(day === undefined ? {} : { day }),
    ...(view === undefined ? {} : { view }),
  });
  const moved = typeof query['move'] === 'string' ? `#s-${query['move']}` : '';
  return seeOther(c, `${href}${moved}`, words.slice(0, LONGEST_SAID));
}
