import type { CompiledConference } from './compiled.ts';

/** Over which sessions and rooms each track is spread, and what that costs. */
export class TrackSpread {
  /** By track and session: how many cells. */
  readonly bySession: Int32Array;
  readonly #compiled: CompiledConference;
  /** By track and room: how many cells. */
  readonly #byRoom: Int32Array;
  readonly #roomCount: Int32Array;
  /** By track: cells beside another of the track. */
  readonly #parallel: Int32Array;
  readonly #isScattered: Uint8Array;

  constructor(compiled: CompiledConference) {
    const { tracks, sessions, rooms } = compiled;
    this.#compiled = compiled;
    this.bySession = new Int32Array(tracks * sessions);
    this.#byRoom = new Int32Array(tracks * rooms);
    this.#roomCount = new Int32Array(tracks);
    this.#parallel = new Int32Array(tracks);
    this.#isScattered = new Uint8Array(tracks);
  }

  /** A track gives a room of a session up. */
  leave(track: number, session: number, room: number): void {
    const { sessions, rooms } = this.#compiled;
    const inSession = (this.bySession[track * sessions + session] as number) - 1;
    this.bySession[track * sessions + session] = inSession;
    if (inSession > 0) this.#parallel[track] = (this.#parallel[track] as number) - 1;
    else this.#isScattered[track] = this.#scattered(track);
    const inRoom = (this.#byRoom[track * rooms + room] as number) - 1;
    this.#byRoom[track * rooms + room] = inRoom;
    if (inRoom === 0) this.#roomCount[track] = (this.#roomCount[track] as number) - 1;
  }

  /** A track gets a room of a session. */
  join(track: number, session: number, room: number): void {
    const { sessions, rooms } = this.#compiled;
    const inSession = (this.bySession[track * sessions + session] as number) + 1;
    this.bySession[track * sessions + session] = inSession;
    if (inSession > 1) this.#parallel[track] = (this.#parallel[track] as number) + 1;
    else this.#isScattered[track] = this.#scattered(track);
    const inRoom = (this.#byRoom[track * rooms + room] as number) + 1;
    this.#byRoom[track * rooms + room] = inRoom;
    if (inRoom === 1) this.#roomCount[track] = (this.#roomCount[track] as number) + 1;
  }

  /** What a track costs by the rooms and the sessions over which it is spread. */
  cost(track: number): number {
    const { weights } = this.#compiled;
    const rooms = this.#roomCount[track] as number;
    return (
      (rooms > 1 ? (rooms - 1) * weights['rooms-per-track'] : 0) +
      (this.#isScattered[track] === 1 ? weights['consecutive-tracks'] : 0) +
      (this.#parallel[track] as number) * weights['parallel-tracks']
    );
  }

  /** 1 if there is a session without the track between two with it. */
  #scattered(track: number): number {
    const from = track * this.#compiled.sessions;
    const end = from + this.#compiled.sessions;
    let stretches = 0;
    let before = 0;
    for (let at = from; at < end; at++) {
      const here = this.bySession[at] as number;
      if (here > 0 && before === 0) stretches += 1;
      before = here;
    }
    return stretches > 1 ? 1 : 0;
  }
}
