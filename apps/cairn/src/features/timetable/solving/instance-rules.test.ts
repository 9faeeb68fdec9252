import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyFacts,
  factsWith,
  placed,
  ROOMS,
  sessionOf,
} from '../../../../../../tests/timetable-facts.ts';
import { checkPlacements } from './check-rules.ts';
import { expectedPeople } from './facts-rules.ts';
import { begunSlots, keptOf, variantsFor } from './find-rules.ts';
import { timetableInstance } from './instance-rules.ts';
import { placementsIn, timetableOf } from './placed-rules.ts';

const DAY = '2023-05-22';
const sentences = (...asked: Parameters<typeof checkPlacements>) =>
  checkPlacements(...asked).breaks.map(({ sentence }) => sentence);

describe('facts as a problem of the library', () => {
  test('keep blocks free, round lengths up, and ask for video where somebody is far away', () => {
    const facts = factsWith({
      sessions: [sessionOf('arrays', { minutes: 45, needed: ['cleo'] })],
      presence: new Map([
        [
          'cleo',
          {
            ...{ personId: 'cleo', arrivesOn: null, arrivesAt: null, leavesOn: null },
            ...{ leavesAt: null, isRemote: true, note: '' },
          },
        ],
      ]),
    });
    const { instance, slots } = timetableInstance(facts);
    expect(slots.map(({ starts }) => starts)).not.toContain('12:00');
    expect(instance.sessions[0]).toMatchObject({ length: 2, needs: ['video'], size: 1 });
  });

  test('come back as the placements that went in', () => {
    fc.assert(
      fc.property(anyFacts(), ({ facts, placements }) => {
        const problem = timetableInstance(facts);
        const back = placementsIn(problem, timetableOf(problem, placements), placements);
        const byId = (some: typeof back) =>
          some.toSorted((one, other) => one.sessionId.localeCompare(other.sessionId));
        expect(byId(back)).toEqual(byId(placements));
      }),
    );
  });

  test('put people into the group that holds on the day, and tell the last day’s otherwise', () => {
    const group = (people: string[]) => ({
      ...{ key: 'arrays', title: 'Arrays', topicNumber: 1 },
      people,
      leads: people.slice(0, 1),
    });
    const facts = factsWith({
      groups: new Map([
        ['2023-05-22', [group(['ada', 'bob'])]],
        ['2023-05-23', [group(['cleo'])]],
      ]),
    });
    const session = sessionOf('one', { groupKey: 'arrays' });
    expect(expectedPeople(facts, session, DAY).people).toEqual(['ada', 'bob']);
    expect(expectedPeople(facts, session).people).toEqual(['cleo']);
  });

  test('have what people put into free space where it is, and nothing in its way', () => {
    const chat = {
      ...{ id: 'chat', kind: 'open' as const, title: 'Chat', text: '', topicNumber: null },
      ...{ groupKey: null, track: '', date: DAY, starts: '09:00', ends: '10:00' },
      ...{ roomId: ROOMS.attic, leads: ['bob'], people: ['bob'] },
    };
    const facts = factsWith({ sessions: [sessionOf('docs', { leads: ['ada'] })], open: [chat] });
    expect(sentences(facts, [placed('docs', DAY, '09:30', ROOMS.attic)])).toContain(
      '“docs” and “Chat” are in Attic at the same time (Monday 09:30).',
    );
    const closures = [
      { id: 'flood', roomId: ROOMS.attic, date: DAY, starts: '09:00', ends: '15:00', reason: '' },
    ];
    expect(sentences({ ...facts, frame: { ...facts.frame, closures } }, [])).toContain(
      'Attic is closed while “Chat” of the open space is in it (Monday 09:00).',
    );
  });
});

describe('placements that the frame has outgrown', () => {
  const facts = factsWith({ sessions: [sessionOf('arrays')] });

  test('are told as what they are, once', () => {
    expect(sentences(facts, [placed('arrays', DAY, '09:15', ROOMS.hall)])).toEqual([
      '“arrays” is on Monday 09:15, where no slot begins; give it another time.',
    ]);
    expect(sentences(facts, [placed('arrays', DAY, '09:00', 'gone')])).toEqual([
      '“arrays” (Monday 09:00) is in a room that is no longer there.',
    ]);
    expect(sentences(facts, [placed('arrays', DAY, '09:00', null)])).toEqual([
      '“arrays” (Monday 09:00) has no room yet.',
    ]);
    expect(sentences(facts, [])).toEqual(['“arrays” has no place.']);
    expect(sentences(facts, [placed('other', DAY, '09:15', null)])).toEqual([
      '“arrays” has no place.',
    ]);
  });
});

describe('a search in the middle of the week', () => {
  const facts = factsWith({ sessions: [sessionOf('arrays'), sessionOf('docs')] });
  const base = [
    placed('arrays', DAY, '09:00', ROOMS.hall),
    placed('docs', DAY, '13:00', ROOMS.hall),
  ];
  const begun = begunSlots(facts, '2023-05-22T10:40');

  test('leaves what has begun, and puts nothing else there', () => {
    expect(keptOf(facts, base, begun).map(({ sessionId }) => sessionId)).toEqual(['arrays']);
    for (const { problem } of variantsFor(facts, base, begun)) {
      const [arrays, docs] = problem.instance.sessions;
      expect(arrays?.pinned).toEqual({ slot: '2023-05-22T09:00', room: 'Hall' });
      expect(docs?.slots?.[0]).toBe('2023-05-22T11:00');
    }
  });
});
