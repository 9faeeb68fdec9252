import { clearBit, hasBit, lowestBit } from './bits.ts';
import { OPEN, type RepairState } from './repair-state.ts';

/** Rooms for those that need one, or those of which one must leave, or that it took too long to say. */
export type RoomChoice =
  | { readonly kind: 'rooms'; readonly room: Int32Array }
  | { readonly kind: 'in-the-way'; readonly sessions: readonly number[] }
  | { readonly kind: 'unknown' };

/** How often a room may be tried for some sessions before one gives up. */
const MOST_TRIES = 20_000;

/**
 * Chooses rooms for all sessions whose room is open, exactly: over all slots of long sessions, and
 * with those that must share a room. Groups that never meet are looked at one after another.
 */
export function chooseRooms(state: RepairState): RoomChoice {
  const { model, start } = state;
  const room = model.homeRoom.slice();
  const wanting: number[] = [];
  for (let session = 0; session < model.sessions; session++) {
    const slot = start[session] as number;
    if (slot < 0 || model.takesRoom[session] === 0) room[session] = -1;
    else if (state.isFlexible(session)) wanting.push(session);
  }
  for (const group of groupsOf(wanting, state)) {
    const choice = new GroupChoice(group, state, room);
    if (choice.fill(0)) continue;
    if (choice.tries > MOST_TRIES) return { kind: 'unknown' };
    return { kind: 'in-the-way', sessions: choice.inTheWay() };
  }
  return { kind: 'rooms', room };
}

/** Those that run at overlapping times, together; one group where rooms must be shared. */
function groupsOf(wanting: readonly number[], { model, start }: RepairState): number[][] {
  const startOf = (session: number) => start[session] as number;
  const inOrder = [...wanting].sort((one, other) => startOf(one) - startOf(other) || one - other);
  if (wanting.some((session) => (model.roommates[session]?.length ?? 0) > 0)) return [inOrder];
  const groups: number[][] = [];
  let end = -1;
  for (const session of inOrder) {
    if (startOf(session) >= end) groups.push([]);
    groups.at(-1)?.push(session);
    end = Math.max(end, model.endOf(session, startOf(session)));
  }
  return groups;
}

class GroupChoice {
  tries = 0;
  readonly #state: RepairState;
  readonly #group: readonly number[];
  readonly #room: Int32Array;
  readonly #options: readonly Int32Array[];

  constructor(group: readonly number[], state: RepairState, room: Int32Array) {
    this.#state = state;
    this.#room = room;
    const options = new Map(group.map((session) => [session, optionsOf(session, state)] as const));
    const sizeOf = (session: number) => bitsIn(options.get(session));
    this.#group = [...group].sort((one, other) => sizeOf(one) - sizeOf(other) || one - other);
    this.#options = this.#group.map((session) => options.get(session) ?? new Int32Array(0));
  }

  /** Gives rooms to all from a position of the group on. */
  fill(position: number): boolean {
    const session = this.#group[position];
    if (session === undefined) return true;
    const options = this.#options[position] ?? new Int32Array(0);
    const home = this.#state.model.homeRoom[session] as number;
    if (home >= 0 && hasBit(options, 0, home) && this.#tries(session, home, position)) return true;
    for (let word = 0; word < options.length; word++) {
      let bits = options[word] as number;
      while (bits !== 0) {
        const room = word * 32 + lowestBit(bits);
        bits &= bits - 1;
        if (room !== home && this.#tries(session, room, position)) return true;
      }
    }
    return false;
  }

  #tries(session: number, room: number, position: number): boolean {
    this.tries += 1;
    if (this.tries > MOST_TRIES || !this.#fits(session, room, position)) return false;
    this.#room[session] = room;
    return this.fill(position + 1);
  }

  /** Free sessions without which there would be more rooms for the group. */
  inTheWay(): number[] {
    const { model, start } = this.#state;
    const found = new Set<number>();
    for (const session of this.#group) {
      const slot = start[session] as number;
      if (this.#state.isFree(session)) found.add(session);
      for (const mate of model.roommates[session] ?? []) {
        if (this.#state.isFree(mate)) found.add(mate);
      }
      for (let other = 0; other < model.sessions; other++) {
        if (!this.#state.isFree(other) || (start[other] as number) < 0) continue;
        if (overlap(this.#state, other, session, slot)) found.add(other);
      }
    }
    return [...found].sort((one, other) => one - other);
  }

  #fits(session: number, room: number, position: number): boolean {
    const { model, start } = this.#state;
    const slot = start[session] as number;
    for (let before = 0; before < position; before++) {
      const other = this.#group[before] as number;
      const isTaken = this.#room[other] === room && overlap(this.#state, other, session, slot);
      if (isTaken && model.roomsAreSingle) return false;
      if (this.#room[other] !== room && model.roommates[session]?.includes(other)) return false;
    }
    return true;
  }
}

function optionsOf(session: number, state: RepairState): Int32Array {
  const { model, start, status } = state;
  const { roomWords, homeRoom, homeSlot, costs } = model;
  const slot = start[session] as number;
  const options = model.roomsAt(session).slice(slot * roomWords, (slot + 1) * roomWords);
  if (costs.countsRooms && slot === homeSlot[session]) {
    clearBit(options, 0, homeRoom[session] as number);
  }
  for (let other = 0; other < model.sessions; other++) {
    const isElsewhere = other === session || (start[other] as number) < 0;
    if (isElsewhere || model.takesRoom[other] === 0 || state.isFlexible(other)) continue;
    // Whoever must leave is not in the way.
    if (status[other] === OPEN && !state.isFree(other)) continue;
    const room = homeRoom[other] as number;
    if (model.roommates[session]?.includes(other)) {
      const isOption = hasBit(options, 0, room);
      options.fill(0);
      if (isOption) options[room >>> 5] = 1 << (room & 31);
    }
    if (model.roomsAreSingle && overlap(state, other, session, slot)) clearBit(options, 0, room);
  }
  return options;
}

function overlap(
  { model, start }: RepairState,
  other: number,
  session: number,
  slot: number,
): boolean {
  const at = start[other] as number;
  return at < model.endOf(session, slot) && slot < model.endOf(other, at);
}

function bitsIn(words: Int32Array | undefined): number {
  let count = 0;
  for (const word of words ?? []) {
    for (let bits = word; bits !== 0; bits &= bits - 1) count += 1;
  }
  return count;
}
