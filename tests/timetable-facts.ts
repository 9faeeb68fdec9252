import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import type { Placement } from '../apps/cairn/src/features/timetable/drafts/placement-rules.ts';
import { slotsOf } from '../apps/cairn/src/features/timetable/frame/frame-rules.ts';
import type { Session } from '../apps/cairn/src/features/timetable/sessions/session-rules.ts';
import type { TimetableFacts } from '../apps/cairn/src/features/timetable/solving/facts-rules.ts';

export const ROOMS = { hall: 'room-hall', attic: 'room-attic' } as const;

/** Two days with lunch, a hall for 60 with video and an attic for 6, and three people. */
export const factsWith = (given: Partial<TimetableFacts> = {}): TimetableFacts => ({
  frame: {
    zone: expectZone('America/Los_Angeles'),
    slotMinutes: 30,
    sessionMinutes: 90,
    revision: 1,
    days: ['2023-05-22', '2023-05-23'].map((date) => ({ date, starts: '09:00', ends: '15:00' })),
    blocks: ['2023-05-22', '2023-05-23'].map((date) => ({
      id: `lunch-${date}`,
      date,
      starts: '12:00',
      ends: '13:00',
      kind: 'meal' as const,
      title: 'Lunch',
      meal: 'lunch' as const,
      isProvided: true,
      roomId: null,
      place: '',
      text: '',
    })),
    rooms: [
      roomOf(ROOMS.hall, 'Hall', 60, ['video', 'screen']),
      roomOf(ROOMS.attic, 'Attic', 6, ['quiet']),
    ],
    closures: [],
  },
  sessions: [],
  open: [],
  rules: [],
  people: [
    { id: 'ada', name: 'Ada' },
    { id: 'bob', name: 'Bob' },
    { id: 'cleo', name: 'Cleo' },
  ],
  interest: [],
  presence: new Map(),
  groups: new Map(),
  ...given,
});

const roomOf = (id: string, name: string, capacity: number, features: readonly string[]) => ({
  id,
  key: name.toLowerCase(),
  name,
  capacity,
  features,
  directions: '',
  link: null,
});

/** A session of 90 minutes whose id is its title. */
export const sessionOf = (id: string, given: Partial<Session> = {}): Session => ({
  id,
  kind: 'work',
  title: id,
  text: '',
  topicNumber: null,
  groupKey: null,
  minutes: 90,
  size: null,
  needs: [],
  track: '',
  isOptional: false,
  leads: [],
  needed: [],
  ...given,
});

export const placed = (
  sessionId: string,
  date: string,
  starts: string,
  roomId: string | null,
): Placement => ({ sessionId, date, starts, roomId, isPinned: false });

/** Facts of a few sessions with people, tracks, rules and closures, some of them placed anywhere. */
export function anyFacts(): fc.Arbitrary<{
  readonly facts: TimetableFacts;
  readonly placements: Placement[];
  readonly session: string;
}> {
  const person = fc.constantFrom('ada', 'bob', 'cleo');
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const slots = slotsOf(factsWith().frame);
  const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.uniqueArray(arbitrary, { maxLength: 2 });
  const session = (id: string) =>
    fc
      .record({
        minutes: fc.constantFrom(30, 45, 90),
        size: fc.constantFrom(null, 3, 20),
        needs: some(fc.constantFrom('video', 'quiet')),
        track: fc.constantFrom('', 'core'),
        kind: fc.constantFrom('work' as const, 'work' as const, 'plenary' as const),
        isOptional: fc.boolean(),
        leads: some(person),
        topicNumber: fc.constantFrom(null, 1, 2),
      })
      .map((given) => sessionOf(id, given));
  const rule = fc.record({
    kind: fc.constantFrom(
      'before' as const,
      'apart' as const,
      'same-day' as const,
      'same-room' as const,
    ),
    sessions: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 2, maxLength: 2 }),
    isHard: fc.boolean(),
  });
  return fc
    .record({
      sessions: fc.tuple(...ids.map(session)),
      rules: fc.array(rule, { maxLength: 2 }),
      interest: fc.uniqueArray(
        fc.record({
          personId: person,
          number: fc.constantFrom(1, 2),
          level: fc.constantFrom('lead' as const, 'work' as const, 'none' as const),
        }),
        { selector: ({ personId, number }) => `${personId}${number}`, maxLength: 4 },
      ),
      leaves: fc.option(fc.constantFrom('2023-05-22', '2023-05-23')),
      closed: fc.boolean(),
      places: fc.array(
        fc.record({
          sessionId: fc.constantFrom(...ids),
          slot: fc.constantFrom(...slots),
          roomId: fc.constantFrom(ROOMS.hall, ROOMS.attic),
        }),
        { maxLength: 6 },
      ),
      session: fc.constantFrom(...ids),
    })
    .map(({ sessions, rules, interest, leaves, closed, places, session: asked }) => {
      const base = factsWith();
      const placements = new Map(
        places.map(({ sessionId, slot, roomId }) => [
          sessionId,
          placed(sessionId, slot.date, slot.starts, roomId),
        ]),
      );
      const facts = factsWith({
        sessions,
        interest,
        rules: rules.map((each, index) => ({ ...each, id: `rule-${index}`, at: [], wish: null })),
        presence: new Map(
          leaves === null
            ? []
            : [
                [
                  'ada',
                  {
                    personId: 'ada',
                    arrivesOn: null,
                    arrivesAt: null,
                    leavesOn: leaves,
                    leavesAt: '11:00',
                    isRemote: false,
                    note: '',
                  },
                ],
              ],
        ),
        frame: {
          ...base.frame,
          closures: closed
            ? [
                {
                  id: 'flood',
                  roomId: ROOMS.hall,
                  date: '2023-05-22',
                  starts: '13:00',
                  ends: '14:00',
                  reason: '',
                },
              ]
            : [],
        },
      });
      return { facts, placements: [...placements.values()], session: asked };
    });
}
