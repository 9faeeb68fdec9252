import { dateIn } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import type { Bundle, Enclosure } from '@cairn/typeset/bundle-content';
import { type Claim, claimName } from '../claims/claim-rules.ts';
import { type ReceiptType, savedName } from '../receipts/receipt-rules.ts';
import { type BundledReceipt, type BundleFacts, costsOf, papersOf } from './bundle-cost-rules.ts';
import {
  costWords,
  expenseSection,
  lineSection,
  paymentSection,
  rateSection,
  reasonSection,
  recordSection,
  stepSection,
  whoSection,
} from './bundle-section-rules.ts';

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
