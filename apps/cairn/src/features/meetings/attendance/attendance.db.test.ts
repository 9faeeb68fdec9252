import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import {
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { answerInvitation } from '../../people/invitations/answer-commands.ts';
import { promiseBoard } from '../../people/promises/obligation-queries.ts';
import { organiserOf } from '../../people/rights.ts';
import type { SummitDefinitionInput } from '../../summits/schema.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;
let services: ReturnType<typeof testServices>;
const at = (text: string) => Temporal.Instant.from(text);

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  services = testServices(db);
  app = createApp(services, visitorFromHeader(db));
});
afterAll(() => database.drop());

/** A summit of three calls, at 17:00 UTC on 27 February and 16:00 UTC on 27 March, with people who accepted. */
async function summitOf(
  slug: string,
  names: readonly string[],
  meetings: Partial<SummitDefinitionInput['planning_meetings']> = {},
) {
  const definition = promisedSummit({ slug });
  const summit = await storeSummit(db, {
    ...definition,
    planning_meetings: {
      ...definition.planning_meetings,
      ...promisedSummit({
        slug,
        planning_meetings: { ...definition.planning_meetings, ...meetings },
      }).planning_meetings,
    },
  });
  const organiser = await storePerson(db, `${slug} Organiser`, {
    summitId: summit.id,
    role: 'organiser',
  });
  const ids: string[] = [];
  for (const name of names) {
    const id = await storePerson(db, `${slug} ${name}`);
    await storeInvitation(db, summit.id, id);
    expectOk(
      await inTransaction(db, (tx) =>
        answerInvitation(tx, setUp(), summit.id, id, {
          answer: 'accept',
          agreement: { version: 1 },
          noticeDays: undefined,
          note: '',
          signIn: { method: 'link', sessionId: undefined },
        }),
      ),
    );
    ids.push(id);
  }
  return { summit, organiser, ids, calls: `/s/${slug}/meetings` };
}

const lead = (summitId: string, meeting: string, personId: string) =>
  db.insertInto('trackLead').values({ summitId, meeting, track: 'one', personId }).execute();

const facts = async (summitId: string) =>
  (
    await db
      .selectFrom('evidence')
      .select(['personId', 'subject', 'source'])
      .where('summitId', '=', summitId)
      .where('withdrawnAt', 'is', null)
      .execute()
  ).map(({ personId, subject, source }) => `${personId} ${subject} ${source}`);
const events = async (summitId: string, kind: string) =>
  (
    await db
      .selectFrom('event')
      .select('id')
      .where('summitId', '=', summitId)
      .where('kind', '=', kind)
      .execute()
  ).length;
const text = async (path: string, personId: string) =>
  (await (await app.request(path, { headers: { 'x-test-person': personId } })).text())
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const standing = async (summit: Awaited<ReturnType<typeof storeSummit>>, personId: string) => {
  const organiser = await organiserOf(db, summit.id, {
    personId: undefined,
    isAdministrator: true,
  });
  if (organiser === undefined) throw new Error('operators may organise');
  const board = await promiseBoard(db, organiser, summit, services.clock.now());
  return board
    .find((row) => row.personId === personId)
    ?.promises.find(({ key }) => key === 'planning_meetings')?.forecast.standing;
};

describe('checking oneself in', () => {
  test('is open from some minutes before the start until some after the end, and says when', async () => {
    const { summit, ids, calls } = await summitOf('window_2023', ['Ada']);
    const [ada = ''] = ids;
    for (const [moment, words] of [
      [
        '2023-02-27T16:44:59Z',
        'Check yourself in here during the call, from Mon 27 Feb 2023, 08:45',
      ],
      ['2023-02-27T19:00:01Z', 'Check-in closed on Mon 27 Feb 2023, 11:00'],
    ] as const) {
      services.clock.set(at(moment));
      expect(await text(`${calls}/february`, ada)).toContain(words);
      await app.request(`${calls}/february/check-in`, post({}, ada));
      expect(await facts(summit.id)).toEqual([]);
    }
    for (const moment of ['2023-02-27T16:45:00Z', '2023-02-27T19:00:00Z']) {
      services.clock.set(at(moment));
      expect(await text(`${calls}/february`, ada)).toContain('I am here');
    }
    await app.request(`${calls}/march/check-in`, post({}, ada));
    await app.request(`${calls}/april/check-in`, post({}, ada));
    expect(await facts(summit.id)).toEqual([]);
  });

  test('twice at once is one fact; a stranger and somebody only asked are no participants', async () => {
    const { summit, ids, calls } = await summitOf('twice_2023', ['Ada']);
    const [ada = ''] = ids;
    const asked = await storePerson(db, 'twice_2023 Asked');
    await storeInvitation(db, summit.id, asked);
    const stranger = await storePerson(db, 'twice_2023 Stranger');
    services.clock.set(at('2023-02-27T17:10:00Z'));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.request(`${calls}/february/check-in`, post({}, ada))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await facts(summit.id)).toEqual([`${ada} meeting:february self`]);
    expect(await events(summit.id, 'evidence.recorded')).toBe(1);
    expect((await app.request(`${calls}/february/check-in`, post({}, stranger))).status).toBe(404);
    await app.request(`${calls}/february/check-in`, post({}, asked));
    expect((await app.request(`${calls}/never/check-in`, post({}, ada))).status).toBe(404);
    expect(await facts(summit.id)).toHaveLength(1);
    expect(await text(`${calls}/february`, ada)).toContain('you were there');
  });

  test('the first to check in makes nobody else absent before check-in has closed', async () => {
    const { summit, ids, calls } = await summitOf('first_2023', ['Ada', 'Bob']);
    const [ada = '', bob = ''] = ids;
    services.clock.set(at('2023-02-27T17:00:00Z'));
    await app.request(`${calls}/february/check-in`, post({}, ada));
    services.clock.set(at('2023-02-27T18:30:00Z'));
    expect(await standing(summit, bob)).toBe('on_course');
    services.clock.set(at('2023-02-27T19:00:00Z'));
    expect(await standing(summit, bob)).toBe('at_risk');
  });
});

describe('the list of a lead', () => {
  test('a lead records their own meeting and no other, and takes a tick back', async () => {
    const { summit, organiser, ids, calls } = await summitOf('lead_2023', ['Ada', 'Bob', 'Cleo']);
    const [ada = '', bob = '', cleo = ''] = ids;
    await lead(summit.id, 'february', ada);
    services.clock.set(at('2023-02-27T17:30:00Z'));
    const february = `${calls}/february/attendance`;
    const saved = await app.request(february, post({ 'on[]': [bob, cleo] }, ada));
    expect(saved.status).toBe(303);
    expect((await facts(summit.id)).sort()).toEqual(
      [`${bob} meeting:february lead`, `${cleo} meeting:february lead`].sort(),
    );
    await app.request(february, post({ 'was[]': [bob, cleo], 'on[]': [bob] }, ada));
    expect(await facts(summit.id)).toEqual([`${bob} meeting:february lead`]);

    services.clock.set(at('2023-03-27T17:30:00Z'));
    for (const [path, who] of [
      [`${calls}/march/attendance`, ada],
      [february, bob],
    ] as const) {
      expect((await app.request(path, post({ 'on[]': [cleo] }, who))).status).toBe(404);
      expect((await app.request(path, { headers: { 'x-test-person': who } })).status).toBe(404);
      expect(
        (await app.request(`${path}/excuse`, post({ person: cleo, reason: 'x' }, who))).status,
      ).toBe(404);
    }
    expect(await facts(summit.id)).toHaveLength(1);
    expect(await text(february, organiser)).toContain('recorded by a lead');
  });

  test('nobody is recorded before the meeting begins, nor somebody of another summit', async () => {
    const one = await summitOf('early_2024', ['Ada']);
    const other = await summitOf('other_2024', ['Bob']);
    const [ada = ''] = one.ids;
    const path = `${one.calls}/february/attendance`;
    services.clock.set(at('2023-02-01T00:00:00Z'));
    const early = await app.request(path, post({ 'on[]': [ada] }, one.organiser));
    expect(early.status).toBe(422);
    expect(await early.text()).toContain('has not begun');
    services.clock.set(at('2023-02-27T17:30:00Z'));
    const strange = await app.request(
      path,
      post({ 'on[]': [ada, other.ids[0] ?? ''] }, one.organiser),
    );
    expect(strange.status).toBe(422);
    expect(await strange.text()).toContain('does not belong to the summit');
    expect(await facts(one.summit.id)).toEqual([]);
  });
});

describe('an excused absence', () => {
  test('is asked for, granted, told by mail, and not missed', async () => {
    const { summit, organiser, ids, calls } = await summitOf('asked_2023', ['Ada', 'Bob']);
    const [ada = '', bob = ''] = ids;
    services.clock.set(at('2023-02-20T12:00:00Z'));
    const empty = await app.request(`${calls}/february/excuse`, post({ reason: ' ' }, ada));
    expect(empty.status).toBe(422);
    for (const status of [303, 422]) {
      const asked = await app.request(
        `${calls}/february/excuse`,
        post({ reason: 'a wedding' }, ada),
      );
      expect(asked.status).toBe(status);
    }
    services.clock.set(at('2023-02-28T12:00:00Z'));
    await app.request(`${calls}/february/attendance`, post({ 'on[]': [bob] }, organiser));
    expect(await standing(summit, ada)).toBe('at_risk');
    const { id } = await db
      .selectFrom('absenceRequest')
      .select('id')
      .where('personId', '=', ada)
      .executeTakeFirstOrThrow();
    expect(await text(`${calls}/february/attendance`, organiser)).toContain('a wedding');
    for (let twice = 0; twice < 2; twice += 1) {
      await app.request(
        `${calls}/february/attendance/decide`,
        post({ request: id, answer: 'grant' }, organiser),
      );
    }
    expect(await events(summit.id, 'absence.excused')).toBe(1);
    expect(await standing(summit, ada)).toBe('on_course');
    expect(await text(`${calls}/february`, ada)).toContain(
      'you are excused by asked_2023 Organiser: a wedding',
    );
    const mails = await db
      .selectFrom('mail')
      .select(['subject', 'recipient'])
      .where('key', '=', `absence:${id}`)
      .execute();
    expect(mails).toHaveLength(1);
    const told = await db
      .selectFrom('event')
      .select('data')
      .where('summitId', '=', summit.id)
      .execute();
    expect(JSON.stringify(told)).not.toContain('wedding');

    await app.request(
      `${calls}/february/attendance/withdraw-excuse`,
      post({ person: ada }, organiser),
    );
    expect(await standing(summit, ada)).toBe('at_risk');
  });

  test('where only excused absences are missing, the promise is excused', async () => {
    const { summit, organiser, ids, calls } = await summitOf('only_2023', ['Ada', 'Bob']);
    const [ada = '', bob = ''] = ids;
    services.clock.set(at('2023-03-28T12:00:00Z'));
    for (const meeting of ['february', 'march']) {
      await app.request(`${calls}/${meeting}/attendance`, post({ 'on[]': [bob] }, organiser));
      const given = await app.request(
        `${calls}/${meeting}/attendance/excuse`,
        post({ person: ada, reason: 'on parental leave' }, organiser),
      );
      expect(given.status).toBe(303);
    }
    expect(await standing(summit, ada)).toBe('excused');
    const page = await text('/s/only_2023/me/promises', ada);
    expect(page).toContain('You are excused from February meeting and March meeting');
  });
});

describe('the recording', () => {
  const recorded = {
    minutes: 60,
    list: [
      {
        key: 'february',
        title: 'February meeting',
        starts: '2023-02-27T09:00',
        recording: 'https://video.example.org/february',
      },
      { key: 'march', title: 'March meeting', starts: '2023-03-27T09:00' },
      { key: 'april', title: 'April meeting', month: '2023-04' },
    ],
  };

  test('counts with a sentence where the summit says so, and makes nobody absent', async () => {
    const { summit, ids, calls } = await summitOf('watch_2023', ['Ada', 'Bob'], {
      ...recorded,
      recordings: 'count',
    });
    const [ada = '', bob = ''] = ids;
    services.clock.set(at('2023-03-01T12:00:00Z'));
    const short = await app.request(`${calls}/february/recording`, post({ sentence: 'ok' }, ada));
    expect(short.status).toBe(422);
    const sentence = 'The build group wants one shared configuration.';
    const said = await app.request(`${calls}/february/recording`, post({ sentence }, ada));
    expect(said.status).toBe(303);
    expect(await facts(summit.id)).toEqual([`${ada} meeting:february recording`]);
    expect(await standing(summit, bob)).toBe('on_course');
    const none = await app.request(`${calls}/march/recording`, post({ sentence }, ada));
    expect(none.status).toBe(422);
    expect(await text('/s/watch_2023/me/promises', ada)).toContain('watched the recording');
  });

  test('does not count where the summit does not say so', async () => {
    const { summit, ids, calls } = await summitOf('nowatch_2023', ['Ada'], recorded);
    const [ada = ''] = ids;
    services.clock.set(at('2023-03-01T12:00:00Z'));
    const sentence = 'The build group wants one shared configuration.';
    const said = await app.request(`${calls}/february/recording`, post({ sentence }, ada));
    expect(said.status).toBe(422);
    expect(await said.text()).toContain('does not count as attendance');
    expect(await facts(summit.id)).toEqual([]);
  });
});

describe('the list of a video tool', () => {
  const list = (slug: string) => `/s/${slug}/organise/meetings/february/list`;
  const rows = async (summitId: string) =>
    await db
      .selectFrom('attendanceRow')
      .select(['id', 'who', 'reason', 'settledHow'])
      .where('summitId', '=', summitId)
      .orderBy('who')
      .execute();

  test('is shown first, recorded with what was picked, and changes nothing the second time', async () => {
    const { summit, organiser, ids } = await summitOf('list_2023', ['Ada', 'Bob Jay', 'Cleo Jay']);
    const [ada = '', , cleo = ''] = ids;
    services.clock.set(at('2023-02-27T19:30:00Z'));
    const csv = [
      'Name,Email,Minutes',
      'Ada,list.2023.ada@example.org,20',
      'Ada,list.2023.ada@example.org,25',
      'Jay,,60',
      'Somebody,guest@example.net,60',
      'list_2023 Bob Jay,,5',
    ].join('\n');
    const send = (fields: Record<string, string>) =>
      app.request(list('list_2023'), post({ csv, least: '30', ...fields }, organiser));
    const shown = await (await send({})).text();
    for (const words of ['1 new', 'Who is this?', 'Stayed too short', 'guest@example.net']) {
      expect(shown).toContain(words);
    }
    expect(await facts(summit.id)).toEqual([]);
    for (let twice = 0; twice < 2; twice += 1) {
      expect((await send({ record: 'yes', 'pick.0': cleo })).status).toBe(303);
    }
    expect((await facts(summit.id)).sort()).toEqual(
      [`${ada} meeting:february csv`, `${cleo} meeting:february csv`].sort(),
    );
    expect(await events(summit.id, 'attendance.list_read')).toBe(1);
    expect((await rows(summit.id)).map(({ who, reason }) => `${who}: ${reason}`)).toEqual([
      'guest@example.net: unknown',
      'list_2023 bob jay: too_short',
    ]);
  });

  test('a kept row is matched later or dropped, once', async () => {
    const { summit, organiser, ids } = await summitOf('kept_2023', ['Ada']);
    const [ada = ''] = ids;
    services.clock.set(at('2023-02-27T19:30:00Z'));
    const csv = 'Name,Email\nTablet,tablet@example.net\nGuest,guest@example.net';
    await app.request(list('kept_2023'), post({ csv, least: '0', record: 'yes' }, organiser));
    const [guest, tablet] = await rows(summit.id);
    const settle = (fields: Record<string, string>) =>
      app.request(`${list('kept_2023')}/settle`, post(fields, organiser));
    expect(await text(list('kept_2023'), organiser)).toContain('2 rows are open');
    await settle({ row: tablet?.id ?? '', do: 'match', person: '' });
    expect(await facts(summit.id)).toEqual([]);
    for (let twice = 0; twice < 2; twice += 1) {
      await settle({ row: tablet?.id ?? '', do: 'match', person: ada });
      await settle({ row: guest?.id ?? '', do: 'drop', person: '' });
    }
    expect(await facts(summit.id)).toEqual([`${ada} meeting:february csv`]);
    expect((await rows(summit.id)).map(({ settledHow }) => settledHow)).toEqual([
      'dropped',
      'matched',
    ]);
    expect(await events(summit.id, 'attendance.row_settled')).toBe(2);
  });

  test('what is no list is refused with its text kept, and a file in UTF-16 is read', async () => {
    const { summit, organiser, ids } = await summitOf('utf_2023', ['Ada']);
    services.clock.set(at('2023-02-27T19:30:00Z'));
    const refused = await app.request(
      list('utf_2023'),
      post({ csv: 'when,where\nnow,here', least: '0' }, organiser),
    );
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('when,where\nnow,here</textarea>');
    const body = new FormData();
    const wide = Buffer.from(
      '\ufeff1. Summary\r\n\r\nName\tEmail\r\nA\tutf.2023.ada@example.org',
      'utf16le',
    );
    body.append('file', new File([wide], 'teams.csv'));
    body.append('least', '0');
    const headers = { origin: 'http://cairn.test', 'x-test-person': organiser };
    const read = await app.request(list('utf_2023'), { method: 'POST', body, headers });
    expect(await read.text()).toContain('utf_2023 Ada');
    expect((await app.request(list('utf_2023'), post({ csv: 'x' }, ids[0]))).status).toBe(404);
    expect(await facts(summit.id)).toEqual([]);
  });

  test('ten thousand rows are kept whole', async () => {
    const { summit, organiser, ids } = await summitOf('many_2023', ['Ada']);
    services.clock.set(at('2023-02-27T19:30:00Z'));
    const csv = [
      'Name,Email,Minutes',
      'Ada,many.2023.ada@example.org,60',
      ...Array.from({ length: 10_000 }, (_, index) => `Guest ${index},g${index}@example.net,60`),
    ].join('\n');
    const sent = await app.request(
      list('many_2023'),
      post({ csv, least: '30', record: 'yes' }, organiser),
    );
    expect(sent.status).toBe(303);
    expect(await facts(summit.id)).toEqual([`${ids[0]} meeting:february csv`]);
    expect(await rows(summit.id)).toHaveLength(10_000);
  });
});

describe('dropping a meeting', () => {
  test('keeps who was there, and it counts', async () => {
    const { summit, organiser, ids, calls } = await summitOf('drop_2023', ['Ada']);
    const [ada = ''] = ids;
    services.clock.set(at('2023-02-27T19:30:00Z'));
    await app.request(`${calls}/february/attendance`, post({ 'on[]': [ada] }, organiser));
    await db
      .updateTable('summit')
      .set({ source: JSON.stringify(summit.definition) })
      .where('id', '=', summit.id)
      .execute();
    const dropped = await app.request(
      `/s/drop_2023/organise/meetings/february/drop`,
      post({ required: '1' }, organiser),
    );
    expect(dropped.status).toBe(303);
    expect(await facts(summit.id)).toEqual([`${ada} meeting:february organiser`]);
    const now = await db
      .selectFrom('summit')
      .select('definition')
      .where('id', '=', summit.id)
      .executeTakeFirstOrThrow();
    const definition = now.definition as typeof summit.definition;
    expect(await standing({ ...summit, definition }, ada)).toBe('kept');
  });
});
