import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { addRooms, removeLodging, saveHouse, saveRoom } from './house-commands.ts';
import { HousePage, RoomPage, roomAsTyped } from './house-views.tsx';
import { type Lodging, lodgingsOf } from './lodging-queries.ts';
import { houseForm, roomForm, roomsForm } from './lodging-schema.ts';

type Context = AppContext<OrganiserEnv['Variables']>;
const LODGING = '/s/:summit/organise/lodging';
const HOUSE = `${LODGING}/:house{new|[0-9a-f-]{36}}`;
const ROOM = `${LODGING}/:house{[0-9a-f-]{36}}/rooms/:room{[0-9a-f-]{36}}`;

interface Refused {
  readonly form: string;
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

/** `/s/<summit>/organise/lodging/<house>`: houses and their rooms. */
export function houseRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [HOUSE, ROOM]) routes.use(address, withSummit, organisersOnly);
  // Rooms first: the pattern of a house, which has an “or” in it, takes the end of a longer address for its own.
  routes.get(ROOM, (c) => showRoom(c));
  routes.post(ROOM, changeRoom);
  routes.get(HOUSE, async (c) => showHouse(c, await houseIn(c)));
  routes.post(HOUSE, changeHouse);
  return routes;
}

const listOf = (c: Context): string => `/s/${c.var.summit.slug}/organise/lodging`;
const houseIn = async (c: Context): Promise<Lodging | undefined> =>
  (await lodgingsOf(c.var.services.db, c.var.organiser)).find(
    ({ id }) => id === c.req.param('house'),
  );

async function showHouse(
  c: Context,
  house: Lodging | undefined,
  refused?: Refused,
): Promise<Response> {
  if (house === undefined && c.req.param('house') !== 'new') return c.notFound();
  return showMoneyPage(
    c,
    {
      title: house?.name ?? 'A new house',
      lede: 'Where people sleep, and which rooms there are for them.',
      status: refused === undefined ? 200 : 422,
    },
    <HousePage action={c.req.path} house={house} typed={refused?.typed ?? {}} refused={refused} />,
  );
}

/** Runs what a form asks for, and says what came of it. */
async function change<T>(
  c: Context,
  run: (tx: Tx) => Promise<Result<T, Problem>>,
  done: { readonly to: (value: T) => string; readonly notice: string },
  refuse: (problems: readonly Problem[]) => Promise<Response>,
): Promise<Response> {
  const changed = await inTransaction(c.var.services.db, run);
  return changed.ok ? seeOther(c, done.to(changed.value), done.notice) : refuse([changed.error]);
}

async function changeHouse(c: Context): Promise<Response> {
  const { organiser } = c.var;
  const actor = webActor(c);
  const { typed } = await readTyped(c);
  const house = await houseIn(c);
  const form = typedText(typed, 'form');
  const refuse = (problems: readonly Problem[]) => showHouse(c, house, { form, typed, problems });
  if (house !== undefined && form === 'remove') {
    const what = { kind: 'house' as const, id: house.id };
    const done = { to: () => listOf(c), notice: 'Removed.' };
    return change(c, (tx) => removeLodging(tx, actor, organiser, what), done, refuse);
  }
  if (house !== undefined && form === 'rooms') {
    const read = roomsForm.safeParse(typed);
    if (!read.success) return refuse(formProblems(read.error));
    const { names, room } = read.data;
    return change(
      c,
      (tx) => addRooms(tx, actor, organiser, house.id, names, room),
      { to: () => c.req.path, notice: 'Added.' },
      refuse,
    );
  }
  const read = houseForm.safeParse(typed);
  if (!read.success) {
    return showHouse(c, house, { form: 'house', typed, problems: formProblems(read.error) });
  }
  return change(
    c,
    (tx) => saveHouse(tx, actor, organiser, house?.id, read.data),
    { to: (id) => `${listOf(c)}/${id}`, notice: 'Saved.' },
    (problems) => showHouse(c, house, { form: 'house', typed, problems }),
  );
}

async function showRoom(
  c: Context,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const room = (await houseIn(c))?.rooms.find(({ id }) => id === c.req.param('room'));
  if (room === undefined) return c.notFound();
  return showMoneyPage(
    c,
    { title: `Room ${room.name}`, status: refused === undefined ? 200 : 422 },
    <RoomPage
      action={c.req.path}
      typed={refused?.typed ?? roomAsTyped(room)}
      problems={refused?.problems}
    />,
  );
}

async function changeRoom(c: Context): Promise<Response> {
  const { organiser } = c.var;
  const actor = webActor(c);
  const { typed } = await readTyped(c);
  const room = (await houseIn(c))?.rooms.find(({ id }) => id === c.req.param('room'));
  if (room === undefined) return c.notFound();
  const to = () => `${listOf(c)}/${c.req.param('house')}`;
  if (typedText(typed, 'form') === 'remove') {
    return change(
      c,
      (tx) => removeLodging(tx, actor, organiser, { kind: 'room', id: room.id }),
      { to, notice: 'Removed.' },
      (problems) => showRoom(c, { typed: roomAsTyped(room), problems }),
    );
  }
  const read = roomForm.safeParse(typed);
  if (!read.success) return showRoom(c, { typed, problems: formProblems(read.error) });
  return change(
    c,
    (tx) => saveRoom(tx, actor, organiser, room.id, read.data),
    { to, notice: 'Saved.' },
    (problems) => showRoom(c, { typed, problems }),
  );
}
