import { daysBetween, formatDate, parseDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { type Case, factText, find, type Judging, rulesOf } from './judging-rules.ts';
import type { Circumstances, PolicyContent } from './policy-rules.ts';
import type { RuleOf } from './rule-schema.ts';

/** What rules ask for without taking anything off: receipts, deadlines, days. */
export function judgeFindings(of: Case): void {
  for (const rule of rulesOf(of, 'receipt_above')) {
    for (const one of of.all) askReceipt(of, one, rule);
  }
  const due = claimDeadline(of.policy, of.circumstances);
  const submitted = parseDate(of.circumstances.submittedOn);
  if (due !== undefined && submitted.ok) {
    const on = parseDate(due.on);
    const late = on.ok ? daysBetween(on.value, submitted.value) : 0;
    const say = `This claim is ${counted(late, 'day')} late.`;
    if (late > 0) {
      for (const one of of.all) {
        find(of, one, due.rule, { kind: 'late', blocks: due.rule.late === 'refused' }, say);
      }
    }
  }
  for (const rule of rulesOf(of, 'within_days')) {
    for (const one of of.all) askDays(of, one, rule);
  }
}

function askReceipt(of: Case, one: Judging, rule: RuleOf<'receipt_above'>): void {
  const { category, minor, hasReceipt } = one.cost;
  // Days and distances are paid by a table and have no slip, unless a rule names them.
  const hasSlip = category !== 'per_diem' && category !== 'mileage' && category !== 'stipend';
  if (!(rule.categories?.includes(category) ?? hasSlip) || minor <= rule.above) return;
  if (!hasReceipt) {
    const why = factText(one, 'no_receipt');
    if (rule.statement && why !== '') {
      const say = 'There is no receipt, and words on why. Somebody has to look whether they do.';
      find(of, one, rule, { kind: 'look', blocks: false }, say);
      return;
    }
    const say = rule.statement ? 'Add the receipt, or say why there is none.' : 'Add the receipt.';
    find(of, one, rule, { kind: 'missing', blocks: true }, say);
  } else if (rule.itemised && one.cost.facts['itemised'] === false) {
    const say = 'The slip does not name what was bought. Somebody has to look.';
    find(of, one, rule, { kind: 'look', blocks: false }, say);
  }
}

function askDays(of: Case, one: Judging, rule: RuleOf<'within_days'>): void {
  const { category, spentOn } = one.cost;
  if (spentOn === null || !rule.categories.includes(category)) return;
  const [from, until] = paidDays(of.circumstances);
  const [first, last, day] = [parseDate(from), parseDate(until), parseDate(spentOn)];
  if (!first.ok || !last.ok || !day.ok) return;
  const isInside =
    daysBetween(day.value, first.value) <= rule.before &&
    daysBetween(last.value, day.value) <= rule.after;
  if (isInside) return;
  const say = `${formatDate(day.value)} is outside of the days that are paid. Somebody has to look whether it was agreed.`;
  find(of, one, rule, { kind: 'look', blocks: false }, say);
}

/** The first and the last day that are paid: the summit's, and those around the nights that were agreed besides. */
function paidDays({ firstDay, lastDay, agreedNights = [] }: Circumstances): [string, string] {
  const mornings = agreedNights.flatMap((night) => {
    const day = parseDate(night);
    return day.ok ? [day.value.add({ days: 1 }).toString()] : [];
  });
  const [from = firstDay] = [firstDay, ...agreedNights].sort();
  return [from, [lastDay, ...mornings].sort().at(-1) ?? lastDay];
}

/** Until when a claim is to be sent, as an ISO day, and the rule that says so; nothing where none does. */
export function claimDeadline(
  policy: PolicyContent | undefined,
  circumstances: Pick<Circumstances, 'lastDay' | 'leavesOn' | 'returnedOn'>,
): { readonly on: string; readonly rule: RuleOf<'deadline_after_return'> } | undefined {
  const rules = (policy?.rules ?? []).filter((rule) => rule.kind === 'deadline_after_return');
  const rule = rules.reduce<RuleOf<'deadline_after_return'> | undefined>(
    (least, each) => (least === undefined || each.days < least.days ? each : least),
    undefined,
  );
  const returned = parseDate(
    circumstances.returnedOn ?? circumstances.leavesOn ?? circumstances.lastDay,
  );
  if (rule === undefined || !returned.ok) return undefined;
  return { on: returned.value.add({ days: rule.days }).toString(), rule };
}
