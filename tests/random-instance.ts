import { type Random, seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Instance, Person, Room, Rule, Session, Slot } from '@cairn/timetable/sessions/model';

/** For tests: a small instance with rules of every kind, on some levels, by a seed. */
export const randomInstance = (seed: number): IndexedInstance =>
  expectOk(indexInstance(instanceOf(seededRandom(seed))));

function instanceOf(random: Random): Instance {
  const below = (count: number) => Math.floor(random() * count);
  const among = (keys: readonly string[], share: number) => keys.filter(() => random() < share);
  const maybe = <T>(share: number, value: () => T): T | undefined =>
    random() < share ? value() : undefined;
  const slots = slotsOf(below, 3 + below(9));
  const slotKeys = slots.map(({ key }) => key);
  const features = ['screen', 'stage'];
  const rooms = Array.from({ length: 1 + below(4) }, (_, index): Room => {
    const capacity = maybe(0.7, () => below(6));
    return {
      key: `r${index}`,
      ...(capacity === undefined ? {} : { capacity }),
      features: among(features, 0.6),
      closed: among(slotKeys, 0.1),
    };
  });
  const roomKeys = rooms.map(({ key }) => key);
  const personKeys = Array.from({ length: 1 + below(6) }, (_, index) => `p${index}`);
  const sessions = Array.from({ length: 2 + below(9) }, (_, index): Session => {
    const pinned = maybe(0.1, () => {
      const room = maybe(0.5, () => roomKeys[below(roomKeys.length)] ?? '');
      return { slot: slotKeys[below(slotKeys.length)] ?? '', ...(room ? { room } : {}) };
    });
    const kind = (['plenary', 'block'] as const)[below(12)];
    return {
      key: `s${index}`,
      ...(kind ? { kind } : {}),
      length: 1 + below(random() < 0.5 ? 1 : 3),
      size: below(7),
      needs: among(features, 0.3),
      tracks: among(['a', 'b', 'c'], 0.3),
      leads: among(personKeys, 0.2),
      people: among(personKeys, 0.2),
      ...(random() < 0.3 ? { slots: among(slotKeys, 0.7) } : {}),
      ...(random() < 0.3 ? { rooms: among(roomKeys, 0.7) } : {}),
      ...(pinned ? { pinned } : {}),
      isOptional: random() < 0.2,
      isRoomless: random() < 0.1,
    };
  });
  const sessionKeys = sessions.map(({ key }) => key);
  const most = 2 + below(20);
  const people = personKeys.map((key): Person => {
    const liked = among(sessionKeys, 0.6);
    return {
      key,
      away: among(slotKeys, 0.15),
      interest: Object.fromEntries(liked.map((each) => [each, 1 + below(most)])),
    };
  });
  const levels = 1 + below(4);
  const rules = Array.from({ length: below(14) }, (): Rule => {
    const named = { level: below(levels), weight: 1 + below(4) };
    const some = () =>
      Array.from({ length: below(6) }, () => sessionKeys[below(sessions.length)] ?? '');
    return ruleOf(
      below(KINDS),
      named,
      some,
      { slotKeys, roomKeys, sessionKeys, personKeys },
      random,
    );
  });
  return { slots, rooms, people, sessions, rules, pauseMinutes: 10 * below(2) };
}

function slotsOf(below: (count: number) => number, count: number): Slot[] {
  let day = 0;
  let time = 0;
  return Array.from({ length: count }, (_, index) => {
    if (below(4) === 0) day += 1;
    const start = time + ([0, 0, 10, 60][below(4)] ?? 0);
    time = start + 30;
    return { key: `t${index}`, day: `d${day}`, start, end: time };
  });
}

const KINDS = 31;

interface Keys {
  readonly slotKeys: readonly string[];
  readonly roomKeys: readonly string[];
  readonly sessionKeys: readonly string[];
  readonly personKeys: readonly string[];
}

function ruleOf(
  kind: number,
  named: { readonly level: number; readonly weight: number },
  some: () => string[],
  { slotKeys, roomKeys, sessionKeys, personKeys }: Keys,
  random: Random,
): Rule {
  const half = (keys: readonly string[]) => keys.filter(() => random() < 0.5);
  const wish = random() < 0.5 ? 'in' : 'out';
  const plain = [
    'runs-over',
    'room-taken',
    'room-needs',
    'room-closed',
    'room-allowed',
    'slot-allowed',
    'pinned',
    'exclusive',
    'person-twice',
    'person-away',
    'interest',
    'worst-off',
  ] as const;
  const about = [
    'consecutive',
    'together',
    'apart',
    'same-day',
    'other-day',
    'same-room',
    'compact',
  ] as const;
  const measure = random() < 0.5 ? 'sessions' : 'people';
  const patterns = ['last-slot', 'three-in-a-row', 'alone'] as const;
  const simple = plain[kind];
  if (simple) return { kind: simple, ...named };
  const listed = about[kind - plain.length];
  if (listed) return { kind: listed, ...named, sessions: some() };
  switch (kind - plain.length - about.length) {
    case 0:
      return { kind: 'placed', ...named, measure };
    case 1:
      return { kind: 'room-size', ...named, measure: random() < 0.5 ? 'seats' : 'sessions' };
    case 2:
      return { kind: 'track-clash', ...named, ...(random() < 0.5 ? { tracks: ['a', 'b'] } : {}) };
    case 3:
      return { kind: 'before', ...named, sessions: some(), slots: Math.floor(random() * 3) };
    case 4:
      return { kind: 'slot-wish', ...named, sessions: some(), slots: half(slotKeys), wish };
    case 5:
      return { kind: 'room-wish', ...named, sessions: some(), rooms: half(roomKeys), wish };
    case 6:
      return { kind: 'spread', ...named, sessions: some(), days: Math.floor(random() * 4) };
    case 7: {
      const people = random() < 0.5 ? {} : { people: half(personKeys) };
      return {
        kind: 'attends',
        ...named,
        sessions: some(),
        least: Math.floor(random() * 4),
        ...people,
      };
    }
    case 8: {
      const from = half(sessionKeys).map((key) => {
        const room = random() < 0.5 ? {} : { room: roomKeys[0] ?? '' };
        return [key, { slot: slotKeys[Math.floor(random() * slotKeys.length)] ?? '', ...room }];
      });
      return { kind: 'unmoved', ...named, from: Object.fromEntries(from), measure };
    }
    default:
      return {
        kind: 'day-pattern',
        ...named,
        pattern: patterns[Math.floor(random() * 3)] ?? 'alone',
      };
  }
}
