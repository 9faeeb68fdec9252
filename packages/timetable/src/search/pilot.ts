/** What a pilot has seen: a temperature and what the timetable was worth then, again and again. */
export type PilotState = readonly number[];

/** From where so much of what can be won is won ... */
const BEGUN = 0.3;
/** ... to where so much is, and a little colder, because who cools more slowly freezes later. */
const DONE = 0.985;
/** The pilot is too quick to come to rest where moves are rare: more is won already when it is hotter. */
const HOTTER = 1.3;
const COLDER = 0.6;
const PARTS = 40;

/**
 * Finds out in a quick cooling over a wide range at which temperatures it matters to cool slowly:
 * above, the timetable is as good as random; below, it is frozen.
 */
export class Pilot {
  #seen: number[] = [];

  /** Writes down what the timetable is worth at a temperature. */
  see(temperature: number, value: number): void {
    this.#seen.push(temperature, value);
  }

  /** The temperatures that matter; those given when nothing was learnt. */
  range({ hot, cold }: { hot: number; cold: number }): { hot: number; cold: number } {
    const count = this.#seen.length / 2;
    const part = Math.max(1, Math.floor(count / PARTS));
    const means: { temperature: number; value: number }[] = [];
    for (let from = 0; from + part <= count; from += part) {
      let value = 0;
      for (let at = from; at < from + part; at++) value += this.#seen[2 * at + 1] as number;
      means.push({ temperature: this.#seen[2 * from] as number, value: value / part });
    }
    const first = means[0]?.value ?? 0;
    const last = means.at(-1)?.value ?? 0;
    if (first <= last) return { hot, cold };
    const at = (share: number) =>
      means.find(({ value }) => first - value >= share * (first - last))?.temperature ?? cold;
    return { hot: at(BEGUN) * HOTTER, cold: at(DONE) * COLDER };
  }

  get state(): PilotState {
    return [...this.#seen];
  }

  set state(seen: PilotState) {
    this.#seen = [...seen];
  }
}
