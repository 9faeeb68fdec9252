import { describe, expect, it } from 'vitest';
import { expectOk } from '../../../kernel/src/result.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import type { Instance } from '../sessions/model.ts';
import { withKept } from './after-change.ts';
import { readEarlierTimetable } from './earlier-timetable.ts';
import { repairTimetable } from './repair.ts';
import { offerInSentences, repairInSentences } from './words.ts';

const slot = (key: string, start: number) => ({ key, day: 'Monday', start, end: start + 60 });

const INSTANCE: Instance = {
  slots: [slot('mon9', 540), slot('mon10', 600)],
  rooms: [{ key: 'Hall' }],
  people: [{ key: 'ada', name: 'Ada', away: ['mon9'] }],
  sessions: [
    { key: 'a', title: 'Arrays', leads: ['ada'] },
    { key: 'b', title: 'Building' },
  ],
  rules: [],
};
const indexed = expectOk(indexInstance(INSTANCE));
const OLD = { slot: [0, 1], room: [0, 0] };

describe('A repair in words', () => {
  it('says how many move, that fewer will not do, and where each goes', async () => {
    const repair = await repairTimetable(indexed, OLD, { more: [0] });
    const [offer] = repair.offers;
    if (offer === undefined) throw new Error('there is a repair');
    expect(repairInSentences(indexed, repair)).toEqual([
      '2 sessions must move; it is proven that fewer will not do.',
    ]);
    expect(offerInSentences(indexed, offer)).toEqual([
      '2 sessions moved: what must hold: 0. No timetable with as few moves is better.',
      '“Arrays”: from Monday 09:00, Hall to Monday 10:00, Hall.',
      '“Building”: from Monday 10:00, Hall to Monday 09:00, Hall.',
    ]);
  });

  it('says why there is none', async () => {
    const tight = expectOk(
      indexInstance({ ...INSTANCE, slots: INSTANCE.slots.slice(1), people: [{ key: 'ada' }] }),
    );
    const repair = await repairTimetable(tight, { slot: [0, -1], room: [0, -1] });
    expect(repairInSentences(tight, repair)).toEqual([
      'No timetable keeps all that must hold and what is to stay.',
      'There are fewer places than sessions for these 2: “Arrays” and “Building”.',
    ]);
  });

  it('says what stays wrong because it is kept', async () => {
    const repair = await repairTimetable(indexed, OLD, { pinned: [0, 1] });
    expect(repairInSentences(indexed, repair)).toEqual([
      'Nothing has to move.',
      'Kept as it is, and still wrong: Ada must be in “Arrays” and is away (Monday 09:00).',
    ]);
  });
});

describe('A timetable from before a change', () => {
  const text = (timetable: unknown) => JSON.stringify({ timetable });

  it('is read as it is where nothing is gone', () => {
    const read = readEarlierTimetable(
      text({ a: { slot: 'mon9', room: 'Hall' }, b: { slot: 'mon10', room: 'Hall' } }),
      INSTANCE,
      'old.json',
    );
    expect(read).toMatchObject({ ok: true, value: { instance: INSTANCE, timetable: OLD } });
  });

  it('keeps the slot of what was in a room that is gone, and moves it', async () => {
    const old = text({
      a: { slot: 'mon10', room: 'Attic' },
      b: { slot: 'mon11', room: 'Hall' },
      c: { slot: 'mon9', room: 'Hall' },
    });
    const { instance, timetable, gone } = expectOk(readEarlierTimetable(old, INSTANCE, 'old.json'));
    expect(gone).toEqual({ sessions: ['c'], slots: ['mon11'], rooms: ['Attic'] });
    expect(timetable).toEqual({ slot: [1, -1], room: [1, -1] });
    const after = expectOk(indexInstance(instance));
    const { least, offers } = await repairTimetable(after, timetable, { more: [0] });
    expect(least).toBe(1);
    expect(offers[0]?.moves).toEqual([
      { session: 0, from: { slot: 1, room: 1 }, to: { slot: 1, room: 0 } },
    ]);
  });

  it('is refused, by place, where it is no timetable', () => {
    const read = readEarlierTimetable(text({ a: { slot: 9, room: 'Hall' } }), INSTANCE, 'old.json');
    expect(read).toMatchObject({ ok: false, error: [{ place: { file: 'old.json' } }] });
  });
});

describe('What is kept', () => {
  it('is pinned for others to ask about, and nothing else may begin in what is over', () => {
    const { sessions } = withKept(indexed, OLD, { pinned: [1], past: [0] });
    expect(sessions.map(({ pinned }) => pinned)).toEqual([
      { slot: 0, room: 0 },
      { slot: 1, room: 0 },
    ]);
    const rest = withKept(indexed, { slot: [1, -1], room: [0, -1] }, { past: [0] });
    expect(rest.sessions.map(({ pinned, slots }) => [pinned, slots])).toEqual([
      [undefined, new Set([1])],
      [undefined, new Set([1])],
    ]);
  });
});
