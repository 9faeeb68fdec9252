import { expectCurrency, formatMoney } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { formatDateSpan, parseDate } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import type { Letter } from '@cairn/typeset/letter-content';
import type { SummitDefinition } from '../../summits/schema.ts';
import { categoryLabel } from '../category-rules.ts';

export const LETTER_STATES = ['requested', 'returned', 'issued', 'withdrawn'] as const;
export type LetterState = (typeof LETTER_STATES)[number];
export const OUTCOMES = {
  granted: 'I got the visa',
  refused: 'It was refused',
  not_needed: 'I need none after all',
} as const;
export type Outcome = keyof typeof OUTCOMES;

/** What somebody asks to be written of them. The number of a passport is never asked for. */
export interface AskedLetter {
  /** As in the passport. */
  readonly fullName: string;
  readonly bornOn: string | null;
  readonly citizenship: string;
  readonly affiliation: string;
  readonly consulate: string;
  /** For organisers; not in the letter. */
  readonly note: string;
  /** The letter may say what is paid for them, and organisers may read that. */
  readonly saysMoney: boolean;
}

/** A promise of money, in the letter because its owner agreed. */
export interface PaidPart {
  readonly category: string;
  readonly minor: number;
  readonly currency: string;
  readonly funder: string;
}

/** Who writes, and who signs. */
export interface LetterSetting {
  /** Line by line. */
  readonly letterhead: string;
  readonly signedAs: string;
  readonly contact: string;
  readonly daysKept: number;
}

/** All that a letter says, kept as it was when it was issued. */
export interface LetterContent {
  readonly letterhead: readonly string[];
  readonly date: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly signed: readonly string[];
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const span = (from: string, until: string): string =>
  formatDateSpan(expectOk(parseDate(from)), expectOk(parseDate(until)));

const longDay = (date: string): string =>
  expectOk(parseDate(date)).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });

/** What a letter says of somebody, on a day. `days` are those of their stay, where they are known. */
export function letterContent(
  { title, hosts, venue, dates }: SummitDefinition,
  asked: AskedLetter,
  given: {
    readonly setting: LetterSetting;
    readonly signedAs: string;
    readonly date: string;
    readonly days: { readonly arrivesOn: string | null; readonly leavesOn: string | null };
    readonly paid: readonly PaidPart[];
  },
): LetterContent {
  const { setting, days, paid } = given;
  const [from, until] = [days.arrivesOn ?? dates.arrival, days.leavesOn ?? dates.departure];
  const place = [venue.name, venue.address, venue.city, venue.country].filter(Boolean).join(', ');
  const names = hosts.map(({ name }) => name);
  const head = linesOf(setting.letterhead);
  const money = paidSentences(paid);
  return {
    letterhead: head.length > 0 ? head : [title, ...names, `${venue.city}, ${venue.country}`],
    date: given.date,
    to: asked.consulate === '' ? ['To whom it may concern'] : ['To', asked.consulate],
    subject: `Invitation of ${asked.fullName}: ${title}`,
    paragraphs: [
      `We invite ${asked.fullName} to take part in ${title}, a working meeting of developers of open-source scientific software. It takes place on ${span(dates.start, dates.end)} at ${place}, and is hosted by ${listed(names)}.`,
      ...(asked.saysMoney && money.length > 0 ? money : []),
      `We ask you to decide on the visa in time for this journey.${setting.contact === '' ? '' : ` For questions, please write to ${setting.contact}.`}`,
      'Yours faithfully,',
    ],
    facts: [
      { term: 'Name, as in the passport', value: asked.fullName },
      { term: 'Passport number', value: '' },
      ...(asked.bornOn === null ? [] : [{ term: 'Born on', value: longDay(asked.bornOn) }]),
      { term: 'Citizenship', value: asked.citizenship },
      ...(asked.affiliation === '' ? [] : [{ term: 'Affiliation', value: asked.affiliation }]),
      { term: 'Stay', value: `${longDay(from)} to ${longDay(until)}` },
    ],
    signed: linesOf(given.signedAs),
  };
}

/** Who pays what, a sentence for each funder; nothing where nothing is agreed. */
function paidSentences(paid: readonly PaidPart[]): string[] {
  return [...Map.groupBy(paid, ({ funder }) => funder)].map(([funder, parts]) => {
    const words = parts.map(
      ({ category, minor, currency }) =>
        `${categoryLabel(category).toLowerCase()} up to ${formatMoney(minor, expectCurrency(currency))}`,
    );
    return `${funder} pays for this participant: ${listed(words)}.`;
  });
}

/** The same for the typesetter. */
export const asLetter = (content: LetterContent, isDraft = false): Letter => ({
  ...content,
  date: expectOk(parseDate(content.date)),
  paper: 'a4',
  language: 'en-GB',
  isDraft,
});

/** From which day on nobody needs the facts of letters any more. */
export const clearedOn = (departure: string, daysKept: number): string =>
  expectOk(parseDate(departure))
    .add({ days: daysKept + 1 })
    .toString();
