import { counted, listed } from '@cairn/kernel/words';
import type { RuleBreak } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Values } from '../sessions/model.ts';
import { type Names, namesOf } from './names.ts';

/** What is wrong in one case, in a sentence; it starts with the name of the rule if that has one. */
export function sentenceOf(
  indexed: IndexedInstance,
  ruleBreak: RuleBreak,
  names: Names = namesOf(indexed),
): string {
  const { rule } = ruleBreak.rule;
  const fact = factOf(indexed, ruleBreak, names);
  return rule.name === undefined ? fact : `${rule.name}: ${fact}`;
}

/** The values of a timetable, each after the name of its level: `what must hold: 0, interest: 12`. */
export function valuesInWords(
  indexed: IndexedInstance,
  values: Values,
  names: Names = namesOf(indexed),
): string {
  return values.map((value, level) => `${names.level(level)}: ${value}`).join(', ');
}

/**
 * How much worse or better the second is, level by level: `track clashes: 1 more, interest: 3 less`.
 */
export function differenceInWords(
  indexed: IndexedInstance,
  one: Values,
  other: Values,
  names: Names = namesOf(indexed),
): string {
  const changes = one.flatMap((value, level) => {
    const change = (other[level] ?? 0) - value;
    if (change === 0) return [];
    return [`${names.level(level)}: ${Math.abs(change)} ${change > 0 ? 'more' : 'less'}`];
  });
  return changes.length === 0 ? 'as good on every level' : changes.join(', ');
}

/** What a change of each level is worth: `track clashes: 1 more`, `as good on every level`. */
export const changeInWords = (
  indexed: IndexedInstance,
  change: Values,
  names: Names = namesOf(indexed),
): string =>
  differenceInWords(
    indexed,
    change.map(() => 0),
    change,
    names,
  );

function factOf(indexed: IndexedInstance, broken: RuleBreak, names: Names): string {
  const { rule: indexedRule, cost, slot = -1, room = -1 } = broken;
  const { rule, level } = indexedRule;
  const must = level === 0 ? 'must' : 'should';
  const [one, two] = broken.sessions.map(names.session);
  const both = listed([one ?? '', two ?? '']);
  const all = listed(broken.sessions.map(names.session));
  const who = listed(broken.people.map(names.person));
  const where = room < 0 ? 'Its room' : names.room(room);
  const at = slot < 0 ? '' : ` (${names.slot(slot)})`;
  const first = indexed.sessions[broken.sessions[0] ?? -1];
  switch (rule.kind) {
    case 'placed':
      return rule.measure === 'people'
        ? `${one} has no place; ${counted(cost, 'person', 'people')} would be there.`
        : `${one} has no place.`;
    case 'runs-over':
      return `${one}${at} takes ${counted(first?.length ?? 0, 'slot')}, and the day has a break or ends before.`;
    case 'room-taken':
      return `${both} are in ${room < 0 ? 'one room' : names.room(room)} at the same time${at}.`;
    case 'room-size':
      return `${one}${at} needs ${counted(first?.size ?? 0, 'place')}, and ${where} has ${indexed.rooms[room]?.capacity ?? 'fewer'}.`;
    case 'room-needs': {
      const missing = (first?.needs ?? []).filter(
        (need) => !(indexed.rooms[room]?.features.has(need) ?? false),
      );
      return `${one}${at} needs ${listed(missing.map((need) => `“${need}”`))}, and ${where} has not.`;
    }
    case 'room-closed':
      return `${where} is closed${cost > 1 ? ` in ${cost} slots` : ''} while ${one} is in it${at}.`;
    case 'room-allowed':
      return `${one}${at} is in ${room < 0 ? 'a room' : names.room(room)}, and may be only in ${optionsInWords(first?.rooms, names.room)}.`;
    case 'slot-allowed':
      return `${one} starts in a slot in which it may not${at}; it may in ${optionsInWords(first?.slots, names.slot)}.`;
    case 'pinned': {
      const pin = first?.pinned;
      const place = pin === undefined ? '' : names.slot(pin.slot);
      return `${one} is not where it is pinned (${pin?.room === undefined ? place : `${place}, ${names.room(pin.room)}`}).`;
    }
    case 'exclusive':
      return `${both} run at the same time${at}, and nothing may run beside a plenary or a block.`;
    case 'person-twice':
      return `${who} ${must} be in ${both} at the same time${at}.`;
    case 'person-away':
      return `${who} ${must} be in ${one} and is away${at}.`;
    case 'track-clash':
      return `${both} are of ${tracksInWords(indexed, broken)} and run at the same time${at}.`;
    case 'interest': {
      const all = interestOfPerson(indexed, broken.people[0] ?? -1);
      return `${who} loses ${cost} of ${counted(all, 'point')} of interest.`;
    }
    case 'worst-off':
      return `${fewOf(broken.people.map(names.person))} ${broken.people.length === 1 ? 'loses' : 'lose'} ${percent(cost)} of their interest, more than anybody else.`;
    case 'day-pattern':
      return patternFact(rule.pattern, cost, who, names.day(indexed.dayOf[slot] ?? -1));
    case 'before':
      return `${one} ${must} end before ${two} starts${rule.slots ? `, with ${counted(rule.slots, 'slot')} between` : ''}.`;
    case 'consecutive':
      return `${two} ${must} start right after ${one}.`;
    case 'together':
      return `${both} ${must} start at the same time.`;
    case 'apart':
      return `${both} ${must} not run at the same time${at}.`;
    case 'same-day':
      return `${both} ${must} be on the same day.`;
    case 'other-day':
      return `${both} ${must} be on different days.`;
    case 'same-room':
      return `${all} ${must} be in one room and are in ${cost + 1}.`;
    case 'slot-wish':
      return `${one}${at} ${must} start in ${rule.wish === 'in' ? 'one' : 'none'} of these slots: ${optionsInWords(indexedRule.slots, names.slot)}.`;
    case 'room-wish':
      return `${one} ${must} ${rule.wish === 'in' ? '' : 'not '}be in ${optionsInWords(indexedRule.rooms, names.room)}${room < 0 ? '' : `; it is in ${names.room(room)}`}.`;
    case 'spread':
      return `${all} ${must} be on at least ${counted(rule.days, 'day')}, ${cost} more than they are.`;
    case 'compact':
      return `${one}${at} ${must} be right before or after another of ${fewOf(indexedRule.sessions.map(names.session))}.`;
    case 'attends':
      return `${who} cannot be in ${rule.least} of ${fewOf(indexedRule.sessions.map(names.session))}.`;
    case 'unmoved': {
      const from = indexedRule.from.get(broken.sessions[0] ?? -1);
      const place = from === undefined ? '' : names.slot(from.slot);
      const whom = rule.measure === 'people' ? `, for ${counted(cost, 'person', 'people')}` : '';
      return `${one} is not where it was (${from?.room === undefined ? place : `${place}, ${names.room(from.room)}`})${whom}.`;
    }
  }
}

function patternFact(
  pattern: 'last-slot' | 'three-in-a-row' | 'alone',
  cost: number,
  who: string,
  day: string,
): string {
  switch (pattern) {
    case 'last-slot':
      return `${who} must be in the last slot (${day}).`;
    case 'three-in-a-row':
      return `${who} must be in more than two slots in a row (${day}, ${cost} too many).`;
    case 'alone':
      return `${who} must be in only one slot (${day}).`;
  }
}

function tracksInWords(indexed: IndexedInstance, { rule: { rule }, sessions }: RuleBreak): string {
  const [one, other] = sessions.map((session) => indexed.sessions[session]?.tracks ?? []);
  const counts = rule.kind === 'track-clash' ? rule.tracks : undefined;
  const shared = (one ?? []).filter(
    (track) => other?.includes(track) && (counts?.includes(track) ?? true),
  );
  return `the ${shared.length === 1 ? 'track' : 'tracks'} ${listed(shared.map((track) => `“${track}”`))}`;
}

function optionsInWords(
  options: ReadonlySet<number> | undefined,
  name: (number: number) => string,
): string {
  const sorted = [...(options ?? [])].sort((one, other) => one - other).map(name);
  return sorted.length === 0 ? 'none' : fewOf(sorted, 'or');
}

const MOST_NAMED = 5;

/** A list, cut where nobody would read on: `A, B, C, D and 12 more`. */
export function fewOf(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (items.length <= MOST_NAMED) return listed(items, word);
  const named = items.slice(0, MOST_NAMED - 1);
  return `${named.join(', ')} and ${items.length - named.length} more`;
}

/** Thousandths as per cent: `41.3 %`. */
const percent = (thousandths: number): string => `${thousandths / 10} %`;

function interestOfPerson(indexed: IndexedInstance, person: number): number {
  return [...(indexed.people[person]?.interest ?? [])]
    .map(([session, weight]) => weight * (indexed.sessions[session]?.length ?? 0))
    .reduce((sum, value) => sum + value, 0);
}
