import { expectCurrency, formatMoney, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { categoryLabel } from '../category-rules.ts';
import { type Claim, type ClaimItem, claimName } from './claim-rules.ts';
import type { World } from './claim-world-rules.ts';
import { itemField } from './draft-schema.ts';
import { spentShares } from './share-rules.ts';

/** What a cost does not tell yet. */
export function missingIn(item: ClaimItem, index: number, { today }: World): Problem[] {
  const at = (name: string, sentence: string) =>
    problem('missing', sentence, { path: itemField(name, index) });
  const { spentOn, spentMinor, typed } = item;
  return [
    ...(typed['kind'] === undefined ? [] : [at('kind', 'Choose what kind of cost this is.')]),
    ...(spentOn !== null
      ? []
      : [at('spent_on', 'Write the day on the slip, year-month-day, such as 2023-05-22.')]),
    ...(spentOn !== null && spentOn > today
      ? [at('spent_on', 'This day is still to come; claim a cost when you have paid it.')]
      : []),
    ...(spentMinor === null || spentMinor === 0
      ? [at('amount', 'Write what you paid, such as 12.50.')]
      : []),
    ...(item.spentCurrency === null
      ? [at('currency', 'Write the currency in three letters, such as USD.')]
      : []),
    ...(item.text === '' && item.meal === null
      ? [at('text', 'Say in a few words what it was.')]
      : []),
  ];
}

/** Why no line pays a cost, and what to do about it. */
export function noLine(item: ClaimItem, index: number, { payee, lines }: World): Problem {
  const isPaid = payee === undefined || payee.seatKind === 'funded' || payee.seatKind === undefined;
  const sentence = !isPaid
    ? 'Your seat is not a funded one, so no line pays for you. If that is wrong, write to the organisers.'
    : lines.some((line) => line.categories.includes(item.category))
      ? `No funder pays this for you on that day (${categoryLabel(item.category)}). Check the day, or write to the treasurers.`
      : `No funder pays “${categoryLabel(item.category)}” at this summit; choose another kind, or take this cost off.`;
  return problem('no-line', sentence, { path: itemField('kind', index) });
}

/** The same meal of a person is not paid twice: not in two people's claims. */
export function mealsTwice({ items, personId }: Claim, { claimedMeals, names }: World): Problem[] {
  return items.flatMap(({ meal, spentOn, covers }, index) => {
    if (meal === null || spentOn === null) return [];
    const eaters = [...(personId === null ? [] : [personId]), ...covers.map((c) => c.personId)];
    return claimedMeals
      .filter(
        (other) =>
          other.meal === meal && other.spentOn === spentOn && eaters.includes(other.personId),
      )
      .map((other) => {
        const isOwn = other.personId === personId;
        const who = isOwn ? 'Your' : `${names.get(other.personId) ?? 'Their'}’s`;
        const day = parseDate(spentOn);
        const on = day.ok ? formatDate(day.value) : spentOn;
        const sentence = isOwn
          ? `${who} ${meal} on ${on} is in somebody else’s claim (${claimName(other.number)}) already; ask the treasurers.`
          : `${who} ${meal} on ${on} is asked for already; take them off this cost.`;
        return problem('meal-twice', sentence, { path: itemField('kind', index) });
      });
  });
}

/** Parts of a slip come to no more than the slip, over all who claim of it. */
export function slipsTooSmall({ items, personId }: Claim, { receipts }: World): Problem[] {
  const problems: Problem[] = [];
  items.forEach((item, index) => {
    const shares = personId === null ? undefined : spentShares(item, personId);
    if (shares?.ok === false) {
      problems.push({ ...shares.error, place: { path: itemField('amount', index) } });
    }
  });
  for (const [id, use] of receipts) {
    const uses = items
      .map((item, index) => ({ item, index }))
      .filter(({ item }) => item.receiptIds.includes(id));
    const [first] = uses;
    if (first === undefined) continue;
    const isShared = uses.length + use.usesElsewhere > 1;
    if (use.totalMinor === null || use.currency === null) {
      if (!isShared) continue;
      const sentence =
        'Several costs are on this slip. Say under Receipts what the whole slip comes to, so that its parts can be checked.';
      problems.push(
        problem('no-total', sentence, { path: itemField('receipt', uses.at(-1)?.index ?? 0) }),
      );
      continue;
    }
    // A cost that spans several slips may be mostly on another one.
    const parts = uses.filter(
      ({ item }) => item.receiptIds.length === 1 && item.spentCurrency === use.currency,
    );
    const own = sumOf(parts.map(({ item }) => item.spentMinor ?? 0));
    const asked = sumOf([use.elsewhereMinor, own]);
    if (use.partMinor !== null && own > use.partMinor) {
      const part = formatMoney(use.partMinor, expectCurrency(use.currency));
      const sentence = `Of this slip ${part} is your part; lower what you claim, or ask whose it is.`;
      const path = itemField('amount', uses.at(-1)?.index ?? first.index);
      problems.push(problem('above-part', sentence, { path }));
      continue;
    }
    if (asked <= use.totalMinor) continue;
    const words = (minor: number) => formatMoney(minor, expectCurrency(use.currency ?? ''));
    // How much others claim is theirs to know.
    const sentence =
      use.usesElsewhere > 0
        ? `This slip comes to ${words(use.totalMinor)}, and with what is claimed of it elsewhere this is more; lower your part.`
        : `This slip comes to ${words(use.totalMinor)}, and ${words(asked)} is claimed of it; lower your part.`;
    problems.push(
      problem('slip-too-small', sentence, {
        path: itemField('amount', uses.at(-1)?.index ?? first.index),
      }),
    );
  }
  return problems;
}
