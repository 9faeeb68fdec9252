import { Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { post, testServices } from '../../../../../../tests/services.ts';
import { storeInvitation, storePerson } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { runAllSweeps } from '../../../platform/jobs/sweeps.ts';
import { wantedEntries } from '../../publishing/calendar-rules.ts';
import { WEEK_MAIL_JOB } from './ask-commands.ts';
import { weekMailTask } from './ask-task.ts';
import { unsuitedPeople } from './week-queries.ts';
import { weekSweep } from './week-sweep.ts';

const WEEKS = '/s/sp_summit_2023/organise/weeks';
/** Four candidate weeks: Mondays 1 to 22 May; nothing is wrong with them. */
const RANGE = {
  do: 'range',
  from: '2023-05-01',
  until: '2023-05-26',
  days: '5',
  weekday: '1',
  arrival_days: '1',
  departure_days: '1',
  lead_months: '2',
};
const NO_DAYS = { remind_days: '', intro: '', currency: '' };

let house: SummitDatabase;
let people: Record<'bo' | 'cy' | 'di', string>;
let summitId: string;

beforeEach(async () => {
  house = await openSummitDatabase();
  await house.found();
  summitId = (await house.summit('sp_summit_2023')).id;
  people = {
    bo: await storePerson(house.db, 'Bo Berg'),
    cy: await storePerson(house.db, 'Cy Chan'),
    di: await storePerson(house.db, 'Di Diaz'),
  };
  for (const [person, community] of [
    [people.bo, 'numpy'],
    [people.cy, 'numpy'],
    [people.di, 'scipy'],
  ] as const) {
    await house.db
      .insertInto('personCommunity')
      .values({ summitId, personId: person, community })
      .execute();
  }
  return () => house.drop();
});

const at = (moment: string) => house.clock.set(Temporal.Instant.from(moment));

/** A poll over the four weeks that is open until 20 February, with everybody written to. */
async function openedPoll(): Promise<void> {
  expect((await house.post(WEEKS, RANGE)).status).toBe(303);
  const terms = { ...NO_DAYS, do: 'terms', closes_on: '2023-02-20', hide_until_closed: 'yes' };
  expect((await house.post(`${WEEKS}/mails`, terms)).status).toBe(303);
  expect((await house.post(WEEKS, { do: 'open', tentative: 'yes' })).status).toBe(303);
  expect((await house.post(`${WEEKS}/mails`, { do: 'ask' })).status).toBe(303);
}

/** The newest link that somebody was sent. */
async function linkOf(person: string): Promise<string> {
  const { body } = await house.db
    .selectFrom('mail')
    .select('body')
    .where('personId', '=', person)
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow();
  const link = /http:\/\/cairn\.test(\/w\/\S+)/.exec(body)?.[1];
  if (link === undefined) throw new Error(`no link in ${body}`);
  return link;
}

/** By link, without any session. */
const byLink = (link: string, fields: Record<string, string>) =>
  house.app.request(link, post(fields));
const readLink = async (link: string) => (await house.app.request(link)).text();

const storedAnswers = async (person: string) =>
  Object.fromEntries(
    (
      await house.db
        .selectFrom('weekAnswer')
        .select(['start', 'answer', 'note'])
        .where('personId', '=', person)
        .orderBy('start')
        .execute()
    ).map(({ start, answer, note }) => [start, note === '' ? answer : `${answer}: ${note}`]),
  );

const eventsOf = async (kind: string) =>
  house.db
    .selectFrom('event')
    .select(['kind', 'personId', 'data'])
    .where('kind', '=', kind)
    .execute();

const mailsAbout = async (words: string) =>
  (await house.db.selectFrom('mail').select(['recipient', 'subject', 'body']).execute()).filter(
    ({ subject }) => subject.includes(words),
  );

describe('making a poll', () => {
  test('begins with what the definition looks for, and asks everybody who was entered', async () => {
    const page = await (await house.get(WEEKS)).text();
    expectIn(page, 'value="2023-02-01"');
    expectIn(page, 'value="2023-06-30"');
    await house.post(WEEKS, RANGE);
    await house.post(WEEKS, RANGE);
    const guests = await house.db.selectFrom('weekGuest').select('personId').execute();
    expect(guests.map(({ personId }) => personId).sort()).toEqual(
      [...Object.values(people), house.ada].sort(),
    );
    expect(await eventsOf('weeks.poll_made')).toHaveLength(1);
  });

  test('is for organisers only', async () => {
    for (const page of ['', '/setup', '/people', '/mails', '/choose?start=2023-05-22']) {
      expect((await house.get(`${WEEKS}${page}`, house.stranger)).status).toBe(404);
      expect((await house.post(`${WEEKS}${page}`, RANGE, house.stranger)).status).toBe(404);
    }
  });

  test('a range that holds no week is refused with all that was typed', async () => {
    const answer = await house.post(WEEKS, { ...RANGE, until: '2023-05-03', days: '99' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expectIn(page, 'value="99"');
    expectIn(page, 'value="2023-05-03"');
    const short = await house.post(WEEKS, { ...RANGE, until: '2023-05-03' });
    expectIn(await short.text(), 'there is no room for 5 days');
  });

  test('a poll without a week, a deadline or anybody to ask is not opened', async () => {
    await house.post(WEEKS, RANGE);
    expectIn(
      await (await house.post(WEEKS, { do: 'open' })).text(),
      'Write the last day for answers',
    );
    const terms = { ...NO_DAYS, do: 'terms', closes_on: '2023-02-20' };
    await house.post(`${WEEKS}/mails`, { ...terms, closes_on: '2023-01-20' });
    expectIn(
      await (await house.post(WEEKS, { do: 'open' })).text(),
      'Write the last day for answers',
    );
    await house.post(`${WEEKS}/mails`, terms);
    await house.post(`${WEEKS}/setup`, { ...RANGE, lead_months: '12' });
    expectIn(await (await house.post(WEEKS, { do: 'open' })).text(), 'No week remains');
  });

  test('opening marks the definition’s days as tentative, in the calendar too', async () => {
    await openedPoll();
    const { definition } = await house.summit('sp_summit_2023');
    expect(definition.dates.status).toBe('tentative');
    const days = wantedEntries(definition).filter(({ key }) =>
      ['arrival', 'summit', 'departure'].includes(key),
    );
    expect(days.map(({ status, content }) => [status, content.busy])).toEqual([
      ['TENTATIVE', false],
      ['TENTATIVE', false],
      ['TENTATIVE', false],
    ]);
  });
});

describe('days that count against a week', () => {
  beforeEach(async () => {
    await house.post(WEEKS, RANGE);
  });

  test('exclude their weeks and say why; a week can be offered all the same, or taken out', async () => {
    const days = { do: 'add', title: 'PyCon', kind: 'conference', effect: 'excludes' };
    await house.post(`${WEEKS}/setup`, {
      ...days,
      from_day: '2023-05-10',
      until_day: '2023-05-11',
    });
    const page = await (await house.get(`${WEEKS}/setup`)).text();
    expectIn(page, 'PyCon: 10–11 May 2023.');
    expectIn(page, '3 of 4 weeks are offered.');
    const weeks = { do: 'weeks', 'offer.2023-05-08': 'anyway', 'offer.2023-05-22': 'removed' };
    await house.post(`${WEEKS}/setup`, {
      ...weeks,
      'cost.2023-05-08': '120.50',
      'note.2023-05-08': 'near PyCon',
    });
    expectIn(await (await house.get(`${WEEKS}/setup`)).text(), '3 of 4 weeks are offered.');
    expect(
      await house.db.selectFrom('weekWindow').selectAll().orderBy('start').execute(),
    ).toMatchObject([
      { start: '2023-05-08', offeredAnyway: true, extraCost: 12050, note: 'near PyCon' },
      { start: '2023-05-22', removed: true },
    ]);
  });

  test('holidays of a country are mentioned or exclude, and one of them can be weighed by itself', async () => {
    await house.post(`${WEEKS}/setup`, { do: 'countries', 'country.GB': 'excludes', more: 'DE' });
    const page = await (await house.get(`${WEEKS}/setup`)).text();
    expectIn(page, 'Early May bank holiday (United Kingdom): Mon 1 May 2023.');
    expectIn(page, 'Labour Day (Germany): Mon 1 May 2023.');
    expectIn(page, '2 of 4 weeks are offered.');
    const { id } = await house.db
      .selectFrom('weekBlackout')
      .select('id')
      .where('title', '=', 'Early May bank holiday')
      .executeTakeFirstOrThrow();
    await house.post(`${WEEKS}/setup`, { do: 'blackout', blackout: id, change: 'mentions' });
    expectIn(await (await house.get(`${WEEKS}/setup`)).text(), '3 of 4 weeks are offered.');
    // Moving the range reads the holidays anew; what was said of one of them stays.
    await house.post(`${WEEKS}/setup`, { ...RANGE, from: '2023-04-24' });
    expectIn(await (await house.get(`${WEEKS}/setup`)).text(), '4 of 5 weeks are offered.');
  });

  test('says so when no week remains', async () => {
    const days = { do: 'add', title: 'Venue full', kind: 'venue', effect: 'excludes' };
    await house.post(`${WEEKS}/setup`, {
      ...days,
      from_day: '2023-04-01',
      until_day: '2023-07-01',
    });
    expectIn(await (await house.get(`${WEEKS}/setup`)).text(), 'No week remains.');
  });

  test('come from a calendar file once, and what is not understood is listed', async () => {
    const ics = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//test//EN',
      ...event('1', 'DTSTART;VALUE=DATE:20230508', 'DTEND;VALUE=DATE:20230513', 'JupyterCon'),
      ...event('2', 'DTSTART;VALUE=DATE:20200508', 'DTEND;VALUE=DATE:20200513', 'Long ago'),
      ...event('3', 'DTSTART:20230515T090000Z', 'RRULE:FREQ=NEVER', 'Nowhere'),
      'END:VCALENDAR',
    ].join('\r\n');
    const send = async () => {
      const body = new FormData();
      const fields = { do: 'import', kind: 'conference', effect: 'excludes', whole_days: 'no' };
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      body.set('file', new File([ics], 'conferences.ics'));
      return house.app.request(`${WEEKS}/setup`, {
        method: 'POST',
        body,
        headers: { origin: 'http://cairn.test', 'x-test-person': house.ada },
      });
    };
    const page = await (await send()).text();
    expectIn(page, 'JupyterCon: 8–12 May 2023.');
    expectIn(page, 'Not understood');
    expectIn(page, 'Nowhere: ');
    await send();
    expect(await house.db.selectFrom('weekBlackout').select('title').execute()).toEqual([
      { title: 'JupyterCon' },
    ]);
  });

  test('a file that is no calendar is refused by its name, and the form keeps what was typed', async () => {
    const answer = await house.post(`${WEEKS}/setup`, {
      do: 'import',
      kind: 'graduation',
      effect: 'excludes',
      url: 'ftp://example.org/calendar',
    });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expectIn(page, 'value="ftp://example.org/calendar"');
    expect(page).toMatch(/value="graduation" selected/);
  });
});

const event = (uid: string, ...rest: [string, string, string]) => [
  'BEGIN:VEVENT',
  `UID:${uid}@test`,
  'DTSTAMP:20230101T000000Z',
  rest[0],
  rest[1],
  `SUMMARY:${rest[2]}`,
  'END:VEVENT',
];

describe('answering by link', () => {
  beforeEach(openedPoll);

  test('needs no account, and every mail’s link stays valid', async () => {
    const first = await linkOf(people.bo);
    at('2023-02-02T12:00:00Z');
    await house.post(`${WEEKS}/mails`, { do: 'remind' });
    const second = await linkOf(people.bo);
    expect(second).not.toBe(first);
    const page = await readLink(first);
    expectIn(page, 'You answer as <strong>Bo Berg</strong>');
    expectIn(page, 'noindex');
    expectNotIn(page, 'Cy Chan');
    const answer = { do: 'save', 'answer.2023-05-22': 'yes', 'note.2023-05-22': 'gladly' };
    expect((await byLink(first, answer)).status).toBe(303);
    expect((await byLink(second, { do: 'save', 'answer.2023-05-15': 'no' })).status).toBe(303);
    expect(await storedAnswers(people.bo)).toEqual({
      '2023-05-15': 'no',
      '2023-05-22': 'yes: gladly',
    });
    expectIn(await readLink(second), 'gladly');
  });

  test('what is taken back is silence again, and the event holds no words', async () => {
    const link = await linkOf(people.bo);
    await byLink(link, { do: 'save', 'answer.2023-05-22': 'yes', remark: 'see you' });
    await byLink(link, { do: 'save', 'answer.2023-05-22': '', remark: 'see you' });
    expect(await storedAnswers(people.bo)).toEqual({});
    const events = await eventsOf('weeks.answered');
    expect(events).toEqual([
      { kind: 'weeks.answered', personId: people.bo, data: { changed: 1 } },
      { kind: 'weeks.answered', personId: people.bo, data: { changed: 1 } },
    ]);
  });

  test('a form of a week that was taken out is shown again with all that was typed', async () => {
    const link = await linkOf(people.bo);
    await house.post(`${WEEKS}/setup`, { do: 'weeks', 'offer.2023-05-15': 'removed' });
    const answer = await byLink(link, {
      do: 'save',
      'answer.2023-05-15': 'yes',
      'note.2023-05-15': 'the only one for me',
      'answer.2023-05-22': 'no',
      'answer.2024-01-01': 'yes',
      remark: 'sorry',
    });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expectIn(page, 'The week from Mon 15 May 2023 is no longer offered.');
    expectIn(page, 'No week of this poll starts on Mon 1 Jan 2024');
    expectIn(page, 'the only one for me');
    expectIn(page, 'sorry');
    expect(page).toMatch(/value="no" checked/);
    expect(await storedAnswers(people.bo)).toEqual({});
  });

  test('an answer that is none is told at its field', async () => {
    const link = await linkOf(people.bo);
    const answer = await byLink(link, {
      do: 'save',
      'answer.2023-05-15': 'perhaps',
      'note.2023-05-22': 'x'.repeat(501),
    });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expectIn(page, 'Say yes, if need be or no');
    expectIn(page, 'Shorten this note');
    expectIn(page, 'x'.repeat(501));
  });

  test('an answer to a closed poll says so, and shows what was sent', async () => {
    const link = await linkOf(people.bo);
    at('2023-02-21T12:00:00Z');
    const answer = await byLink(link, { do: 'save', 'answer.2023-05-15': 'yes', remark: 'late' });
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expectIn(page, 'This poll is closed, so nothing was saved. Its last day was Mon 20 Feb 2023.');
    expectIn(page, 'Week from');
    expectIn(page, 'late');
    expect(await storedAnswers(people.bo)).toEqual({});
  });

  test('the last day counts to its end at the summit’s place', async () => {
    const link = await linkOf(people.bo);
    // 23:30 of the 20th in Seattle, where the 21st has begun in most of the world.
    at('2023-02-21T07:30:00Z');
    expect((await byLink(link, { do: 'save', 'answer.2023-05-15': 'yes' })).status).toBe(303);
    at('2023-02-21T08:00:00Z');
    expect((await byLink(link, { do: 'save', 'answer.2023-05-15': 'no' })).status).toBe(409);
  });

  test('a link that never was, was closed, is of nobody who is asked, or has expired says so', async () => {
    const link = await linkOf(people.bo);
    const unknown = await byLink('/w/nothing', { do: 'save', 'note.2023-05-15': 'typed' });
    expect(unknown.status).toBe(404);
    expectIn(await unknown.text(), 'typed');
    await house.post(`${WEEKS}/people`, { 'shown[]': [people.bo], 'asked[]': [] });
    expectIn(await readLink(link), 'You are no longer among those who are asked');
    await house.post(`${WEEKS}/people`, { 'shown[]': [people.bo], 'asked[]': [people.bo] });
    expectIn(await readLink(link), 'You answer as');
    at('2023-06-01T12:00:00Z');
    expectIn(await readLink(link), 'This link has expired');
    await house.post(`${WEEKS}/people/${people.bo}`, { do: 'revoke' });
    const revoked = await house.app.request(link);
    expect(revoked.status).toBe(410);
    expectIn(await revoked.text(), 'This link was closed.');
  });

  test('somebody else closes the link, and the organisers see it', async () => {
    const link = await linkOf(people.bo);
    await byLink(link, { do: 'not-me' });
    expect((await house.app.request(link)).status).toBe(410);
    expectIn(await (await house.get(`${WEEKS}/people`)).text(), 'the link reached somebody else');
  });

  test('reading the page changes nothing; the browser that shows it says so by itself', async () => {
    const link = await linkOf(people.bo);
    const before = await house.db.selectFrom('event').select('id').execute();
    await readLink(link);
    expect(await house.db.selectFrom('event').select('id').execute()).toHaveLength(before.length);
    expect((await house.app.request(`${link}/opened`, post({}))).status).toBe(204);
    expectIn(await (await house.get(`${WEEKS}/people/${people.bo}`)).text(), 'opened');
  });

  test('an organiser makes a link to copy, which is shown once', async () => {
    const made = await house.post(`${WEEKS}/people/${people.cy}`, { do: 'link' });
    expect(made.headers.get('cache-control')).toBe('no-store');
    const link = /http:\/\/cairn\.test(\/w\/[A-Za-z0-9_-]+)/.exec(await made.text())?.[1];
    expectIn(await readLink(link ?? ''), 'Cy Chan');
    expectNotIn(await (await house.get(`${WEEKS}/people/${people.cy}`)).text(), link ?? '/w/');
  });

  test('others see no name, and counts only when the poll is closed', async () => {
    await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'yes' });
    const link = await linkOf(people.cy);
    expectNotIn(await readLink(link), 'so far');
    await house.post(WEEKS, { do: 'close' });
    const page = await readLink(link);
    expectIn(page, 'all together 1 yes, 0 if need be, 0 no, 3 silent');
    expectNotIn(page, 'Bo Berg');
  });

  test('somebody who has signed in and takes part answers on their own page', async () => {
    await storeInvitation(house.db, summitId, people.bo);
    const page = '/s/sp_summit_2023/me/weeks';
    expectIn(await (await house.get(page, people.bo)).text(), 'Which weeks suit you?');
    await house.post(page, { do: 'save', 'answer.2023-05-22': 'if_need_be' }, people.bo);
    expect(await storedAnswers(people.bo)).toEqual({ '2023-05-22': 'if_need_be' });
    expect((await house.get(page, house.stranger)).status).toBe(404);
  });
});

describe('the way to the poll', () => {
  beforeEach(openedPoll);

  test('leads from one’s own part and from an invitation, until everything is said', async () => {
    await storeInvitation(house.db, summitId, people.bo);
    for (const page of ['/me', '/me/invitation']) {
      const shown = await (await house.get(`/s/sp_summit_2023${page}`, people.bo)).text();
      expectIn(shown, '4 of 4 weeks wait for your answer');
      expectIn(shown, 'href="/s/sp_summit_2023/me/weeks"');
    }
    const answers = ['01', '08', '15', '22'].map((date) => [`answer.2023-05-${date}`, 'yes']);
    await byLink(await linkOf(people.bo), { do: 'save', ...Object.fromEntries(answers) });
    const after = await (await house.get('/s/sp_summit_2023/me', people.bo)).text();
    expectIn(after, 'You have answered all 4 weeks.');
    const overview = await (await house.get('/s/sp_summit_2023/organise')).text();
    expectIn(overview, '1 of 4 have answered.');
    await house.post(WEEKS, { do: 'close' });
    expectIn(await (await house.get('/s/sp_summit_2023/organise')).text(), 'choose a week');
  });

  test('one’s own busy days mark a week and answer nothing', async () => {
    const minute = (moment: string) => Temporal.Instant.from(moment).epochMilliseconds / 60_000;
    await sql`
      insert into busy_source
        (person_id, name, covers_from, covers_until, busy, events, skipped, read_at)
      values (${people.bo}, 'work', now(), now() + interval '1 year',
        ${[minute('2023-05-15T00:00:00Z'), minute('2023-05-18T00:00:00Z')]}, 1, 0, now())`.execute(
      house.db,
    );
    const page = await readLink(await linkOf(people.bo));
    expectIn(page, 'your calendar is busy on 3 of 5 days');
    expectNotIn(await readLink(await linkOf(people.cy)), 'is busy on');
    expect(await storedAnswers(people.bo)).toEqual({});
  });
});

describe('votes outlive what is done to the options', () => {
  beforeEach(openedPoll);

  test('moving the range, blacking a week out and taking it out lose no vote', async () => {
    const link = await linkOf(people.bo);
    const answers = { '2023-05-01': 'no', '2023-05-08': 'if_need_be', '2023-05-22': 'yes' };
    await byLink(link, {
      do: 'save',
      ...Object.fromEntries(
        Object.entries(answers).map(([week, said]) => [`answer.${week}`, said]),
      ),
    });
    await house.post(`${WEEKS}/setup`, { ...RANGE, from: '2023-05-15' });
    await house.post(`${WEEKS}/setup`, { do: 'weeks', 'offer.2023-05-22': 'removed' });
    expectIn(await readLink(link), 'Your answers to 3 weeks that are not offered now are kept');
    await byLink(link, { do: 'save', 'answer.2023-05-15': 'yes' });
    await house.post(`${WEEKS}/setup`, RANGE);
    await house.post(`${WEEKS}/setup`, { do: 'weeks', 'offer.2023-05-22': 'auto' });
    expect(await storedAnswers(people.bo)).toEqual({ ...answers, '2023-05-15': 'yes' });
    expectNotIn(await readLink(link), 'not offered now');
  });

  test('whoever is asked again finds their answers', async () => {
    await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'yes', remark: 'hm' });
    await house.post(`${WEEKS}/people`, { 'shown[]': [people.bo], 'asked[]': [] });
    await house.post(`${WEEKS}/people`, { 'shown[]': [people.bo], 'asked[]': [people.bo] });
    expectIn(await readLink(await linkOf(people.bo)), 'hm');
  });

  test('giving the poll up and taking it up again keeps everything', async () => {
    await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'yes' });
    await house.post(WEEKS, { do: 'abandon' });
    expectIn(await readLink(await linkOf(people.bo)), 'gave this poll up');
    await house.post(WEEKS, { do: 'resume' });
    await house.post(WEEKS, { do: 'open' });
    expect(await storedAnswers(people.bo)).toEqual({ '2023-05-22': 'yes' });
  });
});

describe('deadline and reminders', () => {
  const sweep = () => runAllSweeps(testServices(house.db, { clock: house.clock }), [weekSweep]);

  beforeEach(openedPoll);

  test('the poll closes when its last day is over, and can be opened again', async () => {
    at('2023-02-21T07:59:00Z');
    await sweep();
    expect(await eventsOf('weeks.closed')).toEqual([]);
    at('2023-02-21T08:00:00Z');
    await sweep();
    await sweep();
    expect(await eventsOf('weeks.closed')).toHaveLength(1);
    expect((await house.post(WEEKS, { do: 'reopen', closes_on: '2023-02-20' })).status).toBe(422);
    expect((await house.post(WEEKS, { do: 'reopen', closes_on: 'soon' })).status).toBe(422);
    // So late that no week would keep its lead time, and nobody could answer anything.
    expect((await house.post(WEEKS, { do: 'reopen', closes_on: '2023-12-01' })).status).toBe(422);
    await house.post(WEEKS, { do: 'reopen', closes_on: '2023-02-25' });
    const saved = await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'yes' });
    expect(saved.status).toBe(303);
  });

  test('only the silent are reminded, once for each day that was said', async () => {
    await house.post(`${WEEKS}/mails`, {
      ...NO_DAYS,
      do: 'terms',
      closes_on: '2023-02-20',
      remind_days: '7, 2',
    });
    await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'no' });
    at('2023-02-12T12:00:00Z');
    await sweep();
    expect(await mailsAbout('we miss your answer')).toEqual([]);
    at('2023-02-13T12:00:00Z');
    await sweep();
    await sweep();
    const reminded = await mailsAbout('we miss your answer');
    expect(reminded.map(({ recipient }) => recipient).sort()).toEqual([
      'Ada',
      'cy.chan@example.org',
      'di.diaz@example.org',
    ]);
    await byLink(await linkOf(people.cy), { do: 'save', 'answer.2023-05-22': 'yes' });
    at('2023-02-18T12:00:00Z');
    await sweep();
    expect(await mailsAbout('we miss your answer')).toHaveLength(5);
  });

  test('a reminder by hand says first how many get it, and goes to the silent only', async () => {
    await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'no' });
    expectIn(await (await house.get(`${WEEKS}/mails`)).text(), 'Remind 3 people');
    await house.post(`${WEEKS}/mails`, { do: 'remind' });
    expect(await mailsAbout('we miss your answer')).toHaveLength(3);
    at('2023-02-21T12:00:00Z');
    await house.post(`${WEEKS}/mails`, { do: 'remind' });
    expect(await mailsAbout('we miss your answer')).toHaveLength(3);
  });

  test('many are written to by jobs, each once, and a reader of the poll does not wait', async () => {
    const crowd = Array.from({ length: 120 }, (_, number) => `Guest Number ${number}`);
    const ids = await Promise.all(crowd.map((name) => storePerson(house.db, name)));
    await house.db
      .insertInto('personCommunity')
      .values(ids.map((personId) => ({ summitId, personId, community: 'numpy' })))
      .execute();
    await house.post(`${WEEKS}/people`, { 'shown[]': ids, 'asked[]': ids });
    const [last = ''] = ids.slice(-1);
    await house.post(`${WEEKS}/mails`, { do: 'ask' });
    expect(await mailsAbout('Which week')).toHaveLength(4);
    // Taken out before the job came to them.
    await house.post(`${WEEKS}/people`, { 'shown[]': [last], 'asked[]': [] });
    const { rows } = await sql<{ payload: unknown }>`
      select payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${WEEK_MAIL_JOB}`.execute(house.db);
    expect(rows).toHaveLength(3);
    const task = weekMailTask(testServices(house.db, { clock: house.clock }));
    for (const { payload } of rows) await task(payload, { number: 1, isLast: false });
    for (const { payload } of rows) await task(payload, { number: 2, isLast: true });
    expect(await mailsAbout('Which week')).toHaveLength(123);
    expect(await eventsOf('weeks.asked')).toHaveLength(123);
  });

  test('nobody is asked twice', async () => {
    await house.post(`${WEEKS}/mails`, { do: 'ask' });
    expect(await mailsAbout('Which week')).toHaveLength(4);
  });
});

describe('ranking and choosing', () => {
  beforeEach(async () => {
    await openedPoll();
    const answers = [
      [people.bo, 'yes', 'no'],
      [people.cy, 'yes', 'yes'],
      [people.di, 'no', 'if_need_be'],
    ] as const;
    for (const [person, may15, may22] of answers) {
      await byLink(await linkOf(person), {
        do: 'save',
        'answer.2023-05-15': may15,
        'answer.2023-05-22': may22,
      });
    }
  });

  test('a week in which nobody of a community can come falls behind, until that person is left out', async () => {
    const page = await (await house.get(WEEKS)).text();
    expect(page.indexOf('22–26 May 2023')).toBeLessThan(
      page.indexOf('Nobody can come from: SciPy'),
    );
    expectIn(page, 'not answered, which is not counted as yes');
    const then = await (await house.get(`${WEEKS}?without=${people.di}`)).text();
    expectIn(then, 'Ranking then');
    expectIn(then, 'was 2');
    const narrowed = await (await house.get(`${WEEKS}?until=2023-05-20`)).text();
    expectIn(narrowed, 'Ranking then');
  });

  test('a week with a no of somebody needed comes after the others', async () => {
    await house.post(`${WEEKS}/people`, {
      'shown[]': [people.bo],
      'asked[]': [people.bo],
      'needed[]': [people.bo],
      [`weight.${people.bo}`]: '3',
    });
    expectIn(await (await house.get(WEEKS)).text(), 'Needed, and cannot come: Bo Berg.');
  });

  test('what a choice changes is told before, and looking changes nothing', async () => {
    const page = await (await house.get(`${WEEKS}/choose?start=2023-05-15`)).text();
    expectIn(page, 'It does not suit 1, who get a mail that asks what they want to do: Di Diaz.');
    expectIn(page, '1 never said whether it suits them, and get no such mail: Ada.');
    expectIn(page, 'Then due');
    expect((await house.summit('sp_summit_2023')).definition.dates.start).toBe('2023-05-22');
  });

  test('an open poll is chosen from only with a clear word, and a week only if it is offered', async () => {
    const asked = await house.post(`${WEEKS}/choose`, { start: '2023-05-15' });
    expect(asked.status).toBe(422);
    expectIn(await asked.text(), 'People are still answering');
    await house.post(`${WEEKS}/choose`, { start: '2024-05-13', closing: 'yes' });
    await house.post(`${WEEKS}/choose`, { start: 'soon', closing: 'yes' });
    expect(await eventsOf('weeks.chosen')).toEqual([]);
  });

  test('choosing moves the summit, keeps the losers and asks only those whom it does not suit', async () => {
    const chosen = await house.post(`${WEEKS}/choose`, { start: '2023-05-15', closing: 'yes' });
    expect(chosen.status).toBe(303);
    const { definition } = await house.summit('sp_summit_2023');
    expect(definition.dates).toMatchObject({
      arrival: '2023-05-14',
      start: '2023-05-15',
      end: '2023-05-19',
      departure: '2023-05-20',
      status: 'confirmed',
      window: { from: '2023-02-01', until: '2023-06-30' },
    });
    const source = await house.db.selectFrom('summit').select('source').executeTakeFirstOrThrow();
    expectIn(source.source, '# preferably the day before the summit starts');
    expect((await mailsAbout('does not suit you')).map(({ recipient }) => recipient)).toEqual([
      'di.diaz@example.org',
    ]);
    expect(await storedAnswers(people.bo)).toEqual({ '2023-05-15': 'yes', '2023-05-22': 'no' });
    expect([...(await unsuitedPeople(house.db, summitId))]).toEqual([people.di]);
    expect(
      await house.db.selectFrom('weekConcern').select(['personId', 'why']).orderBy('why').execute(),
    ).toEqual([
      { personId: people.di, why: 'no' },
      { personId: house.ada, why: 'unanswered' },
    ]);
    // A second click chooses nothing twice.
    await house.post(`${WEEKS}/choose`, { start: '2023-05-15', closing: 'yes' });
    expect(await eventsOf('weeks.chosen')).toHaveLength(1);
    const late = await byLink(await linkOf(people.bo), { do: 'save', 'answer.2023-05-22': 'yes' });
    expect(late.status).toBe(409);
    expectIn(await late.text(), 'The week has been chosen meanwhile');
  });

  test('whoever comes all the same, or gives the seat back, is heard', async () => {
    await storeInvitation(house.db, summitId, people.di);
    await house.post(`${WEEKS}/choose`, { start: '2023-05-15', closing: 'yes' });
    const link = await linkOf(people.di);
    expectIn(await readLink(link), 'What do you want to do?');
    const nothing = await byLink(link, { do: 'reply', note: 'hm' });
    expect(nothing.status).toBe(422);
    expectIn(await nothing.text(), 'hm');
    await byLink(link, { do: 'reply', reply: 'come', note: 'by night train' });
    expect([...(await unsuitedPeople(house.db, summitId))]).toEqual([]);
    expectIn(await (await house.get(WEEKS)).text(), 'by night train');
    await byLink(link, { do: 'reply', reply: 'decline', note: '' });
    const invitation = await house.db
      .selectFrom('invitation')
      .select('state')
      .where('personId', '=', people.di)
      .executeTakeFirstOrThrow();
    expect(invitation.state).toBe('declined');
    // Whom it suits is asked nothing.
    const suited = await byLink(await linkOf(people.bo), { do: 'reply', reply: 'decline' });
    expect(suited.status).toBe(409);
  });

  test('a fixed planning meeting after the new start has to be moved first, and nothing is half done', async () => {
    const { source } = await house.db
      .selectFrom('summit')
      .select('source')
      .executeTakeFirstOrThrow();
    await house.db
      .updateTable('summit')
      .set({
        source: source.replace('month: 2023-04 }', 'starts: 2023-05-16T09:00 }'),
        definition: JSON.stringify(
          withMeeting((await house.summit('sp_summit_2023')).definition, '2023-05-16T09:00'),
        ),
      })
      .execute();
    const page = await (await house.get(`${WEEKS}/choose?start=2023-05-15`)).text();
    expectIn(page, 'To mend first');
    expectIn(page, 'is not before the summit starts');
    const refused = await house.post(`${WEEKS}/choose`, { start: '2023-05-15', closing: 'yes' });
    expect(refused.status).toBe(422);
    expect(await eventsOf('weeks.closed')).toEqual([]);
    expect(await mailsAbout('does not suit you')).toEqual([]);
  });

  test('a choice that is taken back leaves the days tentative, and asks nobody twice', async () => {
    await house.post(`${WEEKS}/choose`, { start: '2023-05-15', closing: 'yes' });
    await house.post(WEEKS, { do: 'unchoose' });
    expect((await house.summit('sp_summit_2023')).definition.dates.status).toBe('tentative');
    expect([...(await unsuitedPeople(house.db, summitId))]).toEqual([]);
    await house.post(`${WEEKS}/choose`, { start: '2023-05-15' });
    expect(await mailsAbout('does not suit you')).toHaveLength(1);
  });
});

function withMeeting<T extends { planning_meetings: { list: readonly { key: string }[] } }>(
  definition: T,
  starts: string,
): T {
  const list = definition.planning_meetings.list.map((meeting) =>
    meeting.key === 'april' ? { ...meeting, month: undefined, starts } : meeting,
  );
  return { ...definition, planning_meetings: { ...definition.planning_meetings, list } };
}
