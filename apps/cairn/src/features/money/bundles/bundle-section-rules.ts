import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import { formatInstant, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import type { BundleSection } from '@cairn/typeset/bundle-content';
import { categoryLabel } from '../category-rules.ts';
import { type ClaimItem, claimName, STATE_WORDS } from '../claims/claim-rules.ts';
import { documentLabel } from '../funders/document-rules.ts';
import type { BundledClaim, BundleFacts, Cost, papersOf } from './bundle-cost-rules.ts';

/** Who is paid, for which trip, by whom. */
export function whoSection(facts: BundleFacts, claims: readonly BundledClaim[]): BundleSection {
  const { funder, payee, summit, trip } = facts;
  return {
    heading: 'Who and what for',
    facts: [
      ['Payee', payee],
      ['Summit', `${summit.title}, ${summit.place}, ${summit.days}`],
      ...(trip === '' ? [] : [['Journey', trip] as const]),
      ...(funder === undefined ? [] : [['Funder', funder.name] as const]),
      ...(funder === undefined || funder.award === '' ? [] : [['Award', funder.award] as const]),
      [
        claims.length === 1 ? 'Claim' : 'Claims',
        claims
          .map(({ number, title, state }) =>
            [claimName(number), title, `(${STATE_WORDS[state]})`].filter(Boolean).join(' '),
          )
          .join('; '),
      ],
      ...(funder === undefined || funder.documents.length === 0
        ? []
        : [['The funder wants', funder.documents.map(documentLabel).join('; ')] as const]),
    ],
  };
}

const currencyOf = ({ line }: Cost): Currency | undefined => line?.funder.currency;
const amount = (minor: number | null, currency: Currency | null | undefined): string =>
  minor === null || currency === null || currency === undefined ? '' : formatMoney(minor, currency);

/** `Meals, dinner: Pasta with the group`. */
export const costWords = ({ category, meal, text }: ClaimItem): string =>
  `${categoryLabel(category)}${meal === null ? '' : `, ${meal}`}${text === '' ? '' : `: ${text}`}`;

/** Days on papers are ISO days: short, and the same in every country. */
const day = (iso: string | null): string => iso ?? '';

/** Sums of costs by currency, in the order in which currencies come; empty where nothing was said yet. */
function sums(costs: readonly Cost[], of: (item: ClaimItem) => number | null): string {
  const priced = costs.filter((cost) => currencyOf(cost) !== undefined && of(cost.item) !== null);
  return [...Map.groupBy(priced, (cost) => currencyOf(cost))]
    .map(([currency, own]) => amount(sumOf(own.map(({ item }) => of(item) ?? 0)), currency))
    .join(' + ');
}

/** Each expense with its receipts, in the order in which these follow. */
export function expenseSection(
  costs: readonly Cost[],
  papers: ReturnType<typeof papersOf>,
): BundleSection {
  return {
    heading: 'Expenses',
    table: {
      columns: [
        { head: 'No.', kind: 'number' },
        { head: 'Day' },
        { head: 'What', kind: 'wide' },
        { head: 'Spent', kind: 'number' },
        { head: 'Counted as', kind: 'number' },
        { head: 'Approved', kind: 'number' },
        { head: 'Receipt' },
      ],
      rows: costs.map((cost) => {
        const { number, item } = cost;
        const others = item.covers.length;
        const with_ = others === 0 ? '' : ` (with ${counted(others, 'other')})`;
        const found = papers.flatMap(({ of }, index) => (of.includes(cost) ? [index + 1] : []));
        return [
          String(number),
          day(item.spentOn),
          `${costWords(item)}${with_}`,
          amount(item.spentMinor, item.spentCurrency),
          amount(item.minor, currencyOf(cost)),
          amount(item.approvedMinor, currencyOf(cost)),
          found.length === 0 ? 'none' : { enclosures: found },
        ];
      }),
      foot: [
        '',
        '',
        'Together',
        '',
        sums(costs, ({ minor }) => minor),
        sums(costs, ({ approvedMinor }) => approvedMinor),
        '',
      ],
    },
  };
}

/** How costs in other currencies were counted: the rates of their days, which stay. */
export function rateSection(costs: readonly Cost[]): BundleSection[] {
  const rows = costs
    .filter((cost) => cost.item.rate !== null && cost.item.spentCurrency !== currencyOf(cost))
    .map((cost) => {
      const { rate, rateOn, rateSource, spentCurrency } = cost.item;
      const words = `1 ${spentCurrency ?? ''} = ${rate ?? ''} ${currencyOf(cost) ?? ''}`;
      return [String(cost.number), words, day(rateOn), rateSource ?? ''];
    });
  if (rows.length === 0) return [];
  const columns = [
    { head: 'No.', kind: 'number' },
    { head: 'Rate' },
    { head: 'Of' },
    { head: 'Source', kind: 'wide' },
  ] as const;
  return [{ heading: 'Rates', table: { columns, rows } }];
}

/** What was not approved, and why: each in words. */
export function reasonSection(costs: readonly Cost[]): BundleSection[] {
  const rows = costs.flatMap((cost) => {
    const { number, item } = cost;
    const currency = currencyOf(cost);
    return [
      ...item.deductions.map(({ minor, sentence }) => [
        String(number),
        amount(minor, currency),
        sentence,
      ]),
      ...(item.reason === ''
        ? []
        : [[String(number), amount(lessOf(item), currency), item.reason]]),
    ];
  });
  if (rows.length === 0) return [];
  const columns = [
    { head: 'No.', kind: 'number' },
    { head: 'Taken off', kind: 'number' },
    { head: 'Why', kind: 'wide' },
  ] as const;
  return [{ heading: 'Taken off, and why', table: { columns, rows } }];
}

/** How much of what was asked for was not approved, besides what the rules took off. */
const lessOf = ({ minor, approvedMinor, deductions }: ClaimItem): number | null =>
  minor === null || approvedMinor === null
    ? null
    : Math.max(0, minor - approvedMinor - sumOf(deductions.map((each) => each.minor)));

/** What rules ask to be kept on record, such as why no carrier of the country was taken. */
export function recordSection(
  costs: readonly Cost[],
  { records, names }: BundleFacts,
): BundleSection[] {
  const rows = costs.flatMap(({ number, item }) => [
    ...(records.get(item.id) ?? []).map(([label, value]) => [String(number), label, value]),
    ...(item.covers.length === 0
      ? []
      : [
          [
            String(number),
            'Covers also',
            listed(item.covers.map(({ personId }) => names.get(personId) ?? 'somebody')),
          ],
        ]),
  ]);
  if (rows.length === 0) return [];
  const columns = [
    { head: 'No.', kind: 'number' },
    { head: 'Asked' },
    { head: 'Said', kind: 'wide' },
  ] as const;
  return [{ heading: 'What the rules ask', table: { columns, rows } }];
}

/** What each line pays. */
export function lineSection(costs: readonly Cost[]): BundleSection {
  const placed = costs.filter(({ line }) => line !== undefined);
  return {
    heading: 'Which lines pay',
    table: {
      columns: [
        { head: 'Funder' },
        { head: 'Line', kind: 'wide' },
        { head: 'Asked for', kind: 'number' },
        { head: 'Approved', kind: 'number' },
      ],
      rows: [...Map.groupBy(placed, ({ line }) => line?.id)].map(([, own]) => {
        const line = own[0]?.line;
        return [
          line?.funder.name ?? '',
          line?.title ?? '',
          sums(own, ({ minor }) => minor),
          sums(own, ({ approvedMinor }) => approvedMinor),
        ];
      }),
    },
  };
}

/** What was paid, when, and how. */
export function paymentSection(
  { payments, funder, lines }: BundleFacts,
  claims: readonly BundledClaim[],
): BundleSection[] {
  const currencies = new Map([...lines.values()].map((line) => [line.funder.id, line.funder]));
  const rows = payments
    .filter(({ funderId }) => funder === undefined || funderId === funder.id)
    .map(({ claimId, funderId, paidOn, minor, reference }) => [
      day(paidOn),
      claimName(claims.find(({ id }) => id === claimId)?.number ?? 0),
      amount(minor, currencies.get(funderId)?.currency),
      reference,
    ]);
  if (rows.length === 0) return [];
  const columns = [
    { head: 'Paid on' },
    { head: 'Claim' },
    { head: 'Amount', kind: 'number' },
    { head: 'Reference', kind: 'wide' },
  ] as const;
  return [{ heading: 'Paid', table: { columns, rows } }];
}

/** Who decided what, and when. */
export function stepSection(claims: readonly BundledClaim[], zone: ZoneName): BundleSection {
  return {
    heading: 'Who decided what',
    table: {
      columns: [
        { head: 'When' },
        { head: 'Claim' },
        { head: 'What' },
        { head: 'Who' },
        { head: 'Words', kind: 'wide' },
      ],
      rows: claims.flatMap(({ number, steps }) =>
        steps.map(({ at, state, byName, reason }) => [
          formatInstant(at, zone),
          claimName(number),
          STATE_WORDS[state],
          byName ?? 'Cairn',
          reason,
        ]),
      ),
    },
  };
}
