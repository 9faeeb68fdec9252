import { counted } from '@cairn/kernel/words';

/** What waits in the treasury, as one treasurer sees it. */
export interface TreasuryFacts {
  /** Estimates that they may decide on, and on how many somebody else must look. */
  readonly estimates: Waiting;
  readonly estimateSecondLooks: number;
  readonly claims: Waiting;
  readonly claimSecondLooks: number;
  /** Approved, and not asked of the payer yet. */
  readonly toSend: number;
  /** Asked of the payer, and not paid. */
  readonly toPay: number;
  readonly bankRows: number;
  /** Rules that an organiser must confirm. */
  readonly rules: number;
  readonly overdrawnLines: number;
  /** People with a seat of whom nobody decided whether participant support may pay for them. */
  readonly undecidedPeople: number;
  /** Estimates and claims of their own, which another treasurer decides on. */
  readonly own: number;
  readonly treasurers: number;
  readonly funders: number;
  readonly lines: number;
  /** Titles of open lines that were given nothing. */
  readonly emptyLines: readonly string[];
  /** People with a funded seat whom no line pays for. */
  readonly unpaidPeople: number;
  /** People with a funded seat who need an estimate and have none. */
  readonly withoutEstimate: number;
}

/** How many wait, and for how many days the first of them. */
export interface Waiting {
  readonly count: number;
  readonly longestDays: number;
}

/** One thing to do, and where it is done. */
export interface Todo {
  readonly key: string;
  readonly count: number;
  readonly what: string;
  /** Below the treasury. */
  readonly path: string;
  readonly detail?: string;
  readonly isPressing?: boolean;
}

const waits = ({ longestDays }: Waiting): { readonly detail?: string } =>
  longestDays < 1 ? {} : { detail: `The first has waited ${counted(longestDays, 'day')}.` };

/** What is to be done, in the order in which people wait for it; nothing that is not. */
export function todosOf(facts: TreasuryFacts): readonly Todo[] {
  const all: readonly Todo[] = [
    {
      key: 'overdrawn',
      count: facts.overdrawnLines,
      what: counted(facts.overdrawnLines, 'line is overdrawn', 'lines are overdrawn'),
      path: '/budget',
      isPressing: true,
    },
    {
      key: 'claims',
      count: facts.claims.count,
      what: `${counted(facts.claims.count, 'claim')} to decide on`,
      path: '/claims?show=waiting',
      ...waits(facts.claims),
    },
    {
      key: 'claim-looks',
      count: facts.claimSecondLooks,
      what: `${counted(facts.claimSecondLooks, 'claim')} to look at a second time`,
      path: '/claims?show=second_look',
    },
    {
      key: 'estimates',
      count: facts.estimates.count,
      what: `${counted(facts.estimates.count, 'estimate')} to decide on`,
      path: '/estimates?show=waiting',
      ...waits(facts.estimates),
    },
    {
      key: 'estimate-looks',
      count: facts.estimateSecondLooks,
      what: `${counted(facts.estimateSecondLooks, 'estimate')} to look at a second time`,
      path: '/estimates?show=second_look',
    },
    {
      key: 'send',
      count: facts.toSend,
      what: `${counted(facts.toSend, 'approved claim')} to send to the payer`,
      path: '/payments',
    },
    {
      key: 'pay',
      count: facts.toPay,
      what: `${counted(facts.toPay, 'claim')} sent, and not paid yet`,
      path: '/payments',
    },
    {
      key: 'bank',
      count: facts.bankRows,
      what: `${counted(facts.bankRows, 'row')} of bank files without a claim`,
      path: '/payments/rows',
    },
    {
      key: 'rules',
      count: facts.rules,
      what: `${counted(facts.rules, 'rule')} to confirm`,
      path: '/policies',
    },
    {
      key: 'participants',
      count: facts.undecidedPeople,
      what: `${counted(facts.undecidedPeople, 'person', 'people')} of whom it is open whether they count as participants`,
      path: '/funders/participants',
    },
  ];
  return all.filter(({ count }) => count > 0);
}

/** Something that would help, and where it is done. */
export interface Help {
  readonly key: string;
  readonly sentence: string;
  /** Below the summit. */
  readonly path: string;
  readonly label: string;
}

/** What would make the work of treasurers easier, or is missing for it to begin. */
export function helpsOf(facts: TreasuryFacts): readonly Help[] {
  const helps: readonly (Help & { readonly isNeeded: boolean })[] = [
    {
      key: 'funder',
      isNeeded: facts.funders === 0,
      sentence: 'Nobody pays for anything yet.',
      path: '/treasury/funders/new',
      label: 'Add whoever gives money',
    },
    {
      key: 'line',
      isNeeded: facts.funders > 0 && facts.lines === 0,
      sentence: 'No funder has a line, so nothing can be paid from their money.',
      path: '/treasury/funders',
      label: 'Say what it may pay',
    },
    {
      key: 'allot',
      isNeeded: facts.emptyLines.length > 0,
      sentence: `${facts.emptyLines.map((title) => `“${title}”`).join(', ')} has been given nothing yet.`,
      path: '/treasury/funders',
      label: 'Allot money',
    },
    {
      key: 'second',
      isNeeded: facts.treasurers < 2,
      sentence:
        'You are the only treasurer. Nobody decides on their own money, so your own claims and second looks need another one.',
      path: '/organise/roles',
      label: 'Give somebody the role',
    },
    {
      key: 'unpaid',
      isNeeded: facts.lines > 0 && facts.unpaidPeople > 0,
      sentence: `No line pays for ${counted(facts.unpaidPeople, 'person', 'people')} with a funded seat.`,
      path: '/treasury/budget?by=person',
      label: 'See who',
    },
    {
      key: 'estimate',
      isNeeded: facts.withoutEstimate > 0,
      sentence: `${counted(facts.withoutEstimate, 'person has', 'people have')} a funded seat and no estimate yet.`,
      path: '/treasury/estimates',
      label: 'Look at estimates',
    },
  ];
  return helps.filter(({ isNeeded }) => isNeeded).map(({ isNeeded: _, ...help }) => help);
}
