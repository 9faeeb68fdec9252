import { expectOk } from '@cairn/kernel/result';
import { IMPOSSIBLE_KINDS, impossibleSummit } from '@cairn/timetable/generator/impossible';
import { permuted } from '@cairn/timetable/generator/permutation';
import { SUMMIT_SIZES, type SummitShape, summitInstance } from '@cairn/timetable/generator/summit';
import { whyInfeasible } from '@cairn/timetable/proof/conflict';
import { loadHighs } from '@cairn/timetable/proof/load-highs';
import { indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Instance } from '@cairn/timetable/sessions/model';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { KeptRuns } from './timetable-runs.ts';
import { timedSearch } from './timetable-search.ts';
import { gapOf, judge } from './timetable-summit-gap.ts';

/** Summits that nothing was fitted to. */
export const timetableVariants: Bench = {
  name: 'timetable-variants',
  what: 'Summits of other kinds than those of the table: nearly full, with interests that crowd, in another order, and impossible on purpose.',
  onlyWhenNamed: true,
  run: measure,
};

type Size = keyof typeof SUMMIT_SIZES;

const VARIANTS: readonly (Partial<SummitShape> & { readonly what: string })[] = [
  { what: 'rooms 95 % full', fill: 0.95 },
  { what: 'skewed interest', skew: 1 },
  { what: 'both', fill: 0.95, skew: 1 },
];
const SECONDS = 20;
const THREADS = 2;

async function measure(asked: Asked): Promise<Report> {
  const kept = new KeptRuns('timetable-variants', asked);
  const sizes: readonly Size[] = asked.quick ? ['S'] : ['S', 'M', 'L'];
  const seconds = asked.quick ? 2 : SECONDS;
  return {
    tables: [
      { title: 'Other summits', rows: await gaps(asked, kept, sizes, seconds) },
      { title: 'In another order', rows: await orders(asked, kept, sizes, seconds) },
      { title: 'Impossible on purpose', rows: await conflicts(asked, kept, sizes) },
    ],
    broken: [],
    notes: [
      `Searches: ${seconds} s on ${THREADS} threads, seed 11. “got”, “bound” and “gap” are those of timetable-summit. In another order: the same summit with sessions, rooms, people and rules shuffled and renamed; what is found should differ by luck only. Impossible: each summit has one cause, which is known; what is found should be reasons of which none can be left out.`,
    ],
  };
}

const shapeOf = (size: Size, more: Partial<SummitShape> = {}): SummitShape => ({
  ...SUMMIT_SIZES[size],
  seed: 11,
  ...more,
});

async function gaps(asked: Asked, kept: KeptRuns, sizes: readonly Size[], seconds: number) {
  const rows: Record<string, Cell>[] = [];
  for (const size of sizes) {
    for (const { what, ...more } of VARIANTS) {
      const indexed = expectOk(indexInstance(summitInstance(shapeOf(size, more))));
      const one = await kept.run(`${size} ${what}`, () => judge(indexed, 11, seconds, THREADS));
      asked.say(`${size}, ${what}: ${one.value} of at most ${one.bound}`);
      rows.push({
        size,
        summit: what,
        'must hold': one.run.values[0] ?? 0,
        got: one.value,
        bound: one.bound,
        'gap %': rounded(gapOf(one)),
        proof: one.source,
        iterations: one.run.iterations,
      });
    }
  }
  return rows;
}

async function orders(asked: Asked, kept: KeptRuns, sizes: readonly Size[], seconds: number) {
  const rows: Record<string, Cell>[] = [];
  for (const size of sizes.slice(0, 2)) {
    const instance = summitInstance(shapeOf(size));
    const all: readonly (readonly [string, Instance])[] = [
      ['as it is', instance],
      ...[1, 2, 3].map((seed) => [`order ${seed}`, permuted(instance, seed).instance] as const),
    ];
    for (const [order, each] of all) {
      const run = await kept.run(`${size} ${order}`, () =>
        timedSearch(expectOk(indexInstance(each)), { seed: 11, seconds, threads: THREADS }),
      );
      asked.say(`${size}, ${order}: ${run.values.join(', ')}`);
      rows.push({
        size,
        order,
        'must hold': run.values[0] ?? 0,
        'interest lost': run.values[1] ?? 0,
        iterations: run.iterations,
      });
    }
  }
  return rows;
}

async function conflicts(asked: Asked, kept: KeptRuns, sizes: readonly Size[]) {
  const rows: Record<string, Cell>[] = [];
  for (const size of sizes) {
    for (const kind of IMPOSSIBLE_KINDS) {
      const row = await kept.run(`${size} ${kind}`, async () => {
        const { instance, sentence } = impossibleSummit(shapeOf(size), kind);
        const indexed = expectOk(indexInstance(instance));
        const begun = performance.now();
        const conflict = await whyInfeasible(indexed, loadHighs);
        const seconds = rounded((performance.now() - begun) / 1000);
        const isFound = conflict.status === 'conflict';
        return {
          size,
          cause: sentence,
          found: conflict.status,
          reasons: isFound ? conflict.reasons.length : 0,
          'none superfluous': isFound && conflict.isIrreducible ? 'proven' : 'not proven',
          s: seconds,
        };
      });
      asked.say(`${size}, ${kind}: ${row.found}, ${row.reasons} reasons in ${row.s} s`);
      rows.push(row);
    }
  }
  return rows;
}
