/** A packet of Git's protocol: four hexadecimal digits of length, themselves included, and the text (gitprotocol-common). */
export const packet = (content: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
};

/** The packet that ends a list. */
export const FLUSH = Buffer.from('0000');

/** Lines that a client shows as `remote: …` while a push is at work (sideband 2). */
export const remoteLines = (text: string): Buffer => packet(`\u0002${text}\n`);

/** What deserves plainer words, and those. */
export type Note = readonly [said: (text: string) => boolean, sentence: string];

/**
 * Adds lines for the pusher to what `receive-pack` answers, between two of its packets, after it said
 * something that deserves plainer words.
 */
export class RemoteNotes {
  readonly #notes: readonly Note[];
  readonly #given = new Set<string>();
  #pending: Buffer[] = [];
  /** What was said last, since words may lie in two parts. */
  #tail = '';
  /** Bytes until the present packet ends. */
  #left = 0;
  /** The digits of a length of which not all have come yet. */
  #digits = '';

  constructor(notes: readonly Note[]) {
    this.#notes = notes;
  }

  /** The next part of the answer, with what is to be added. */
  pass(part: Buffer): Buffer {
    this.#tail = (this.#tail + part.toString('latin1')).slice(-4096);
    for (const [said, sentence] of this.#notes) {
      if (this.#given.has(sentence) || !said(this.#tail)) continue;
      this.#given.add(sentence);
      this.#pending.push(remoteLines(sentence));
    }
    const out: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < part.length; ) {
      const isBetween = this.#left === 0 && this.#digits === '';
      // After a flush nothing is read any more, so the notes go before it.
      if (isBetween && at > 0) this.#place(out, part.subarray(from, at), () => (from = at));
      at = this.#step(part, at);
    }
    out.push(part.subarray(from));
    if (this.#left === 0 && this.#digits === '' && !endsInFlush(part)) {
      this.#place(out, Buffer.alloc(0), () => undefined);
    }
    return Buffer.concat(out);
  }

  #place(out: Buffer[], before: Buffer, moved: () => void): void {
    if (this.#pending.length === 0) return;
    out.push(before, ...this.#pending);
    this.#pending = [];
    moved();
  }

  /** Reads on from `at` to the end of a length or of a packet, whichever comes first. */
  #step(part: Buffer, at: number): number {
    if (this.#left > 0) {
      const taken = Math.min(this.#left, part.length - at);
      this.#left -= taken;
      return at + taken;
    }
    const taken = Math.min(4 - this.#digits.length, part.length - at);
    this.#digits += part.toString('latin1', at, at + taken);
    if (this.#digits.length === 4) {
      this.#left = Math.max(0, (Number.parseInt(this.#digits, 16) || 0) - 4);
      this.#digits = '';
    }
    return at + taken;
  }
}

const endsInFlush = (part: Buffer): boolean => part.subarray(-4).equals(FLUSH);
