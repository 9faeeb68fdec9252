import type { Problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { formatDateSpan, parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { isId } from '../../../platform/db/id.ts';
import { answerCsv } from '../../../platform/http/csv-answer.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { hostedStays } from '../stays/stay-queries.ts';
import { expectedNights } from '../stays/stay-rules.ts';
import { groupWords } from '../stays/words-rules.ts';
import { faultWords } from './fault-rules.ts';
import { lodgingsOf, searchedRooms } from './lodging-queries.ts';
import { proposeForm } from './lodging-schema.ts';
import { LodgingPage, type PlacedPerson, shownPlace } from './lodging-views.tsx';
import {
  beginByHand,
  type PutByHand,
  proposeRooming,
  putByHand,
  setRooming,
} from './rooming-commands.ts';
import { bedSeekers, roomingIn, sleepersOf } from './rooming-queries.ts';
import { statementWords } from './statement-rules.ts';
import { toldAnew } from './told-rules.ts';

type Context = AppContext<OrganiserEnv['Variables']>;
const LODGING = '/s/:summit/organise/lodging';
const homeOf = (c: Context): string => `/s/${c.var.summit.slug}/organise`;

/** `/s/<summit>/organise/lodging`: who sleeps where: proposed, changed by hand, set. */
export function lodgingRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const below of ['', '/propose', '/by-hand', '/put', '/set', '/rooms.csv']) {
    routes.use(`${LODGING}${below}`, withSummit, organisersOnly);
  }

  routes.get(LODGING, (c) => showLodging(c));

  routes.post(`${LODGING}/propose`, async (c) => {
    const { services, organiser } = c.var;
    const form = await parseForm(c, proposeForm);
    if (!form.ok) return showLodging(c, form.error.problems);
    const made = await inTransaction(services.db, (tx) =>
      proposeRooming(tx, webActor(c), organiser, form.value.seed),
    );
    return made.ok
      ? seeOther(c, `${homeOf(c)}/lodging`, 'Proposed. Nobody was told anything.')
      : showLodging(c, [made.error]);
  });

  routes.post(`${LODGING}/by-hand`, async (c) => {
    const { services, organiser } = c.var;
    const begun = await inTransaction(services.db, (tx) => beginByHand(tx, webActor(c), organiser));
    return begun.ok
      ? seeOther(c, `${homeOf(c)}/lodging`, 'A draft that is as what was set.')
      : showLodging(c, [begun.error]);
  });

  routes.post(`${LODGING}/put`, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const puts = changedIn(typed);
    if (puts.length === 0) return seeOther(c, `${homeOf(c)}/lodging`, 'Nothing had changed.');
    const put = await inTransaction(services.db, (tx) =>
      putByHand(tx, webActor(c), organiser, puts),
    );
    return put.ok
      ? seeOther(
          c,
          `${homeOf(c)}/lodging`,
          `Saved for ${counted(puts.length, 'person', 'people')}.`,
        )
      : showLodging(c, [put.error], typed);
  });

  routes.get(`${LODGING}/set`, (c) => showSet(c));
  routes.post(`${LODGING}/set`, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const set = await inTransaction(services.db, (tx) =>
      setRooming(tx, webActor(c), organiser, typedText(typed, 'draft')),
    );
    if (!set.ok) return showLodging(c, [set.error]);
    const notice = `Set. ${counted(set.value.told, 'person', 'people')} told by mail.`;
    return seeOther(c, `${homeOf(c)}/lodging`, notice);
  });

  routes.get(`${LODGING}/rooms.csv`, roomsCsv);
  return routes;
}

/** The rows that somebody changed in the form. */
const changedIn = (typed: Typed): readonly PutByHand[] =>
  Object.keys(typed).flatMap((name) => {
    const personId = name.slice('shown_'.length);
    if (!name.startsWith('shown_') || !isId(personId)) return [];
    const room = typedText(typed, `room_${personId}`);
    const roomId = isId(room) ? room : null;
    const isKept = typedText(typed, `kept_${personId}`) === 'yes';
    const before = typedText(typed, name);
    if (shownPlace({ roomId, isKept }) === before) return [];
    // Whoever is moved by hand is kept there, unless only the tick was taken away.
    const isMoved = !before.startsWith(`${roomId ?? 'free'}|`);
    return [{ personId, roomId, isKept: isKept || isMoved }];
  });

const span = (nights: readonly string[]): string => {
  const [first, last] = [nights[0], nights.at(-1)];
  if (first === undefined || last === undefined) return 'no nights';
  const until = expectOk(parseDate(last)).add({ days: 1 });
  return formatDateSpan(expectOk(parseDate(first)), until);
};

async function showLodging(
  c: Context,
  problems?: readonly Problem[],
  typed?: Typed,
): Promise<Response> {
  const { services, organiser } = c.var;
  const { db } = services;
  const [lodgings, stays, draft, set] = await Promise.all([
    lodgingsOf(db, organiser),
    hostedStays(db, organiser),
    roomingIn(db, organiser, 'draft'),
    roomingIn(db, organiser, 'set'),
  ]);
  const shown = draft ?? set;
  const seekers = bedSeekers(stays);
  const sleepers = await sleepersOf(db, organiser, { draft, set });
  const names = new Map(stays.map(({ personId, name }) => [personId, name]));
  const people: PlacedPerson[] = sleepers.map((sleeper) => {
    const place = shown?.places.get(sleeper.id);
    return {
      id: sleeper.id,
      name: names.get(sleeper.id) ?? '',
      nights: span(sleeper.nights),
      heed: [
        ...(sleeper.isSingle ? ['alone'] : []),
        ...(sleeper.stepFree ? ['no steps'] : []),
        ...(sleeper.sharesWith === 'anyone' ? [] : [groupWords(sleeper.sharesWith)]),
      ].join(', '),
      roomId: place?.roomId ?? null,
      isKept: place?.isKept === true,
      asksMove: set?.places.get(sleeper.id)?.asksMove === true,
    };
  });
  return showMoneyPage(
    c,
    {
      title: 'Rooms to sleep in',
      lede: 'Who sleeps where. What people wish is read by the search alone.',
      status: problems === undefined ? 200 : 422,
    },
    <LodgingPage
      home={homeOf(c)}
      lodgings={lodgings}
      people={people}
      shown={draft !== undefined ? 'draft' : set !== undefined ? 'set' : 'none'}
      isSet={set !== undefined}
      statement={shown?.statement === undefined ? [] : statementWords(shown.statement)}
      faults={
        shown === undefined
          ? []
          : faultWords(sleepers, searchedRooms(lodgings), shown.places, names)
      }
      unsaid={stays.filter(({ hasSaid, isRemote }) => !hasSaid && !isRemote).length}
      waiting={seekers.filter(({ singleState }) => singleState === 'asked').length}
      seed={draft?.seed ?? 1}
      typed={typed}
      problems={problems}
    />,
  );
}

async function showSet(c: Context): Promise<Response> {
  const { services, organiser } = c.var;
  const [draft, set] = await Promise.all([
    roomingIn(services.db, organiser, 'draft'),
    roomingIn(services.db, organiser, 'set'),
  ]);
  const back = `${homeOf(c)}/lodging`;
  if (draft === undefined) return c.redirect(back, 303);
  const told = toldAnew(set?.places ?? new Map(), draft.places).length;
  return showMoneyPage(
    c,
    { title: 'Set the rooms' },
    <Confirm
      action={`${back}/set`}
      back={back}
      verb="Set the rooms, and tell those whom it concerns"
      consequences={
        <p>
          {counted(told, 'person gets', 'people get')} a mail with their room and room-mates; those
          for whom nothing changes get none. Mails cannot be taken back.
        </p>
      }
    >
      <HiddenField name="draft" value={draft.id} />
    </Confirm>,
  );
}

/** What a house needs to know: names, nights and rooms, of what is set, or of the draft before that. */
async function roomsCsv(c: Context): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const { db } = services;
  const rooming =
    (await roomingIn(db, organiser, 'set')) ?? (await roomingIn(db, organiser, 'draft'));
  const [lodgings, stays] = await Promise.all([
    lodgingsOf(db, organiser),
    hostedStays(db, organiser),
  ]);
  const rows = lodgings.flatMap((house) =>
    house.rooms.flatMap((room) =>
      bedSeekers(stays)
        .filter(({ personId }) => rooming?.places.get(personId)?.roomId === room.id)
        .map((stay) => {
          const nights = expectedNights(stay, summit.definition.dates);
          const leaves = nights.at(-1);
          const until =
            leaves === undefined ? '' : expectOk(parseDate(leaves)).add({ days: 1 }).toString();
          return [house.name, room.name, stay.name, nights[0] ?? '', until, nights.length];
        }),
    ),
  );
  const header = ['house', 'room', 'name', 'arrives', 'leaves', 'nights'];
  return answerCsv(c, `${summit.slug}-rooms.csv`, header, rows);
}
