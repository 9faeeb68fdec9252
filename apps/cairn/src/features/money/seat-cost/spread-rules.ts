import { type Random, seededRandom } from '@cairn/kernel/random';
import { type PartCost, quantileOf } from './cost-rules.ts';

/** A part of somebody's cost with the lines that may pay it. */
export interface Draw extends PartCost {
  /** Bits of the lines, by their place in the list, that may pay what is not set aside yet; 0: no line pays it. */
  readonly lines: number;
  /** The line that gets back what is set aside and not needed, by its place, if one does. */
  readonly gives: number | undefined;
}

/** Somebody whose cost is looked at. */
export interface Party {
  readonly key: string;
  readonly draws: readonly Draw[];
  /** More than this the lines do not pay for one person without a second look; undefined: as much as it is. */
  readonly ceiling: number | undefined;
}

/** What was drawn so many times. */
export interface Spread {
  /** What the parties cost those who pay for them, in each of the draws, smallest first. */
  readonly totals: readonly number[];
  /** In how many of them the lines carry it: 0 to 1. */
  readonly carried: number;
  /** What is missing in the middle one of those in which something is; 0 where nothing ever is. */
  readonly missing: number;
}

/**
 * How much of what is asked for cannot be paid, where each part may be paid by some lines only: by the theorem of
 * max-flow and min-cut the largest excess, over all sets of lines, of what only they may pay over what they have.
 * `asked` is by bits of lines; `left` what each line has.
 */
export function shortfall(asked: ReadonlyMap<number, number>, left: readonly number[]): number {
  const masks = [...asked.keys()].filter((mask) => mask !== 0 && (asked.get(mask) ?? 0) > 0);
  // Only unions of the sets that are asked for can be the worst one.
  const unions = new Set<number>([0]);
  for (const mask of masks) for (const union of [...unions]) unions.add(union | mask);
  let worst = 0;
  for (const union of unions) {
    let excess = 0;
    for (const mask of masks) if ((mask & union) === mask) excess += asked.get(mask) ?? 0;
    for (const [place, minor] of left.entries()) {
      if ((union & (1 << place)) !== 0) excess -= Math.max(0, minor);
    }
    worst = Math.max(worst, excess);
  }
  return worst;
}

/** One draw of many: what is asked of sets of lines, what the lines have, what all costs. */
interface Run {
  readonly asked: Map<number, number>;
  readonly left: number[];
  total: number;
  /** What a night costs is the same for all: where it is high, it is high for everybody. */
  readonly lodging: number;
}

/** Draws that more people can be added to, each time with the same numbers for the same seed. */
export interface Runs {
  /** Adds somebody to every draw. */
  add(party: Party): void;
  /** What it would be with somebody more, whom it does not add. */
  carriedWith(party: Party): number;
  spread(): Spread;
}

/** A seed of one's own for each, so that who else is there changes nobody's luck. */
function seedOf(key: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (const letter of key) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

function addTo(run: Run, party: Party, random: Random): void {
  const taken = party.draws.reduce((sum, draw) => sum + draw.taken, 0);
  let room = party.ceiling === undefined ? Number.POSITIVE_INFINITY : party.ceiling - taken;
  for (const { part, range, taken: set, lines, gives } of party.draws) {
    const luck = random();
    const more = quantileOf(range, part === 'lodging' ? run.lodging : luck) - set;
    // What no line pays is the person's own.
    const within = more <= 0 ? more : lines === 0 ? 0 : Math.max(0, Math.min(more, room));
    run.total += set + within;
    if (within > 0) {
      room -= within;
      run.asked.set(lines, (run.asked.get(lines) ?? 0) + within);
    } else if (within < 0 && gives !== undefined) {
      run.left[gives] = (run.left[gives] ?? 0) - within;
    }
  }
}

/** Draws costs so many times. `left` is what each line has to give. */
export function runsOf(left: readonly number[], count: number, seed: number): Runs {
  const common = seededRandom(seedOf('lodging', seed));
  const runs: Run[] = Array.from({ length: count }, () => ({
    asked: new Map(),
    left: [...left],
    total: 0,
    lodging: common(),
  }));
  return {
    add(party) {
      const random = seededRandom(seedOf(party.key, seed));
      for (const run of runs) addTo(run, party, random);
    },
    carriedWith(party) {
      const random = seededRandom(seedOf(party.key, seed));
      const carried = runs.filter((run) => {
        const tried = { ...run, asked: new Map(run.asked), left: [...run.left] };
        addTo(tried, party, random);
        return shortfall(tried.asked, tried.left) === 0;
      });
      return carried.length / count;
    },
    spread() {
      const missing = runs
        .map((run) => shortfall(run.asked, run.left))
        .filter((minor) => minor > 0)
        .sort((a, b) => a - b);
      return {
        totals: runs.map(({ total }) => total).sort((a, b) => a - b),
        carried: (count - missing.length) / count,
        missing: missing[Math.floor(missing.length / 2)] ?? 0,
      };
    },
  };
}

/** What is not passed in a share `at` (0 to 1) of the draws. */
export const drawnAt = ({ totals }: Spread, at: number): number =>
  totals[Math.min(totals.length - 1, Math.floor(at * totals.length))] ?? 0;

/** The draws in so many bins of one width, for a picture. */
export function binsOf(
  { totals }: Spread,
  count: number,
): readonly { readonly from: number; readonly to: number; readonly count: number }[] {
  const [first = 0, last = 0] = [totals[0], totals.at(-1)];
  const width = Math.max(1, Math.ceil((last - first + 1) / count));
  return Array.from({ length: count }, (_, index) => {
    const from = first + index * width;
    return {
      from,
      to: from + width,
      count: totals.filter((total) => total >= from && total < from + width).length,
    };
  });
}
