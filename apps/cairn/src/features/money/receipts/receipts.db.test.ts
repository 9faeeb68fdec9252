import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';

const LIST = '/s/sp_summit_2023/money/receipts';
const SECRET = 'GPS 47.6062 N';
const MEGABYTE = 1_000_000;

let world: FundedSummit;
let mira = '';
let noor = '';
beforeAll(async () => {
  world = await fundedSummit();
  ({ mira, noor } = world.people);
});
afterAll(() => world.close());

/** A small JPEG as a phone takes it, with its place; each number makes another one. */
const photograph = (number: number, behind = 0): Uint8Array<ArrayBuffer> => {
  const head = [
    ...[0xff, 0xd8, 0xff, 0xe1, 0, 2 + 6 + SECRET.length],
    ...new TextEncoder().encode(`Exif\0\0${SECRET}`),
    ...[0xff, 0xc0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, number, 3],
  ];
  // Set and not spread: megabytes that are spread take seconds.
  const bytes = new Uint8Array(head.length + behind + 2);
  bytes.set(head);
  bytes.set([0xff, 0xd9], head.length + behind);
  return bytes;
};

const upload = async (
  files: readonly (readonly [string, Uint8Array<ArrayBuffer>])[],
  as = mira,
) => {
  const body = new FormData();
  // A type that says something else than the content: it is not believed.
  for (const [name, bytes] of files) {
    body.append('receipts', new File([bytes], name, { type: 'image/jpeg' }));
  }
  const headers = { origin: TEST_URL, 'x-test-person': as };
  return world.app.request(LIST, { method: 'POST', body, headers });
};
const stored = () =>
  world.db.selectFrom('receipt').selectAll().orderBy('addedAt').orderBy('name').execute();
const text = (words: string) => new TextEncoder().encode(words);

test('of four files of a phone the two good ones are kept, and each other one gets a sentence of its own', async () => {
  const refused = await upload([
    ['dinner.jpg', photograph(1)],
    ['taxi.jpg', text('Taxi 18.50, honestly')],
    ['huge.jpg', photograph(2, 16 * MEGABYTE)],
    ['hotel.png', photograph(3)],
  ]);
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expectIn(page, '“taxi.jpg” is plain text, whatever its name says');
  expectIn(page, '“huge.jpg” has 16 MB, more than the 15 MB that are taken');
  expectIn(page, '2 receipts are kept.');
  const kept = await stored();
  expect(kept.map(({ name, mediaType, personId }) => [name, mediaType, personId])).toEqual([
    ['dinner.jpg', 'image/jpeg', mira],
    ['hotel.png', 'image/jpeg', mira],
  ]);
  expect(Buffer.from(kept[0]?.content ?? []).includes('GPS')).toBe(false);
});

test.each([
  ['slip.jpg', `....ftypheic`, 'HEIC photograph'],
  ['slip.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'SVG drawing'],
  ['slip.pdf', '%PDF-1.7 and nothing else', 'is not a whole PDF'],
  ['slip.docx', 'PK\u0003\u0004....', 'office program'],
  ['slip.png', '<!doctype html><script>alert(1)</script>', 'web page'],
  ['slip.gif', 'GIF89a....', 'GIF picture'],
  ['../../etc/slip\u202Egpj.exe', '\u0000\u0001', 'no JPEG, PNG, WebP or PDF'],
])('%s that begins with %j is refused in words', async (name, content, words) => {
  const before = (await stored()).length;
  const refused = await upload([[name, text(content)]]);
  expect(refused.status).toBe(422);
  expectIn(await refused.text(), words);
  expect(await stored()).toHaveLength(before);
});

test('the same photograph sent twice is kept once, and nothing chosen is nothing kept', async () => {
  const before = await stored();
  expect((await upload([['again.jpg', photograph(1)]])).status).toBe(303);
  expect((await upload([])).status).toBe(303);
  expect(await stored()).toHaveLength(before.length);
});

const file = (id: string | undefined, as: string, area = 'money') =>
  world.get(`/s/sp_summit_2023/${area}/receipts/${id}/file`, as);
const idOf = async (name: string) => (await stored()).find((each) => each.name === name)?.id ?? '';

describe('a receipt', () => {
  test('is served to its owner as what it is, without rights, and kept by nobody', async () => {
    const found = await file(await idOf('dinner.jpg'), mira);
    expect(found.status).toBe(200);
    expect(Object.fromEntries(found.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'content-disposition': "inline; filename*=UTF-8''dinner.jpg",
    });
  });

  test('is seen by nobody else: no participant, no organiser, no treasurer before it is in a submitted claim', async () => {
    const id = await idOf('dinner.jpg');
    expect((await file(id, noor)).status).toBe(404);
    expect((await file(id, world.tove)).status).toBe(404);
    expect((await file(id, world.theo, 'treasury')).status).toBe(404);
    expect((await file(id, mira, 'treasury')).status).toBe(404);
    expect((await world.get(`${LIST}/${id}`, noor)).status).toBe(404);
    const claim = await inClaim(id, mira, 'draft');
    expect((await file(id, world.theo, 'treasury')).status).toBe(404);
    await submit(claim);
    expect((await file(id, world.theo, 'treasury')).status).toBe(200);
  });

  test('stays while it stands in a claim that was submitted, and goes for good otherwise', async () => {
    const [claimed, other] = [await idOf('dinner.jpg'), await idOf('hotel.png')];
    const refused = await world.post(`${LIST}/${claimed}/remove`, {}, mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'stands in a claim that was submitted');
    await inClaim(other, mira, 'draft');
    expect((await world.post(`${LIST}/${other}/remove`, {}, noor)).status).toBe(404);
    expect((await world.post(`${LIST}/${other}/remove`, {}, mira)).status).toBe(303);
    expect((await stored()).map(({ id }) => id)).toEqual([claimed]);
  });

  test('is shared with somebody who comes, in parts that together are at most the whole', async () => {
    const id = await idOf('dinner.jpg');
    const share = (fields: Record<string, string>) =>
      world.post(`${LIST}/${id}/share`, fields, mira);
    const before = await share({ person: noor, part: '5' });
    expectIn(await before.text(), 'Say first what the whole slip comes to');
    expect(
      (await world.post(`${LIST}/${id}/total`, { total: '40.00', currency: 'usd' }, mira)).status,
    ).toBe(303);
    const tooMuch = await share({ person: noor, part: '40.01' });
    expect(tooMuch.status).toBe(422);
    expectIn(await tooMuch.text(), 'more than the whole slip');
    expectIn(await (await share({ person: 'x', part: '' })).text(), 'Choose somebody else');
    expect((await share({ person: noor, part: '25' })).status).toBe(303);
    const third = await share({ person: world.people.kofi, part: '15.01' });
    expectIn(await third.text(), 'more than the whole slip');
    const below = await world.post(`${LIST}/${id}/total`, { total: '20', currency: 'USD' }, mira);
    expectIn(await below.text(), 'given to others already');
    expect((await file(id, noor)).status).toBe(200);
    const theirs = await (await world.get(`${LIST}/${id}`, noor)).text();
    expectIn(theirs, 'Mira Example shares it with you; your part is');
    expectNotIn(theirs, 'C-1');
    // What is shared with somebody is theirs to see, not to give on or to remove.
    expect((await world.post(`${LIST}/${id}/share`, { person: mira }, noor)).status).toBe(422);
    expect((await world.post(`${LIST}/${id}/remove`, {}, noor)).status).toBe(422);
    expect((await world.post(`${LIST}/${id}/unshare`, { person: noor }, mira)).status).toBe(303);
    expect((await file(id, noor)).status).toBe(404);
  });

  test('leaves events behind that hold no words', async () => {
    const events = await world.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('kind', 'like', 'receipt.%')
      .execute();
    expect([...new Set(events.map(({ kind }) => kind))].sort()).toEqual([
      'receipt.added',
      'receipt.removed',
      'receipt.shared',
      'receipt.total_said',
      'receipt.unshared',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/dinner|hotel|Mira/);
  });
});

test('a program sends a receipt as a file and gets it back, with the right of its owner only', async () => {
  const token = await tokenOf(world, noor);
  const path = '/api/v1/summits/sp_summit_2023/me/receipts';
  const send = (body: Uint8Array<ArrayBuffer>) =>
    world.app.request(
      `${path}?name=lunch.jpg`,
      withToken(token, { method: 'POST', body, headers: { 'content-type': 'image/jpeg' } }),
    );
  // Larger than what the API takes elsewhere.
  const kept = await send(photograph(9, 3 * MEGABYTE));
  expect(kept.status).toBe(201);
  const { id } = await kept.json();
  const wrong = await send(text('no picture'));
  expect(wrong.status).toBe(422);
  expect(await wrong.json()).toMatchObject({ code: 'not-a-receipt' });
  const found = await world.app.request(`${path}/${id}/file`, withToken(token));
  expect(found.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await found.arrayBuffer()).includes('GPS')).toBe(false);
  const others = withToken(await tokenOf(world, mira));
  expect((await world.app.request(`${path}/${id}/file`, others)).status).toBe(404);
  const listed = await world.app.request(path, withToken(token));
  expect(await listed.json()).toMatchObject([{ id, name: 'lunch.jpg', is_own: true }]);
});

let claims = 0;
async function inClaim(receiptId: string, personId: string, state: 'draft'): Promise<string> {
  claims += 1;
  const { id: claimId } = await world.db
    .insertInto('claim')
    .values({
      ...{ summitId: world.summitId, number: claims, personId, state, createdAt: world.actor.now },
      ...{ enteredBy: null, firstLookBy: null, submittedAt: null, approvedAt: null },
      ...{ sentAt: null, paidAt: null, remindedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: itemId } = await world.db
    .insertInto('claimItem')
    .values({ claimId, position: 0, category: 'meals' } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  await world.db.insertInto('claimItemReceipt').values({ itemId, receiptId }).execute();
  return claimId;
}
const submit = (id: string) =>
  world.db
    .updateTable('claim')
    .set({ state: 'submitted', submittedAt: world.actor.now })
    .where('id', '=', id)
    .execute();
