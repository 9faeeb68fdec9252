import { Temporal } from '@cairn/kernel/time';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../tests/summit.ts';
import type { SummitDefinition } from '../summits/schema.ts';
import { calendarFrom, entryUid, type KeptEntry, wantedEntries } from './calendar-rules.ts';

const JANUARY = Temporal.Instant.from('2023-01-11T12:00:00Z');
const LATER = Temporal.Instant.from('2023-02-02T12:00:00Z');
const uidOf = (key: string) => entryUid(key, 'sp_summit_2023', 'cairn.test');

const told = (definition: SummitDefinition, kept: readonly KeptEntry[] = [], at = JANUARY) =>
  calendarFrom(kept, wantedEntries(definition), { uidOf, at });
const entry = (entries: readonly KeptEntry[], key: string): KeptEntry => {
  const found = entries.find((each) => each.key === key);
  if (found === undefined) throw new Error(`the calendar has no ${key}`);
  return found;
};

const seeds = seedDefinition();
type Meetings = SummitDefinition['planning_meetings']['list'];
const withMeetings = (change: (list: Meetings) => Meetings): SummitDefinition => ({
  ...seeds,
  planning_meetings: { ...seeds.planning_meetings, list: change(seeds.planning_meetings.list) },
});
const fixed = (key: string, change: Partial<Meetings[number]> = {}) =>
  withMeetings((list) =>
    list.map((meeting) => {
      if (meeting.key !== key) return meeting;
      const { month: _, ...rest } = meeting;
      return { ...rest, starts: '2023-02-27T09:00', ...change };
    }),
  );

describe('what the calendar of the seeds’ summit holds', () => {
  const calendar = told(seeds);

  test('is the meetings, the days, and every due date', () => {
    expect(calendar.map(({ key, status }) => `${key} ${status}`)).toEqual([
      'meeting.february TENTATIVE',
      'meeting.march TENTATIVE',
      'meeting.april TENTATIVE',
      'arrival CONFIRMED',
      'summit CONFIRMED',
      'departure CONFIRMED',
      'step.invitation.announce CONFIRMED',
      'step.invitation.invite CONFIRMED',
      'step.invitation.confirm CONFIRMED',
      'step.planning.topics CONFIRMED',
      'step.planning.work_plan CONFIRMED',
      'step.planning.timetable CONFIRMED',
      'step.implementation.report CONFIRMED',
      'step.implementation.follow_up CONFIRMED',
    ]);
  });

  test('has the days of the definition', () => {
    expect(entry(calendar, 'summit').content.time).toEqual({
      kind: 'days',
      from: '2023-05-22',
      to: '2023-05-26',
    });
    expect(entry(calendar, 'arrival').content.time).toMatchObject({ from: '2023-05-21' });
    expect(entry(calendar, 'departure').content.time).toMatchObject({ from: '2023-05-27' });
    expect(entry(calendar, 'step.planning.work_plan').content).toEqual({
      summary: 'Due: Work plan decided',
      time: { kind: 'days', from: '2023-05-08', to: '2023-05-08' },
      categories: ['Important date'],
      busy: false,
    });
  });

  test('gives a meeting whose time is open its whole month, and takes up nobody’s time', () => {
    expect(entry(calendar, 'meeting.february').content).toMatchObject({
      summary: 'February planning meeting (time to be decided)',
      time: { kind: 'month', month: '2023-02' },
      busy: false,
    });
  });

  test('gives a fixed meeting a time on the summit’s wall', () => {
    const meeting = entry(told(fixed('february')), 'meeting.february');
    expect(meeting.status).toBe('CONFIRMED');
    expect(meeting.content.time).toEqual({
      kind: 'wall',
      local: '2023-02-27T09:00',
      zone: 'America/Los_Angeles',
      minutes: 60,
    });
  });
});

describe('a calendar that was told before', () => {
  const first = told(seeds);

  test('is the same when nothing changed, whenever it is asked for', () => {
    expect(told(seeds, first, LATER)).toEqual(first);
  });

  test('counts a change of time, title, place or status, and only at that entry', () => {
    const after = told(fixed('february'), first, LATER);
    expect(entry(after, 'meeting.february')).toMatchObject({
      uid: 'meeting.february@sp_summit_2023.cairn.test',
      sequence: 1,
      status: 'CONFIRMED',
      lastModified: LATER,
    });
    expect(after.filter(({ sequence }) => sequence > 0)).toHaveLength(1);
    const moved = told({ ...seeds, venue: { ...seeds.venue, name: 'Kane Hall' } }, after, LATER);
    expect(entry(moved, 'summit').sequence).toBe(1);
    expect(entry(moved, 'step.planning.topics').sequence).toBe(0);
  });

  test('notes another description as a change, without a new sequence', () => {
    const after = told({ ...seeds, summary: 'Another summary.' }, first, LATER);
    expect(entry(after, 'summit')).toMatchObject({ sequence: 0, lastModified: LATER });
  });

  test('cancels what is taken out, with a higher sequence, and keeps saying so', () => {
    const without = withMeetings((list) => list.filter(({ key }) => key !== 'march'));
    const after = told(without, first, LATER);
    const cancelled = { status: 'CANCELLED', sequence: 1, lastModified: LATER };
    expect(entry(after, 'meeting.march')).toMatchObject(cancelled);
    const again = told(without, after, LATER.add({ hours: 24 }));
    expect(entry(again, 'meeting.march')).toMatchObject(cancelled);
  });

  test('knows what comes back as what it was', () => {
    const without = withMeetings((list) => list.filter(({ key }) => key !== 'march'));
    const back = told(seeds, told(without, first), LATER);
    expect(entry(back, 'meeting.march')).toMatchObject({
      uid: entry(first, 'meeting.march').uid,
      status: 'TENTATIVE',
      sequence: 2,
    });
  });

  test('never lets a sequence fall nor two entries share a UID, whatever is changed', () => {
    const versions = [
      seeds,
      fixed('march'),
      withMeetings(() => []),
      fixed('april', { title: 'Another title' }),
      { ...seeds, phases: [] },
      seeds,
    ];
    let before: KeptEntry[] = [];
    versions.forEach((definition, day) => {
      const after = told(definition, before, JANUARY.add({ hours: 24 * day }));
      expect(new Set(after.map(({ uid }) => uid)).size).toBe(after.length);
      for (const old of before) {
        const now = after.find(({ uid }) => uid === old.uid);
        expect(now?.sequence).toBeGreaterThanOrEqual(old.sequence);
      }
      before = after;
    });
  });
});
