import { counted, listed } from '@cairn/kernel/words';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { type Names, namesOf } from './names.ts';

/** What a rule is called: its own name, or what it asks for. */
export function nameOfRule(
  indexed: IndexedInstance,
  rule: IndexedRule,
  names: Names = namesOf(indexed),
): string {
  return rule.rule.name ?? wishOf(rule, names);
}

function wishOf({ rule, sessions, slots, rooms, people }: IndexedRule, names: Names): string {
  const all = () => listed(sessions.map(names.session));
  const inOrder = (word: string) => sessions.map(names.session).join(word);
  switch (rule.kind) {
    case 'before': {
      const { slots: between = 0 } = rule;
      const pause = between === 0 ? '' : `, with ${counted(between, 'slot')} between`;
      return `${inOrder(' before ')}${pause}`;
    }
    case 'consecutive':
      return `${inOrder(' right before ')}`;
    case 'together':
      return `${all()} at the same time`;
    case 'apart':
      return `${all()} not at the same time`;
    case 'same-day':
      return `${all()} on the same day`;
    case 'other-day':
      return `${all()} on different days`;
    case 'same-room':
      return `${all()} in one room`;
    case 'slot-wish':
      return `${all()} ${wishWord(rule.wish)} ${listed([...slots].map(names.slot), 'or')}`;
    case 'room-wish':
      return `${all()} ${wishWord(rule.wish)} ${listed([...rooms].map(names.room), 'or')}`;
    case 'spread':
      return `${all()} on at least ${counted(rule.days, 'day')}`;
    case 'compact':
      return `${all()} next to each other`;
    case 'attends': {
      const isAll = rule.people === undefined && rule.roles === undefined;
      const who = isAll ? 'everybody' : listed(people.map(names.person));
      return `${who} in at least ${rule.least} of ${all()}`;
    }
    case 'track-clash':
      return rule.tracks === undefined
        ? 'sessions of one track not at the same time'
        : `sessions of the track ${listed(
            rule.tracks.map((track) => `“${track}”`),
            'or',
          )} not at the same time`;
    case 'day-pattern':
      return {
        'last-slot': 'nobody bound in the last slot of a day',
        'three-in-a-row': 'nobody bound in more than two slots in a row',
        alone: 'nobody bound in only one slot of a day',
      }[rule.pattern];
    default:
      return PLAIN_NAMES[rule.kind];
  }
}

const PLAIN_NAMES = {
  placed: 'every session has a place',
  'runs-over': 'sessions end on their day, without a break',
  'room-taken': 'one session at a time in a room',
  'room-size': 'rooms are large enough',
  'room-needs': 'rooms have what sessions need',
  'room-closed': 'rooms are open',
  'room-allowed': 'sessions are in rooms in which they may be',
  'slot-allowed': 'sessions start when they may',
  pinned: 'what is pinned stays',
  exclusive: 'nothing beside a plenary or a block',
  'person-twice': 'who must be there is in one session at a time',
  'person-away': 'who must be there is there',
  interest: 'people get to what interests them',
  'worst-off': 'nobody loses much more than others',
  unmoved: 'sessions stay where they were',
} as const;

const wishWord = (wish: 'in' | 'out'): string => (wish === 'in' ? 'in' : 'not in');
