/** A turn to work; `done` gives it to whoever waits next. */
export interface Turn {
  done(): void;
}

/** Too many wait already, or the one who waited has gone. */
export class NoTurn extends Error {
  readonly reason: 'full' | 'gone';
  constructor(reason: NoTurn['reason']) {
    super(`no turn: ${reason}`);
    this.reason = reason;
  }
}

interface Waiting {
  readonly give: (turn: Turn) => void;
}

/**
 * Lets so many work at a time. Those who wait are served in rounds, one of each name: somebody who
 * asks fifty times does not keep back who asks once.
 *
 *     const turn = await turns.take(personId, request.signal);
 *     try { … } finally { turn.done(); }
 */
export class Turns {
  readonly #most: number;
  readonly #mostWaiting: number;
  #working = 0;
  #waiting = 0;
  /** In the order of the next round; whoever was served goes to the end. */
  readonly #queues = new Map<string, Waiting[]>();

  constructor(most: number, mostWaiting = most * 32) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** Takes a turn, or waits for one; throws `NoTurn` where too many wait, or the signal says that nobody does. */
  take(name: string, signal?: AbortSignal): Promise<Turn> {
    if (signal?.aborted) return Promise.reject(new NoTurn('gone'));
    if (this.#working < this.#most) return Promise.resolve(this.#turn());
    if (this.#waiting >= this.#mostWaiting) return Promise.reject(new NoTurn('full'));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const queue = this.#queues.get(name) ?? [];
        const place = queue.indexOf(waiting);
        if (place < 0) return;
        queue.splice(place, 1);
        if (queue.length === 0) this.#queues.delete(name);
        this.#waiting -= 1;
        reject(new NoTurn('gone'));
      };
      const waiting: Waiting = {
        give: (turn) => {
          signal?.removeEventListener('abort', leave);
          resolve(turn);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queues.set(name, [...(this.#queues.get(name) ?? []), waiting]);
      this.#waiting += 1;
    });
  }

  #turn(): Turn {
    this.#working += 1;
    let isDone = false;
    return {
      done: () => {
        if (isDone) return;
        isDone = true;
        this.#working -= 1;
        this.#serveNext();
      },
    };
  }

  #serveNext(): void {
    const [next] = this.#queues;
    if (next === undefined) return;
    const [name, [first, ...rest]] = next;
    this.#queues.delete(name);
    if (rest.length > 0) this.#queues.set(name, rest);
    this.#waiting -= 1;
    first?.give(this.#turn());
  }
}
