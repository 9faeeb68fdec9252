import { compareValues } from '@cairn/timetable/sessions/model';
import type { Made } from '../drafts/made-schema.ts';
import type { Placement } from '../drafts/placement-rules.ts';
import { slotsOf } from '../frame/frame-rules.ts';
import { checkPlacements } from './check-rules.ts';
import type { TimetableFacts } from './facts-rules.ts';
import {
  type InstanceOptions,
  levelsOf,
  type TimetableProblem,
  timetableInstance,
} from './instance-rules.ts';
import { placementsIn, timetableOf } from './placed-rules.ts';
import type { FindTask, FoundTimetable, ProofMessage } from './thread-tasks.ts';

/** What a proposal is sought by: `few` is `fair` with as few moves as can be, before what is wished. */
export type ProposalAim = 'fair' | 'few' | 'most' | 'steady';

export const AIM_WORDS: Readonly<Record<ProposalAim, string>> = {
  fair: 'Fairest',
  few: 'Fewest moves',
  most: 'Most interest in all',
  steady: 'Steadiest rooms and days',
};

/** Slots that have begun, by their keys: nothing can be put into them any more. */
export const begunSlots = (
  { frame }: Pick<TimetableFacts, 'frame'>,
  localNow: string,
): ReadonlySet<string> =>
  new Set(
    slotsOf(frame)
      .map(({ key }) => key)
      .filter((key) => key <= localNow),
  );

/** What stays where it is: what is pinned, and what has begun. */
export const keptOf = (
  facts: TimetableFacts,
  base: readonly Placement[],
  begun: ReadonlySet<string>,
): Placement[] => {
  const keys = new Set(slotsOf(facts.frame).map(({ key }) => key));
  return base.filter(
    ({ isPinned, date, starts }) =>
      keys.has(`${date}T${starts}`) && (isPinned || begun.has(`${date}T${starts}`)),
  );
};

export interface Variant {
  readonly aim: ProposalAim;
  readonly options: InstanceOptions;
  readonly problem: TimetableProblem;
}

/** The three proposals of a search: fair, with few moves where it begins from something, and another trade-off. */
export function variantsFor(
  facts: TimetableFacts,
  base: readonly Placement[] | undefined,
  begun: ReadonlySet<string>,
): Variant[] {
  const pinned = keptOf(facts, base ?? [], begun);
  const aims: ProposalAim[] =
    base === undefined ? ['fair', 'most', 'steady'] : ['fair', 'few', 'most'];
  return aims.map((aim) => {
    const options: InstanceOptions = {
      pinned,
      closedSlots: begun,
      aim: aim === 'few' ? 'fair' : aim,
      ...(aim === 'few' ? { unmovedFrom: base } : {}),
    };
    return { aim, options, problem: timetableInstance(facts, options) };
  });
}

/** What the thread is given for some proposals. */
export const findTask = (
  variants: readonly Variant[],
  base: readonly Placement[] | undefined,
  effort: Pick<FindTask, 'seed' | 'milliseconds' | 'iterations' | 'proofSeconds'>,
): FindTask => ({
  kind: 'find',
  ...effort,
  variants: variants.map(({ aim, problem }) => ({
    aim,
    instance: problem.instance,
    ...(aim === 'few' ? { from: timetableOf(problem, base ?? []) } : {}),
  })),
});

/** A proposal, before it is a draft. */
export interface Proposal {
  readonly aim: ProposalAim;
  readonly placements: readonly Placement[];
  readonly made: Made;
}

const keyOf = (placements: readonly Placement[]): string =>
  JSON.stringify(
    placements
      .map(({ sessionId, date, starts, roomId }) =>
        [sessionId, date, starts, roomId ?? ''].join(' '),
      )
      .toSorted(),
  );

/**
 * What was found, as proposals that differ, best first by what counts in the usual order; of two that
 * place everything alike the first stays.
 */
export function proposalsOf(
  facts: TimetableFacts,
  variants: readonly Variant[],
  base: readonly Placement[] | undefined,
  found: readonly FoundTimetable[],
  proofs: readonly ProofMessage[],
): Proposal[] {
  const seen = new Set<string>();
  const proposals = variants.flatMap(({ aim, options, problem }) => {
    const best = found.findLast((each) => each.aim === aim);
    if (best === undefined) return [];
    const placements = placementsIn(problem, best, base);
    const key = keyOf(placements);
    if (seen.has(key)) return [];
    seen.add(key);
    const proof = proofs.find((each) => each.aim === aim);
    const made: Made = {
      aim,
      // What the proof came upon was not counted in moves.
      iterations: found.find((each) => each.aim === aim)?.iterations ?? 0,
      values: [...best.values],
      levels: levelsOf(options),
      ...(proof === undefined
        ? {}
        : { verdict: proof.verdict, bounds: [...proof.bounds], proof: [...proof.sentences] }),
    };
    const { values } = checkPlacements(facts, placements);
    return [{ aim, placements, made, values, isBase: base !== undefined && key === keyOf(base) }];
  });
  const others = proposals.filter(({ isBase }) => !isBase);
  // What it began from is an answer only where nothing else is.
  return (others.length > 0 ? others : proposals)
    .toSorted((one, other) => compareValues(one.values, other.values))
    .map(({ values: _, isBase: __, ...proposal }) => proposal);
}
