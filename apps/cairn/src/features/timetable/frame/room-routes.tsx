import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showTimetablePage } from '../page.tsx';
import {
  answerFaults,
  CHECK_SCRIPTS,
  factsForForm,
  faultsOf,
  isDespite,
  type MakingContext,
  unread,
} from './check-page.tsx';
import { closeRoom, reopenRoom } from './closure-commands.ts';
import { closedFrom, momentIn } from './closure-rules.ts';
import type { ContradictionFacts } from './contradiction-rules.ts';
import type { Room, Stretch } from './frame-rules.ts';
import { closeForm, closeFromForm, reopenFromForm, roomForm } from './frame-schema.ts';
import { removeRoom, saveRoom } from './room-commands.ts';
import { ClosingSection, type RefusedRoom, RoomForm } from './room-views.tsx';
import { NEW, withClosures, withRoom } from './typed-rules.ts';

const ROOM = '/s/:summit/organise/timetable/frame/rooms/:room';
const frameAt = (c: MakingContext): string => `/s/${c.var.summit.slug}/organise/timetable/frame`;

/** What a request is about: the frame's facts, and the room unless it is a new one. */
interface Asked {
  readonly facts: ContradictionFacts;
  readonly room: Room | undefined;
  readonly action: string;
}

/** `/s/<summit>/organise/timetable/frame/rooms/new` and `…/<room>`, with what closes it. */
export function roomRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [ROOM, `${ROOM}/check`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(ROOM, async (c) => {
    const asked = await askedFor(c, c.req.param('room'));
    return asked instanceof Response ? asked : showRoom(c, asked);
  });

  routes.post(`${ROOM}/check`, async (c) => {
    const asked = await askedFor(c, c.req.param('room'));
    const { typed } = await readTyped(c);
    if (asked instanceof Response) return asked;
    const isClosing = typedText(typed, 'do') === 'close';
    return answerFaults(c, (isClosing ? tryClosing : tryRoom)(asked, typed).faults);
  });

  routes.post(ROOM, async (c) => {
    const asked = await askedFor(c, c.req.param('room'));
    if (asked instanceof Response) return asked;
    const { typed } = await readTyped(c);
    const { room } = asked;
    return room === undefined || typedText(typed, 'do') === 'save'
      ? keepRoom(c, asked, typed)
      : changeRoom(c, { ...asked, room }, typed);
  });

  return routes;
}

/** The frame and the room of a request; where there is none, the answer that says so. */
async function askedFor(c: MakingContext, key: string): Promise<Asked | Response> {
  const facts = await factsForForm(c);
  if (facts === undefined) return c.redirect(frameAt(c), 303);
  const room = facts.frame.rooms.find(({ id }) => id === key);
  if (room === undefined && key !== NEW) return c.notFound();
  return { facts, room, action: `${frameAt(c)}/rooms/${key}` };
}

function tryRoom({ facts, room }: Asked, typed: Typed) {
  const form = roomForm.safeParse(typed);
  if (!form.success) return { form, faults: unread(formProblems(form.error)) };
  const after = { ...facts, frame: withRoom(facts.frame, { ...form.data, id: room?.id }) };
  return { form, faults: faultsOf(facts, after, [room?.id ?? NEW]) };
}

function tryClosing({ facts, room }: Asked, typed: Typed) {
  const form = closeForm.safeParse(typed);
  if (!form.success || room === undefined) {
    return { form, stretches: [], faults: unread(form.success ? [] : formProblems(form.error)) };
  }
  const { date, until, starts, ends, reason } = form.data;
  const dates = [...new Set([date, ...facts.frame.days.map((day) => day.date)])].filter(
    (each) => each === date || (each > date && each <= until),
  );
  const stretches: Stretch[] = dates.map((each) => ({ date: each, starts, ends }));
  const closures = stretches.map((stretch) => ({ ...stretch, roomId: room.id, reason }));
  const after = { ...facts, frame: withClosures(facts.frame, closures) };
  return { form, stretches, faults: faultsOf(facts, after, []) };
}

async function keepRoom(c: MakingContext, asked: Asked, typed: Typed): Promise<Response> {
  const { services, organiser } = c.var;
  const refuse = (rest: Omit<RefusedRoom, 'form' | 'typed'>) =>
    showRoom(c, asked, { form: 'room', typed, ...rest });
  const { form, faults } = tryRoom(asked, typed);
  if (!form.success) return refuse({ problems: formProblems(form.error) });
  const found = faults.contradictions.filter(({ code }) => code !== 'room-twice');
  if (found.length > 0 && !isDespite(typed)) return refuse({ problems: [], faults });
  const saved = await inTransaction(services.db, (tx) =>
    saveRoom(tx, webActor(c), organiser, { ...form.data, id: asked.room?.id }),
  );
  if (!saved.ok) return refuse({ problems: [saved.error] });
  return seeOther(c, `${frameAt(c)}#rooms`, `“${form.data.name}” is saved.`);
}

async function changeRoom(
  c: MakingContext,
  asked: Asked & { readonly room: Room },
  typed: Typed,
): Promise<Response> {
  const { services, organiser } = c.var;
  const { room, action, facts } = asked;
  const actor = webActor(c);
  const closed = `${action}#closed`;
  const refuse = (form: RefusedRoom['form'], rest: Omit<RefusedRoom, 'form' | 'typed'>) =>
    showRoom(c, asked, { form, typed, ...rest });
  switch (typedText(typed, 'do')) {
    case 'close': {
      const { form, stretches, faults } = tryClosing(asked, typed);
      if (!form.success) return refuse('close', { problems: formProblems(form.error) });
      if (faults.contradictions.length > 0 && !isDespite(typed)) {
        return refuse('close', { problems: [], faults });
      }
      const done = await inTransaction(services.db, (tx) =>
        closeRoom(tx, actor, organiser, {
          roomId: room.id,
          stretches,
          reason: form.data.reason,
        }),
      );
      if (!done.ok) return refuse('close', { problems: [done.error] });
      return seeOther(c, closed, `Closed on ${counted(stretches.length, 'day')}.`);
    }
    case 'close-from': {
      const form = closeFromForm.safeParse(typed);
      if (!form.success) return refuse('close-from', { problems: formProblems(form.error) });
      const { from_date: date, from_time: time, from_reason: reason } = form.data;
      const stretches = closedFrom(facts.frame.days, { date, time });
      const done = await inTransaction(services.db, (tx) =>
        closeRoom(tx, actor, organiser, { roomId: room.id, stretches, reason }),
      );
      if (!done.ok) {
        const problem = { ...done.error, place: { path: 'from_date' } };
        return refuse('close-from', { problems: [problem] });
      }
      return seeOther(c, closed, 'Closed from then on. Look at what it breaks, and repair it.');
    }
    case 'open-from': {
      const form = reopenFromForm.safeParse(typed);
      if (!form.success) return refuse('open-from', { problems: formProblems(form.error) });
      const from = { date: form.data.open_date, time: form.data.open_time };
      const done = await inTransaction(services.db, (tx) =>
        reopenRoom(tx, actor, organiser, { roomId: room.id, from }),
      );
      if (!done.ok) return refuse('open-from', { problems: [done.error] });
      return seeOther(c, closed, 'Open again from then on.');
    }
    case 'reopen': {
      const own = facts.frame.closures.find(
        ({ id, roomId }) => id === typedText(typed, 'closure') && roomId === room.id,
      );
      const done = await inTransaction(services.db, (tx) =>
        reopenRoom(tx, actor, organiser, { closureId: own?.id ?? '' }),
      );
      return seeOther(c, closed, done.ok ? 'Taken back.' : done.error.sentence);
    }
    case 'remove': {
      const done = await inTransaction(services.db, (tx) =>
        removeRoom(tx, actor, organiser, { id: room.id }),
      );
      return done.ok
        ? seeOther(c, `${frameAt(c)}#rooms`, `“${room.name}” is removed.`)
        : seeOther(c, action, done.error.sentence);
    }
    default:
      return seeOther(c, action, 'Nothing was changed; press one of the buttons.');
  }
}

function showRoom(
  c: MakingContext,
  { facts: { frame }, room, action }: Asked,
  refused?: RefusedRoom,
): Response {
  const form = refused?.form === 'room' ? refused : undefined;
  return showTimetablePage(
    c,
    {
      title: room?.name ?? 'A new room',
      scripts: CHECK_SCRIPTS,
      status: refused === undefined ? 200 : 422,
    },
    <>
      <RoomForm
        action={action}
        frame={frame}
        typed={form?.typed ?? (room === undefined ? {} : asTyped(room))}
        isNew={room === undefined}
        refused={form}
      />
      {room !== undefined && (
        <ClosingSection
          action={action}
          room={room}
          closures={frame.closures.filter(({ roomId }) => roomId === room.id)}
          now={momentIn(c.var.services.clock.now(), frame.zone)}
          refused={refused}
        />
      )}
    </>,
  );
}

const asTyped = (room: Room): Typed => ({
  name: room.name,
  capacity: room.capacity === null ? '' : String(room.capacity),
  features: room.features.join(', '),
  directions: room.directions,
  link: room.link ?? '',
});
