import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { day } from '../../../platform/http/fields.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showTimetablePage } from '../page.tsx';
import {
  answerFaults,
  CHECK_SCRIPTS,
  factsFor,
  factsForForm,
  faultsOf,
  isDespite,
  type MakingContext,
  unread,
} from './check-page.tsx';
import type { ContradictionFacts } from './contradiction-rules.ts';
import { readDays } from './days-schema.ts';
import { DaysPage, type RefusedDays } from './days-views.tsx';
import { contradictionsIn } from './frame-check-rules.ts';
import { beginFrame, copyDay, removeDay, saveDays } from './frame-commands.ts';
import type { Frame } from './frame-rules.ts';
import { copyDayForm, newDayForm } from './frame-schema.ts';
import { BeginFrame, FramePage } from './frame-views.tsx';
import { moveRoom } from './room-commands.ts';
import { withDays } from './typed-rules.ts';

const FRAME = '/s/:summit/organise/timetable/frame';
const home = (c: MakingContext): string => `/s/${c.var.summit.slug}/organise/timetable`;

/** `/s/<summit>/organise/timetable/frame` and `…/days`: what the days are cut into. */
export function frameRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [FRAME, `${FRAME}/days`, `${FRAME}/days/check`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(FRAME, (c) => showFrame(c));
  routes.post(FRAME, changeFrameByHand);

  routes.get(`${FRAME}/days`, async (c) => {
    const facts = await factsFor(c);
    return facts === undefined ? toFrame(c) : showDays(c, facts.frame);
  });
  routes.post(`${FRAME}/days`, changeDays);
  routes.post(`${FRAME}/days/check`, async (c) => {
    const facts = await factsFor(c);
    const { typed } = await readTyped(c);
    return facts === undefined ? c.body(null, 204) : answerFaults(c, tryDays(facts, typed).faults);
  });

  return routes;
}

const toFrame = (c: MakingContext): Response => c.redirect(`${home(c)}/frame`, 303);

async function showFrame(c: MakingContext): Promise<Response> {
  const facts = await factsFor(c);
  const { dates, meals } = c.var.summit.definition;
  const page = {
    title: 'Days and rooms',
    lede: 'The frame of the timetable: what everybody does at the same time, and where sessions can be.',
  };
  if (facts === undefined) {
    const [from, to] = [dates.start, dates.end].map((text) => expectOk(parseDate(text)));
    if (from === undefined || to === undefined) throw new Error('a summit has dates');
    return showTimetablePage(
      c,
      page,
      <BeginFrame
        action={`${home(c)}/frame`}
        from={from}
        to={to}
        meals={meals.plan.map(({ meal }) => meal)}
      />,
    );
  }
  const found = contradictionsIn(facts).filter(({ at }) => at.startsWith('frame'));
  return showTimetablePage(
    c,
    page,
    <FramePage home={home(c)} frame={facts.frame} contradictions={found} />,
  );
}

const moveForm = z.object({ room: z.uuid(), by: z.enum(['-1', '1']) });

async function changeFrameByHand(c: MakingContext): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const address = `${home(c)}/frame`;
  if (typedText(typed, 'do') === 'move') {
    const form = moveForm.safeParse(typed);
    if (!form.success) return seeOther(c, `${address}#rooms`, 'Nothing was moved; try again.');
    const by = form.data.by === '1' ? 1 : -1;
    const moved = await inTransaction(services.db, (tx) =>
      moveRoom(tx, webActor(c), organiser, { id: form.data.room, by }),
    );
    return seeOther(c, `${address}#rooms`, moved.ok ? 'Moved.' : moved.error.sentence);
  }
  const begun = await inTransaction(services.db, (tx) => beginFrame(tx, webActor(c), organiser));
  const notice = 'The days are there. Change what is different here, and add the rooms.';
  return seeOther(c, address, begun.ok ? notice : begun.error.sentence);
}

function showDays(c: MakingContext, frame: Frame, refused?: RefusedDays): Response {
  const stored: Typed = {
    slot_minutes: String(frame.slotMinutes),
    session_minutes: String(frame.sessionMinutes),
    ...Object.fromEntries(
      frame.days.flatMap(({ date, starts, ends }) => [
        [`starts_${date}`, starts],
        [`ends_${date}`, ends],
      ]),
    ),
  };
  return showTimetablePage(
    c,
    {
      title: 'Days and lengths',
      scripts: CHECK_SCRIPTS,
      status: refused === undefined ? 200 : 422,
    },
    <DaysPage
      action={`${home(c)}/frame/days`}
      days={frame.days}
      stored={stored}
      refused={refused}
    />,
  );
}

/** The days as they were typed: read, and what they would contradict. */
function tryDays(facts: ContradictionFacts, typed: Typed) {
  const read = readDays(typed, facts.frame.days);
  if (!read.ok) return { read, faults: unread(read.error) };
  const after = { ...facts, frame: withDays(facts.frame, read.value) };
  return { read, faults: faultsOf(facts, after, []) };
}

async function changeDays(c: MakingContext): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const facts = await factsForForm(c);
  if (facts === undefined) return toFrame(c);
  const { frame } = facts;
  const address = `${home(c)}/frame`;
  const actor = webActor(c);
  const refuse = (form: RefusedDays['form'], rest: Omit<RefusedDays, 'form' | 'typed'>) =>
    showDays(c, frame, { form, typed, ...rest });
  switch (typedText(typed, 'do')) {
    case 'add': {
      const form = newDayForm.safeParse(typed);
      if (!form.success) return refuse('add', { problems: formProblems(form.error) });
      const { slotMinutes, sessionMinutes } = frame;
      const saved = await inTransaction(services.db, (tx) =>
        saveDays(tx, actor, organiser, { slotMinutes, sessionMinutes, days: [form.data] }),
      );
      if (!saved.ok) return refuse('add', { problems: [saved.error] });
      return seeOther(c, address, 'The day is added; it has no blocks yet.');
    }
    case 'copy': {
      const form = copyDayForm.safeParse(typed);
      if (!form.success) return refuse('copy', { problems: formProblems(form.error) });
      const copied = await inTransaction(services.db, (tx) =>
        copyDay(tx, actor, organiser, { from: form.data.from, to: form.data['to[]'] }),
      );
      if (!copied.ok) return refuse('copy', { problems: [copied.error] });
      return seeOther(
        c,
        address,
        `${counted(copied.value.days, 'day is', 'days are')} like it now.`,
      );
    }
    case 'remove': {
      const date = day.safeParse(typedText(typed, 'date'));
      const removed = await inTransaction(services.db, (tx) =>
        removeDay(tx, actor, organiser, { date: date.success ? date.data : '' }),
      );
      if (!removed.ok) {
        const problem = { ...removed.error, place: { path: 'date' } };
        return refuse('remove', { problems: [problem] });
      }
      const blocks = counted(removed.value.blocks, 'block');
      return seeOther(c, address, `The day is removed, with ${blocks}.`);
    }
    default: {
      const { read, faults } = tryDays(facts, typed);
      if (!read.ok) return refuse('days', { problems: read.error });
      if (faults.contradictions.length > 0 && !isDespite(typed)) {
        return refuse('days', { problems: [], faults });
      }
      const saved = await inTransaction(services.db, (tx) =>
        saveDays(tx, actor, organiser, read.value),
      );
      if (!saved.ok) return refuse('days', { problems: [saved.error] });
      return seeOther(c, address, 'Saved.');
    }
  }
}
