import type { SeatKind } from '../../people/invitations/invitation-rules.ts';
import { PARTS, type SeatCostModel } from './cost-rules.ts';
import {
  AS_PLANNED,
  type CostFacts,
  type CostPerson,
  partyOf,
  seatedRuns,
} from './forecast-rules.ts';
import type { Runs } from './spread-rules.ts';

/** Whether a line can carry somebody; `why` names no amount and nobody, so organisers may read it. */
export type Carriage =
  | { readonly carries: true }
  | { readonly carries: false; readonly why: string };

/** Enough to answer well: with 500 draws the share of those that carry is right to some two in a hundred. */
const DRAWS = 500;

const NO_LINE_PAYS = 'No line pays for them.';
const NOTHING_LEFT = 'No line that pays for them has anything left.';
const NOT_CERTAIN = 'No line can carry one more seat with the certainty that was asked for.';

const CARRIES = { carries: true } as const;
const not = (why: string): Carriage => ({ carries: false, why });

/** Without a model of costs nothing can be computed: then a line must pay for them, and have something left. */
function carriedWithoutModel(
  person: Pick<CostPerson, 'lines'>,
  seatKind: SeatKind,
  left: readonly number[],
): Carriage {
  if (seatKind !== 'funded') return CARRIES;
  const lines = PARTS.reduce((all, part) => all | person.lines[part], 0);
  if (lines === 0) return not(NO_LINE_PAYS);
  const hasSome = left.some((minor, place) => minor > 0 && (lines & (1 << place)) !== 0);
  return hasSome ? CARRIES : not(NOTHING_LEFT);
}

/** Answers for one after another whether the lines carry them, with those who were offered a seat meanwhile. */
export interface Carriers {
  judge(person: CostPerson, seatKind: SeatKind): Carriage;
  /** Somebody is offered a seat: from now on they count. */
  offered(person: CostPerson): void;
}

/** Who can be carried besides those who have a seat or an offer of one. */
export function carriersOf(
  facts: Omit<CostFacts, 'model'> & { model: SeatCostModel | undefined },
): Carriers {
  const { model } = facts;
  if (model === undefined) {
    return {
      judge: (person, seatKind) => carriedWithoutModel(person, seatKind, facts.left),
      offered: () => undefined,
    };
  }
  const modelled: CostFacts = { ...facts, model };
  let runs: Runs | undefined; // drawn when it is first asked for
  const drawn = (): Runs => (runs ??= seatedRuns(modelled, DRAWS));
  return {
    judge(person, seatKind) {
      if (seatKind !== 'funded') return CARRIES;
      if (PARTS.every((part) => person.lines[part] === 0)) return not(NO_LINE_PAYS);
      const carried = drawn().carriedWith(partyOf(modelled, { ...person, seatKind }, AS_PLANNED));
      return carried * 100 >= model.confidence ? CARRIES : not(NOT_CERTAIN);
    },
    offered(person) {
      drawn().add(partyOf(modelled, person, AS_PLANNED));
    },
  };
}
