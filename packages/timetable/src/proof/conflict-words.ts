import { counted, listed } from '@cairn/kernel/words';
import type { Names } from '../explain/names.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import { type Reason, sessionsOf } from './reasons.ts';

/** One reason in a sentence. */
export function reasonInWords(indexed: IndexedInstance, names: Names, reason: Reason): string {
  switch (reason.kind) {
    case 'placed':
      return `${names.session(reason.session)} must have a place.`;
    case 'size':
      return `${names.session(reason.session)} needs ${counted(indexed.sessions[reason.session]?.size ?? 0, 'seat')}.`;
    case 'need':
      return `${names.session(reason.session)} needs a room with ${reason.need}.`;
    case 'rooms': {
      const rooms = [...(indexed.sessions[reason.session]?.rooms ?? [])].map(names.room);
      const where = rooms.length === 0 ? 'in no room' : `only in ${listed(rooms, 'or')}`;
      return `${names.session(reason.session)} may be ${where}.`;
    }
    case 'slots': {
      const slots = [...(indexed.sessions[reason.session]?.slots ?? [])].map(names.slot);
      const when = slots.length === 0 ? 'in no slot' : `only at ${few(slots)}`;
      return `${names.session(reason.session)} may start ${when}.`;
    }
    case 'pinned': {
      const { slot = -1, room } = indexed.sessions[reason.session]?.pinned ?? {};
      const where = room === undefined ? '' : ` in ${names.room(room)}`;
      return `${names.session(reason.session)} is pinned to ${names.slot(slot)}${where}.`;
    }
    case 'long':
      return `${names.session(reason.session)} takes ${indexed.sessions[reason.session]?.length} slots in a row.`;
    case 'alone': {
      const { kind } = indexed.sessions[reason.session] ?? {};
      return `Nothing runs beside the ${kind} ${names.session(reason.session)}.`;
    }
    case 'leads':
      return `${names.person(reason.person)} must be in ${names.session(reason.session)}.`;
    case 'away':
      return `${names.person(reason.person)} is away ${on(indexed, names, reason.day, indexed.people[reason.person]?.away)}.`;
    case 'closed':
      return `${names.room(reason.room)} is closed ${on(indexed, names, reason.day, indexed.rooms[reason.room]?.closed)}.`;
    case 'track':
      return `Sessions of the track “${reason.track}” do not run beside each other.`;
    case 'rule':
      return ruleInWords(names, reason);
  }
}

/** `on Tuesday` for all of it, else at which slots. */
function on(
  { dayOf }: IndexedInstance,
  names: Names,
  day: number,
  slots: ReadonlySet<number> = new Set(),
): string {
  const ofDay = [...dayOf.keys()].filter((slot) => dayOf[slot] === day);
  if (ofDay.every((slot) => slots.has(slot))) return `on ${names.day(day)}`;
  return `at ${few(ofDay.filter((slot) => slots.has(slot)).map(names.slot), 'and')}`;
}

function few(items: readonly string[], word: 'and' | 'or' = 'or'): string {
  if (items.length === 0) return 'none';
  if (items.length <= 6) return listed(items, word);
  return `${items.slice(0, 5).join(', ')} ${word} ${items.length - 5} others`;
}

function ruleInWords(
  names: Names,
  { rule: { rule }, sessions }: Extract<Reason, { kind: 'rule' }>,
): string {
  const [first = '', second = ''] = sessions.map(names.session);
  const all = listed(sessions.map(names.session));
  const fact = (() => {
    switch (rule.kind) {
      case 'before': {
        const between = rule.slots ? `, with ${counted(rule.slots, 'slot')} between` : '';
        return `${first} comes before ${second}${between}.`;
      }
      case 'consecutive':
        return `${second} comes right after ${first}.`;
      case 'together':
        return `${all} start at the same time.`;
      case 'apart':
        return `No two of ${all} run at a time.`;
      case 'same-day':
        return `${all} are on one day.`;
      case 'other-day':
        return `${all} are on different days.`;
      case 'same-room':
        return `${all} are in one room.`;
      case 'slot-wish':
        return `${all} ${rule.wish === 'in' ? 'starts in' : 'does not start in'} ${few(rule.slots)}.`;
      case 'room-wish':
        return `${all} is ${rule.wish === 'in' ? 'in' : 'not in'} ${few(rule.rooms)}.`;
      case 'spread':
        return `${all} are on at least ${counted(rule.days, 'day')}.`;
      case 'compact':
        return `Each of ${all} has another of them right before or after it.`;
      case 'attends':
        return `Everybody asked can be in ${counted(rule.least, 'session')} of ${all}.`;
      case 'unmoved':
        return `${all} stays where it was.`;
      default:
        return `The rule “${rule.name ?? rule.kind}” holds.`;
    }
  })();
  return rule.name === undefined ? fact : `${rule.name}: ${fact}`;
}

/** All reasons, those that only say that sessions must have places in one sentence. */
export function reasonsInWords(
  indexed: IndexedInstance,
  names: Names,
  reasons: readonly Reason[],
): string[] {
  const placed = reasons.filter(({ kind }) => kind === 'placed').flatMap(sessionsOf);
  const others = reasons.filter(({ kind }) => kind !== 'placed');
  const first =
    placed.length > 1
      ? [`${listed(placed.map(names.session))} must have places.`]
      : reasons
          .filter(({ kind }) => kind === 'placed')
          .map((reason) => reasonInWords(indexed, names, reason));
  return [...first, ...others.map((reason) => reasonInWords(indexed, names, reason))];
}
