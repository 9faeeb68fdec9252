import type { Rule, RuleKind } from '../sessions/model.ts';
import { type JsonReader, OptionalKeys } from './json-reader.ts';
import { pathInto } from './json-text.ts';
import { MOST } from './sizes.ts';

/** Each kind of rule and the keys that it has beside kind, name, level and weight. */
export const RULE_KEYS = {
  placed: ['measure'],
  'runs-over': [],
  'room-taken': [],
  'room-size': ['measure'],
  'room-needs': [],
  'room-closed': [],
  'room-allowed': [],
  'slot-allowed': [],
  pinned: [],
  exclusive: [],
  'person-twice': [],
  'person-away': [],
  'track-clash': ['tracks'],
  interest: [],
  'worst-off': [],
  'day-pattern': ['pattern'],
  before: ['sessions', 'slots'],
  consecutive: ['sessions'],
  together: ['sessions'],
  apart: ['sessions'],
  'same-day': ['sessions'],
  'other-day': ['sessions'],
  'same-room': ['sessions'],
  'slot-wish': ['sessions', 'slots', 'wish'],
  'room-wish': ['sessions', 'rooms', 'wish'],
  spread: ['sessions', 'days'],
  compact: ['sessions'],
  attends: ['sessions', 'least', 'people', 'roles'],
  unmoved: ['from', 'measure'],
} as const satisfies Record<RuleKind, readonly string[]>;

// The keys of the constant above, of which there are some.
const KINDS = Object.keys(RULE_KEYS) as [RuleKind, ...RuleKind[]];

type RuleKey = 'level' | (typeof RULE_KEYS)[RuleKind][number];

/** Reads a rule; its keys are those of `Rule`. */
export function readRule(reader: JsonReader, item: unknown, path: string): Rule {
  const { kind: given } = reader.map(item, path);
  const kind = reader.choice(given, pathInto(path, 'kind'), KINDS);
  const group: Partial<Record<RuleKey, unknown>> = reader.group(item, path, [
    'kind',
    'name',
    'level',
    'weight',
    ...RULE_KEYS[kind],
  ]);
  const own = new OptionalKeys(reader, group, path);
  const levelAt = pathInto(path, 'level');
  const named = {
    ...own.text('name'),
    level: group.level === undefined ? 0 : reader.whole(group.level, levelAt, 0, 31),
    ...own.whole('weight', 1),
  };
  const about = () => ({
    sessions: reader.texts(group.sessions, pathInto(path, 'sessions'), MOST.sessions),
  });
  const measured = <Measure extends string>(...measures: [Measure, ...Measure[]]) =>
    own.choice('measure', measures);
  const wish = () => reader.choice(group.wish, pathInto(path, 'wish'), ['in', 'out']);
  switch (kind) {
    case 'placed':
      return { kind, ...named, ...measured('sessions', 'people') };
    case 'room-size':
      return { kind, ...named, ...measured('sessions', 'seats') };
    case 'track-clash':
      return { kind, ...named, ...own.texts('tracks', MOST.sessions) };
    case 'day-pattern': {
      const at = pathInto(path, 'pattern');
      const pattern = reader.choice(group.pattern, at, ['last-slot', 'three-in-a-row', 'alone']);
      return { kind, ...named, pattern };
    }
    case 'before':
      return { kind, ...named, ...about(), ...own.whole('slots', 0, MOST.slots) };
    case 'consecutive':
    case 'together':
    case 'apart':
    case 'same-day':
    case 'other-day':
    case 'same-room':
    case 'compact':
      return { kind, ...named, ...about() };
    case 'slot-wish': {
      const slots = reader.texts(group.slots, pathInto(path, 'slots'), MOST.slots);
      return { kind, ...named, ...about(), slots, wish: wish() };
    }
    case 'room-wish': {
      const rooms = reader.texts(group.rooms, pathInto(path, 'rooms'), MOST.rooms);
      return { kind, ...named, ...about(), rooms, wish: wish() };
    }
    case 'spread': {
      const days = reader.whole(group.days, pathInto(path, 'days'), 0, MOST.slots);
      return { kind, ...named, ...about(), days };
    }
    case 'attends': {
      const least = reader.whole(group.least, pathInto(path, 'least'), 0, MOST.sessions);
      const roles = own.texts('roles', MOST.people);
      return { kind, ...named, ...about(), least, ...own.texts('people', MOST.people), ...roles };
    }
    case 'unmoved':
      return {
        kind,
        ...named,
        from: earlierPlaces(reader, group.from, path),
        ...measured('sessions', 'people'),
      };
    default:
      return { kind, ...named };
  }
}

function earlierPlaces(
  reader: JsonReader,
  value: unknown,
  path: string,
): Record<string, { slot: string; room?: string }> {
  const at = pathInto(path, 'from');
  return Object.fromEntries(
    Object.entries(reader.map(value, at)).map(([session, item]) => {
      const placeAt = pathInto(at, session);
      const place = reader.group(item, placeAt, ['slot', 'room']);
      const slot = reader.text(place.slot, pathInto(placeAt, 'slot'));
      return [session, { slot, ...new OptionalKeys(reader, place, placeAt).text('room') }];
    }),
  );
}
