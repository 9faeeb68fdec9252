import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expectOk } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  post,
  TEST_URL,
  testServices,
  visitorFromHeader,
} from '../../../../../../tests/services.ts';
import { addressOf, NOW, setUp, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import { recoverDeadWorkers } from '../../../platform/jobs/presence.ts';
import { runAllSweeps } from '../../../platform/jobs/sweeps.ts';
import { runJobsUntilIdle } from '../../../platform/jobs/worker.ts';
import { type Carrier, smtpCarrier } from '../../../platform/mail/carrier.ts';
import { MAIL_JOB } from '../../../platform/mail/queue.ts';
import { mailTask } from '../../../platform/mail/send.ts';
import type { Organiser } from '../rights.ts';
import { organiserOf } from '../rights.ts';
import { draftInvitations, withdrawInvitation } from './invitation-commands.ts';
import { BATCH_JOB } from './sending-commands.ts';
import { defaultText } from './sending-rules.ts';
import { expirySweep, reminderSweep } from './sending-sweeps.ts';
import { batchTask } from './sending-task.ts';

let database: TestDatabase;
let db: Db;
let server: SMTPServer;
let smtpUrl: string;
let carrier: Carrier;
let services: ReturnType<typeof testServices>;
let app: ReturnType<typeof createApp>;
let arrived: Email[];
let onArrival: (mail: Email) => void;
let summits = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => {
      text(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          arrived.push(mail);
          onArrival(mail);
          done();
        })
        // A sender that was killed in the middle of a mail has sent none.
        .catch(done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is always an object.
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  carrier = smtpCarrier({ smtpUrl, from: 'summit@example.org', url: TEST_URL });
});
beforeEach(async () => {
  await database.pool.query('delete from graphile_worker._private_jobs');
  arrived = [];
  onArrival = () => undefined;
  services = testServices(db, { mailGoesOut: true });
  app = createApp(services, visitorFromHeader(db));
});
afterAll(async () => {
  carrier.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await database.drop();
});

const work = () =>
  runJobsUntilIdle(database.pool, {
    [BATCH_JOB]: batchTask(services),
    [MAIL_JOB]: mailTask(services, carrier),
  });
const workWithoutMails = () =>
  runJobsUntilIdle(database.pool, { [BATCH_JOB]: batchTask(services) });

/** A summit with an organiser and so many people whose invitation is a draft. */
async function summitWith(count: number) {
  summits += 1;
  const summit = await storeSummit(db, { slug: `sending_${summits}` });
  const organiserId = await storePerson(db, `Organiser ${summits}`, {
    summitId: summit.id,
    role: 'organiser',
  });
  const proof = await organiserOf(db, summit.id, { personId: organiserId, isAdministrator: false });
  if (proof === undefined) throw new Error('the organiser organises');
  const names = Array.from({ length: count }, (_, index) => `Person ${summits} ${index}`);
  const people: string[] = [];
  for (const name of names) {
    const id = await storePerson(db, name);
    people.push(id);
    await draft(summit.id, id);
  }
  const path = `/s/${summit.slug}/organise/invitations`;
  return { summit, organiserId, organiser: proof, names, people, path };
}
type Setting = Awaited<ReturnType<typeof summitWith>>;

const draft = (summitId: string, personId: string) =>
  db
    .transaction()
    .execute((tx) =>
      draftInvitations(tx, setUp(), summitId, [{ personId, seatKind: undefined, remark: '' }]),
    );

/** Writes a batch in the browser; returns its page. */
async function prepared(
  { path, organiserId, summit }: Setting,
  fields: Record<string, string | string[]> = {},
): Promise<string> {
  const text = defaultText(summit.definition, 'invitation');
  const form = { purpose: 'invitation', subject: text.subject, body: text.body, ...fields };
  const response = await app.request(`${path}/write`, post(form, organiserId));
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

const press = async ({ organiserId }: Setting, batch: string, action: string): Promise<number> =>
  (await app.request(batch, post({ action }, organiserId))).status;

const page = async ({ organiserId }: Setting, path: string): Promise<string> =>
  (await app.request(path, { headers: { 'x-test-person': organiserId } })).text();

const invitationOf = (personId: string) =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();

const linkIn = (mail: Email | undefined): string =>
  /http:\/\/cairn\.test\/i\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';

const recipients = (): string[] => arrived.map(({ to }) => to?.[0]?.address ?? '').sort();

const at = (instant: Instant) => services.clock.set(instant);
const later = (days: number): Instant => NOW.add({ hours: 24 * days });

describe('a batch of invitations', () => {
  test('is shown mail by mail before anything is sent', async () => {
    const setting = await summitWith(2);
    const batch = await prepared(setting, { subject: 'Come, {name}!' });
    const shown = await page(setting, batch);
    for (const name of setting.names) {
      expect(shown).toContain(`Subject: Come, ${name}!`);
      expect(shown).toContain(`Dear ${name},`);
    }
    expect(shown).toContain('22–26 May 2023');
    expect(shown).toContain('(a) take part in two of the three');
    expect(shown).toContain('Please answer until Wed 22 Feb 2023, 23:59 PST');
    await work();
    expect(arrived).toEqual([]);
    expect((await invitationOf(setting.people[0] ?? '')).state).toBe('drafted');
  });

  test('reaches each once, with a link of their own whose hash alone is kept', async () => {
    const setting = await summitWith(3);
    expect(await press(setting, await prepared(setting), 'send')).toBe(303);
    await work();
    expect(recipients()).toEqual(setting.names.map(addressOf));
    const secrets = arrived.map(linkIn);
    expect(new Set(secrets).size).toBe(3);
    for (const [index, personId] of setting.people.entries()) {
      const mail = arrived.find(
        ({ to }) => to?.[0]?.address === addressOf(setting.names[index] ?? ''),
      );
      const invitation = await invitationOf(personId);
      expect(invitation.state).toBe('sent');
      expect(Buffer.from(invitation.tokenHash ?? [])).toEqual(
        Buffer.from(hashSecret(linkIn(mail))),
      );
      const link = await app.request(`/i/${linkIn(mail)}`);
      expect(link.status).toBe(200);
    }
  });

  test('does not show organisers the links that went out, which answer in somebody’s name', async () => {
    const setting = await summitWith(1);
    await press(setting, await prepared(setting), 'send');
    await work();
    const [mail] = arrived;
    const { id } = await db
      .selectFrom('mail')
      .select('id')
      .where('summitId', '=', setting.summit.id)
      .executeTakeFirstOrThrow();
    const shown = await page(setting, `/s/${setting.summit.slug}/organise/mail/${id}`);
    expect(shown).toContain('[link, sent]');
    expect(linkIn(mail)).toHaveLength(43);
    expect(shown).not.toContain(linkIn(mail));
  });

  test('clicked twice at once, and written twice, still reaches each once', async () => {
    const setting = await summitWith(3);
    const batch = await prepared(setting);
    const second = await prepared(setting);
    const clicks = await Promise.all(
      [batch, batch, second].map((each) => press(setting, each, 'send')),
    );
    expect(clicks).toEqual([303, 303, 303]);
    await work();
    expect(await press(setting, batch, 'send')).toBe(303);
    await work();
    expect(recipients()).toEqual(setting.names.map(addressOf));
    const skipped = `${await page(setting, batch)} ${await page(setting, second)}`;
    expect(skipped.match(/This invitation is already on its way\./g)).toHaveLength(3);
  });

  test('killed in the middle and begun anew ends with exactly one mail each', async () => {
    const setting = await summitWith(60);
    const batch = await prepared(setting);
    await press(setting, batch, 'send');
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../../../../../tests/batch-worker.ts', import.meta.url)),
        database.connectionString,
        smtpUrl,
      ],
      { stdio: 'ignore' },
    );
    onArrival = () => {
      if (arrived.length === 3) child.kill('SIGKILL');
    };
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    onArrival = () => undefined;
    // The database needs a moment to see that the connection is gone; the worker asks again and again.
    let dead: readonly string[] = [];
    while (dead.length === 0) dead = await recoverDeadWorkers(database.pool, 0);
    await work();
    const ids = new Map<string, Set<string | undefined>>();
    for (const { to, messageId } of arrived) {
      const address = to?.[0]?.address ?? '';
      ids.set(address, (ids.get(address) ?? new Set()).add(messageId));
    }
    expect([...ids.keys()].sort()).toEqual(setting.names.map(addressOf).sort());
    // A mail that was on the wire when the worker died may arrive again, as the same mail.
    expect([...ids.values()].every(({ size }) => size === 1)).toBe(true);
    const mails = await db
      .selectFrom('mail')
      .select('state')
      .where('summitId', '=', setting.summit.id)
      .execute();
    expect(mails).toEqual(Array.from({ length: 60 }, () => ({ state: 'sent' })));
    expect(await page(setting, batch)).toContain('Done: 60 of 60');
  });

  test('paused sends nothing more until it goes on', async () => {
    const setting = await summitWith(4);
    const batch = await prepared(setting);
    await press(setting, batch, 'send');
    await workWithoutMails();
    // Every item has its mail by now, and none is out.
    await db
      .updateTable('sendBatch')
      .set({ state: 'running' })
      .where('summitId', '=', setting.summit.id)
      .execute();
    expect(await press(setting, batch, 'pause')).toBe(303);
    await work();
    expect(arrived).toEqual([]);
    expect(await page(setting, batch)).toContain('4 held back');
    expect(await press(setting, batch, 'resume')).toBe(303);
    await work();
    expect(recipients()).toEqual(setting.names.map(addressOf));
  });

  test('paused before its first item sends none, and goes on where it stopped', async () => {
    const setting = await summitWith(2);
    const batch = await prepared(setting);
    await press(setting, batch, 'send');
    await press(setting, batch, 'pause');
    await work();
    expect(arrived).toEqual([]);
    expect((await invitationOf(setting.people[0] ?? '')).state).toBe('drafted');
    await press(setting, batch, 'resume');
    await work();
    expect(arrived).toHaveLength(2);
  });

  test('to somebody known by a handle alone is kept for the organiser to pass on', async () => {
    const setting = await summitWith(0);
    const personId = await storePerson(db, `Handle ${setting.summit.slug}`);
    await db
      .updateTable('personIdentity')
      .set({ kind: 'github', value: `handle-${summits}` })
      .where('personId', '=', personId)
      .execute();
    await draft(setting.summit.id, personId);
    const batch = await prepared(setting);
    await press(setting, batch, 'send');
    await work();
    expect(arrived).toEqual([]);
    const shown = await page(setting, batch);
    expect(shown).toContain('for you to pass on');
    const mail = /organise\/mail\/[0-9a-f-]{36}/.exec(shown)?.[0];
    expect(await page(setting, `/s/${setting.summit.slug}/${mail}`)).toMatch(
      /http:\/\/cairn\.test\/i\/[\w-]{43}/,
    );
  });

  test('is refused with a sentence, and everything typed, when a placeholder stands for nothing', async () => {
    const { path, organiserId } = await summitWith(1);
    const response = await app.request(
      `${path}/write`,
      post(
        { purpose: 'invitation', subject: 'Hi', body: 'Dear {nmae}, no way to answer' },
        organiserId,
      ),
    );
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain('{nmae} stands for nothing');
    expect(text).toContain('Did you mean {name}?');
    expect(text).toContain('Put {link} where the personal link should stand');
    expect(text).toContain('Dear {nmae}, no way to answer');
  });

  test('to nobody says so', async () => {
    const { path, organiserId } = await summitWith(0);
    const form = { purpose: 'invitation', subject: 'Hi', body: '{link}' };
    const response = await app.request(`${path}/write`, post(form, organiserId));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('There is nobody to invite');
  });

  test('to those ticked in the list never becomes one to everybody when nobody is ticked', async () => {
    const setting = await summitWith(2);
    const response = await app.request(`${setting.path}/write?chosen=yes&purpose=invitation`, {
      headers: { 'x-test-person': setting.organiserId },
    });
    expect(response.headers.get('location')).toBe(`/s/${setting.summit.slug}/organise/people`);
    const [personId = ''] = setting.people;
    const one = await page(setting, `${setting.path}/write?chosen=yes&person[]=${personId}`);
    expect(one).toContain(`To ${setting.names[0]}.`);
  });

  test('of another summit cannot be seen or set going', async () => {
    const [one, two] = [await summitWith(1), await summitWith(1)];
    const batch = (await prepared(one)).replace(one.summit.slug, two.summit.slug);
    expect(await press(two, batch, 'send')).toBe(404);
  });
});

describe('an invitation', () => {
  const sendTo = async (setting: Setting, fields: Record<string, string | string[]> = {}) => {
    await press(setting, await prepared(setting, fields), 'send');
    await work();
  };

  test('that is withdrawn closes its link and stops the mail that has not gone out', async () => {
    const setting = await summitWith(1);
    const [personId = ''] = setting.people;
    await press(setting, await prepared(setting), 'send');
    await workWithoutMails();
    const withdraw = (by: Organiser) =>
      inTransaction(db, (tx) => withdrawInvitation(tx, setUp(), by, personId));
    expectOk(await withdraw(setting.organiser));
    await work();
    expect(arrived).toEqual([]);
    const again = await withdraw(setting.organiser);
    expect(again.ok ? '' : again.error.code).toBe('invitation-withdrawn');
  });

  test('that expired or was declined can be sent anew, with a new link and new time', async () => {
    const setting = await summitWith(1);
    const [personId = ''] = setting.people;
    await sendTo(setting);
    const first = linkIn(arrived[0]);
    at(later(22));
    await runAllSweeps(services, [expirySweep]);
    expect((await invitationOf(personId)).state).toBe('expired');
    await sendTo(setting, { 'person[]': [personId] });
    const second = linkIn(arrived[1]);
    const { state, expiresAt, reminders } = await invitationOf(personId);
    expect([state, reminders]).toEqual(['sent', 0]);
    expect(expiresAt?.toString()).toBe('2023-03-17T06:59:00Z');
    expect((await app.request(`/i/${first}`)).status).toBe(404);
    expect((await app.request(`/i/${second}`)).status).toBe(200);
  });

  test('expires once, by the installation’s clock, with one event', async () => {
    const setting = await summitWith(1);
    const [personId = ''] = setting.people;
    await sendTo(setting);
    const expire = () => runAllSweeps(services, [expirySweep]);
    at(later(21));
    await expire();
    expect((await invitationOf(personId)).state).toBe('sent');
    at(later(90));
    await expire();
    await expire();
    const events = await db
      .selectFrom('event')
      .select('kind')
      .where('personId', '=', personId)
      .where('kind', '=', 'invitation.expired')
      .execute();
    expect(events).toHaveLength(1);
  });

  test('is reminded of when its summit says so, each time once, with a fresh link', async () => {
    const setting = await summitWith(1);
    const [personId = ''] = setting.people;
    const remind = async () => {
      await runAllSweeps(services, [expirySweep, reminderSweep]);
      await work();
    };
    await sendTo(setting);
    at(later(6));
    await remind();
    expect(arrived).toHaveLength(1);
    at(later(7));
    await remind();
    await remind();
    expect(arrived).toHaveLength(2);
    expect(arrived[1]?.subject).toBe(
      'Will you come to the 2023 Scientific Python Developer Summit?',
    );
    expect((await app.request(`/i/${linkIn(arrived[0])}`)).status).toBe(404);
    expect((await app.request(`/i/${linkIn(arrived[1])}`)).status).toBe(200);
    at(later(14));
    await remind();
    await remind();
    expect(arrived).toHaveLength(3);
    expect((await invitationOf(personId)).reminders).toBe(2);
  });

  test('is reminded of once when the clock leaps over two reminders, and not at all after its end', async () => {
    const setting = await summitWith(1);
    await sendTo(setting);
    at(later(15));
    for (let round = 0; round < 3; round += 1) {
      await runAllSweeps(services, [expirySweep, reminderSweep]);
      await work();
    }
    expect(arrived).toHaveLength(2);
    at(later(200));
    await runAllSweeps(services, [expirySweep, reminderSweep]);
    await work();
    expect(arrived).toHaveLength(2);
  });

  test.each(['accepted', 'unsure', 'declined', 'withdrawn'] as const)(
    'that is %s gets no reminder, neither by itself nor by hand',
    async (state) => {
      const setting = await summitWith(1);
      const [personId = ''] = setting.people;
      await sendTo(setting);
      await db.updateTable('invitation').set({ state }).where('personId', '=', personId).execute();
      at(later(8));
      await runAllSweeps(services, [reminderSweep]);
      await sendTo(setting, { purpose: 'reminder', 'person[]': [personId] });
      expect(arrived).toHaveLength(1);
    },
  );
});

describe('the organisers’ pages', () => {
  test('show how invitations spread over the communities against their targets', async () => {
    const setting = await summitWith(4);
    const [a = '', b = '', c = ''] = setting.people;
    for (const personId of [a, b, c]) {
      await db
        .insertInto('personCommunity')
        .values({ summitId: setting.summit.id, personId, community: 'numpy' })
        .execute();
    }
    await db
      .updateTable('invitation')
      .set({ state: 'accepted' })
      .where('personId', '=', a)
      .execute();
    await db
      .updateTable('invitation')
      .set({ state: 'declined' })
      .where('personId', '=', b)
      .execute();
    const shown = await page(setting, setting.path);
    const numpy = /<th[^>]*>NumPy<\/th>.*?<\/tr>/s.exec(shown)?.[0] ?? '';
    const counts = [...numpy.matchAll(/class="count">(\d+)/g)].map((match) => match[1]);
    expect(counts).toEqual(['1', '0', '1', '1']);
    expect(numpy).toContain('3–6');
    expect(numpy).toContain('2 short');
  });

  test('list the mails by state and say which were kept, not sent', async () => {
    const setting = await summitWith(1);
    services = testServices(db);
    app = createApp(services, visitorFromHeader(db));
    await press(setting, await prepared(setting), 'send');
    await runJobsUntilIdle(database.pool, {
      [BATCH_JOB]: batchTask(services),
      [MAIL_JOB]: mailTask(services, undefined),
    });
    const list = `/s/${setting.summit.slug}/organise/mail`;
    const shown = await page(setting, list);
    expect(shown).toContain('No mail server is set up here');
    expect(shown).toContain('kept, not sent (1)');
    expect(await page(setting, `${list}?state=sent`)).toContain('No mail yet.');
    const mail = /organise\/mail\/[0-9a-f-]{36}/.exec(shown)?.[0];
    expect(await page(setting, `/s/${setting.summit.slug}/${mail}`)).toContain(
      `Dear ${setting.names[0]},`,
    );
  });
});
