import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import { dateIn, formatInstant, type ZoneName } from '@cairn/kernel/time';
import { counted, listed } from '@cairn/kernel/words';
import type { Bundle, BundleSection, Enclosure } from '@cairn/typeset/bundle-content';
import { categoryLabel } from '../category-rules.ts';
import {
  type Claim,
  type ClaimItem,
  type ClaimState,
  type ClaimStep,
  claimName,
  STATE_WORDS,
} from '../claims/claim-rules.ts';
import { documentLabel } from '../funders/document-rules.ts';
import type { Funder, FundLine } from '../funders/funder-rules.ts';
import { type ReceiptType, savedName } from '../receipts/receipt-rules.ts';

/** What of a claim goes to a funder: it was approved, and may be paid by now. */
export const BUNDLED: readonly ClaimState[] = ['approved', 'sent', 'paid'];

/** A receipt with its bytes. */
export interface BundledReceipt {
  readonly id: string;
  readonly name: string;
  readonly mediaType: ReceiptType;
  readonly pages: number | null;
  readonly content: Uint8Array;
}

/** What was paid on a claim. */
export interface BundledPayment {
  readonly claimId: string;
  readonly funderId: string;
  readonly paidOn: string;
  readonly minor: number;
  readonly reference: string;
}

/** A claim with what happened to it. */
export interface BundledClaim extends Claim {
  readonly steps: readonly ClaimStep[];
}

/** All that a bundle is made of. Amounts of items are in the currency of their line. */
export interface BundleFacts {
  readonly summit: {
    readonly title: string;
    readonly place: string;
    readonly days: string;
    readonly zone: ZoneName;
  };
  /** Whose money it is about; undefined for all of a claim, as its owner has it. */
  readonly funder: Funder | undefined;
  readonly payee: string;
  /** From where, and from when to when, in words; empty where nobody said. */
  readonly trip: string;
  readonly claims: readonly BundledClaim[];
  readonly lines: ReadonlyMap<string, FundLine>;
  readonly receipts: ReadonlyMap<string, BundledReceipt>;
  readonly payments: readonly BundledPayment[];
  /** What the rules asked of a cost and was answered, by the item's id: in words. */
  readonly records: ReadonlyMap<string, readonly (readonly [label: string, value: string])[]>;
  readonly names: ReadonlyMap<string, string>;
  readonly made: Instant;
}

/** A cost with its number in the bundle. */
interface Cost {
  readonly number: number;
  readonly claim: BundledClaim;
  readonly item: ClaimItem;
  readonly line: FundLine | undefined;
}

/** The costs of a bundle in the order of claims and items; those that another funder pays are left out. */
function costsOf({ claims, lines, funder }: BundleFacts): readonly Cost[] {
  return [...claims]
    .sort((a, b) => a.number - b.number)
    .flatMap((claim) =>
      claim.items.map((item) => ({
        claim,
        // What is only proposed, while a second look is awaited, is on no paper.
        item: BUNDLED.includes(claim.state) ? item : { ...item, approvedMinor: null, reason: '' },
        line: item.lineId === null ? undefined : lines.get(item.lineId),
      })),
    )
    .filter(({ line }) => funder === undefined || line?.funder.id === funder.id)
    .map((cost, index) => ({ ...cost, number: index + 1 }));
}

/** The receipts in the order in which costs first name them, each with the costs that do. */
function papersOf(costs: readonly Cost[], receipts: BundleFacts['receipts']) {
  const ids = [...new Set(costs.flatMap(({ item }) => item.receiptIds))];
  return ids.flatMap((id) => {
    const receipt = receipts.get(id);
    const of = costs.filter(({ item }) => item.receiptIds.includes(id));
    return receipt === undefined ? [] : [{ receipt, of }];
  });
}

const KINDS: Readonly<Record<ReceiptType, Enclosure['kind']>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** The form, the list of expenses and the receipts in the same order, as one document. */
export function bundleOf(facts: BundleFacts): Bundle {
  const { funder, payee, summit, made } = facts;
  const costs = costsOf(facts);
  const papers = papersOf(costs, facts.receipts);
  const claims = [...new Map(costs.map(({ claim }) => [claim.id, claim])).values()];
  return {
    title:
      funder === undefined
        ? `Claim ${listed(claims.map(({ number }) => claimName(number)))}`
        : `Claims to ${funder.name}`,
    subtitle: `${payee} · ${summit.title}`,
    author: payee,
    date: dateIn(made, summit.zone),
    paper: 'a4',
    sections: [
      whoSection(facts, claims),
      expenseSection(costs, papers),
      ...rateSection(costs),
      ...reasonSection(costs),
      ...recordSection(costs, facts),
      lineSection(costs),
      ...paymentSection(facts, claims),
      stepSection(claims, summit.zone),
      {
        heading: 'Signatures',
        signatures: [`${payee}, date`, 'For the summit, date'],
      },
    ],
    enclosures: papers.map(({ receipt, of }) => ({
      title: receipt.name,
      text: `for ${of.length === 1 ? 'cost' : 'costs'} ${listed(of.map(({ number, claim, item }) => `${number} (${claimName(claim.number)}, ${costWords(item)})`))}`,
      kind: KINDS[receipt.mediaType],
      pages: receipt.pages ?? 1,
      bytes: receipt.content,
    })),
  };
}

function whoSection(facts: BundleFacts, claims: readonly BundledClaim[]): BundleSection {
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
const costWords = ({ category, meal, text }: ClaimItem): string =>
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

function expenseSection(
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
function rateSection(costs: readonly Cost[]): BundleSection[] {
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
function reasonSection(costs: readonly Cost[]): BundleSection[] {
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

function recordSection(costs: readonly Cost[], { records, names }: BundleFacts): BundleSection[] {
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

function lineSection(costs: readonly Cost[]): BundleSection {
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

function paymentSection(
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

function stepSection(claims: readonly BundledClaim[], zone: ZoneName): BundleSection {
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

/** The name of a bundle's file: whose it is, and what, in letters that every system takes. */
export function bundleName(payee: string, claims: readonly Pick<Claim, 'number'>[]): string {
  const plain = payee
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const numbers = claims.map(({ number }) => number).sort((a, b) => a - b);
  return [plain === '' ? 'payee' : plain.slice(0, 60), ...numbers.slice(0, 6).map(claimName)].join(
    '-',
  );
}

/** The file beside a bundle of a receipt that could not be set into it. */
export const besideName = (bundle: string, number: number, receipt: BundledReceipt): string =>
  `${bundle}-R${number}-${savedName(receipt.name, receipt.mediaType).replace(/[/\\]/g, '-')}`;

/** The receipt that stands at a number of a bundle, from 1. */
export const receiptAt = (facts: BundleFacts, number: number): BundledReceipt | undefined =>
  papersOf(costsOf(facts), facts.receipts)[number - 1]?.receipt;
