import { type Problem, problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import {
  type AskedState,
  expectedNights,
  type Habit,
  type Payer,
  type RoomKind,
  type SharingGroup,
  type SummitDates,
  summitNights,
} from './stay-rules.ts';

/** What somebody says of their stay. Their days are said with it, and are those of the timetable too. */
export interface SaidStay {
  readonly fromCity: string;
  readonly fromCountry: string | null;
  readonly fromAirport: string | null;
  readonly arrivesOn: string | null;
  readonly arrivesAt: string | null;
  readonly leavesOn: string | null;
  readonly leavesAt: string | null;
  readonly isRemote: boolean;
  readonly extraPaidBy: Payer | null;
  readonly extraReason: string;
  readonly room: RoomKind;
  readonly singleReason: string;
  readonly sharesWith: SharingGroup;
  readonly note: string;
  /** The revision that the form was made of: what somebody else changed meanwhile is not overwritten. */
  readonly revision: number;
}

/** What only its owner and the search for rooms know. */
export interface SaidWishes {
  readonly habits: readonly Habit[];
  readonly with: readonly string[];
  readonly notWith: readonly string[];
}

/** Nights of what was said that are none of the summit's, and that somebody has to pay. */
function extraNightsSaid(said: SaidStay, dates: SummitDates): readonly string[] {
  if (said.isRemote || said.room === 'own') return [];
  const usual = new Set(summitNights(dates));
  return expectedNights(said, dates).filter((night) => !usual.has(night));
}

/** What is missing in what somebody said, by the names of fields. */
export function stayProblems(said: SaidStay, dates: SummitDates): Problem[] {
  const wrong = (path: string, sentence: string): Problem =>
    problem('bad-stay', sentence, { path });
  const problems: Problem[] = [];
  const nights = extraNightsSaid(said, dates).length;
  if (nights > 0 && said.extraPaidBy === null) {
    const extra = counted(nights, 'extra night');
    problems.push(
      wrong(
        'extra_paid_by',
        `You stay ${extra}, before or after those of the summit; say who pays them.`,
      ),
    );
  }
  if (nights > 0 && said.extraPaidBy === 'grant' && said.extraReason === '') {
    problems.push(
      wrong('extra_reason', 'Say why the summit should pay the extra nights, in a sentence.'),
    );
  }
  if (!said.isRemote && said.room === 'single' && said.singleReason === '') {
    problems.push(
      wrong('single_reason', 'Say why you ask for a room alone, as shortly as you like.'),
    );
  }
  return problems;
}

/** What is wrong with whom somebody wishes for. */
export function wishProblems(own: string, wishes: SaidWishes): Problem[] {
  const wrong = (path: string, sentence: string): Problem =>
    problem('bad-wish', sentence, { path });
  const both = wishes.with.filter((id) => wishes.notWith.includes(id));
  return [
    ...(both.length > 0
      ? [wrong('not_with_1', 'Somebody is named both to share with and not to share with.')]
      : []),
    ...([...wishes.with, ...wishes.notWith].includes(own)
      ? [wrong('with_1', 'You cannot wish for yourself; name others.')]
      : []),
  ];
}

interface Request {
  readonly state: AskedState;
  readonly answer: string;
}

/** How the request for nights goes on: what was answered holds while nothing more is asked for. */
export function nextExtra(
  before: (Request & { readonly nights: readonly string[]; readonly reason: string }) | undefined,
  said: SaidStay,
  dates: SummitDates,
): Request & { readonly nights: readonly string[] } {
  const nights = extraNightsSaid(said, dates);
  if (nights.length === 0 || said.extraPaidBy !== 'grant') {
    return { state: 'none', answer: '', nights: [] };
  }
  const isAnswered = before?.state === 'agreed' || before?.state === 'declined';
  const isNoMore = nights.every((night) => before?.nights.includes(night) === true);
  const isSame = before?.state === 'agreed' || before?.reason === said.extraReason;
  return before !== undefined && isAnswered && isNoMore && isSame
    ? { state: before.state, answer: before.answer, nights: before.nights }
    : { state: 'asked', answer: '', nights };
}

/** The same for a room alone. */
export function nextSingle(
  before: (Request & { readonly reason: string }) | undefined,
  said: SaidStay,
): Request {
  if (said.room !== 'single' || said.isRemote) return { state: 'none', answer: '' };
  const isAnswered = before?.state === 'agreed' || before?.state === 'declined';
  const isSame = before?.state === 'agreed' || before?.reason === said.singleReason;
  return before !== undefined && isAnswered && isSame
    ? { state: before.state, answer: before.answer }
    : { state: 'asked', answer: '' };
}
