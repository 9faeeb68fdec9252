import { ok } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addPerson,
  expectIn,
  expectNotIn,
  FIRST_SUMMIT,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { summitSource } from '../../summits/queries.ts';
import { announce } from '../../summits/state-commands.ts';
import { placeTracks } from './series-commands.ts';
import { isLeadOf } from './series-queries.ts';

let world: SummitDatabase;
const SLUG = 'sp_summit_2023';
const AT = `/s/${SLUG}/organise/meetings`;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found(
    FIRST_SUMMIT.replace(
      '  list:\n    - { key: february',
      '  list: # our calls\n    - { key: february',
    ),
  );
  const organiser = await world.organiser(SLUG);
  await inTransaction(world.db, async (tx) => {
    await announce(tx, world.actor, organiser);
    return ok(undefined);
  });
});
afterAll(() => world.drop());

const meetings = async () => (await world.summit(SLUG)).definition.planning_meetings.list;
const rule = async () =>
  (await world.summit(SLUG)).definition.agreement.obligations.find(
    ({ key }) => key === 'planning_meetings',
  )?.rule;

describe('the series of planning meetings', () => {
  test('fixing a time writes it into the file, and leaves comments where they are', async () => {
    const asked = await world.get(
      `${AT}/february/time?show=yes&when=starts&starts=2023-02-27T09:00&month=`,
    );
    const page = await asked.text();
    expect(asked.status).toBe(200);
    expectIn(page, 'Mon 27 Feb 2023, 17:00 UTC');
    const fixed = await world.post(`${AT}/february/time`, {
      when: 'starts',
      starts: '2023-02-27T09:00',
      month: '',
    });
    expect(fixed.status).toBe(303);
    expect((await meetings())[0]).toMatchObject({ key: 'february', starts: '2023-02-27T09:00' });
    const { id } = await world.summit(SLUG);
    expectIn(await summitSource(world.db, id), 'list: # our calls');
  });

  test.each([
    ['2023-03-12T02:30', 'leap over 02:30'],
    ['2023-01-05T09:00', 'This time is past'],
    ['2023-05-22T09:00', 'a planning meeting comes before it'],
    ['2023-02-30T09:00', 'not a day'],
    ['tomorrow', 'Write a day and a time'],
  ])('the time %s is refused with a sentence and stays typed', async (starts, words) => {
    for (const answer of [
      await world.post(`${AT}/march/time`, { when: 'starts', starts, month: '' }),
      await world.get(
        `${AT}/march/time?show=yes&when=starts&starts=${encodeURIComponent(starts)}&month=`,
      ),
    ]) {
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expectIn(page, words);
      expectIn(page, `value="${starts}"`);
    }
    expect((await meetings())[1]).toMatchObject({ key: 'march', month: '2023-03' });
  });

  test('the rule and the list stay in step when meetings come and go', async () => {
    const added = await world.post(`${AT}/new`, {
      title: 'One more call',
      when: 'month',
      month: '2023-05',
      starts: '',
    });
    expect(added.status).toBe(303);
    expect(await rule()).toEqual({ kind: 'attend', meetings: 2, of: 4 });
    const preview = await world.get(`${AT}/rule?promise=planning_meetings&required=9`);
    expect(preview.status).toBe(422);
    expectIn(await preview.text(), 'Nobody can attend 9 of 4 meetings');
    await world.post(`${AT}/rule`, { promise: 'planning_meetings', required: '4' });
    expect(await rule()).toEqual({ kind: 'attend', meetings: 4, of: 4 });
    const refused = await world.post(`${AT}/one_more_call/drop`, { required: '4' });
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Nobody can attend 4 of 3 meetings');
    const dropped = await world.post(`${AT}/one_more_call/drop`, { required: '2' });
    expect(dropped.status).toBe(303);
    expect(await rule()).toEqual({ kind: 'attend', meetings: 2, of: 3 });
  });

  test('a lead is a person who takes part; their name is not written into the file', async () => {
    const stranger = await addPerson(world.db, 'Nobody Here');
    const row = { 'tracks.0.key': '', 'tracks.0.title': 'Build tools', 'tracks.0.topics': 'a\nb' };
    const refused = await world.post(`${AT}/february/tracks`, {
      ...row,
      'tracks.0.lead': stranger,
    });
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'pick somebody from the list');
    const saved = await world.post(`${AT}/february/tracks`, { ...row, 'tracks.0.lead': world.ada });
    expect(saved.status).toBe(303);
    const { id } = await world.summit(SLUG);
    expect(await isLeadOf(world.db, id, 'february', 'build_tools', world.ada)).toBe(true);
    expect((await meetings())[0]?.tracks).toEqual([
      { key: 'build_tools', title: 'Build tools', topics: ['a', 'b'] },
    ]);
    const page = await (await world.get(`/s/${SLUG}/meetings/february`)).text();
    expectIn(page, 'Led by Ada.');
    const bad = await world.post(`${AT}/february/tracks`, {
      ...row,
      'tracks.0.link': 'over there',
    });
    expect(bad.status).toBe(422);
    expectIn(await bad.text(), 'over there');
  });

  test('several meetings get times and tracks at once, or none of them does', async () => {
    const organiser = await world.organiser(SLUG);
    const { revision } = await world.summit(SLUG);
    const wrong = await inTransaction(world.db, (tx) =>
      placeTracks(tx, world.actor, organiser, [
        { meeting: 'march', starts: '2023-03-27T09:00' },
        { meeting: 'april', starts: '2023-06-27T09:00' },
      ]),
    );
    expect(wrong.ok).toBe(false);
    expect((await world.summit(SLUG)).revision).toBe(revision);
    const right = await inTransaction(world.db, (tx) =>
      placeTracks(tx, world.actor, organiser, [
        { meeting: 'march', starts: '2023-03-27T09:00', tracks: [] },
        { meeting: 'february', tracks: ['build_tools'], leads: { build_tools: world.ada } },
      ]),
    );
    expect(right.ok).toBe(true);
    expect((await world.summit(SLUG)).revision).toBe(revision + 1);
    expect((await meetings())[0]?.tracks[0]?.topics).toEqual(['a', 'b']);
  });

  test('links are shown to those who have accepted, not to whoever was asked', async () => {
    await world.post(`${AT}/march`, {
      title: 'March meeting',
      link: 'https://calls.example.org/march',
      recording: '',
    });
    const { id: summitId } = await world.summit(SLUG);
    const asked = await addPerson(world.db, 'Asked Only');
    await world.db
      .insertInto('invitation')
      .values({
        summitId,
        personId: asked,
        state: 'sent',
        tokenHash: null,
        tokenSpentAt: null,
        expiresAt: Temporal.Instant.from('2023-04-01T00:00:00Z'),
        draftedAt: world.actor.now,
        sentAt: world.actor.now,
        openedAt: null,
        answeredAt: null,
        closedAt: null,
        remindedAt: null,
      })
      .execute();
    for (const path of ['/meetings', '/meetings/march']) {
      const page = await (await world.get(`/s/${SLUG}${path}`, asked)).text();
      expectIn(page, 'March meeting');
      expectNotIn(page, 'calls.example.org');
      expectIn(await (await world.get(`/s/${SLUG}${path}`)).text(), 'calls.example.org');
    }
    expect((await world.get(`/s/${SLUG}/meetings`, world.stranger)).status).toBe(404);
    expect((await world.get(AT, asked)).status).toBe(404);
  });

  test('every page of the series opens, and a meeting that is not there is not found', async () => {
    for (const path of ['', '/rule', '/settings', '/new', '/march', '/march/time', '/march/drop']) {
      expect((await world.get(`${AT}${path}`)).status, path).toBe(200);
    }
    expect((await world.get(`${AT}/never/time`)).status).toBe(404);
    expect((await world.get(`${AT}/never`)).status).toBe(404);
    const saved = await world.post(`${AT}/settings`, {
      minutes: '90',
      recordings: 'count',
      check_in_before: '10',
      check_in_after: '30',
      least_share: '40',
      warn_days: '7',
      remind_hours: '48',
    });
    expect(saved.status).toBe(303);
    expectIn(await (await world.get(AT)).text(), 'from 10 minutes before the start');
  });
});
