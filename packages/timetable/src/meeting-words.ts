import { counted, listed, WEEKDAYS } from '@cairn/kernel/words';
import type { MissedPeople, Move, OtherTimes, PersonExplanation } from './meeting-explanation.ts';
import type { FixedTime } from './meeting-fixed-time.ts';
import { LEVELS, type MeetingTimesProblem, type MeetingValues, startOf } from './meeting-model.ts';
import type { MeetingTimesResult } from './meeting-times.ts';
import type { Unmeetable } from './meeting-wishes.ts';

/** How calls, people, tracks and times are called where times are explained. */
export interface MeetingNames {
  readonly call: (meeting: number) => string;
  readonly person: (person: number) => string;
  readonly track: (track: number) => string;
  /** A start, in minutes since 1970, in the reader's zone, which it names. */
  readonly time: (start: number) => string;
}

/** What each value counts, for “1 …” and for “2 …”. */
export const VALUE_WORDS: Readonly<Record<keyof MeetingValues, readonly [string, string]>> = {
  neededMissing: ['needed person who is missed', 'needed people who are missed'],
  enough: ['person, by weight, who can make enough', 'people, by weight, who can make enough'],
  attended: ['call that counts, by weight', 'calls that count, by weight'],
  worstPain: [
    'half hour of unsociable time for the one who has most',
    'half hours of unsociable time for the one who has most',
  ],
  painSquares: ['for how unequally they are shared', 'for how unequally they are shared'],
  ifNeedBe: [
    'call that somebody can make only if need be',
    'calls that somebody can make only if need be',
  ],
  present: ['place in a call, by weight', 'places in calls, by weight'],
  unplaced: ['place that a track or a call misses', 'places that tracks and calls miss'],
  interest: ['point of interest met', 'points of interest met'],
};

/** What is proven of a result, in a sentence. */
export function explainProof(result: MeetingTimesResult): string {
  const { best, bound, isOptimal, provenLevels } = result;
  if (best === undefined || bound === undefined) {
    return 'There are no times at all for these calls in this order.';
  }
  if (isOptimal) return 'It is proven that nobody can do better.';
  const open = LEVELS[provenLevels];
  if (open === undefined) return 'It is proven that nobody can do better.';
  const { key, better } = open;
  const [, words] = VALUE_WORDS[key];
  const least = better === 'less' ? 'fewer' : 'more';
  const proven =
    provenLevels === 0
      ? 'The search was stopped before anything was proven.'
      : `Proven to be the best for ${listed(LEVELS.slice(0, provenLevels).map((level) => SHORT[level.key]))}.`;
  return `${proven} Of ${words} this has ${best.values[key]}; ${least} than ${bound[key]} are not possible.`;
}

const SHORT: Readonly<Record<keyof MeetingValues, string>> = {
  neededMissing: 'the needed people',
  enough: 'how many can make enough calls',
  attended: 'how many calls they can make',
  worstPain: 'the worst unsociable hours',
  painSquares: 'how fairly these are shared',
  ifNeedBe: '“if need be”',
  present: 'how full the calls are',
  unplaced: 'the places of tracks',
  interest: 'the interest met',
};

/**
 * What a timetable means for one person, and what would help. With `subject` “You” it speaks to
 * them, with a name of them.
 */
export function explainPersonInWords(
  explained: PersonExplanation,
  problem: MeetingTimesProblem,
  times: readonly number[],
  names: MeetingNames,
  subject: string,
): string[] {
  const { made, required, which, pain, elsewhere, change } = explained;
  const calls = times.length;
  const at = which.map((call) => names.call(call));
  const only = made < required ? 'only ' : '';
  const has =
    made === 0
      ? `${subject} ${calls === 1 ? 'cannot make the one call' : `can make none of the ${calls} calls`}`
      : `${subject} can make ${calls === 1 ? 'the one call' : `${only}${made} of the ${calls} calls`}: ${listed(at)}`;
  const asked = made < required ? `; ${counted(required, 'is', 'are')} asked for` : '';
  const sentences = [`${has}${asked}.`];
  if (pain > 0) {
    const beyond = made > required ? ` in the best ${required}` : '';
    sentences.push(`That is ${halfHours(pain)} outside sociable hours${beyond}.`);
  }
  if (made >= required) return sentences;
  if (change !== undefined) sentences.push(moveSentence(change, problem, names));
  for (const each of elsewhere) {
    const near = nearestSentence(
      each,
      startOf(problem, times[each.meeting] ?? -1),
      names,
      made + 1,
    );
    if (near !== undefined) sentences.push(near);
  }
  if (elsewhere.every(({ ranges }) => ranges.length === 0)) {
    sentences.push('No other time of one call would help while the others stay.');
  }
  return sentences;
}

function moveSentence(
  { meeting, slot, wouldMake, loses, gains }: Move,
  problem: MeetingTimesProblem,
  names: MeetingNames,
): string {
  const others = gains > 1 ? `, and bring in ${counted(gains - 1, 'other')}` : '';
  const cost =
    loses === 0
      ? 'nobody would fall below what is asked'
      : `${counted(loses, 'other')} would fall below what is asked`;
  const when = names.time(startOf(problem, slot));
  return `${capital(names.call(meeting))} at ${when} would make it ${wouldMake}${others}; ${cost}.`;
}

/** The range of starts that is nearest to the present time, as “at 16:00 or later”. */
function nearestSentence(
  { meeting, ranges }: OtherTimes,
  now: number,
  { call, time }: MeetingNames,
  wouldMake: number,
): string | undefined {
  const distance = ({ from, until }: { from: number; until: number }): number =>
    from > now ? from - now : now - until;
  const [near] = ranges.toSorted((a, b) => distance(a) - distance(b));
  if (near === undefined) return undefined;
  const { from, until } = near;
  const when =
    from === until
      ? `at ${time(from)}`
      : from > now
        ? `at ${time(from)} or later (until ${time(until)})`
        : `at ${time(until)} or earlier (from ${time(from)})`;
  return `Nearest to now: ${call(meeting)} ${when} would make it ${wouldMake}.`;
}

/** Who is missed by all this, and the move of one call that brings in most. */
export function explainMissed(
  { missed, bestMove }: MissedPeople,
  problem: MeetingTimesProblem,
  names: MeetingNames,
): string[] {
  const { required } = problem;
  if (missed.length === 0) return [`Everybody can make ${required} or more.`];
  const who = listed(missed.slice(0, 10).map(({ person }) => names.person(person)));
  const more = missed.length > 10 ? ` and ${missed.length - 10} more` : '';
  const cannot = `${counted(missed.length, 'person', 'people')} cannot make ${required}: ${who}${more}.`;
  if (bestMove === undefined) return [cannot, 'Moving one call brings none of them in.'];
  const { meeting, slot, gains, loses } = bestMove;
  const when = names.time(startOf(problem, slot));
  return [
    cannot,
    `Of all moves of one call this serves most: ${names.call(meeting)} at ${when}; ${gains} come in and ${loses} fall out.`,
  ];
}

const ORDINALS = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', last: 'last' } as const;

/** “the second Tuesday of the month at 15:00 (Europe/Berlin)”. */
export function formatFixedTime({ ordinal, weekday, minuteOfDay, zone }: FixedTime): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const at = `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
  return `the ${ORDINALS[ordinal]} ${WEEKDAYS[weekday - 1]} of the month at ${at} (${zone})`;
}

/** How many more keep the rule than with a time that is fixed; `fixed` says what it is. */
export function explainComparison(
  ours: number,
  theirs: number,
  { people: all, required, meetings }: MeetingTimesProblem,
  fixed: string,
): string {
  const difference = ours - theirs;
  const so =
    difference === 0 ? 'as many' : `${Math.abs(difference)} ${difference > 0 ? 'fewer' : 'more'}`;
  return `${ours} of ${counted(all.length, 'person', 'people')} can make ${required} of ${meetings.length} calls. With ${fixed} it would be ${theirs}: ${so}.`;
}

/** A wish that no choice of times fulfils, and what to do about it. */
export function explainUnmeetable(
  wish: Unmeetable,
  { required }: MeetingTimesProblem,
  { call, person, track }: MeetingNames,
): string {
  switch (wish.code) {
    case 'no-candidates':
      return `${capital(call(wish.meeting))} has no times to choose from; widen its window.`;
    case 'nobody-can':
      return `Nobody can make any time of ${call(wish.meeting)}; widen its window, or ask again.`;
    case 'too-close':
      return `${capital(call(wish.meeting))} comes too soon after the call before it; move its window, or shorten the gap.`;
    case 'never-enough': {
      const most = wish.most === 0 ? 'no call' : `only ${wish.most}`;
      return `${person(wish.person)} can make ${most} whenever the calls are, and ${counted(required, 'is', 'are')} asked for.`;
    }
    case 'track-nowhere':
      return `The lead of ${track(wish.track)} can make none of the calls that it may be in; name another lead, or allow another call.`;
    case 'tracks-do-not-fit':
      return `The tracks ask for ${wish.asked} places in all, and ${wish.possible} are possible; allow more tracks at once, or fewer.`;
    default:
      return wish satisfies never;
  }
}

function halfHours(pain: number): string {
  if (pain === 1) return 'half an hour';
  const whole = Math.floor(pain / 2);
  const hours = counted(whole, 'hour');
  if (pain % 2 === 0) return hours;
  return `${whole === 1 ? 'an hour' : hours} and a half`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
