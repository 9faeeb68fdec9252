/** The candidates at one depth with what each would add, the best first. */
export class Candidates {
  readonly sessions: Int32Array;
  readonly adds: Float64Array;
  count = 0;

  constructor(size: number) {
    this.sessions = new Int32Array(size);
    this.adds = new Float64Array(size);
  }

  push(session: number, adds: number): void {
    this.sessions[this.count] = session;
    this.adds[this.count] = adds;
    this.count += 1;
  }

  /** By what they add, then in order: insertion, since there are few and they come nearly sorted. */
  sort(): void {
    const { sessions, adds } = this;
    for (let index = 1; index < this.count; index++) {
      const session = sessions[index] ?? 0;
      const added = adds[index] ?? 0;
      let at = index - 1;
      while (at >= 0 && (adds[at] ?? 0) < added) {
        sessions[at + 1] = sessions[at] ?? 0;
        adds[at + 1] = adds[at] ?? 0;
        at -= 1;
      }
      sessions[at + 1] = session;
      adds[at + 1] = added;
    }
  }
}
