import { type Board, oneOf } from './board.ts';
import type { Generator } from './generator.ts';

/** Proposes moves of sessions of any length. */
export class Relocation {
  readonly #board: Board;
  readonly #random: Generator;
  readonly #long: Int32Array;

  constructor(board: Board, random: Generator) {
    this.#board = board;
    this.#random = random;
    this.#long = board.movable.filter((session) => (board.length[session] as number) > 1);
  }

  /** Moves a session of any length; what is in its way goes where it was, or loses its place. */
  propose(session: number, to: number, isEjecting: boolean): boolean {
    const board = this.#board;
    const { proposal, takesRoom, evaluator } = board;
    const room = takesRoom[session] === 1 ? oneOf(board.roomsOf, session, this.#random) : -1;
    if (room < 0 && takesRoom[session] === 1) return false;
    proposal.add(session, to, room);
    const end = Math.min(board.slots, to + (board.length[session] as number));
    const from = evaluator.slot[session] as number;
    for (let slot = to; slot < end; slot++) {
      const count = board.count[slot] as number;
      for (let index = 0; index < count; index++) {
        this.#displace(board.member(slot, index), session, from, to, room, isEjecting);
      }
    }
    for (const other of this.#long) {
      const start = evaluator.slot[other] as number;
      if (other === session || start < 0 || start >= end) continue;
      if (start + (board.length[other] as number) <= to) continue;
      this.#displace(other, session, from, to, room, isEjecting);
    }
    return true;
  }

  #displace(
    other: number,
    session: number,
    from: number,
    to: number,
    room: number,
    isEjecting: boolean,
  ): void {
    const board = this.#board;
    const { evaluator, proposal } = board;
    const own = evaluator.room[other] as number;
    const isInRoom = own >= 0 && own === room;
    if (proposal.at[other] !== -1 || !(isInRoom || board.isConflict(session, other))) return;
    const back = (evaluator.slot[other] as number) - to + from;
    const isInRange = back >= 0 && back + (board.length[other] as number) <= board.slots;
    if (isEjecting || from < 0 || !isInRange) {
      proposal.add(other, -1, -1);
    } else {
      proposal.add(other, back, isInRoom ? (evaluator.room[session] as number) : own);
    }
  }
}
