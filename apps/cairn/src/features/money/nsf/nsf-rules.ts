import { type Currency, formatMoney, percentOf, sumOf } from '@cairn/kernel/money';
import { counted } from '@cairn/kernel/words';
import { CATEGORIES, type Category } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import type { Balance } from '../journal/balance-queries.ts';

/**
 * Lines of NSF's form 1030 (PAPPG 24-1, II.D.2.f) that the costs of a summit fall under. Salaries, fringe benefits and
 * equipment (A to D) are not kept here.
 */
export const FORM_LINES = [
  ['E.1', 'Travel of staff and speakers: domestic'],
  ['E.2', 'Travel of staff and speakers: foreign'],
  ['F.1', 'Participant support: stipends'],
  ['F.2', 'Participant support: travel'],
  ['F.3', 'Participant support: subsistence'],
  ['F.4', 'Participant support: other'],
  ['G.1', 'Materials and supplies'],
  ['G.2', 'Publication, documentation and dissemination'],
  ['G.3', 'Consultant services'],
  ['G.4', 'Computer services'],
  ['G.5', 'Subawards'],
  ['G.6', 'Other direct costs'],
] as const;
export type FormLine = (typeof FORM_LINES)[number][0];

/** What was awarded for each line, and for indirect costs (`I`), in minor units. */
export type Awarded = Readonly<Partial<Record<FormLine | 'I', number>>>;

/** Of whom costs are: what decides under which line they fall. */
export interface FormPerson {
  readonly personId: string;
  /** Undefined: nobody decided yet. */
  readonly isParticipant: boolean | undefined;
  /** From where they come, as a country’s two letters; null where nobody said. */
  readonly fromCountry: string | null;
}

const JOURNEY: readonly Category[] = [
  'travel',
  'local_transport',
  'mileage',
  'visa',
  'lodging',
  'meals',
  'per_diem',
];

/**
 * The form's line of a cost. Participant support is what is paid to or for participants out of a line that holds it;
 * whoever works for the programme travels under E, and the rest of theirs is G.6. Somebody nobody decided on counts as
 * a participant, and is listed. Travel from abroad, or from nobody knows where to a summit abroad, is foreign.
 */
export function formLineOf(
  category: Category,
  line: Pick<FundLine, 'isParticipantSupport'>,
  person: FormPerson | undefined,
  isSummitAbroad: boolean,
): FormLine {
  const { form } = CATEGORIES[category];
  if (!form.startsWith('F')) return form;
  const isSupport = line.isParticipantSupport && person?.isParticipant !== false;
  if (isSupport) return form;
  if (person === undefined || !JOURNEY.includes(category)) return 'G.6';
  const isForeign = isSummitAbroad || (person.fromCountry !== null && person.fromCountry !== 'US');
  return isForeign ? 'E.2' : 'E.1';
}

/** Where the money of one line of the form stands, in minor units. */
export interface FormRow {
  readonly line: FormLine;
  readonly label: string;
  readonly awarded: number;
  readonly committed: number;
  /** Claimed beyond what was committed counts here as well. */
  readonly claimed: number;
  /** Approved, paid or not. */
  readonly approved: number;
  readonly paid: number;
  /** What is left of what was awarded once all of these are paid. */
  readonly left: number;
}

/** A budget in the shape of the form. */
export interface FormBudget {
  readonly rows: readonly FormRow[];
  /** Totals of rows by their letter, of all direct costs (`H`). */
  readonly totals: Readonly<Record<'E' | 'F' | 'G' | 'H', Omit<FormRow, 'line' | 'label'>>>;
  /** What approved costs are in the base of indirect costs; participant support never is. */
  readonly base: number;
  readonly indirectRate: string | null;
  readonly indirect: number;
  readonly awardedIndirect: number;
  /** People whom participant support pays, or is to pay. */
  readonly participants: readonly string[];
  /** Of them, those nobody decided on. */
  readonly undecided: readonly string[];
  /** People who are no participants though a line of participant support pays them. */
  readonly misplaced: readonly string[];
}

interface Facts {
  readonly lines: readonly FundLine[];
  readonly balances: readonly Balance[];
  readonly people: ReadonlyMap<string, FormPerson>;
  readonly isSummitAbroad: boolean;
  readonly awarded: Awarded;
  readonly indirectRate: string | null;
}

/** Puts every posted amount of a funder's lines under its line of the form. */
export function formBudget(facts: Facts): FormBudget {
  const { lines, balances, people, isSummitAbroad, awarded, indirectRate } = facts;
  const byId = new Map(lines.map((line) => [line.id, line]));
  const placed = balances.flatMap((balance) => {
    const line = byId.get(balance.lineId);
    if (line === undefined || balance.category === '') return [];
    const { personId, category } = balance;
    const person =
      personId === null
        ? undefined
        : (people.get(personId) ?? { personId, isParticipant: undefined, fromCountry: null });
    return [{ balance, line, person, form: formLineOf(category, line, person, isSummitAbroad) }];
  });
  const rows = FORM_LINES.map(([line, label]): FormRow => {
    const own = placed.filter(({ form }) => form === line);
    const stage = (...stages: readonly Balance['stage'][]): number =>
      sumOf(
        own.filter(({ balance }) => stages.includes(balance.stage)).map((p) => p.balance.minor),
      );
    const figures = {
      awarded: awarded[line] ?? 0,
      committed: stage('committed'),
      claimed: stage('claimed'),
      approved: stage('approved', 'paid'),
      paid: stage('paid'),
    };
    const left = figures.awarded - figures.committed - figures.claimed - figures.approved;
    return { line, label, ...figures, left };
  });
  const base = sumOf(
    placed
      .filter(
        ({ balance, line, form }) =>
          isSpent(balance) && line.inIndirectBase && !line.isParticipantSupport && form[0] !== 'F',
      )
      .map(({ balance }) => balance.minor),
  );
  const support = placed.filter(({ form }) => form.startsWith('F'));
  const ids = (some: typeof placed): readonly string[] => [
    ...new Set(some.flatMap(({ person }) => (person === undefined ? [] : [person.personId]))),
  ];
  return {
    rows,
    totals: {
      E: totalOf(rows.filter(({ line }) => line.startsWith('E'))),
      F: totalOf(rows.filter(({ line }) => line.startsWith('F'))),
      G: totalOf(rows.filter(({ line }) => line.startsWith('G'))),
      H: totalOf(rows),
    },
    base,
    indirectRate,
    indirect: indirectRate === null ? 0 : percentOf(base, indirectRate),
    awardedIndirect: awarded.I ?? 0,
    participants: ids(support),
    undecided: ids(support.filter(({ person }) => person?.isParticipant === undefined)),
    misplaced: ids(
      placed.filter(
        ({ line, person }) => line.isParticipantSupport && person?.isParticipant === false,
      ),
    ),
  };
}

const isSpent = ({ stage }: Balance): boolean => stage === 'approved' || stage === 'paid';

function totalOf(rows: readonly FormRow[]): Omit<FormRow, 'line' | 'label'> {
  const sum = (figure: 'awarded' | 'committed' | 'claimed' | 'approved' | 'paid' | 'left') =>
    sumOf(rows.map((row) => row[figure]));
  return {
    awarded: sum('awarded'),
    committed: sum('committed'),
    claimed: sum('claimed'),
    approved: sum('approved'),
    paid: sum('paid'),
    left: sum('left'),
  };
}

/** What an auditor would ask about, each with its rule. `movedOut` is what transfers took out of participant support. */
export function formWarnings(
  budget: FormBudget,
  {
    currency,
    movedOut,
    basedLines,
    awardedPeople,
  }: {
    readonly currency: Currency;
    readonly movedOut: number;
    /** Titles of lines of participant support that are marked as in the base. */
    readonly basedLines: readonly string[];
    readonly awardedPeople: number | null;
  },
): readonly string[] {
  const { totals, participants, undecided, misplaced } = budget;
  const money = (minor: number) => formatMoney(minor, currency);
  const others = totals.E.left + totals.G.left;
  const hasAward = totals.H.awarded > 0;
  return [
    ...(movedOut > 0
      ? [
          `${money(movedOut)} were moved out of lines of participant support; that needs the funder’s written approval before (2 CFR 200.308).`,
        ]
      : []),
    ...(hasAward && others < 0 && totals.F.left > 0
      ? [
          `Lines E and G take ${money(-others)} more than was awarded. Taking it from F, where ${money(totals.F.left)} are left, needs written approval before (2 CFR 200.308).`,
        ]
      : []),
    ...(hasAward && totals.F.left < 0
      ? [`Participant support takes ${money(-totals.F.left)} more than was awarded for it.`]
      : []),
    ...(undecided.length > 0
      ? [
          `${counted(undecided.length, 'person is', 'people are')} counted as participants, and nobody decided so. Decide it for each (2 CFR 200.1).`,
        ]
      : []),
    ...(misplaced.length > 0
      ? [
          `${counted(misplaced.length, 'person', 'people')} who work for the programme are paid from a line of participant support; their costs stand under E and G.6 here.`,
        ]
      : []),
    ...basedLines.map(
      (title) =>
        `“${title}” holds participant support, which is never in the base of indirect costs (2 CFR 200.1, MTDC); it is left out of it.`,
    ),
    ...(awardedPeople !== null && participants.length > awardedPeople
      ? [`Participant support pays ${participants.length} people; the award says ${awardedPeople}.`]
      : []),
  ];
}
