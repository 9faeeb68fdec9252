import fc from 'fast-check';
import { expectOk } from '../packages/kernel/src/result.ts';
import {
  type IndexedInstance,
  indexInstance,
} from '../packages/timetable/src/sessions/index-instance.ts';
import {
  type Instance,
  type Rule,
  type RuleKind,
  STANDING_RULES,
} from '../packages/timetable/src/sessions/model.ts';

/** How large instances may be, and which rules they may list. */
export interface InstanceLimits {
  readonly slots?: number;
  readonly rooms?: number;
  readonly people?: number;
  readonly sessions?: number;
  readonly rules?: number;
  readonly kinds?: readonly RuleKind[];
  /** The most slots that a session takes; 3 when left out. */
  readonly length?: number;
}

/** Rules that an instance has only where it lists them. */
const LISTED_KINDS = [
  'track-clash',
  'interest',
  'worst-off',
  'day-pattern',
  'before',
  'consecutive',
  'together',
  'apart',
  'same-day',
  'other-day',
  'same-room',
  'slot-wish',
  'room-wish',
  'spread',
  'compact',
  'attends',
  'unmoved',
] as const satisfies readonly RuleKind[];

export const ALL_KINDS: readonly RuleKind[] = [...STANDING_RULES, ...LISTED_KINDS];

/** Any small instance: days with pauses, long sessions, plenaries, blocks, pins, people who are away, all kinds of rules. */
export function arbitraryInstance(limits: InstanceLimits = {}): fc.Arbitrary<IndexedInstance> {
  return fc.gen().map((gen) => {
    const below = (count: number) => gen(fc.nat, count - 1);
    const often = (of: number) => below(10) < of;
    const keys = (name: string, least: number, most: number) =>
      Array.from(
        { length: gen(fc.integer, { min: least, max: most }) },
        (_, index) => `${name}${index}`,
      );
    const some = <T>(items: readonly T[]) => items.filter(() => often(4));
    const one = <T>(items: readonly T[]) => items[below(items.length)] as T; // never empty here

    const slotKeys = keys('slot', 2, limits.slots ?? 6);
    const roomKeys = keys('room', 1, limits.rooms ?? 3);
    const personKeys = keys('person', 1, limits.people ?? 4);
    const sessionKeys = keys('session', 1, limits.sessions ?? 6);
    const perDay = 1 + below(4);
    const shared = { slotKeys, roomKeys, personKeys, sessionKeys };
    const kinds = limits.kinds ?? ALL_KINDS;
    const instance: Instance = {
      slots: slotKeys.map((key, index) => ({
        key,
        day: `day${Math.floor(index / perDay)}`,
        start: index * 60,
        end: index * 60 + (often(8) ? 60 : 30),
      })),
      rooms: roomKeys.map((key) => ({
        key,
        ...(often(8) ? { capacity: below(5) } : {}),
        features: some(['screen', 'piano']),
        closed: often(3) ? [one(slotKeys)] : [],
      })),
      people: personKeys.map((key) => ({
        key,
        away: often(3) ? [one(slotKeys)] : [],
        interest: Object.fromEntries(some(sessionKeys).map((session) => [session, 1 + below(3)])),
      })),
      sessions: sessionKeys.map((key) => ({
        key,
        kind: often(8) ? 'session' : one(['plenary', 'block']),
        length: often(7) ? 1 : 1 + below(limits.length ?? 3),
        size: below(5),
        needs: often(2) ? ['screen'] : [],
        tracks: some(['a', 'b']),
        leads: often(5) ? [one(personKeys)] : [],
        people: often(3) ? some(personKeys) : [],
        ...(often(2) ? { slots: slotKeys.filter(() => often(7)) } : {}),
        ...(often(2) ? { rooms: roomKeys.filter(() => often(7)) } : {}),
        ...(often(1)
          ? { pinned: { slot: one(slotKeys), ...(often(5) ? { room: one(roomKeys) } : {}) } }
          : {}),
        isOptional: often(2),
        isRoomless: often(1),
      })),
      rules: Array.from({ length: below((limits.rules ?? 4) + 1) }, () => ({
        ...ruleOf(one(kinds), shared, below, some),
        level: below(3),
        weight: 1 + below(3),
      })),
      pauseMinutes: one([0, 30]),
    };
    return expectOk(indexInstance(instance));
  });
}

/** Any timetable of an instance, most of it badly placed, some of it nowhere. */
export function arbitraryTimetable(
  indexed: IndexedInstance,
): fc.Arbitrary<{ slot: number[]; room: number[] }> {
  const places = (count: number) =>
    fc.array(fc.integer({ min: -1, max: count - 1 }), {
      minLength: indexed.sessions.length,
      maxLength: indexed.sessions.length,
    });
  return fc.record({ slot: places(indexed.slots.length), room: places(indexed.rooms.length) });
}

interface Shared {
  readonly slotKeys: readonly string[];
  readonly roomKeys: readonly string[];
  readonly personKeys: readonly string[];
  readonly sessionKeys: readonly string[];
}

function ruleOf(
  kind: RuleKind,
  { slotKeys, roomKeys, personKeys, sessionKeys }: Shared,
  below: (count: number) => number,
  some: <T>(items: readonly T[]) => T[],
): Rule {
  const level = 0;
  const wish = below(2) === 0 ? 'in' : 'out';
  const sessions = some(sessionKeys);
  switch (kind) {
    case 'placed':
      return { kind, level, measure: below(2) === 0 ? 'sessions' : 'people' };
    case 'room-size':
      return { kind, level, measure: below(2) === 0 ? 'sessions' : 'seats' };
    case 'track-clash':
      return below(2) === 0 ? { kind, level } : { kind, level, tracks: some(['a', 'b']) };
    case 'day-pattern': {
      const patterns = ['last-slot', 'three-in-a-row', 'alone'] as const;
      return { kind, level, pattern: patterns[below(3)] ?? 'alone' };
    }
    case 'before':
      return { kind, level, sessions, ...(below(2) === 0 ? {} : { slots: below(3) }) };
    case 'slot-wish':
      return { kind, level, sessions, slots: some(slotKeys), wish };
    case 'room-wish':
      return { kind, level, sessions, rooms: some(roomKeys), wish };
    case 'spread':
      return { kind, level, sessions, days: 1 + below(3) };
    case 'attends':
      return {
        kind,
        level,
        sessions,
        least: 1 + below(2),
        ...(below(2) === 0 ? {} : { people: some(personKeys) }),
      };
    case 'unmoved': {
      const from = sessions.map((session) => {
        const room = roomKeys[below(roomKeys.length)];
        const slot = slotKeys[below(slotKeys.length)] ?? '';
        return [session, below(2) === 0 || room === undefined ? { slot } : { slot, room }] as const;
      });
      const measure = below(2) === 0 ? 'sessions' : 'people';
      return { kind, level, from: Object.fromEntries(from), measure };
    }
    case 'consecutive':
    case 'together':
    case 'apart':
    case 'same-day':
    case 'other-day':
    case 'same-room':
    case 'compact':
      return { kind, level, sessions };
    default:
      return { kind, level };
  }
}
