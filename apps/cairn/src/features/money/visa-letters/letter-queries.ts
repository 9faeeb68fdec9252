import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { type Organiser, type Self, selfIn } from '../../people/rights.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { ownCaps } from '../estimates/estimate-queries.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import type {
  AskedLetter,
  LetterContent,
  LetterSetting,
  LetterState,
  Outcome,
  PaidPart,
} from './letter-rules.ts';

/** A letter that was asked for, and how far it is. */
export interface VisaLetter extends AskedLetter {
  readonly id: string;
  readonly personId: string;
  readonly state: LetterState;
  /** What organisers ask to be changed. */
  readonly answer: string;
  readonly requestedAt: Instant;
  readonly issuedAt: Instant | null;
  readonly outcome: Outcome | null;
  /** What it says, once it is issued and until it is cleared. */
  readonly content: LetterContent | null;
  readonly clearedAt: Instant | null;
}

const columns = [
  'visaLetter.id',
  'personId',
  'state',
  'fullName',
  'bornOn',
  'citizenship',
  'affiliation',
  'consulate',
  'visaLetter.note',
  'answer',
  'saysMoney',
  'requestedAt',
  'issuedAt',
  'outcome',
  'content',
  'clearedAt',
] as const;

/** What was issued was made by `letterContent` before it was stored. */
const asLetterRow = <R extends { readonly content: unknown }>(row: R) => ({
  ...row,
  content: row.content as LetterContent | null,
});

/** One's own letters, newest first. */
export async function ownLetters(
  db: Reader,
  { summitId, personId }: Self,
): Promise<readonly VisaLetter[]> {
  const rows = await db
    .selectFrom('visaLetter')
    .select(columns)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('requestedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(asLetterRow);
}

/** All letters of a summit, those that wait first. */
export async function lettersOf(
  db: Reader,
  { summitId }: Organiser,
): Promise<readonly (VisaLetter & { readonly name: string })[]> {
  const rows = await db
    .selectFrom('visaLetter')
    .innerJoin('person', 'person.id', 'visaLetter.personId')
    .select([...columns, 'person.name'])
    .where('summitId', '=', summitId)
    .orderBy((eb) => eb.case().when('state', '=', 'requested').then(0).else(1).end())
    .orderBy('requestedAt')
    .orderBy('visaLetter.id')
    .execute();
  return rows.map(asLetterRow);
}

/** What stands on every letter of a summit. */
export async function letterSetting(db: Reader, summitId: string): Promise<LetterSetting> {
  const row = await db
    .selectFrom('letterSetting')
    .select(['letterhead', 'signedAs', 'contact', 'daysKept'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return row ?? { letterhead: '', signedAs: '', contact: '', daysKept: 30 };
}

/** What a letter needs to know besides what was asked: days of the stay, and what is paid where its owner agreed. */
export async function letterFacts(
  db: Reader,
  { summitId }: Organiser,
  letter: Pick<VisaLetter, 'personId' | 'saysMoney'>,
): Promise<{
  readonly days: { readonly arrivesOn: string | null; readonly leavesOn: string | null };
  readonly paid: readonly PaidPart[];
}> {
  const days = (await presenceOf(db, summitId)).get(letter.personId);
  return {
    days: { arrivesOn: days?.arrivesOn ?? null, leavesOn: days?.leavesOn ?? null },
    // Its owner said that organisers may read it, and gave their own right for it.
    paid: letter.saysMoney ? await paidFor(db, selfIn(summitId, letter)) : [],
  };
}

/** What of one's estimates is approved, by funder and category. */
async function paidFor(db: Reader, self: Self): Promise<readonly PaidPart[]> {
  const [caps, lines] = await Promise.all([ownCaps(db, self), fundLinesOf(db, self.summitId)]);
  const paid = new Map<string, PaidPart>();
  for (const { lineId, category, capMinor } of caps) {
    const line = lines.find(({ id }) => id === lineId);
    if (line === undefined || capMinor === 0) continue;
    const { name: funder, currency } = line.funder;
    const key = `${funder} ${currency} ${category}`;
    const minor = (paid.get(key)?.minor ?? 0) + capMinor;
    paid.set(key, { category, minor, currency, funder });
  }
  return [...paid.values()];
}
