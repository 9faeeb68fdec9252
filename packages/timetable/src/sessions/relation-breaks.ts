import { about, aboutOne, type Break } from './break.ts';
import type { IndexedRule } from './index-instance.ts';
import { type Placed, type PlacedSession, pairs } from './placed.ts';

/** Every case in which a rule about some sessions does not hold. Those without a place count in none. */
export function relationBreaks(rule: IndexedRule, placed: Placed): readonly Break[] {
  const { dayOf, isFollowed } = placed.indexed;
  const sessions = placed.those(rule.sessions);
  const ofPairs = (isBroken: (one: PlacedSession, other: PlacedSession) => boolean) =>
    pairs(sessions)
      .filter(([one, other]) => isBroken(one, other))
      .map(about);
  const ofNeighbours = (isBroken: (one: PlacedSession, next: PlacedSession) => boolean) =>
    neighbours(rule.sessions, placed)
      .filter(([one, next]) => isBroken(one, next))
      .map(about);
  const ofEach = (isBroken: (session: PlacedSession) => boolean) =>
    sessions.filter(isBroken).map(aboutOne);
  switch (rule.rule.kind) {
    case 'before': {
      const { slots = 0 } = rule.rule;
      return ofNeighbours((one, next) => next.slot < one.slot + one.session.length + slots);
    }
    case 'consecutive':
      return ofNeighbours(
        (one, next) => next.slot !== one.slot + one.session.length || !isFollowed[next.slot - 1],
      );
    case 'together':
      return ofPairs((one, other) => one.slot !== other.slot);
    case 'apart':
      return pairs(sessions).flatMap(([one, other]) =>
        one.covers
          .filter((slot) => other.covers.includes(slot))
          .map((slot) => ({ ...about([one, other]), slot })),
      );
    case 'same-day':
      return ofPairs((one, other) => dayOf[one.slot] !== dayOf[other.slot]);
    case 'other-day':
      return ofPairs((one, other) => dayOf[one.slot] === dayOf[other.slot]);
    case 'same-room': {
      const inRooms = sessions.filter(({ room }) => room >= 0);
      const others = new Set(inRooms.map(({ room }) => room)).size - 1;
      return others > 0 ? [{ ...about(inRooms), cost: others }] : [];
    }
    case 'slot-wish': {
      const isIn = rule.rule.wish === 'in';
      return ofEach(({ slot }) => rule.slots.has(slot) !== isIn);
    }
    case 'room-wish': {
      const isIn = rule.rule.wish === 'in';
      return ofEach(({ room }) => room >= 0 && rule.rooms.has(room) !== isIn);
    }
    case 'spread': {
      const missing = rule.rule.days - new Set(sessions.map(({ slot }) => dayOf[slot])).size;
      return missing > 0 ? [{ ...about(sessions), cost: missing }] : [];
    }
    case 'compact':
      return ofEach((session) => !sessions.some((other) => isNextTo(session, other, isFollowed)));
    case 'attends':
      return attendanceBreaks(rule, rule.rule.least, placed);
    case 'unmoved':
      return movedBreaks(rule, placed, rule.rule.measure ?? 'sessions');
    default:
      throw new Error(`no definition of the rule ${rule.kind}`);
  }
}

/** Every two that stand beside each other in a rule's list and both have a place. */
function neighbours(numbers: readonly number[], placed: Placed): [PlacedSession, PlacedSession][] {
  return numbers.slice(1).flatMap((number, index): [PlacedSession, PlacedSession][] => {
    const one = placed.at(numbers[index] ?? -1);
    const next = placed.at(number);
    return one && next ? [[one, next]] : [];
  });
}

function isNextTo(
  one: PlacedSession,
  other: PlacedSession,
  isFollowed: readonly boolean[],
): boolean {
  const [first, second] = one.slot < other.slot ? [one, other] : [other, one];
  const end = first.slot + first.session.length;
  return second.slot === end && isFollowed[end - 1] === true;
}

function attendanceBreaks(rule: IndexedRule, least: number, placed: Placed): readonly Break[] {
  const sessions = placed
    .those(rule.sessions)
    .sort((one, other) => (one.covers.at(-1) ?? 0) - (other.covers.at(-1) ?? 0));
  return rule.people.flatMap((person) => {
    // The one that ends first leaves most room for the rest.
    let free = 0;
    let attended = 0;
    for (const { slot, covers } of sessions) {
      const isAway = covers.some((at) => placed.indexed.people[person]?.away.has(at));
      if (isAway || slot < free) continue;
      free = (covers.at(-1) ?? slot) + 1;
      attended += 1;
    }
    return attended < least ? [{ cost: 1, sessions: rule.sessions, people: [person] }] : [];
  });
}

function movedBreaks(
  rule: IndexedRule,
  placed: Placed,
  measure: 'sessions' | 'people',
): readonly Break[] {
  return [...rule.from].flatMap(([number, from]) => {
    const at = placed.at(number);
    const isThere = at?.slot === from.slot && (from.room === undefined || at.room === from.room);
    const people = placed.indexed.sessions[number]?.bound ?? [];
    const cost = measure === 'sessions' ? 1 : people.length;
    return isThere || cost === 0 ? [] : [{ cost, sessions: [number], people }];
  });
}
