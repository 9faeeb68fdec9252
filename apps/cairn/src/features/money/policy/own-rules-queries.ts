import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { CATEGORIES, type Category } from '../category-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { type FundLine, type Payee, paysForPerson } from '../funders/funder-rules.ts';
import { ownStay } from '../stays/stay-queries.ts';
import { claimDeadline } from './finding-rules.ts';
import { policiesOf } from './policy-queries.ts';
import type { Policy } from './policy-rules.ts';

/** Lines that pay for somebody by the same rules. */
export interface OwnRules {
  readonly lines: readonly FundLine[];
  readonly policy: Policy | undefined;
  /** ISO day until which claims are to be sent. */
  readonly deadline: string | undefined;
}

/** What seat somebody has; the money of a summit is for funded ones. */
export type OwnSeat = Payee['seatKind'];

/** Costs of a person; what the summit buys for all stands among the other direct costs of a budget. */
const isOfPeople = (category: Category): boolean => CATEGORIES[category].form.startsWith('F.');

/** The lines that pay for somebody, those by the same rules of the same funder together. */
export async function ownRules(
  db: Reader,
  self: Self,
  { dates }: SummitDefinition,
): Promise<{ readonly rules: readonly OwnRules[]; readonly seat: OwnSeat }> {
  const { summitId, personId } = self;
  const [lines, payees, policies, stay] = await Promise.all([
    fundLinesOf(db, summitId),
    payeesOf(db, summitId, [personId]),
    policiesOf(db, summitId),
    ownStay(db, self),
  ]);
  const payee = payees.get(personId);
  const own = lines.filter(
    (line) => payee !== undefined && paysForPerson(line, payee) && line.categories.some(isOfPeople),
  );
  const groups = Map.groupBy(own, ({ policyId, funder }) => `${policyId} ${funder.id}`);
  return {
    seat: payee?.seatKind,
    rules: [...groups.values()].map((group) => {
      const policy = policies.find(({ id }) => id === group[0]?.policyId);
      const leavesOn = stay?.leavesOn ?? undefined;
      const due = claimDeadline(policy, { lastDay: dates.departure, leavesOn });
      return { lines: group, policy, deadline: due?.on };
    }),
  };
}
