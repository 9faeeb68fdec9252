import type { IndexedInstance, IndexedRule, IndexedSession } from '../sessions/index-instance.ts';
import { type Lists, listsOf } from './lists.ts';

/** What places cost a session whatever the others do, on one level. */
interface Layer {
  readonly level: number;
  readonly costs: Float64Array;
}

/** The costs of rules that look at one session only: a table lookup each. */
export class FixedCosts {
  readonly #slots: number;
  readonly #rooms: number;
  readonly #length: Int32Array;
  /** By level and session, what it costs that it has no place. */
  readonly #unplaced: readonly Layer[];
  /** By session and slot. */
  readonly slotLayers: readonly Layer[];
  /** By session and room. */
  readonly roomLayers: readonly Layer[];
  readonly #closed: Uint8Array;
  readonly #closedWeights: readonly { readonly level: number; readonly weight: number }[];
  /** In this slot the session costs something in every room but this one. */
  readonly #joint: Lists;
  readonly #joints: readonly {
    readonly slot: number;
    readonly room: number;
    readonly level: number;
    readonly cost: number;
  }[];
  readonly #isJoint: boolean;

  constructor(indexed: IndexedInstance) {
    const { sessions, slots, rooms, levels, rules } = indexed;
    this.#slots = slots.length;
    this.#rooms = rooms.length;
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    this.#closed = new Uint8Array(rooms.length * slots.length);
    for (const [room, { closed }] of rooms.entries()) {
      for (const slot of closed) this.#closed[room * slots.length + slot] = 1;
    }
    this.#closedWeights = this.#closed.includes(1)
      ? rules
          .filter(({ kind }) => kind === 'room-closed')
          .map(({ level, weight }) => ({ level, weight }))
      : [];
    const unplaced = layers(levels, sessions.length);
    const bySlot = layers(levels, sessions.length * slots.length);
    const byRoom = layers(levels, sessions.length * rooms.length);
    const joints: { session: number; slot: number; room: number; level: number; cost: number }[] =
      [];
    for (const rule of rules) {
      const { level, weight } = rule;
      const listed = new Set(rule.sessions);
      if (isOfOthers(rule, listed.size)) continue;
      const times = timesIn(rule, sessions.length);
      for (const number of listed.size > 0 ? listed : sessions.keys()) {
        const session = sessions[number] as IndexedSession;
        const each = (table: readonly Layer[], width: number, costOf: (to: number) => number) => {
          const { costs } = table[level] as Layer;
          for (let to = 0; to < width; to++) {
            costs[number * width + to] =
              (costs[number * width + to] as number) + weight * costOf(to);
          }
        };
        const stays = (place: { slot: number; room: number | undefined }, cost: number) => {
          each(unplaced, 1, () => cost);
          each(bySlot, slots.length, (slot) => (slot === place.slot ? 0 : cost));
          const { room } = place;
          if (room === undefined || cost === 0) return;
          joints.push({ session: number, slot: place.slot, room, level, cost: cost * weight });
        };
        switch (rule.rule.kind) {
          case 'placed':
            each(unplaced, 1, () => unplacedCost(session, rule.rule));
            break;
          case 'pinned':
            if (session.pinned) stays(session.pinned, 1);
            break;
          case 'unmoved': {
            const from = rule.from.get(number);
            const people = rule.rule.measure === 'people';
            if (from) stays(from, people ? session.bound.length : 1);
            break;
          }
          default:
            each(bySlot, slots.length, (slot) =>
              slotCost(rule, number, slot, times[number] ?? 0, indexed),
            );
            if (!session.takesRoom) break;
            each(byRoom, rooms.length, (room) =>
              roomCost(rule, session, room, times[number] ?? 0, indexed),
            );
        }
      }
    }
    const isUsed = ({ costs }: Layer) => costs.some((cost) => cost !== 0);
    this.#unplaced = unplaced.filter(isUsed);
    this.slotLayers = bySlot.filter(isUsed);
    this.roomLayers = byRoom.filter(isUsed);
    this.#joints = joints;
    this.#isJoint = joints.length > 0;
    this.#joint = listsOf(
      sessions.map((_, number) =>
        [...joints.keys()].filter((index) => joints[index]?.session === number),
      ),
    );
  }

  /** Adds, times `sign`, what it costs that a session has no place. */
  unplaced(session: number, sign: number, into: Float64Array): void {
    for (const { level, costs } of this.#unplaced) {
      into[level] = (into[level] as number) + sign * (costs[session] as number);
    }
  }

  /** Adds, times `sign`, what a place costs a session. */
  placed(session: number, slot: number, room: number, sign: number, into: Float64Array): void {
    for (const { level, costs } of this.slotLayers) {
      into[level] =
        (into[level] as number) + sign * (costs[session * this.#slots + slot] as number);
    }
    if (room >= 0) {
      for (const { level, costs } of this.roomLayers) {
        into[level] =
          (into[level] as number) + sign * (costs[session * this.#rooms + room] as number);
      }
      for (const { level, weight } of this.#closedWeights) {
        into[level] =
          (into[level] as number) + sign * weight * this.#closedSlots(session, slot, room);
      }
    }
    if (this.#isJoint) this.#jointCosts(session, slot, room, sign, into);
  }

  /** Adds what it changes that a session has the second place instead of the first. */
  change(
    session: number,
    oldSlot: number,
    oldRoom: number,
    slot: number,
    room: number,
    into: Float64Array,
  ): void {
    if (oldSlot >= 0) this.placed(session, oldSlot, oldRoom, -1, into);
    if (slot >= 0) this.placed(session, slot, room, 1, into);
    if (oldSlot < 0 && slot >= 0) this.unplaced(session, -1, into);
    if (oldSlot >= 0 && slot < 0) this.unplaced(session, 1, into);
  }

  #closedSlots(session: number, slot: number, room: number): number {
    const until = Math.min(this.#slots, slot + (this.#length[session] as number));
    let closed = 0;
    for (let at = slot; at < until; at++) closed += this.#closed[room * this.#slots + at] as number;
    return closed;
  }

  #jointCosts(session: number, slot: number, room: number, sign: number, into: Float64Array): void {
    const { from, items } = this.#joint;
    const until = from[session + 1] as number;
    for (let index = from[session] as number; index < until; index++) {
      const joint = this.#joints[items[index] as number];
      if (joint === undefined || joint.slot !== slot || joint.room === room) continue;
      into[joint.level] = (into[joint.level] as number) + sign * joint.cost;
    }
  }
}

const layers = (levels: number, size: number): Layer[] =>
  Array.from({ length: levels }, (_, level) => ({ level, costs: new Float64Array(size) }));

/** How often a rule names each session; a list may name one twice, and the rule then counts it twice. */
export function timesIn(rule: IndexedRule, sessions: number): Int32Array {
  const times = new Int32Array(sessions);
  for (const session of rule.sessions) times[session] = (times[session] as number) + 1;
  return times;
}

/** Whether a rule about some sessions looks at two at least, so that no place alone costs anything. */
const isOfOthers = ({ kind, rule, sessions }: IndexedRule, listed: number): boolean =>
  'sessions' in rule &&
  (listed === 0 || (kind !== 'slot-wish' && kind !== 'room-wish' && listed === sessions.length));

const unplacedCost = (session: IndexedSession, rule: IndexedRule['rule']): number => {
  if (session.isOptional || rule.kind !== 'placed') return 0;
  return rule.measure === 'people' ? session.bound.length : 1;
};

function slotCost(
  rule: IndexedRule,
  number: number,
  slot: number,
  times: number,
  { isFollowed, people, sessions, slots }: IndexedInstance,
): number {
  const session = sessions[number] as IndexedSession;
  const end = slot + session.length;
  switch (rule.rule.kind) {
    case 'runs-over': {
      if (end > slots.length) return 1;
      for (let at = slot; at < end - 1; at++) if (!isFollowed[at]) return 1;
      return 0;
    }
    case 'slot-allowed':
      return Number(session.slots?.has(slot) === false);
    case 'person-away': {
      let count = 0;
      for (let at = slot; at < Math.min(end, slots.length); at++) {
        for (const person of session.bound) count += Number(people[person]?.away.has(at) === true);
      }
      return count;
    }
    case 'slot-wish':
      return rule.slots.has(slot) === (rule.rule.wish === 'in') ? 0 : times;
    default:
      return times < 2 ? 0 : ownPairCost(rule, number, times, Math.min(end, slots.length) - slot);
  }
}

/** What a rule about pairs costs where its list names one session several times. */
function ownPairCost(rule: IndexedRule, number: number, times: number, runs: number): number {
  switch (rule.kind) {
    case 'apart':
      return ((times * (times - 1)) / 2) * runs;
    case 'other-day':
      return (times * (times - 1)) / 2;
    case 'before':
    case 'consecutive':
      return rule.sessions.filter((each, at) => each === number && rule.sessions[at + 1] === each)
        .length;
    default:
      return 0;
  }
}

function roomCost(
  rule: IndexedRule,
  session: IndexedSession,
  number: number,
  times: number,
  { rooms }: IndexedInstance,
): number {
  const room = rooms[number];
  if (room === undefined) return 0;
  switch (rule.rule.kind) {
    case 'room-size': {
      const missing = Math.max(0, session.size - room.capacity);
      return rule.rule.measure === 'seats' ? missing : Number(missing > 0);
    }
    case 'room-needs':
      return session.needs.filter((need) => !room.features.has(need)).length;
    case 'room-allowed':
      return Number(session.rooms?.has(number) === false);
    case 'room-wish':
      return rule.rooms.has(number) === (rule.rule.wish === 'in') ? 0 : times;
    default:
      return 0;
  }
}
