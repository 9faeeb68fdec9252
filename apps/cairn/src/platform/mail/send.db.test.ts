import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { TEST_URL, testServices } from '../../../../../tests/services.ts';
import { NOW } from '../../../../../tests/summit.ts';
import { type Db, openKysely } from '../db/database.ts';
import { newSecret } from '../http/secret.ts';
import { runJobsUntilIdle } from '../jobs/worker.ts';
import { type Carrier, smtpCarrier } from './carrier.ts';
import { cancelMails, holdMails, releaseMails, retryMail } from './change.ts';
import { MAIL_JOB, type MailToQueue, queueMail } from './queue.ts';
import { mailTask } from './send.ts';

let database: TestDatabase;
let db: Db;
let server: SMTPServer;
let carrier: Carrier;
let arrived: { readonly to: readonly string[]; readonly mail: Email; readonly raw: string }[];
/** What happens while the server has the mail and has not answered. */
let onArrival: () => Promise<void>;
/** The answers that the server gives before it takes a mail, first come first. */
let refusals: { readonly responseCode: number; readonly words: string }[];

const options: SMTPServerOptions = {
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: async (stream, session, done) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    await onArrival();
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      done(Object.assign(new Error(refusal.words), { responseCode: refusal.responseCode }));
      return;
    }
    const raw = Buffer.concat(chunks).toString();
    const to = session.envelope.rcptTo.map(({ address }) => address);
    arrived.push({ to, mail: await PostalMime.parse(raw), raw });
    done();
  },
};

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  server = new SMTPServer(options);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is always an object.
  const { port } = server.server.address() as AddressInfo;
  carrier = smtpCarrier({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'Brigitta Sipőcz <summit@example.org>',
    url: TEST_URL,
  });
});
beforeEach(() => {
  arrived = [];
  refusals = [];
  onArrival = async () => undefined;
});
afterEach(() => database.pool.query('delete from graphile_worker._private_jobs'));
afterAll(async () => {
  carrier.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await database.drop();
});

const queued = (mail: Partial<MailToQueue> & { readonly key: string }): Promise<string> =>
  db.transaction().execute((tx) =>
    queueMail(tx, {
      recipient: 'ada@example.org',
      subject: 'An invitation',
      body: 'Will you come?',
      now: NOW,
      ...mail,
    }),
  );

const work = (by: Carrier | undefined = carrier) =>
  runJobsUntilIdle(database.pool, { [MAIL_JOB]: mailTask(testServices(db), by) });

const workLater = async () => {
  await database.pool.query('update graphile_worker._private_jobs set run_at = now()');
  await work();
};

const stateOf = (id: string) =>
  db
    .selectFrom('mail')
    .select(['state', 'attempts', 'lastError'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const bodyOf = async (id: string): Promise<string> =>
  (await db.selectFrom('mail').select('body').where('id', '=', id).executeTakeFirstOrThrow()).body;

describe('a mail', () => {
  test('arrives once with its names, its text and its attachments whole', async () => {
    const id = await queued({
      key: 'whole',
      subject: 'Sipőcz Brigitta – meghívó 🗻',
      body: 'Kedves Brigitta!\n\nA very long line: '.padEnd(2000, 'őű '),
      attachments: [
        {
          filename: 'naptár.ics',
          contentType: 'text/calendar; charset=utf-8',
          content: 'BEGIN:ő\n',
        },
        {
          filename: 'handout.pdf',
          contentType: 'application/pdf',
          content: Uint8Array.of(0, 255, 10),
        },
      ],
    });
    await work();
    expect(await stateOf(id)).toEqual({ state: 'sent', attempts: 1, lastError: null });
    const [{ to, mail, raw } = { to: [], mail: undefined, raw: '' }] = arrived;
    expect(arrived).toHaveLength(1);
    expect(to).toEqual(['ada@example.org']);
    expect(mail?.subject).toBe('Sipőcz Brigitta – meghívó 🗻');
    expect(mail?.from).toEqual({ name: 'Brigitta Sipőcz', address: 'summit@example.org' });
    expect(mail?.text?.trimEnd()).toBe(
      'Kedves Brigitta!\n\nA very long line: '.padEnd(2000, 'őű ').trimEnd(),
    );
    expect(mail?.messageId).toBe(`<${id}@cairn.test>`);
    expect(mail?.date).toBe('2023-02-01T12:00:00.000Z');
    expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(
      mail?.attachments.map(({ filename, mimeType, content }) => [
        filename,
        mimeType,
        // The parser's default.
        Buffer.from(content as ArrayBuffer).toString('hex'),
      ]),
    ).toEqual([
      ['naptár.ics', 'text/calendar', Buffer.from('BEGIN:ő\n').toString('hex')],
      ['handout.pdf', 'application/pdf', '00ff0a'],
    ]);
    // RFC 5322 §2.1.1: no line is longer than 998 characters; all are ASCII.
    expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
    expect(/^\p{ASCII}*$/u.test(raw)).toBe(true);
  });

  test('with a calendar request carries it as an alternative with its method, and as a file', async () => {
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX-WORD:ő\r\nEND:VCALENDAR\r\n';
    const type = 'text/calendar; charset=utf-8; method=REQUEST';
    await queued({
      key: 'request',
      attachments: [
        { filename: 'invite.ics', contentType: type, content, method: 'REQUEST' },
        { filename: 'agenda.txt', contentType: 'text/plain', content: 'One' },
      ],
    });
    await work();
    const [{ mail, raw } = { mail: undefined, raw: '' }] = arrived;
    expect(raw).toContain('\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n');
    // The file keeps its line ends, though the parser of this test does not show them.
    expect(raw.replaceAll('\r\n', '')).toContain(Buffer.from(content).toString('base64'));
    // RFC 6047 §2.4: the parts of the alternative are the text and the request, in this order.
    const alternative = /Content-Type: multipart\/alternative;\s+boundary="([^"]+)"/.exec(raw)?.[1];
    const parts = raw.split(`--${alternative}`).slice(1, -1);
    expect(parts.map((part) => /Content-Type: (.+)/.exec(part)?.[1])).toEqual([
      'text/plain; charset=utf-8',
      type,
    ]);
    expect(mail?.text?.trim()).toBe('Will you come?');
    const files = mail?.attachments.map(({ filename, mimeType, method, content: bytes }) => [
      mimeType,
      filename,
      method,
      Buffer.from(bytes as ArrayBuffer).toString(),
    ]);
    expect(files).toEqual([
      ['text/calendar', null, 'REQUEST', content.replaceAll('\r\n', '\n')],
      ['application/ics', 'invite.ics', undefined, content.replaceAll('\r\n', '\n')],
      ['text/plain', 'agenda.txt', undefined, 'One'],
    ]);
  });

  test('ends with the whole address of the page where its reader acts, whatever its text holds', async () => {
    const body = 'Braces {url} and $& stay as they are.';
    await queued({ key: 'page', body, page: '/s/sp_summit_2023/me' });
    refusals = [{ responseCode: 451, words: 'Come back' }];
    await work();
    await workLater();
    expect(arrived.map(({ mail }) => mail.text?.trimEnd())).toEqual([
      `${body}\n\n${TEST_URL}/s/sp_summit_2023/me`,
    ]);
  });

  test('shows the address also where it is kept', async () => {
    const id = await queued({ key: 'kept page', page: '/s/sp_summit_2023/me' });
    await runJobsUntilIdle(database.pool, { [MAIL_JOB]: mailTask(testServices(db), undefined) });
    expect(await bodyOf(id)).toBe(`Will you come?\n\n${TEST_URL}/s/sp_summit_2023/me`);
  });

  test('keeps no invitation’s secret once it has arrived', async () => {
    const link = `${TEST_URL}/i/${newSecret()}`;
    const call = `${TEST_URL}/r/${newSecret()}`;
    const body = `Answer here: ${link}.\nThe call: ${call}\nOr by mail.`;
    const id = await queued({ key: 'secret', body });
    refusals = [{ responseCode: 451, words: 'Come back' }];
    await work();
    expect(await bodyOf(id)).toContain(link);
    await workLater();
    expect(arrived[0]?.mail.text).toContain(link);
    expect(await bodyOf(id)).toBe(
      'Answer here: [link, sent].\nThe call: [link, sent]\nOr by mail.',
    );
  });

  test('queued twice under one key is one mail', async () => {
    const ids = await Promise.all([queued({ key: 'same' }), queued({ key: 'same' })]);
    expect(new Set(ids).size).toBe(1);
    await work();
    expect(arrived).toHaveLength(1);
  });

  test('of a change that was rolled back is never sent', async () => {
    await db
      .transaction()
      .execute(async (tx) => {
        await queueMail(tx, { key: 'gone', recipient: 'a@b', subject: '', body: '', now: NOW });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await work();
    expect(arrived).toEqual([]);
  });

  test('that is refused for now waits with the server’s words and goes out later', async () => {
    refusals = [{ responseCode: 451, words: 'Greylisted, come back' }];
    const id = await queued({ key: 'later' });
    await work();
    expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: 1 });
    expect((await stateOf(id)).lastError).toContain('Greylisted, come back');
    await workLater();
    expect(await stateOf(id)).toEqual({ state: 'sent', attempts: 2, lastError: null });
    expect(arrived).toHaveLength(1);
  });

  test('that is refused for good has failed, is not tried again, and can be retried by hand', async () => {
    refusals = [{ responseCode: 550, words: 'No such user here' }];
    const id = await queued({ key: 'never' });
    await work();
    await workLater();
    expect(await stateOf(id)).toMatchObject({ state: 'failed', attempts: 1 });
    expect((await stateOf(id)).lastError).toContain('No such user here');
    expect(await db.transaction().execute((tx) => retryMail(tx, id))).toBe(true);
    expect(await db.transaction().execute((tx) => retryMail(tx, id))).toBe(false);
    await work();
    expect((await stateOf(id)).state).toBe('sent');
    expect(arrived).toHaveLength(1);
  });

  test('waits while no server answers', async () => {
    const nobody = smtpCarrier({
      smtpUrl: 'smtp://127.0.0.1:1',
      from: 'summit@example.org',
      url: TEST_URL,
    });
    const id = await queued({ key: 'nobody' });
    await work(nobody);
    nobody.close();
    expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: 1 });
  });

  test('is kept, not sent, where no server is configured', async () => {
    const id = await queued({ key: 'kept' });
    await runJobsUntilIdle(database.pool, { [MAIL_JOB]: mailTask(testServices(db), undefined) });
    expect(await stateOf(id)).toEqual({ state: 'kept', attempts: 0, lastError: null });
  });

  test('of a paused batch is held until it is released', async () => {
    const held = await queued({ key: 'batch:1:a' });
    const other = await queued({ key: 'batch:10:a' });
    await db.transaction().execute((tx) => holdMails(tx, 'batch:1:'));
    await work();
    expect((await stateOf(held)).state).toBe('held');
    expect((await stateOf(other)).state).toBe('sent');
    await db.transaction().execute((tx) => releaseMails(tx, 'batch:1:'));
    await work();
    expect((await stateOf(held)).state).toBe('sent');
    expect(arrived).toHaveLength(2);
  });

  test('that was cancelled before its turn is not sent', async () => {
    const id = await queued({ key: 'cancelled' });
    await db.transaction().execute((tx) => cancelMails(tx, ['cancelled']));
    await work();
    expect((await stateOf(id)).state).toBe('cancelled');
    expect(arrived).toEqual([]);
  });

  test('on its way makes nobody wait who withdraws it, and says in the end what became of it', async () => {
    onArrival = () =>
      db.transaction().execute(async (tx) => {
        await sql`set local lock_timeout = '2s'`.execute(tx);
        await cancelMails(tx, ['taken', 'refused']);
      });
    const taken = await queued({ key: 'taken' });
    await work();
    expect(arrived).toHaveLength(1);
    expect(await stateOf(taken)).toEqual({ state: 'sent', attempts: 1, lastError: null });
    refusals = [{ responseCode: 451, words: 'Come back, ada@example.org' }];
    const refused = await queued({ key: 'refused' });
    await work();
    await workLater();
    expect(await stateOf(refused)).toEqual({ state: 'cancelled', attempts: 0, lastError: null });
    expect(arrived).toHaveLength(1);
  });

  test('that two jobs ask for at once is sent once', async () => {
    const id = await queued({ key: 'two jobs' });
    const task = mailTask(testServices(db), carrier);
    const attempt = { number: 1, isLast: false };
    await Promise.all([task({ mail: id }, attempt), task({ mail: id }, attempt)]);
    expect(arrived).toHaveLength(1);
    expect(await stateOf(id)).toEqual({ state: 'sent', attempts: 1, lastError: null });
  });

  test.each([
    'ada@example.org\r\nBcc: eve@example.org',
    'ada@example.org, eve@example.org',
    'Eve <eve@example.org>',
    'nobody',
  ])('to “%s” goes to nobody', async (recipient) => {
    const id = await queued({ key: `bad ${recipient}`, recipient });
    await work();
    expect((await stateOf(id)).state).toBe('failed');
    expect(arrived).toEqual([]);
  });

  test('cannot smuggle headers in by its subject or a filename', async () => {
    await queued({
      key: 'smuggler',
      subject: 'Hello\r\nBcc: eve@example.org\r\n\r\nNew body',
      attachments: [
        {
          filename: 'a"\r\nX-Evil: 1\r\n.txt',
          contentType: 'text/plain\r\nX-Evil: 1',
          content: '',
        },
      ],
    });
    await work();
    const [{ to, mail, raw } = { to: [], mail: undefined, raw: '' }] = arrived;
    expect(to).toEqual(['ada@example.org']);
    expect(mail?.subject).toBe('Hello Bcc: eve@example.org New body');
    expect(mail?.bcc).toBeUndefined();
    expect(raw).not.toMatch(/^(bcc|x-evil):/im);
    expect(mail?.text?.trim()).toBe('Will you come?');
  });
});
