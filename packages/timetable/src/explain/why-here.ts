import { counted, listed } from '@cairn/kernel/words';
import type { RuleBreak } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { type Difference, differenceInSentences, differenceOf } from './difference.ts';
import { type Names, namesOf, placeInWords, placeOf } from './names.ts';
import { type OtherPlace, obstacles, otherPlaces, withSessionAt } from './places.ts';
import { nameOfRule } from './rule-names.ts';
import { changeInWords, fewOf, sentenceOf } from './words.ts';

/** Why a session is where it is: what holds it there, and what every other slot would cost. */
export interface WhyHere {
  readonly session: number;
  /** Slot and room; -1 for nowhere. */
  readonly place: { readonly slot: number; readonly room: number };
  readonly isPinned: boolean;
  /** Where it could go while all that must hold holds as before, best first. */
  readonly free: readonly OtherPlace[];
  /** Other slots, and what must hold and would not there. */
  readonly blocked: readonly BlockedPlace[];
  /** What the best of the free places would change, for whom. */
  readonly difference?: Difference;
  readonly sentences: readonly string[];
}

export interface BlockedPlace extends OtherPlace {
  readonly breaks: readonly RuleBreak[];
}

/** Explains the place of a session. */
export function whyHere(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
  names: Names = namesOf(indexed),
): WhyHere {
  const place = placeOf(indexed, timetable, session);
  const { pinned } = indexed.sessions[session] ?? {};
  const others = otherPlaces(indexed, timetable, session);
  const free = others.filter(({ change }) => (change[0] ?? 0) <= 0);
  const blocked = others
    .filter(({ change }) => (change[0] ?? 0) > 0)
    .map((each) => ({ ...each, breaks: obstacles(indexed, timetable, session, each) }));
  const best = free[0];
  const difference =
    best && differenceOf(indexed, timetable, withSessionAt(timetable, session, best));
  const found = {
    session,
    place,
    isPinned: pinned !== undefined,
    free,
    blocked,
    ...(difference === undefined ? {} : { difference }),
  };
  return { ...found, sentences: sentencesOf(indexed, found, names) };
}

function sentencesOf(
  indexed: IndexedInstance,
  { session, place, isPinned, free, blocked, difference }: Omit<WhyHere, 'sentences'>,
  names: Names,
): string[] {
  const name = names.session(session);
  const { takesRoom, size, rooms, slots, pinned, length } = indexed.sessions[session] ?? {};
  const sentences = [`${name}: ${placeInWords(names, place)}.`];
  if (isPinned && pinned !== undefined) {
    const room = pinned.room ?? -1;
    sentences.push(`It is pinned (${placeInWords(names, { slot: pinned.slot, room })}).`);
  }
  if (slots !== undefined) {
    sentences.push(
      `It may start only in ${fewOf([...slots].sort(byNumber).map(names.slot), 'or')}.`,
    );
  }
  if ((length ?? 1) > 1) {
    sentences.push(`It takes ${counted(length ?? 1, 'slot')} that follow each other.`);
  }
  if (takesRoom) {
    const fitting = roomsThatFit(indexed, session);
    const all = indexed.rooms.length;
    if (fitting.length < all) {
      const needs = indexed.sessions[session]?.needs.map((need) => `“${need}”`) ?? [];
      const why = [
        ...((size ?? 0) > 0 ? [counted(size ?? 0, 'place')] : []),
        ...needs,
        ...(rooms === undefined ? [] : ['one of its rooms']),
      ];
      const which = fitting.length === 0 ? 'None' : fewOf(fitting.map(names.room));
      sentences.push(`It needs ${listed(why)}: ${which} of ${counted(all, 'room')} will do.`);
    }
  }
  const elsewhere = blocked.filter(({ slot }) => slot !== place.slot);
  for (const [reason, where] of byReason(indexed, elsewhere, names)) {
    sentences.push(`Not in ${fewOf(where.map(names.slot))}: ${reason}`);
  }
  const best = free[0];
  if (best === undefined) {
    sentences.push('Nowhere else can it go alone without breaking what must hold.');
  } else {
    sentences.push(
      `It could go alone to ${counted(free.length, 'other place')}; the best is ${placeInWords(names, best)}, which changes: ${changeInWords(indexed, best.change, names)}.`,
    );
    const [, ...people] = difference ? differenceInSentences(indexed, difference, names) : [];
    sentences.push(...people);
  }
  return sentences;
}

const byNumber = (one: number, other: number): number => one - other;

function roomsThatFit({ sessions, rooms }: IndexedInstance, number: number): number[] {
  const session = sessions[number];
  if (session === undefined) return [];
  return [...rooms.keys()].filter((room) => {
    const { capacity = 0, features = new Set<string>() } = rooms[room] ?? {};
    const isAllowed = session.rooms?.has(room) ?? true;
    return (
      isAllowed && capacity >= session.size && session.needs.every((need) => features.has(need))
    );
  });
}

/** Slots with the same first obstacle together, most slots first. */
function byReason(
  indexed: IndexedInstance,
  blocked: readonly BlockedPlace[],
  names: Names,
): [string, number[]][] {
  const reasons = new Map<string, number[]>();
  for (const { slot, breaks } of blocked) {
    const reason = reasonOf(indexed, breaks, names);
    reasons.set(reason, [...(reasons.get(reason) ?? []), slot].sort(byNumber));
  }
  return [...reasons].sort(
    ([, one], [, other]) => other.length - one.length || byNumber(one[0] ?? 0, other[0] ?? 0),
  );
}

/** One obstacle for many slots in the same words: without the slot. */
function reasonOf(indexed: IndexedInstance, breaks: readonly RuleBreak[], names: Names): string {
  const first = breaks[0];
  if (first === undefined) return 'something that must hold would not.';
  if (breaks.some(({ rule }) => rule.kind.startsWith('room-') && rule.kind !== 'room-wish')) {
    return 'no room that fits is free.';
  }
  const silent: Names = { ...names, slot: () => '' };
  const sentence = sentenceOf(indexed, first, silent).replace(/ \(\)/g, '');
  return first.sessions.length > 0 ? sentence : `${nameOfRule(indexed, first.rule, names)}.`;
}
