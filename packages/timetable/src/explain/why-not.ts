import { counted } from '@cairn/kernel/words';
import { type Offer, type Repair, type RepairOptions, repairTimetable } from '../repair/repair.ts';
import { Search } from '../search/search.ts';
import { checkTimetable, type RuleBreak } from '../sessions/checker.ts';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { type Difference, differenceInSentences, differenceOf } from './difference.ts';
import { type Names, namesOf, placeInWords, placeOf } from './names.ts';
import { type OtherPlace, placeAt, withSessionAt } from './places.ts';
import { changeInWords, differenceInWords, sentenceOf } from './words.ts';

export interface WhyNotOptions
  extends Pick<
    RepairOptions,
    'pinned' | 'past' | 'seed' | 'nodes' | 'iterations' | 'isCancelled' | 'pause'
  > {
  /** The room; its best one when left out. */
  readonly room?: number;
  readonly names?: Names;
}

/** Why a session is not at another place. */
export interface WhyNot {
  readonly session: number;
  /** The place asked about; undefined if the session is there. */
  readonly place?: OtherPlace;
  /** What would be broken at once, or cost more, and was not before. */
  readonly gained: readonly RuleBreak[];
  /** Who would lose what at once. */
  readonly difference?: Difference;
  /** How others would have to move. */
  readonly repair?: Repair;
  /** The best timetable found that has it there, if one keeps all that must hold. */
  readonly best?: {
    readonly timetable: Timetable;
    readonly values: Values;
    readonly difference: Difference;
  };
  readonly sentences: readonly string[];
}

const STEPS = 5000;

/**
 * What it would break or cost to have a session in a slot: at once, with nothing else moved, and in
 * the best timetable that has it there, found by mending this one and by searching on from it.
 */
export async function whyNot(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
  slot: number,
  options: WhyNotOptions = {},
): Promise<WhyNot> {
  const { names = namesOf(indexed), room } = options;
  const asked = { slot, ...(room === undefined ? {} : { room }) };
  const here = placeOf(indexed, timetable, session);
  const isHere = here.slot === slot && (room === undefined || here.room === room);
  const place = isHere ? undefined : placeAt(indexed, timetable, session, asked);
  if (place === undefined) {
    const sentences = [`${names.session(session)} is there (${placeInWords(names, here)}).`];
    return { session, gained: [], sentences };
  }
  const moved = withSessionAt(timetable, session, place);
  const before = checkTimetable(indexed, timetable);
  const gained = gainedBreaks(before.breaks, checkTimetable(indexed, moved).breaks);
  const difference = differenceOf(indexed, timetable, moved);
  const { names: _, room: __, ...limits } = options;
  const asking = withSessionIn(indexed, session, slot, room);
  // Without a place of its own it may take any room there, and that is no move.
  const nowhere = withSessionAt(timetable, session, { slot: -1, room: -1 });
  const repair = await repairTimetable(asking, nowhere, limits);
  const offer = repair.offers.at(-1);
  const best = offer && (await searchedOn(indexed, asking, offer.timetable, options));
  const found = {
    session,
    place,
    gained,
    difference,
    repair,
    ...(best === undefined
      ? {}
      : { best: { ...best, difference: differenceOf(indexed, timetable, best.timetable) } }),
  };
  return { ...found, sentences: sentencesOf(indexed, found, before.values, names) };
}

/** The instance in which it must hold, too, that a session is in a slot, and in a room if one is given. */
function withSessionIn(
  indexed: IndexedInstance,
  session: number,
  slot: number,
  room: number | undefined,
): IndexedInstance {
  const takesRoom = indexed.sessions[session]?.takesRoom ?? false;
  const there: IndexedRule = {
    rule: { kind: 'unmoved', level: 0, from: {} },
    kind: 'unmoved',
    level: 0,
    weight: 1,
    sessions: [],
    slots: new Set(),
    rooms: new Set(),
    people: [],
    from: new Map([[session, { slot, room: takesRoom ? room : undefined }]]),
  };
  return { ...indexed, rules: [...indexed.rules, there] };
}

/** The better of a timetable and what a search finds from it that has the session there. */
async function searchedOn(
  indexed: IndexedInstance,
  asking: IndexedInstance,
  from: Timetable,
  { seed = 1, iterations = 20_000, pinned = [], past = [], isCancelled, pause }: WhyNotOptions,
): Promise<{ timetable: Timetable; values: Values }> {
  const judged = (timetable: Timetable) => checkTimetable(indexed, timetable).values;
  // The search knows no past.
  if ([...past].length > 0) return { timetable: from, values: judged(from) };
  const search = new Search(asking, { seed, iterations, from, pinned: new Set(pinned) });
  while (!search.run(STEPS)) {
    if (isCancelled?.()) break;
    await pause?.();
  }
  return { timetable: search.best, values: judged(search.best) };
}

/** Breaks of the second list that are not in the first, or cost more than there. */
function gainedBreaks(before: readonly RuleBreak[], after: readonly RuleBreak[]): RuleBreak[] {
  const keyOf = ({ sessions, people, slot }: RuleBreak) =>
    `${sessions} ${people} ${sessions.length > 1 ? slot : ''}`;
  const known = new Map<RuleBreak['rule'], Map<string, number>>();
  for (const each of before) {
    const ofRule = known.get(each.rule) ?? new Map<string, number>();
    known.set(each.rule, ofRule.set(keyOf(each), (ofRule.get(keyOf(each)) ?? 0) + each.cost));
  }
  return after.filter((each) => each.cost > (known.get(each.rule)?.get(keyOf(each)) ?? 0));
}

/** Most broken rules that are told one by one. */
const MOST_TOLD = 5;

function sentencesOf(
  indexed: IndexedInstance,
  {
    session,
    place,
    gained,
    difference,
    repair,
    best,
  }: Required<Omit<WhyNot, 'sentences' | 'best'>> & Pick<WhyNot, 'best'>,
  values: Values,
  names: Names,
): string[] {
  const name = names.session(session);
  const named = gained.filter(({ rule }) => rule.kind !== 'interest' && rule.kind !== 'worst-off');
  const told = named.slice(0, MOST_TOLD).map((each) => sentenceOf(indexed, each, names));
  const [, ...people] = differenceInSentences(indexed, difference, names);
  return [
    `${name} moved alone to ${placeInWords(names, place)} changes: ${changeInWords(indexed, place.change, names)}.`,
    ...told,
    ...(named.length > told.length
      ? [`And ${counted(named.length - told.length, 'other case')}.`]
      : []),
    ...people,
    ...repairSentences(indexed, repair, values, names),
    ...(best === undefined
      ? []
      : [
          `The best timetable found that has it there: ${differenceInWords(indexed, values, best.values, names)}; ${counted(best.difference.sessions.length, 'session')} ${best.difference.sessions.length === 1 ? 'is' : 'are'} elsewhere.`,
          ...differenceInSentences(indexed, { ...best.difference, sessions: [] }, names),
        ]),
  ];
}

function repairSentences(
  indexed: IndexedInstance,
  repair: Repair,
  values: Values,
  names: Names,
): string[] {
  const { verdict, least, atLeast, isProven, offers, left } = repair;
  const broken = left.map((each) => sentenceOf(indexed, each, names));
  const offer = offers[0];
  if (verdict === 'impossible') {
    return [...broken, 'With it there, no timetable keeps all that must hold.'];
  }
  if (offer === undefined) {
    return [
      ...broken,
      `With it there, at least ${counted(atLeast, 'other session')} must move; no timetable was found.`,
    ];
  }
  const worth = (each: Offer) => differenceInWords(indexed, values, each.values, names);
  const more = offers
    .slice(1)
    .filter((each, at) => compareValues(each.values, offers[at]?.values ?? []) < 0)
    .map((each) => `With ${counted(each.cost, 'other')} moved: ${worth(each)}.`);
  if (least === 0) return [...broken, 'Nothing else has to move.', ...more];
  const proof = isProven ? 'fewer is proven to be impossible' : `at least ${atLeast} is proven`;
  const sessions = offer.moves.map(
    ({ session, to }) => `${names.session(session)} to ${placeInWords(names, to)}`,
  );
  return [
    ...broken,
    `With it there, ${counted(least, 'other session')} must move (${proof}): ${sessions.join('; ')}; ${worth(offer)}.`,
    ...more,
  ];
}
