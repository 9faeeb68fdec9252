import { formatMoney, split, splitEvenly, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { CostShare } from '../policy/policy-rules.ts';
import type { ClaimItem } from './claim-rules.ts';

/**
 * What of a cost is for whom, in the currency of the slip: the payee first. Who has no share of their own shares evenly,
 * with the payee, what the others' leave. The parts add up to the whole.
 */
export function spentShares(
  { spentMinor, spentCurrency, covers }: Pick<ClaimItem, 'spentMinor' | 'spentCurrency' | 'covers'>,
  payeeId: string,
): Result<readonly CostShare[], Problem> {
  const spent = spentMinor ?? 0;
  const given = sumOf(covers.map(({ minor }) => minor ?? 0));
  if (given > spent) {
    const whole = spentCurrency === null ? 'the whole' : formatMoney(spent, spentCurrency);
    const sentence = `The shares of the others come to more than ${whole}; lower one of them.`;
    return fail(problem('shares-too-large', sentence));
  }
  const even = covers.filter(({ minor }) => minor === null);
  const [own = 0, ...rest] = splitEvenly(spent - given, even.length + 1);
  const evenShares = new Map(even.map(({ personId }, index) => [personId, rest[index] ?? 0]));
  return ok([
    { personId: payeeId, minor: own },
    ...covers.map(({ personId, minor }) => ({
      personId,
      minor: minor ?? evenShares.get(personId) ?? 0,
    })),
  ]);
}

/** The same parts of the converted amount; they add up to it. */
export const convertedShares = (
  shares: readonly CostShare[],
  minor: number,
): readonly CostShare[] => {
  const weights = shares.map((share) => share.minor);
  if (sumOf(weights) === 0) return [];
  const parts = split(minor, weights);
  return shares.map(({ personId }, index) => ({ personId, minor: parts[index] ?? 0 }));
};
