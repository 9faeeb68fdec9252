import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { checkNumber, Keys, type Wrong } from './keys.ts';
import {
  type Instance,
  type Person,
  type Room,
  type Rule,
  type RuleKind,
  type Session,
  type Slot,
  STANDING_RULES,
} from './model.ts';

/** An instance whose keys are numbers: the positions in its own lists. */
export interface IndexedInstance {
  readonly instance: Instance;
  readonly slots: readonly Slot[];
  readonly rooms: readonly IndexedRoom[];
  readonly people: readonly IndexedPerson[];
  readonly sessions: readonly IndexedSession[];
  readonly rules: readonly IndexedRule[];
  /** How many levels there are. */
  readonly levels: number;
  /** For each slot the number of its day, counted from 0. */
  readonly dayOf: readonly number[];
  /** For each slot whether the next follows it: the same day, and hardly a pause between. */
  readonly isFollowed: readonly boolean[];
}

export interface IndexedRoom {
  readonly room: Room;
  /** Infinity where there is no limit. */
  readonly capacity: number;
  readonly features: ReadonlySet<string>;
  readonly closed: ReadonlySet<number>;
}

export interface IndexedPerson {
  readonly person: Person;
  readonly away: ReadonlySet<number>;
  /** By session; whole numbers from 1. */
  readonly interest: ReadonlyMap<number, number>;
  /** The sessions at which this person must be, in order. */
  readonly bound: readonly number[];
}

export interface IndexedSession {
  readonly session: Session;
  readonly kind: 'session' | 'plenary' | 'block';
  readonly length: number;
  readonly size: number;
  readonly needs: readonly string[];
  readonly tracks: readonly string[];
  /** Who must be there: its leads and people, each once, in order. */
  readonly bound: readonly number[];
  /** Undefined: any. */
  readonly slots: ReadonlySet<number> | undefined;
  readonly rooms: ReadonlySet<number> | undefined;
  readonly pinned: { readonly slot: number; readonly room: number | undefined } | undefined;
  readonly isOptional: boolean;
  readonly takesRoom: boolean;
}

/** A rule with what it is about as numbers; lists that its kind does not have are empty. */
export interface IndexedRule {
  readonly rule: Rule;
  readonly kind: RuleKind;
  readonly level: number;
  readonly weight: number;
  readonly sessions: readonly number[];
  readonly slots: ReadonlySet<number>;
  readonly rooms: ReadonlySet<number>;
  readonly people: readonly number[];
  /** Of `unmoved`: where each session of the earlier timetable was. */
  readonly from: ReadonlyMap<number, { readonly slot: number; readonly room: number | undefined }>;
}

/** Turns the keys of an instance into numbers; refuses with everything that does not fit together. */
export function indexInstance(instance: Instance): Result<IndexedInstance, readonly Problem[]> {
  const problems: Problem[] = [];
  const wrong = (code: string, path: string, sentence: string) =>
    problems.push(problem(code, sentence, { path }));
  const slots = new Keys(instance.slots, 'slots', 'slot', wrong);
  const rooms = new Keys(instance.rooms, 'rooms', 'room', wrong);
  const people = new Keys(instance.people, 'people', 'person', wrong);
  const sessions = new Keys(instance.sessions, 'sessions', 'session', wrong);
  checkSlots(instance.slots, wrong);

  const indexedSessions = instance.sessions.map((session, index): IndexedSession => {
    const path = `sessions[${index}]`;
    const { kind = 'session', length = 1, size = 0, pinned } = session;
    checkNumber(length, 1, `${path}.length`, wrong);
    checkNumber(size, 0, `${path}.size`, wrong);
    const leads = people.all(session.leads ?? [], `${path}.leads`);
    const others = people.all(session.people ?? [], `${path}.people`);
    const pinnedSlot = pinned && slots.one(pinned.slot, `${path}.pinned.slot`);
    const pinnedRoom =
      pinned?.room === undefined ? undefined : rooms.one(pinned.room, `${path}.pinned.room`);
    return {
      session,
      kind,
      length,
      size,
      needs: session.needs ?? [],
      tracks: [...new Set(session.tracks)],
      bound: [...new Set([...leads, ...others])].sort((one, other) => one - other),
      slots: session.slots && new Set(slots.all(session.slots, `${path}.slots`)),
      rooms: session.rooms && new Set(rooms.all(session.rooms, `${path}.rooms`)),
      pinned: pinnedSlot === undefined ? undefined : { slot: pinnedSlot, room: pinnedRoom },
      isOptional: session.isOptional ?? false,
      takesRoom: kind !== 'block' && session.isRoomless !== true,
    };
  });
  const boundTo = instance.people.map((): number[] => []);
  for (const [index, { bound }] of indexedSessions.entries()) {
    for (const person of bound) boundTo[person]?.push(index);
  }
  const indexedPeople = instance.people.map((person, index): IndexedPerson => {
    const path = `people[${index}]`;
    const interest = Object.entries(person.interest ?? {}).map(([key, weight]) => {
      checkNumber(weight, 1, `${path}.interest.${key}`, wrong);
      return [sessions.one(key, `${path}.interest`) ?? -1, weight] as const;
    });
    return {
      person,
      away: new Set(slots.all(person.away ?? [], `${path}.away`)),
      interest: new Map(interest),
      bound: boundTo[index] ?? [],
    };
  });
  const indexedRooms = instance.rooms.map((room, index): IndexedRoom => {
    if (room.capacity !== undefined)
      checkNumber(room.capacity, 0, `rooms[${index}].capacity`, wrong);
    return {
      room,
      capacity: room.capacity ?? Number.POSITIVE_INFINITY,
      features: new Set(room.features),
      closed: new Set(slots.all(room.closed ?? [], `rooms[${index}].closed`)),
    };
  });
  const askedFor = ({ people: named, roles }: Rule & { kind: 'attends' }, path: string) => {
    for (const role of roles ?? []) {
      if (instance.people.some((person) => person.roles?.includes(role))) continue;
      wrong(
        'unknown-key',
        `${path}.roles`,
        `Write a role that somebody has; nobody has “${role}”.`,
      );
    }
    if (named === undefined && roles === undefined) return [...instance.people.keys()];
    const chosen = new Set(people.all(named ?? [], `${path}.people`));
    return [...instance.people.keys()].filter(
      (person) =>
        chosen.has(person) ||
        instance.people[person]?.roles?.some((role) => roles?.includes(role)) === true,
    );
  };
  const listed = instance.rules.map((rule, index): IndexedRule => {
    const path = `rules[${index}]`;
    checkNumber(rule.level, 0, `${path}.level`, wrong, MOST_LEVELS - 1);
    checkNumber(rule.weight ?? 1, 1, `${path}.weight`, wrong);
    const from = Object.entries(rule.kind === 'unmoved' ? rule.from : {}).map(([key, place]) => {
      const { slot, room } = place;
      const session = sessions.one(key, `${path}.from`) ?? -1;
      const at = slots.one(slot, `${path}.from.${key}.slot`) ?? -1;
      const where = room === undefined ? undefined : rooms.one(room, `${path}.from.${key}.room`);
      return [session, { slot: at, room: where }] as const;
    });
    return {
      rule,
      kind: rule.kind,
      level: rule.level,
      weight: rule.weight ?? 1,
      sessions: 'sessions' in rule ? sessions.all(rule.sessions, `${path}.sessions`) : [],
      slots: new Set(rule.kind === 'slot-wish' ? slots.all(rule.slots, `${path}.slots`) : []),
      rooms: new Set(rule.kind === 'room-wish' ? rooms.all(rule.rooms, `${path}.rooms`) : []),
      people: rule.kind === 'attends' ? askedFor(rule, path) : [],
      from: new Map(from),
    };
  });
  if (problems.length > 0) return fail(problems);
  const rules = [...standingRules(instance.rules), ...listed];
  return ok({
    instance,
    slots: instance.slots,
    rooms: indexedRooms,
    people: indexedPeople,
    sessions: indexedSessions,
    rules,
    levels: Math.max(instance.levels?.length ?? 1, ...rules.map(({ level }) => level + 1)),
    dayOf: daysOf(instance.slots),
    isFollowed: instance.slots.map((slot, index) => {
      const next = instance.slots[index + 1];
      return next?.day === slot.day && next.start - slot.end <= (instance.pauseMinutes ?? 0);
    }),
  });
}

/** More would not be told apart by anybody. */
const MOST_LEVELS = 32;

function standingRules(rules: readonly Rule[]): IndexedRule[] {
  const listed = new Set(rules.map(({ kind }) => kind));
  return STANDING_RULES.filter((kind) => !listed.has(kind)).map((kind) => ({
    rule: { kind, level: 0 },
    kind,
    level: 0,
    weight: 1,
    sessions: [],
    slots: new Set(),
    rooms: new Set(),
    people: [],
    from: new Map(),
  }));
}

function daysOf(slots: readonly Slot[]): number[] {
  let day = -1;
  return slots.map((slot, index) => {
    if (slots[index - 1]?.day !== slot.day) day += 1;
    return day;
  });
}

function checkSlots(slots: readonly Slot[], wrong: Wrong): void {
  const ended = new Set<string>();
  for (const [index, { key, day, start, end }] of slots.entries()) {
    const path = `slots[${index}]`;
    if (!(Number.isSafeInteger(start) && Number.isSafeInteger(end) && start < end)) {
      wrong(
        'slot-ends-early',
        path,
        `Let the slot “${key}” end after it starts, in whole minutes.`,
      );
    }
    const before = slots[index - 1];
    if (before === undefined) continue;
    if (start < before.end) {
      wrong(
        'slots-overlap',
        path,
        `Let the slot “${key}” start when “${before.key}” has ended; write slots in order.`,
      );
    }
    if (before.day !== day) ended.add(before.day);
    if (ended.has(day)) {
      wrong('day-twice', path, `Write the slots of the day “${day}” beside each other.`);
    }
  }
}
