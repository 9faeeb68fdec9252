import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { sayStay } from '../stays/stay-commands.ts';
import { lodgingsOf } from './lodging-queries.ts';
import { ownRoom, roomingIn } from './rooming-queries.ts';

let world: FundedSummit;
let LODGING: string;

beforeAll(async () => {
  world = await fundedSummit();
  LODGING = `/s/${world.slug}/organise/lodging`;
  const { mira, noor, kofi, lena } = world.people;
  await stay(mira, { with: [noor] });
  await stay(noor, { with: [mira] });
  await stay(kofi, {});
  await stay(lena, { notWith: [] });
  expect((await world.post(`${LODGING}/new`, { name: 'Hill House', link: '' })).status).toBe(303);
  const [house] = await lodgingsOf(world.db, world.organiser);
  const rooms = { form: 'rooms', names: '1, 2, 3', beds: '2', price: '120.50', currency: 'USD' };
  expect((await world.post(`${LODGING}/${house?.id}`, rooms)).status).toBe(303);
});
afterAll(() => world.close());

async function stay(
  personId: string,
  wishes: { readonly with?: readonly string[]; readonly notWith?: readonly string[] },
  revision = 0,
): Promise<void> {
  const { dates } = world.summit.definition;
  const said = {
    ...{ fromCity: '', fromCountry: null, fromAirport: null, isRemote: false },
    ...{ arrivesOn: dates.arrival, arrivesAt: null, leavesOn: dates.departure, leavesAt: null },
    ...{ extraPaidBy: null, extraReason: '', singleReason: '', note: '' },
    ...{ room: 'shared' as const, sharesWith: 'anyone' as const, revision },
  };
  const self = selfIn(world.summitId, { personId });
  const wished = { habits: [], with: [], notWith: [], ...wishes };
  const actor = world.as(personId);
  expectOk(await inTransaction(world.db, (tx) => sayStay(tx, actor, self, said, wished)));
}

const places = async (state: 'draft' | 'set') =>
  (await roomingIn(world.db, world.organiser, state))?.places ?? new Map();
const own = (personId: string) => ownRoom(world.db, selfIn(world.summitId, { personId }));
const mails = async () =>
  await world.db
    .selectFrom('mail')
    .select(['personId', 'body'])
    .where('subject', 'like', 'Your room%')
    .execute();

test('rooms have names of their own and prices to the cent', async () => {
  const [house] = await lodgingsOf(world.db, world.organiser);
  expect(house?.rooms.map(({ nightMinor }) => nightMinor)).toEqual([12_050, 12_050, 12_050]);
  const again = await world.post(`${LODGING}/${house?.id}`, {
    ...{ form: 'rooms', names: '3, 4', beds: '2', price: 'dear', currency: 'USD' },
  });
  expect(again.status).toBe(422);
  expectIn(await again.text(), 'dear');
});

test('a proposal tells nobody anything; setting it tells each their own room', async () => {
  const { mira, noor, kofi } = world.people;
  expect((await world.post(`${LODGING}/propose`, { seed: '1' })).status).toBe(303);
  const draft = await places('draft');
  expect(draft.get(mira)?.roomId).toBe(draft.get(noor)?.roomId);
  expect(await own(mira)).toBeUndefined();
  expect(await mails()).toEqual([]);
  const page = await (await world.get(`${LODGING}/set`)).text();
  expectIn(page, '4 people get a mail');
  const { id } = (await roomingIn(world.db, world.organiser, 'draft')) ?? { id: '' };
  expect((await world.post(`${LODGING}/set`, { draft: id })).status).toBe(303);
  // A second click, or a second organiser, finds no draft and tells nobody twice.
  expect((await world.post(`${LODGING}/set`, { draft: id })).status).toBe(422);
  expect(await mails()).toHaveLength(4);
  expect(await own(mira)).toMatchObject({ house: 'Hill House', mates: ['Noor Example'] });
  const shown = await (await world.get(`/s/${world.slug}/money/stay`, kofi)).text();
  expectIn(shown, 'Hill House');
  expectNotIn(shown, '120.50');
  expectIn(await (await world.get(`${LODGING}/rooms.csv`)).text(), 'Mira Example');
});

test('whoever asks for another room is moved by the next proposal, and nobody else', async () => {
  const { noor, lena, kofi } = world.people;
  const before = await places('set');
  await world.post(`/s/${world.slug}/money/stay/room`, { asks_move: 'yes' }, lena);
  expectIn(await (await world.get(LODGING)).text(), 'asks for another room');
  await world.post(`${LODGING}/propose`, { seed: '2' });
  const draft = await places('draft');
  expect(draft.get(lena)?.roomId).not.toBe(before.get(lena)?.roomId);
  for (const id of [noor, kofi]) expect(draft.get(id)?.roomId).toBe(before.get(id)?.roomId);
});

test('by hand, a room that is full is refused with what was chosen kept', async () => {
  const { mira, kofi } = world.people;
  const draft = await places('draft');
  const full = draft.get(mira)?.roomId ?? '';
  const typed = {
    [`shown_${kofi}`]: `${draft.get(kofi)?.roomId}|`,
    [`room_${kofi}`]: full,
  };
  const refused = await world.post(`${LODGING}/put`, typed);
  expect(refused.status).toBe(422);
  expectIn(await refused.text(), 'no bed left');
  expect((await places('draft')).get(kofi)?.roomId).toBe(draft.get(kofi)?.roomId);
});

test('who is put with somebody they asked not to share with learns it alone', async () => {
  const { kofi, lena, noor } = world.people;
  await stay(kofi, { notWith: [lena] }, 1);
  const draft = await places('draft');
  const together = draft.get(lena)?.roomId ?? '';
  const moved = await world.post(`${LODGING}/put`, {
    [`shown_${kofi}`]: `${draft.get(kofi)?.roomId}|`,
    [`room_${kofi}`]: together,
  });
  expect(moved.status).toBe(303);
  expect((await places('draft')).get(kofi)).toMatchObject({ roomId: together, isKept: true });
  const { id } = (await roomingIn(world.db, world.organiser, 'draft')) ?? { id: '' };
  const organisers = await (await world.get(LODGING)).text();
  for (const word of ['asked not', 'cannot share', 'in confidence']) {
    expectNotIn(organisers, word);
  }
  await world.post(`${LODGING}/set`, { draft: id });
  expect(await own(kofi)).toMatchObject({ isAgainstWish: true });
  expect(await own(lena)).toMatchObject({ isAgainstWish: false });
  for (const { body } of await mails()) expectNotIn(body, 'asked not');
  // Noor and Mira kept room and room-mate: they were told once, and not again.
  expect((await mails()).filter(({ personId }) => personId === noor)).toHaveLength(1);
});

test('the API says one’s own room, and to organisers who sleeps where without any wish', async () => {
  const { kofi } = world.people;
  const path = `/api/v1/summits/${world.slug}`;
  const mine = await world.app.request(`${path}/me/room`, withToken(await tokenOf(world, kofi)));
  expect(await mine.json()).toMatchObject({ room: { house: 'Hill House', is_against_wish: true } });
  const theirs = await world.app.request(`${path}/lodging`, withToken(await tokenOf(world, kofi)));
  expect(theirs.status).toBe(403);
  const token = await tokenOf(world, world.tove);
  const all = await (await world.app.request(`${path}/lodging`, withToken(token))).text();
  expectIn(all, 'Hill House');
  expectNotIn(all, 'wish');
  const asks = withToken(token, { method: 'POST', json: { seed: 3 } });
  const proposed = await world.app.request(`${path}/lodging/propose`, asks);
  // Of four people, that nothing better was found says what two of them wished.
  expect(await proposed.json()).toMatchObject({ sleepers: 4, proves: null });
});

test('a room in which somebody was told to sleep is not removed', async () => {
  const { kofi } = world.people;
  const [house] = await lodgingsOf(world.db, world.organiser);
  const roomId = (await places('set')).get(kofi)?.roomId;
  const gone = await world.post(`${LODGING}/${house?.id}/rooms/${roomId}`, { form: 'remove' });
  expect([roomId, gone.status]).toEqual([roomId, 422]);
  expectIn(await gone.text(), 'Somebody was told that they sleep there');
});
