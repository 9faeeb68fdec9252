import nodeIcal from 'node-ical';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  calendarMails,
  fixedFebruary,
  mailWith,
  replyTo,
  saveDefinition,
  tellEverybody,
} from '../../../../../../tests/invites.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { addressOf, NOW, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let services: ReturnType<typeof testServices>;
let app: ReturnType<typeof createApp>;
let ada: string;
let bea: string;
let organiser: string;
let number = 0;

const name = (first: string) => `${first} Nr ${number}`;
const ADDRESS = (first: string) => addressOf(name(first));

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());
beforeEach(async () => {
  number += 1;
  services = testServices(db);
  app = createApp(services, visitorFromHeader(db));
  summit = await storeSummit(db, { slug: `summit_${number}`, ...fixedFebruary() });
  ada = await storePerson(db, name('Ada'));
  bea = await storePerson(db, name('Bea'));
  await db
    .insertInto('seat')
    .values(
      [ada, bea].map((personId, index) => ({
        summitId: summit.id,
        number: index + 1,
        personId,
        kind: 'funded' as const,
        takenAt: NOW,
      })),
    )
    .execute();
  organiser = await storePerson(db, name('Org'), { summitId: summit.id, role: 'organiser' });
  await tellEverybody(services, summit.id);
});

const get = (path: string, as?: string) =>
  app.request(path, { headers: as === undefined ? {} : { 'x-test-person': as } });
const text = async (path: string, as?: string) => (await get(path, as)).text();
const send = (path: string, fields: Record<string, string>, as?: string) =>
  app.request(path, post(fields, as));
const mailTo = async (first: string, key = 'meeting.february', which = -1) => {
  const found = (await calendarMails(db, summit.id)).filter(
    ({ recipient, event }) => recipient === ADDRESS(first) && event.uid.startsWith(`${key}@`),
  );
  const mail = found.at(which);
  if (mail === undefined) throw new Error(`no mail to ${first} about ${key}`);
  return mail;
};
const answerOf = async (person: string, key = 'meeting.february') =>
  (await db
    .selectFrom('calendarInvite')
    .select(['answer', 'answeredBy'])
    .where('personId', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()) ?? { answer: undefined, answeredBy: undefined };
const move = async (starts = '2023-02-28T10:30') => {
  await saveDefinition(db, summit, fixedFebruary(starts));
  await tellEverybody(services, summit.id);
};
const home = () => `/s/${summit.slug}`;

describe('the link of a mail', () => {
  test('shows the entry with three buttons, changes nothing by being opened, and needs no account', async () => {
    const { link } = await mailTo('Ada');
    const answer = await get(link);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(page).toContain('February planning meeting');
    expect(page).toContain('09:00 PST');
    expect(page.match(/name="answer"/g)).toHaveLength(3);
    expect(page).not.toContain(ADDRESS('Ada'));
    expect(await answerOf(ada)).toEqual({ answer: 'NEEDS-ACTION', answeredBy: null });
  });

  test('takes an answer, and another instead of it; one event each', async () => {
    const { link } = await mailTo('Ada');
    expect((await send(link, { answer: 'ACCEPTED', seen: '0' })).status).toBe(303);
    expect(await answerOf(ada)).toEqual({ answer: 'ACCEPTED', answeredBy: 'link' });
    await send(link, { answer: 'TENTATIVE', seen: '0' });
    expect(await text(link)).toContain('maybe');
    const events = await db
      .selectFrom('event')
      .select(['personId', 'actorId', 'data'])
      .where('summitId', '=', summit.id)
      .where('kind', '=', 'calendar.answered')
      .orderBy('id')
      .execute();
    expect(events).toEqual(
      ['ACCEPTED', 'TENTATIVE'].map((answer) => ({
        personId: ada,
        actorId: ada,
        data: { entry: 'meeting.february', answer, by: 'link' },
      })),
    );
  });

  test('of an older mail still works after a move, says what changed, and asks again', async () => {
    const { link } = await mailTo('Ada');
    await send(link, { answer: 'ACCEPTED', seen: '0' });
    await move();
    const page = await text(link);
    expect(page).toContain('Changed since the mail that you opened');
    expect(page).toContain('before: Mon 27 Feb 2023, 09:00 PST');
    expect(page).toContain('Your answer was to the old time');
    expect(await text((await mailTo('Ada')).link)).not.toContain('Changed since the mail');
    await send(link, { answer: 'DECLINED', seen: '1' });
    expect(await text(link)).toContain('You have said');
  });

  test('takes no answer to what was moved while its reader thought', async () => {
    const { link } = await mailTo('Ada');
    await move();
    const late = await send(link, { answer: 'ACCEPTED', seen: '0' });
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('was changed a moment ago');
    expect((await answerOf(ada)).answer).toBe('NEEDS-ACTION');
  });

  test('counts an answer again when its time comes back', async () => {
    const { link } = await mailTo('Ada');
    await send(link, { answer: 'ACCEPTED', seen: '0' });
    await move();
    expect((await mailTo('Ada')).ics.replaceAll('\r\n ', '')).toContain('PARTSTAT=NEEDS-ACTION');
    await move('2023-02-27T09:00');
    expect((await mailTo('Ada')).ics.replaceAll('\r\n ', '')).toContain('PARTSTAT=ACCEPTED');
    expect(await text(link)).toContain('You have said');
  });

  test.each([
    ['that nobody has', async () => '/r/nothing-of-the-kind', 404],
    [
      'to what was called off',
      async () => {
        const { link } = await mailTo('Ada');
        const { planning_meetings } = fixedFebruary();
        await saveDefinition(db, summit, {
          planning_meetings: { ...planning_meetings, list: planning_meetings.list.slice(1) },
        });
        await tellEverybody(services, summit.id);
        return link;
      },
      410,
    ],
    [
      'to what is over',
      async () => {
        services.clock.set(NOW.add({ hours: 24 * 40 }));
        return (await mailTo('Ada')).link;
      },
      410,
    ],
    [
      'of somebody who left',
      async () => {
        await db.deleteFrom('seat').where('personId', '=', ada).execute();
        return (await mailTo('Ada')).link;
      },
      410,
    ],
    [
      'of somebody who was erased',
      async () => {
        await db.updateTable('person').set({ erasedAt: NOW }).where('id', '=', ada).execute();
        return (await mailTo('Ada')).link;
      },
      404,
    ],
  ])('%s shows why, and takes nothing', async (_, make, status) => {
    const link = await make();
    const shown = await get(link);
    expect(shown.status).toBe(status);
    expect(await shown.text()).not.toContain('name="answer"');
    const posted = await send(link, { answer: 'ACCEPTED', seen: '0' });
    expect(posted.status).toBe(status);
    expect((await answerOf(ada)).answer).toBe('NEEDS-ACTION');
  });

  test('refuses what no button sends', async () => {
    const { link } = await mailTo('Ada');
    expect((await send(link, { answer: 'PERHAPS', seen: '0' })).status).toBe(422);
    expect((await send(link, { answer: 'ACCEPTED', seen: 'x' })).status).toBe(422);
  });

  test('to the week says that a no gives no seat back', async () => {
    const { link } = await mailTo('Ada', 'summit');
    await send(link, { answer: 'DECLINED', seen: '0' });
    const page = await text(link);
    expect(page).toContain('A seat stays yours until you give it back');
    expect(page).toContain(`${home()}/me/invitation`);
    const seats = await db
      .selectFrom('seat')
      .select('number')
      .where('personId', '=', ada)
      .execute();
    expect(seats).toHaveLength(1);
  });
});

describe('one’s own page', () => {
  const own = () => `${home()}/me/calendar`;

  test('shows what one is invited to and takes the answer', async () => {
    // Whoever only has a seat takes part by their invitation; organisers by their role.
    const page = await text(own(), organiser);
    expect(page).toContain('February planning meeting');
    const fields = { entry: 'meeting.february', answer: 'DECLINED', seen: '0' };
    expect((await send(own(), fields, organiser)).status).toBe(303);
    expect(await answerOf(organiser)).toEqual({ answer: 'DECLINED', answeredBy: 'page' });
  });

  test.each([
    [{ entry: 'meeting.march', answer: 'ACCEPTED', seen: '0' }, 'has no time at present'],
    [{ entry: 'step.planning.topics', answer: 'ACCEPTED', seen: '0' }, 'Nobody is invited to that'],
    [{ entry: 'meeting.none', answer: 'ACCEPTED', seen: '0' }, 'Nobody is invited to that'],
  ])('refuses %j', async (fields, words) => {
    const answered = await send(own(), fields, organiser);
    expect(answered.status).toBe(422);
    expect(await answered.text()).toContain(words);
  });

  test('is nobody else’s', async () => {
    expect((await get(own())).status).toBe(303);
    const stranger = await storePerson(db, name('Stranger'));
    expect((await get(own(), stranger)).status).toBe(404);
  });
});

describe('the organisers’ page', () => {
  const page = () => `${home()}/organise/calendar`;

  test('counts the answers, and names them with how they came', async () => {
    await send((await mailTo('Ada')).link, { answer: 'ACCEPTED', seen: '0' });
    const noted = await send(
      `${page()}/meeting.february`,
      { person: bea, answer: 'DECLINED' },
      organiser,
    );
    expect(noted.status).toBe(303);
    expect(await answerOf(bea)).toEqual({ answer: 'DECLINED', answeredBy: 'organiser' });
    const shown = await text(`${page()}/meeting.february`, organiser);
    expect(shown).toContain('1 yes, 0 maybe, 1 no, 1 without an answer.');
    expect(shown).toContain('by the link in a mail');
    expect(shown).toContain('noted by an organiser');
    expect(shown).toContain('Who was told what when');
  });

  test('is nobody else’s', async () => {
    expect((await get(page(), ada)).status).toBe(404);
    expect((await get(`${page()}/meeting.february`, ada)).status).toBe(404);
    expect((await send(`${page()}/replies`, { source: 'x' }, ada)).status).toBe(404);
  });

  test('is told before a call is moved or dropped how many people hear of it', async () => {
    const call = `${home()}/organise/meetings/february`;
    const moved = await text(
      `${call}/time?show=yes&when=starts&starts=2023-02-28T10:30`,
      organiser,
    );
    expect(moved).toContain('3 people get a mail about it');
    expect(await text(`${call}/drop`, organiser)).toContain('3 people get a mail about it');
  });

  test('tells of mails that wait, and sends them at once', async () => {
    await saveDefinition(db, summit, fixedFebruary('2023-02-28T10:30'));
    await send(page(), { action: 'send' }, organiser);
    const shown = await text(page(), organiser);
    expect(shown).toContain('About to be sent');
    expect(shown).toContain('3 mails go');
  });
});

describe('a subscribed calendar', () => {
  const call = async (path: string) => {
    const read = Object.values(nodeIcal.sync.parseICS(await text(path)));
    const found = read.find((one) => one?.type === 'VEVENT' && one.uid.startsWith('meeting.feb'));
    if (found?.type !== 'VEVENT') throw new Error('the feed has no such call');
    return found;
  };

  test('shows a moved call at once, as the same entry with a higher sequence', async () => {
    const before = await call(`${home()}/calendar.ics`);
    await saveDefinition(db, summit, fixedFebruary('2023-02-28T10:30'));
    const after = await call(`${home()}/calendar.ics`);
    expect([before.uid, before.sequence]).toEqual([after.uid, 0]);
    expect(after.sequence).toBe(1);
    expect(after.start.toISOString()).toBe('2023-02-28T18:30:00.000Z');
    await tellEverybody(services, summit.id);
    const mail = await mailTo('Ada');
    expect([mail.event.uid, mail.event.sequence]).toEqual([after.uid, after.sequence]);
  });

  test('of one’s own names nobody, and leaves the time free of what was declined', async () => {
    const made = await send(`${home()}/me/feeds`, { action: 'make', name: 'phone' }, organiser);
    const feed = /<code>http:\/\/cairn\.test(\/s\/[^<]+\.ics)<\/code>/.exec(await made.text())?.[1];
    const fields = { entry: 'meeting.february', answer: 'DECLINED', seen: '0' };
    expect((await call(feed ?? '')).transparency).toBe('OPAQUE');
    await send(`${home()}/me/calendar`, fields, organiser);
    expect((await call(feed ?? '')).transparency).toBe('TRANSPARENT');
    expect(await text(feed ?? '')).not.toMatch(/ATTENDEE|ORGANIZER|mailto:/);
  });
});

describe('the API', () => {
  const api = async (path: string, token: string, init: Parameters<typeof withToken>[1] = {}) => {
    const answer = await app.request(`/api/v1${path}`, withToken(token, init));
    return { status: answer.status, body: answer.status === 204 ? {} : await answer.json() };
  };
  const rfc822 = (body: string) => ({
    method: 'POST',
    body,
    headers: { 'content-type': 'message/rfc822' },
  });

  test('lists one’s invitations and takes one’s answer', async () => {
    const token = await tokenOf(services, organiser);
    const path = `/summits/${summit.slug}/me/calendar`;
    const put = (answer: string, entry = 'meeting.february') =>
      api(`${path}/${entry}`, token, { method: 'PUT', json: { answer } });
    expect((await put('TENTATIVE')).status).toBe(204);
    expect((await api(path, token)).body.items).toMatchObject([
      { entry: 'meeting.february', sequence: 0, answer: 'TENTATIVE', is_open: true },
      { entry: 'summit', answer: 'NEEDS-ACTION' },
    ]);
    expect((await put('PERHAPS')).status).toBe(422);
    expect((await put('ACCEPTED', 'meeting.march')).status).toBe(409);
    const answers = `/summits/${summit.slug}/calendar/meeting.february/answers`;
    expect((await api(answers, token)).body.counts).toMatchObject({ TENTATIVE: 1 });
    expect((await api(answers, await tokenOf(services, ada))).status).toBe(403);
  });

  test('takes a mail in, and says what became of it; of one’s own summits only', async () => {
    const token = await tokenOf(services, organiser);
    const mail = mailWith(replyTo(await mailTo('Ada'), 'ACCEPTED'), ADDRESS('Ada'));
    const taken = await api('/calendar/replies', token, rfc822(mail));
    expect(taken).toMatchObject({
      status: 200,
      body: { is_bad_news: false, items: [{ outcome: 'counted', entry: 'meeting.february' }] },
    });
    expect(await answerOf(ada)).toEqual({ answer: 'ACCEPTED', answeredBy: 'mail' });
    const stranger = await tokenOf(services, bea);
    expect((await api('/calendar/replies', stranger, rfc822(mail))).status).toBe(404);
    expect((await api('/calendar/replies', token, rfc822('hello'))).status).toBe(422);
  });
});

describe('a reply by mail', () => {
  const hand = async (source: string, as = organiser) => {
    const answer = await send(`${home()}/organise/calendar/replies`, { source }, as);
    const cookie = answer.headers.get('set-cookie') ?? '';
    return { status: answer.status, said: decodeURIComponent(cookie), page: await answer.text() };
  };

  test('is counted for the person whose address it names', async () => {
    const mail = mailWith(replyTo(await mailTo('Ada'), 'ACCEPTED'), ADDRESS('Ada'));
    const handed = await hand(mail);
    expect(handed.status).toBe(303);
    expect(handed.said).toContain('says yes to “February planning meeting”.');
    expect(await answerOf(ada)).toEqual({ answer: 'ACCEPTED', answeredBy: 'mail' });
    expect((await hand(mail)).said).toContain('as is known already');
  });

  test('may be a calendar file alone', async () => {
    await hand(replyTo(await mailTo('Ada'), 'TENTATIVE'));
    expect(await answerOf(ada)).toEqual({ answer: 'TENTATIVE', answeredBy: 'mail' });
  });

  test('that is older than what was answered since changes nothing, and says so', async () => {
    const early = replyTo(await mailTo('Ada'), 'ACCEPTED', { stamp: '20230201T110000Z' });
    await send((await mailTo('Ada')).link, { answer: 'DECLINED', seen: '0' });
    expect((await hand(early)).said).toContain('the newer answer stands');
    expect((await answerOf(ada)).answer).toBe('DECLINED');
  });

  test('to an older time is noted, and does not count for the new one', async () => {
    const first = await mailTo('Ada');
    await move();
    expect((await hand(replyTo(first, 'ACCEPTED'))).said).toContain('at a time that it no longer');
    expect(await text(`${home()}/organise/calendar/meeting.february`, organiser)).toContain(
      'answered the old time',
    );
    await hand(replyTo(await mailTo('Ada'), 'DECLINED'));
    await hand(replyTo(first, 'ACCEPTED', { stamp: '20230201T230000Z' }));
    expect((await answerOf(ada)).answer).toBe('DECLINED');
  });

  test('of an address that nobody was invited under is kept, shown, and counted by an organiser', async () => {
    const other = 'ada@elsewhere.example';
    const handed = await hand(replyTo(await mailTo('Ada'), 'ACCEPTED', { attendee: other }));
    expect(handed.said).toContain('nobody was invited under that address');
    await hand(replyTo(await mailTo('Ada'), 'ACCEPTED', { attendee: other }));
    const kept = await db
      .selectFrom('calendarReply')
      .select(['id', 'why'])
      .where('summitId', '=', summit.id)
      .execute();
    expect(kept.map(({ why }) => why)).toEqual(['unknown-attendee']);
    const page = `${home()}/organise/calendar`;
    expect(await text(page, organiser)).toContain(other);
    const reply = `${page}/replies/${kept[0]?.id}`;
    expect((await send(reply, { action: 'count' }, organiser)).status).toBe(422);
    expect((await send(reply, { action: 'count', person: ada }, organiser)).status).toBe(303);
    expect(await answerOf(ada)).toEqual({ answer: 'ACCEPTED', answeredBy: 'organiser' });
    expect(await text(page, organiser)).not.toContain(other);
    const again = await send(reply, { action: 'drop' }, organiser);
    expect(await again.text()).toContain('settled already');
  });

  test('from another’s mailbox is kept and counts for nobody', async () => {
    const forged = mailWith(replyTo(await mailTo('Ada'), 'DECLINED'), ADDRESS('Bea'));
    expect((await hand(forged)).said).toContain('in a mail from another address');
    expect((await answerOf(ada)).answer).toBe('NEEDS-ACTION');
  });

  test('with the UID of another summit is refused', async () => {
    const foreign = replyTo(await mailTo('Ada'), 'ACCEPTED').replace(/UID:.*/, 'UID:x@elsewhere');
    const handed = await hand(foreign);
    expect(handed.status).toBe(422);
    expect(handed.page).toContain('No summit that you organise has an entry');
    expect(handed.page).toContain('UID:x@elsewhere');
  });

  test.each([
    ['nothing', ''],
    ['no mail', 'hello'],
    ['a mail without a calendar', 'From: a@example.org\n\nYes, I come.'],
    ['a request', 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR'],
    ['broken iCalendar', 'BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR'],
  ])('that is %s is refused with what was typed', async (_, source) => {
    const handed = await hand(source);
    expect(handed.status).toBe(422);
    expect(handed.page).toContain(source.split('\r\n')[0]?.split('\n')[0] ?? '');
  });

  test('that declines the week is noted, and says by mail how a seat is given back', async () => {
    await hand(replyTo(await mailTo('Ada', 'summit'), 'DECLINED'));
    expect((await answerOf(ada, 'summit')).answer).toBe('DECLINED');
    const seats = await db
      .selectFrom('seat')
      .select('number')
      .where('personId', '=', ada)
      .execute();
    expect(seats).toHaveLength(1);
    const mails = await db
      .selectFrom('mail')
      .select(['subject', 'page'])
      .where('personId', '=', ada)
      .where('key', 'like', 'calendar-declined:%')
      .execute();
    expect(mails).toEqual([
      {
        subject: 'Your seat at 2023 Scientific Python Developer Summit is still yours',
        page: `${home()}/me/invitation`,
      },
    ]);
  });

  test('to what is over is told, and changes nothing', async () => {
    const reply = replyTo(await mailTo('Ada'), 'ACCEPTED');
    services.clock.set(NOW.add({ hours: 24 * 40 }));
    expect((await hand(reply)).said).toContain('is over, so answers to it are closed');
    expect((await answerOf(ada)).answer).toBe('NEEDS-ACTION');
  });
});
