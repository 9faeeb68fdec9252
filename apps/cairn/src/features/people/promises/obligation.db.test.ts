import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import {
  addressOf,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { answerInvitation } from '../invitations/answer-commands.ts';
import { recordEvidence } from './evidence-commands.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;
const now = Temporal.Instant.from('2023-04-02T12:00:00Z');

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  const services = testServices(db);
  services.clock.set(now);
  app = createApp(services, visitorFromHeader(db));
});
afterAll(() => database.drop());

/** A summit with an organiser and people who have accepted, by name. */
async function summitOf(slug: string, ...names: string[]) {
  const summit = await storeSummit(db, promisedSummit({ slug }));
  const organiser = await storePerson(db, `${slug} Organiser`, {
    summitId: summit.id,
    role: 'organiser',
  });
  const ids: string[] = [];
  for (const name of names) {
    const id = await storePerson(db, `${slug} ${name}`);
    await storeInvitation(db, summit.id, id);
    await inTransaction(db, (tx) =>
      answerInvitation(tx, setUp(), summit.id, id, {
        answer: 'accept',
        agreement: { version: 1 },
        noticeDays: undefined,
        note: '',
        signIn: { method: 'link', sessionId: undefined },
      }),
    );
    ids.push(id);
  }
  return { summit, organiser, ids, at: `/s/${slug}/organise/promises` };
}

const tell = (summit: Summit, personId: string, subject: string) =>
  inTransaction(db, (tx) =>
    recordEvidence(tx, setUp(now), {
      summitId: summit.id,
      personId,
      kind: subject.startsWith('meeting:') ? 'attendance' : 'presence',
      subject,
      at: now,
      source: 'system',
    }),
  );

const read = async (path: string, personId?: string) => {
  const response = await app.request(
    path,
    personId === undefined ? {} : { headers: { 'x-test-person': personId } },
  );
  return { status: response.status, text: plain(await response.text()) };
};
const plain = (html: string) =>
  html
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const eventsOf = async (summit: Summit, kind: string) =>
  await db
    .selectFrom('event')
    .select(['personId', 'actorId', 'data'])
    .where('summitId', '=', summit.id)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
const factsIn = async (summit: Summit) =>
  (
    await db
      .selectFrom('evidence')
      .select(['personId', 'subject'])
      .where('summitId', '=', summit.id)
      .where('withdrawnAt', 'is', null)
      .execute()
  )
    .map(({ personId, subject }) => `${personId} ${subject}`)
    .sort();

describe('evidence', () => {
  test('the same fact told many times at once is one fact with one event', async () => {
    const { summit, ids } = await summitOf('once_2023', 'Ada');
    const ada = ids[0] ?? '';
    const told = await Promise.all(
      Array.from({ length: 12 }, () => tell(summit, ada, 'meeting:february')),
    );
    expect(new Set(told.map((one) => one.ok && one.value.id)).size).toBe(1);
    expect(told.filter((one) => one.ok && one.value.isNew)).toHaveLength(1);
    expect(await eventsOf(summit, 'evidence.recorded')).toHaveLength(1);
  });

  test('a fact about somebody without seat or promise is kept, and counts once they promise', async () => {
    const { summit, organiser, ids, at } = await summitOf('early_2023', 'Ada');
    const late = await storePerson(db, 'early_2023 Late');
    await storeInvitation(db, summit.id, late);
    await tell(summit, late, 'meeting:february');
    await tell(summit, ids[0] ?? '', 'meeting:march');
    const page = await read(`${at}/${late}`, organiser);
    expect(page.text).toContain('Nothing has been promised yet');
    expect(page.text).toContain('February meeting');
  });

  test('a fact that was taken back counts no more, stays on record, and can be recorded anew', async () => {
    const { summit, organiser, ids, at } = await summitOf('back_2023', 'Ada');
    const ada = ids[0] ?? '';
    const told = await tell(summit, ada, 'meeting:february');
    const evidence = told.ok ? told.value.id : '';
    for (let twice = 0; twice < 2; twice += 1) {
      const response = await app.request(
        `${at}/${ada}/withdraw-evidence`,
        post({ evidence }, organiser),
      );
      expect(response.status).toBe(303);
    }
    expect(await factsIn(summit)).toEqual([]);
    expect(await eventsOf(summit, 'evidence.withdrawn')).toEqual([
      { personId: ada, actorId: organiser, data: { evidence, of: 'attendance' } },
    ]);
    const again = await tell(summit, ada, 'meeting:february');
    expect(again.ok && again.value.isNew).toBe(true);
  });

  test('an organiser of one summit cannot take back a fact of another, nor see its people', async () => {
    const one = await summitOf('mine_2023', 'Ada');
    const other = await summitOf('other_2023', 'Bob');
    const bob = other.ids[0] ?? '';
    const told = await tell(other.summit, bob, 'meeting:february');
    const evidence = told.ok ? told.value.id : '';
    await app.request(`${one.at}/${bob}/withdraw-evidence`, post({ evidence }, one.organiser));
    expect(await factsIn(other.summit)).toEqual([`${bob} meeting:february`]);
    expect((await read(`${one.at}/${bob}`, one.organiser)).status).toBe(404);
    const excuse = await app.request(
      `${one.at}/${bob}/excuse/presence`,
      post({ reason: 'none of their business' }, one.organiser),
    );
    expect(excuse.status).toBe(404);
    expect(
      await db.selectFrom('excuse').select('id').where('personId', '=', bob).execute(),
    ).toEqual([]);
  });
});

describe('the grid', () => {
  test('two organisers who save at the same time lose nothing of each other', async () => {
    const { summit, organiser, ids, at } = await summitOf('grid_2023', 'Ada', 'Bob');
    const [ada = '', bob = ''] = ids;
    await tell(summit, bob, 'meeting:february');
    const was = [`${bob} meeting:february`];
    const save = (on: string[]) =>
      app.request(`${at}/attendance`, post({ 'was[]': was, 'on[]': on }, organiser));
    const answers = await Promise.all([
      save([...was, `${ada} meeting:february`]),
      save([`${bob} meeting:march`]),
      save([...was, `${ada} meeting:february`]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await factsIn(summit)).toEqual(
      [`${ada} meeting:february`, `${bob} meeting:march`].sort(),
    );
    expect(await eventsOf(summit, 'evidence.recorded')).toHaveLength(3);
    expect(await eventsOf(summit, 'evidence.withdrawn')).toHaveLength(1);
  });

  test('the page shows what is recorded and has no box for what has not begun', async () => {
    const { summit, organiser, ids, at } = await summitOf('boxes_2023', 'Ada');
    await tell(summit, ids[0] ?? '', 'meeting:february');
    const response = await app.request(`${at}/attendance`, {
      headers: { 'x-test-person': organiser },
    });
    const html = await response.text();
    const boxes = [...html.matchAll(/<input type="checkbox"[^>]*>/g)].map(([box]) => box);
    const adas = boxes.filter((box) => box.includes(ids[0] ?? ''));
    expect(
      adas.map((box) => [/ ([a-z]+:[^"]+|arrival)"/.exec(box)?.[1], / checked/.test(box)]),
    ).toEqual([
      ['meeting:february', true],
      ['meeting:march', false],
      ['meeting:april', false],
    ]);
  });

  test('a refused page keeps every tick', async () => {
    const { summit, organiser, ids, at } = await summitOf('refused_2023', 'Ada');
    const ada = ids[0] ?? '';
    const response = await app.request(
      `${at}/attendance`,
      post({ 'on[]': [`${ada} meeting:march`, `${ada} day:2023-05-22`] }, organiser),
    );
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(plain(html)).toContain('Mon 22 May 2023 has not begun; record it when it has.');
    expect(html.match(/<input type="checkbox"[^>]* checked[^>]*>/g)).toHaveLength(2);
    expect(await factsIn(summit)).toEqual([]);
  });

  test('nobody but an organiser gets in', async () => {
    const { ids, at } = await summitOf('closed_2023', 'Ada');
    for (const path of [at, `${at}/attendance`, `${at}/${ids[0]}`]) {
      expect((await read(path, ids[0])).status).toBe(404);
      expect((await read(path)).status).toBe(303);
    }
    const posted = await app.request(
      `${at}/attendance`,
      post({ 'on[]': [`${ids[0]} meeting:march`] }, ids[0]),
    );
    expect(posted.status).toBe(404);
  });
});

describe('a table of who came', () => {
  test('is shown first, then recorded; the rows left over stay on the page', async () => {
    const { summit, organiser, ids, at } = await summitOf('csv_2023', 'Ada', 'Bob');
    const [ada = '', bob = ''] = ids;
    await tell(summit, bob, 'meeting:february');
    const csv = [
      'email,meeting',
      `${addressOf('csv_2023 Ada')},february`,
      `${addressOf('csv_2023 Bob')},february`,
      'stranger@example.org,february',
    ].join('\n');
    const preview = await app.request(`${at}/attendance/csv`, post({ csv, about: '' }, organiser));
    const shown = plain(await preview.text());
    expect(preview.status).toBe(200);
    expect(shown).toContain('1 new, 1 on record already');
    expect(shown).toContain('Nobody in this summit is known as “stranger@example.org”');
    expect(await factsIn(summit)).toEqual([`${bob} meeting:february`]);

    const recorded = await app.request(
      `${at}/attendance/csv`,
      post({ csv, about: '', record: 'yes' }, organiser),
    );
    const html = await recorded.text();
    expect(plain(html)).toContain('1 fact recorded.');
    expect(/<textarea[^>]*>([^<]*)<\/textarea>/.exec(html)?.[1]).toBe(
      'email,meeting\nstranger@example.org,february',
    );
    expect(await factsIn(summit)).toEqual(
      [`${ada} meeting:february`, `${bob} meeting:february`].sort(),
    );
  });

  test('a file that is no table is refused with its text kept', async () => {
    const { organiser, at } = await summitOf('nocsv_2023');
    const response = await app.request(
      `${at}/attendance/csv`,
      post({ csv: 'when,where\nnow,here', about: '' }, organiser),
    );
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(plain(html)).toContain('No column says who came');
    expect(html).toContain('when,where\nnow,here</textarea>');
  });
});

describe('excuses', () => {
  test('an excuse needs a reason, is shown to the person with who gave it, and can be withdrawn', async () => {
    const { summit, organiser, ids, at } = await summitOf('excuse_2023', 'Ada', 'Bob');
    const [ada = '', bob = ''] = ids;
    await tell(summit, bob, 'meeting:february');
    await tell(summit, bob, 'meeting:march');
    const before = await read(`/s/excuse_2023/me/promises`, ada);
    expect(before.text).toContain(
      'This can no longer be kept: 0 of 2 attended, 2 missed, 1 to come',
    );

    const form = `${at}/${ada}/excuse/planning_meetings`;
    const empty = await app.request(form, post({ reason: '  ' }, organiser));
    expect(empty.status).toBe(422);
    expect(plain(await empty.text())).toContain('Write why; the person sees it.');
    const given = await app.request(form, post({ reason: 'ill in spring' }, organiser));
    expect(given.status).toBe(303);
    expect((await app.request(form, post({ reason: 'again' }, organiser))).status).toBe(422);

    const during = await read(`/s/excuse_2023/me/promises`, ada);
    expect(during.text).toContain('Excused by excuse_2023 Organiser: ill in spring');
    const [event] = await eventsOf(summit, 'promise.excused');
    expect(JSON.stringify(event)).not.toContain('ill in spring');

    const { id } = await db
      .selectFrom('excuse')
      .select('id')
      .where('personId', '=', ada)
      .executeTakeFirstOrThrow();
    for (let twice = 0; twice < 2; twice += 1) {
      await app.request(`${at}/${ada}/withdraw-excuse`, post({ excuse: id }, organiser));
    }
    expect(await eventsOf(summit, 'promise.excuse_withdrawn')).toHaveLength(1);
    const after = await read(`/s/excuse_2023/me/promises`, ada);
    expect(after.text).toContain('This can no longer be kept');
  });
});

describe('the board', () => {
  test('whoever needs a word comes first, counts lead to their lists, filters hold', async () => {
    const { summit, organiser, ids, at } = await summitOf('board_2023', 'Ada', 'Bob', 'Cleo');
    const [, bob = '', cleo = ''] = ids;
    for (const subject of ['meeting:february', 'meeting:march']) await tell(summit, cleo, subject);
    await tell(summit, bob, 'meeting:march');
    const page = await read(at, organiser);
    const places = ['Ada', 'Bob', 'Cleo'].map((name) => page.text.indexOf(`board_2023 ${name}`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(page.text).toContain('3 people');

    const filtered = await read(`${at}?promise=planning_meetings&standing=at_risk`, organiser);
    expect(filtered.text).toContain('1 of 3 people');
    expect(filtered.text).toContain('board_2023 Bob');
    expect(filtered.text).not.toContain('board_2023 Cleo');
    const named = await read(`${at}?q=CLEO`, organiser);
    expect(named.text).toContain('1 of 3 people');
  });

  test('a person sees their own promises in the words accepted, and the zone of each time', async () => {
    const { summit, ids } = await summitOf('own_2023', 'Ada');
    await tell(summit, ids[0] ?? '', 'meeting:february');
    const page = await read('/s/own_2023/me/promises', ids[0]);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Take part in two of the three planning meetings');
    expect(page.text).toContain('You can miss one of the 2 still open');
    expect(page.text).toMatch(/February meeting\s*, Sun 2 Apr 2023, 05:00 (PDT|GMT-7)/);
    expect((await read('/s/own_2023/me/promises')).status).toBe(303);
  });
});
