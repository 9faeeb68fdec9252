import { type Instant, Temporal } from '@cairn/kernel/time';

/** Where the present comes from. Rules never ask it: they are told. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that runs on from a moment of one's choice: the demo's, and the tests'. */
export class SettableClock implements Clock {
  readonly #base: Clock;
  #ahead: Temporal.Duration;

  constructor(base: Clock, ahead: Temporal.Duration = Temporal.Duration.from({ seconds: 0 })) {
    this.#base = base;
    this.#ahead = ahead;
  }

  now(): Instant {
    return this.#base.now().add(this.#ahead);
  }

  /** How far this clock is ahead of its base; negative when it is behind. */
  get ahead(): Temporal.Duration {
    return this.#ahead;
  }

  /** Sets the present; from there the clock runs on. */
  set(moment: Instant): void {
    this.#ahead = this.#base.now().until(moment);
  }
}

/** A clock that stands still until it is moved. */
export const frozenClock = (moment: Instant): SettableClock =>
  new SettableClock({ now: () => moment });
