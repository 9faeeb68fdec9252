import { sumOf } from '@cairn/kernel/money';
import { counted } from '@cairn/kernel/words';
import type { Category } from '../category-rules.ts';
import type { Funder } from '../funders/funder-rules.ts';
import type { Standing } from '../journal/journal-rules.ts';

/** One cost that a funder was asked for; amounts in its currency but for what was spent. */
export interface LedgerEntry {
  readonly number: number;
  readonly state: string;
  readonly personId: string | null;
  readonly payee: string;
  readonly lineId: string;
  readonly category: Category;
  readonly meal: string | null;
  readonly spentOn: string | null;
  readonly text: string;
  readonly spentMinor: number | null;
  readonly spentCurrency: string | null;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly rateSource: string | null;
  readonly askedMinor: number;
  /** Null until somebody decided. */
  readonly approvedMinor: number | null;
  readonly reason: string;
  readonly paidMinor: number;
  /** The last day on which its claim was paid. */
  readonly paidOn: string | null;
  readonly references: string;
  readonly receipts: number;
  /** The rules ask for a record that is not there, such as that of a flight's carrier. */
  readonly lacksRecord: boolean;
}

/** What a funder was asked for, and where its lines stand. */
export interface Ledger {
  readonly funder: Funder;
  readonly entries: readonly LedgerEntry[];
  readonly lines: readonly {
    readonly id: string;
    readonly title: string;
    readonly stands: Standing;
  }[];
  /** By person: whether they count as a participant, where somebody decided. */
  readonly participants: ReadonlyMap<string, boolean>;
}

/** Sums of entries, in the funder's currency. */
export interface LedgerSums {
  readonly asked: number;
  readonly approved: number;
  readonly paid: number;
}

/** The sums of some entries of a ledger. */
export const sumsOf = (entries: readonly LedgerEntry[]): LedgerSums => ({
  asked: sumOf(entries.map(({ askedMinor }) => askedMinor)),
  approved: sumOf(entries.map(({ approvedMinor }) => approvedMinor ?? 0)),
  paid: sumOf(entries.map(({ paidMinor }) => paidMinor)),
});

/** Everybody whom a funder pays, suppliers too, by name, each with their entries. */
export interface LedgerPayee {
  /** Tells two of the same name apart: the number of each in the ledger, from 1. */
  readonly no: number;
  readonly personId: string | null;
  readonly payee: string;
  readonly entries: readonly LedgerEntry[];
}

/** The payees of a ledger by name; two people of one name are two, a supplier is known by its name. */
export function payeesIn({ entries }: Pick<Ledger, 'entries'>): readonly LedgerPayee[] {
  const by = Map.groupBy(entries, ({ personId, payee }) => personId ?? `supplier ${payee}`);
  return [...by.values()]
    .flatMap((own) => {
      const [first] = own;
      return first === undefined
        ? []
        : [{ personId: first.personId, payee: first.payee, entries: own }];
    })
    .sort(
      (a, b) =>
        a.payee.localeCompare(b.payee, 'en') || (a.personId ?? '').localeCompare(b.personId ?? ''),
    )
    .map((payee, index) => ({ no: index + 1, ...payee }));
}

/** What else is known of a summit that a funder may ask for. */
export interface Evidence {
  readonly present: ReadonlySet<string>;
  readonly hasTimetable: boolean;
}

/** What a funder's documents still lack of one payee, in words; empty where nothing is missing. */
export function lacksOf(
  { documents }: Pick<Funder, 'documents'>,
  { personId, entries }: Pick<LedgerPayee, 'personId' | 'entries'>,
  { present }: Pick<Evidence, 'present'>,
): readonly string[] {
  const wants = (key: string): boolean => documents.includes(key);
  const bare = entries.filter(({ receipts }) => receipts === 0);
  const travel = entries.filter(({ category, receipts }) => category === 'travel' && receipts < 2);
  const records = entries.filter(({ lacksRecord }) => lacksRecord);
  return [
    ...(wants('receipts') && bare.length > 0
      ? [`receipts of ${counted(bare.length, 'cost')}`]
      : []),
    ...(wants('boarding_passes') && travel.length > 0
      ? [`ticket or boarding pass of ${counted(travel.length, 'journey')}`]
      : []),
    ...(wants('carrier_record') && records.length > 0
      ? [`record of carriers of ${counted(records.length, 'journey')}`]
      : []),
    ...(wants('attendance') && personId !== null && !present.has(personId)
      ? ['on which days they were there']
      : []),
  ];
}

/** What a funder's documents still lack of the summit as a whole. */
export function summitLacks(
  { documents }: Pick<Funder, 'documents'>,
  { hasTimetable }: Pick<Evidence, 'hasTimetable'>,
): readonly string[] {
  return [
    ...(documents.includes('agenda') && !hasTimetable
      ? ['The agenda: no timetable is public yet.']
      : []),
    ...(documents.includes('report')
      ? ['The reports of people: they are written elsewhere, so ask for them.']
      : []),
  ];
}

/** By how much approved costs differ from what the journal says is owed and paid of a line; 0, or it is broken. */
export const differsBy = (approved: number, { approved: owed, paid }: Standing): number =>
  approved - owed - paid;
