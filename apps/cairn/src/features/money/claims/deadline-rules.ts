import type { FundLine } from '../funders/funder-rules.ts';
import { claimDeadline } from '../policy/finding-rules.ts';
import { ruleWords } from '../policy/rule-words-rules.ts';
import type { World } from './claim-world-rules.ts';

/** Until when a claim is to be sent: the first day that a rule of its lines says. */
export function deadlineOf(
  lines: readonly FundLine[],
  { policies, circumstances }: Pick<World, 'policies' | 'circumstances'>,
):
  | { readonly on: string; readonly sentence: string; readonly isRefusedAfter: boolean }
  | undefined {
  const found = lines.flatMap((line) => {
    const due = claimDeadline(policies.get(line.id), circumstances);
    return due === undefined ? [] : [{ ...due, currency: line.funder.currency }];
  });
  const [first] = found.sort((a, b) => a.on.localeCompare(b.on));
  if (first === undefined) return undefined;
  const { on, rule } = first;
  return {
    on,
    sentence: ruleWords(rule, first.currency),
    isRefusedAfter: rule.late === 'refused',
  };
}
