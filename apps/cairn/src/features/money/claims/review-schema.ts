import { type Currency, parseAmount } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { type Typed, typedText } from '../../../platform/http/form.ts';
import type { Claim } from './claim-rules.ts';
import { approvedField, type ItemDecision, reasonField } from './decision-rules.ts';

/** Reads what a treasurer typed at each cost; `currencyOf` is that of a cost's line. */
export function readDecisions(
  typed: Typed,
  { items }: Pick<Claim, 'items'>,
  currencyOf: (lineId: string) => Currency | undefined,
): { readonly decisions: readonly ItemDecision[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const decisions = items.flatMap(({ id, lineId }): ItemDecision[] => {
    const currency = lineId === null ? undefined : currencyOf(lineId);
    const path = approvedField(id);
    const amount = currency && parseAmount(typedText(typed, path), currency);
    const reason = typedText(typed, reasonField(id));
    if (reason.trim().length > 1000) {
      const sentence = 'Shorten this to 1,000 characters.';
      problems.push(problem('too-long', sentence, { path: reasonField(id) }));
    }
    if (amount?.ok !== true) {
      problems.push({
        ...(amount?.error ?? problem('no-line', 'No line pays this.')),
        place: { path },
      });
      return [];
    }
    return [{ itemId: id, approvedMinor: amount.value, reason }];
  });
  for (const [name, most] of [
    ['over_reason', 1000],
    ['words', 2000],
  ] as const) {
    if (typedText(typed, name).trim().length > most) {
      const sentence = `Shorten this to ${most} characters.`;
      problems.push(problem('too-long', sentence, { path: name }));
    }
  }
  return { decisions, problems };
}
