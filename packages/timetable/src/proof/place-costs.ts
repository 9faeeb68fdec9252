import type { IndexedInstance, IndexedRule, IndexedSession } from '../sessions/index-instance.ts';
import type { RuleKind } from '../sessions/model.ts';

/** The kinds of rules whose cost for a session depends on its own place alone. */
export const PLACE_KINDS: ReadonlySet<RuleKind> = new Set<RuleKind>([
  'placed',
  'runs-over',
  'room-size',
  'room-needs',
  'room-closed',
  'room-allowed',
  'slot-allowed',
  'pinned',
  'person-away',
  'slot-wish',
  'room-wish',
  'unmoved',
]);

/** The slots in which a session runs that starts in one; those beyond the last do not exist. */
export const coveredFrom = (
  indexed: IndexedInstance,
  { length }: IndexedSession,
  slot: number,
): number => Math.min(length, indexed.slots.length - slot);

/**
 * What some rules cost for one session in one place, whatever else happens. Agrees with the checker
 * on a timetable that has nothing but this session, which is how it is tested.
 */
export class PlaceCosts {
  readonly #indexed: IndexedInstance;
  readonly #rules: readonly IndexedRule[];
  readonly #bySlot: readonly Float64Array[];
  readonly #byRoom: readonly Float64Array[];
  readonly #both: readonly IndexedRule[];

  constructor(indexed: IndexedInstance, rules: readonly IndexedRule[]) {
    this.#indexed = indexed;
    this.#rules = rules.filter(({ kind }) => PLACE_KINDS.has(kind));
    this.#bySlot = indexed.sessions.map((session, number) =>
      Float64Array.from(indexed.slots, (_, slot) =>
        this.#sum((rule) => slotCost(indexed, rule, session, number, slot)),
      ),
    );
    this.#byRoom = indexed.sessions.map((session, number) =>
      Float64Array.from(indexed.rooms, (_, room) =>
        session.takesRoom ? this.#sum((rule) => roomCost(indexed, rule, session, number, room)) : 0,
      ),
    );
    this.#both = this.#rules.filter(
      ({ kind }) => kind === 'room-closed' || kind === 'pinned' || kind === 'unmoved',
    );
  }

  /** The room is left out for a session that takes none. */
  at(number: number, slot: number, room: number): number {
    const session = this.#indexed.sessions[number];
    if (session === undefined) return 0;
    let cost = this.#bySlot[number]?.[slot] ?? 0;
    if (session.takesRoom) cost += this.#byRoom[number]?.[room] ?? 0;
    for (const rule of this.#both) {
      cost += rule.weight * bothCost(this.#indexed, rule, session, number, slot, room);
    }
    return cost;
  }

  /** What it costs to leave a session without a place. */
  nowhere(number: number): number {
    const session = this.#indexed.sessions[number];
    return session === undefined ? 0 : this.#sum((rule) => absenceCost(rule, session, number));
  }

  #sum(costOf: (rule: IndexedRule) => number): number {
    return this.#rules.reduce((sum, rule) => sum + rule.weight * costOf(rule), 0);
  }
}

function slotCost(
  indexed: IndexedInstance,
  { kind, rule, sessions, slots }: IndexedRule,
  session: IndexedSession,
  number: number,
  slot: number,
): number {
  const covered = coveredFrom(indexed, session, slot);
  switch (kind) {
    case 'runs-over': {
      if (covered < session.length) return 1;
      for (let step = 0; step < session.length - 1; step++) {
        if (!indexed.isFollowed[slot + step]) return 1;
      }
      return 0;
    }
    case 'slot-allowed':
      return Number(session.slots?.has(slot) === false);
    case 'person-away': {
      let cases = 0;
      for (const person of session.bound) {
        const away = indexed.people[person]?.away;
        for (let step = 0; step < covered; step++) cases += Number(away?.has(slot + step) ?? false);
      }
      return cases;
    }
    case 'slot-wish': {
      const times = sessions.filter((each) => each === number).length;
      return rule.kind === 'slot-wish' && slots.has(slot) !== (rule.wish === 'in') ? times : 0;
    }
    default:
      return 0;
  }
}

function roomCost(
  indexed: IndexedInstance,
  { kind, rule, sessions, rooms }: IndexedRule,
  session: IndexedSession,
  number: number,
  room: number,
): number {
  const { capacity = Number.POSITIVE_INFINITY, features } = indexed.rooms[room] ?? {};
  switch (kind) {
    case 'room-size': {
      const missing = Math.max(0, session.size - capacity);
      return rule.kind === 'room-size' && rule.measure === 'seats' ? missing : Number(missing > 0);
    }
    case 'room-needs':
      return session.needs.filter((need) => features?.has(need) === false).length;
    case 'room-allowed':
      return Number(session.rooms?.has(room) === false);
    case 'room-wish': {
      const times = sessions.filter((each) => each === number).length;
      return rule.kind === 'room-wish' && rooms.has(room) !== (rule.wish === 'in') ? times : 0;
    }
    default:
      return 0;
  }
}

function bothCost(
  indexed: IndexedInstance,
  { kind, rule, from }: IndexedRule,
  session: IndexedSession,
  number: number,
  slot: number,
  room: number,
): number {
  if (kind === 'room-closed') {
    const closed = session.takesRoom ? indexed.rooms[room]?.closed : undefined;
    if (closed === undefined || closed.size === 0) return 0;
    let cases = 0;
    const covered = coveredFrom(indexed, session, slot);
    for (let step = 0; step < covered; step++) cases += Number(closed.has(slot + step));
    return cases;
  }
  const wanted = kind === 'pinned' ? session.pinned : from.get(number);
  if (wanted === undefined) return 0;
  const at = session.takesRoom ? room : -1;
  if (wanted.slot === slot && (wanted.room === undefined || wanted.room === at)) return 0;
  return rule.kind === 'unmoved' && rule.measure === 'people' ? session.bound.length : 1;
}

function absenceCost(
  { kind, rule, from }: IndexedRule,
  session: IndexedSession,
  number: number,
): number {
  const inPeople = (rule.kind === 'placed' || rule.kind === 'unmoved') && rule.measure === 'people';
  const cost = inPeople ? session.bound.length : 1;
  switch (kind) {
    case 'placed':
      return session.isOptional ? 0 : cost;
    case 'pinned':
      return Number(session.pinned !== undefined);
    case 'unmoved':
      return from.has(number) ? cost : 0;
    default:
      return 0;
  }
}
