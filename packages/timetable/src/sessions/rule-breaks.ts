import { about, aboutOne, type Break } from './break.ts';
import { dayPatternBreaks } from './day-pattern.ts';
import type { IndexedRule } from './index-instance.ts';
import { interestBreaks, worstOffBreaks } from './interest.ts';
import { type Placed, type PlacedSession, pairs } from './placed.ts';
import { relationBreaks } from './relation-breaks.ts';

/** Every case in which a timetable breaks a rule, as `Rule` defines its kind. */
export function breaksOf(rule: IndexedRule, placed: Placed): readonly Break[] {
  const { indexed } = placed;
  const each = (costOf: (session: PlacedSession) => number): Break[] =>
    placed.sessions
      .map((session) => ({ ...aboutOne(session), cost: costOf(session) }))
      .filter(({ cost }) => cost > 0);
  const roomOf = ({ room }: PlacedSession) => indexed.rooms[room];
  switch (rule.rule.kind) {
    case 'placed':
      return unplacedBreaks(placed, rule.rule.measure ?? 'sessions');
    case 'runs-over':
      return each(({ slot, session: { length }, covers }) =>
        Number(
          covers.length < length ||
            covers.some((at) => at < slot + length - 1 && !indexed.isFollowed[at]),
        ),
      );
    case 'room-taken':
      return besideBreaks(placed, (one, other) =>
        Number(one.room >= 0 && one.room === other.room),
      ).map((each) => ({ ...each, room: placed.at(each.sessions[0] ?? -1)?.room ?? -1 }));
    case 'room-size': {
      const inSeats = rule.rule.measure === 'seats';
      return each((session) => {
        const missing =
          session.session.size - (roomOf(session)?.capacity ?? Number.POSITIVE_INFINITY);
        return inSeats ? Math.max(0, missing) : Number(missing > 0);
      });
    }
    case 'room-needs':
      return each((session) => {
        const features = roomOf(session)?.features;
        return features ? session.session.needs.filter((need) => !features.has(need)).length : 0;
      });
    case 'room-closed':
      return each(
        (session) => session.covers.filter((slot) => roomOf(session)?.closed.has(slot)).length,
      );
    case 'room-allowed':
      return each(({ room, session }) => Number(room >= 0 && session.rooms?.has(room) === false));
    case 'slot-allowed':
      return each(({ slot, session }) => Number(session.slots?.has(slot) === false));
    case 'pinned':
      return pinnedBreaks(placed);
    case 'exclusive':
      return besideBreaks(placed, (one, other) =>
        Number(one.session.kind !== 'session' || other.session.kind !== 'session'),
      );
    case 'person-twice':
      return besideBreaks(placed, (one, other) => shared(one.session.bound, other.session.bound));
    case 'person-away':
      return placed.sessions.flatMap((session) =>
        session.covers.flatMap((slot) =>
          session.session.bound
            .filter((person) => indexed.people[person]?.away.has(slot))
            .map((person) => ({ cost: 1, sessions: [session.number], people: [person], slot })),
        ),
      );
    case 'track-clash': {
      const counted = rule.rule.tracks && new Set(rule.rule.tracks);
      return besideBreaks(
        placed,
        (one, other) =>
          shared(one.session.tracks, other.session.tracks).filter(
            (track) => counted?.has(track) ?? true,
          ).length,
      );
    }
    case 'interest':
      return interestBreaks(placed);
    case 'worst-off':
      return worstOffBreaks(placed);
    case 'day-pattern':
      return dayPatternBreaks(rule.rule.pattern, placed);
    default:
      return relationBreaks(rule, placed);
  }
}

const shared = <T>(some: readonly T[], others: readonly T[]): T[] =>
  some.filter((each) => others.includes(each));

/** Over every two sessions in every slot in which both run: what it costs, or the people it hits. */
function besideBreaks(
  placed: Placed,
  cost: (one: PlacedSession, other: PlacedSession) => number | readonly number[],
): Break[] {
  return placed.indexed.slots.flatMap((_, slot) =>
    pairs(placed.in(slot)).flatMap(([one, other]) => {
      const found = cost(one, other);
      const people = typeof found === 'number' ? [] : found;
      const count = typeof found === 'number' ? found : found.length;
      return count > 0 ? [{ ...about([one, other]), cost: count, people, slot }] : [];
    }),
  );
}

function unplacedBreaks(placed: Placed, measure: 'sessions' | 'people'): Break[] {
  return placed.indexed.sessions.flatMap(({ bound, isOptional }, number) => {
    if (isOptional || placed.at(number) !== undefined) return [];
    const cost = measure === 'sessions' ? 1 : bound.length;
    return cost > 0 ? [{ cost, sessions: [number], people: [] }] : [];
  });
}

function pinnedBreaks(placed: Placed): Break[] {
  return placed.indexed.sessions.flatMap(({ pinned }, number) => {
    const at = placed.at(number);
    const isThere =
      pinned === undefined ||
      (at?.slot === pinned.slot && (pinned.room === undefined || at.room === pinned.room));
    return isThere ? [] : [{ cost: 1, sessions: [number], people: [] }];
  });
}
