/** How much one token may still ask. */
interface Count {
  left: number;
  resetsAt: number;
}

/** Counts what each token asks within an hour, as GitHub's primary limit does. */
export class Limits {
  /** Requests within an hour. */
  limit = 5000;
  readonly #counts = new Map<string, Count>();

  /** Counts one request; says whether it was one too many. */
  take(token: string, now: number): boolean {
    const count = this.#count(token, now);
    if (count.left === 0) return false;
    count.left -= 1;
    return true;
  }

  headers(token: string, now: number): Record<string, string> {
    const { left, resetsAt } = this.#count(token, now);
    return {
      'x-ratelimit-limit': String(this.limit),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-used': String(this.limit - left),
      'x-ratelimit-reset': String(Math.ceil(resetsAt / 1000)),
      'x-ratelimit-resource': 'core',
    };
  }

  #count(token: string, now: number): Count {
    const known = this.#counts.get(token);
    if (known !== undefined && known.resetsAt > now) return known;
    const fresh = { left: this.limit, resetsAt: now + 60 * 60 * 1000 };
    this.#counts.set(token, fresh);
    return fresh;
  }
}
