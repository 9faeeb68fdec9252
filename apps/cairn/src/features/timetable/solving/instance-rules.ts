import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type * as library from '@cairn/timetable/sessions/model';
import type { Placement } from '../drafts/placement-rules.ts';
import { minutesOf, overlaps, type Slot, slotsOf } from '../frame/frame-rules.ts';
import { dayNames } from '../frame/frame-words-rules.ts';
import { isThere } from '../presence/presence-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';
import type { Session } from '../sessions/session-rules.ts';
import { expectedPeople, INTEREST_POINTS, type TimetableFacts, topicOf } from './facts-rules.ts';
import { rulesOf } from './wanted-rules.ts';

/** What is wished of a timetable beyond what must hold, in the order in which it counts. */
export const AIMS = ['fair', 'most', 'steady'] as const;
/**
 * `fair`: whoever loses most, before the sum; `most`: the sum of interest first; `steady`: groups stay
 * in their rooms and meet on many days, first.
 */
export type Aim = (typeof AIMS)[number];

export interface InstanceOptions {
  /** They stay where they are. */
  readonly pinned?: readonly Placement[] | undefined;
  /** Few sessions move away from here; counts before everything that is only wished. */
  readonly unmovedFrom?: readonly Placement[] | undefined;
  /** Keys of slots that are over: no session that is not pinned is put into them. */
  readonly closedSlots?: ReadonlySet<string> | undefined;
  /** By session the day on which it is, where a group has other people on other days. */
  readonly on?: ReadonlyMap<string, string> | undefined;
  /** `fair` when left out. */
  readonly aim?: Aim | undefined;
}

/** The facts as a problem of the timetabling library, and what its numbers stand for. */
export interface TimetableProblem {
  readonly instance: library.Instance;
  readonly indexed: IndexedInstance;
  /** By the library's numbers; open sessions come last. */
  readonly sessionIds: readonly string[];
  readonly slots: readonly Slot[];
  readonly roomIds: readonly string[];
  readonly personIds: readonly string[];
  /** Where open sessions are; everything else is placed by who asks. */
  readonly open: readonly {
    readonly number: number;
    readonly slot: number;
    readonly room: number;
  }[];
}

const LEVEL_WORDS = {
  must: 'what must hold',
  moved: 'sessions moved',
  wishes: 'clashes and wishes',
  worst: 'the most that anybody loses, in thousandths of their interest',
  interest: 'points of interest lost',
  steady: 'changes of room, and days missed',
} as const;
export type LevelName = keyof typeof LEVEL_WORDS;

const ORDERS: Readonly<Record<Aim, readonly LevelName[]>> = {
  fair: ['must', 'wishes', 'worst', 'interest', 'steady'],
  most: ['must', 'wishes', 'interest', 'worst', 'steady'],
  steady: ['must', 'wishes', 'steady', 'worst', 'interest'],
};

/** What the levels of an instance mean, first the most important. */
export function levelsOf({ aim = 'fair', unmovedFrom }: InstanceOptions = {}): LevelName[] {
  const [must, ...wished] = ORDERS[aim];
  return [must ?? 'must', ...(unmovedFrom === undefined ? [] : ['moved' as const]), ...wished];
}

/**
 * Turns the facts into a problem of the timetabling library. Slots, rooms, people and sessions keep
 * the order of the facts, so that the same facts give the same problem.
 */
export function timetableInstance(
  facts: TimetableFacts,
  options: InstanceOptions = {},
): TimetableProblem {
  const { frame } = facts;
  const slots = slotsOf(frame);
  const dayName = dayNames(frame.days.map(({ date }) => date));
  const people = facts.people.map(({ id }) => id);
  const known = new Set(people);
  const open = facts.open.flatMap((session) => openIn(facts, slots, session) ?? []);
  const levels = levelsOf(options);
  const first = frame.days[0]?.date ?? '';
  const roomKeys = roomKeysOf(facts);
  const sessions = [
    ...facts.sessions.map((session) =>
      sessionIn(facts, { slots, known, roomKeys }, session, options),
    ),
    ...open.map(({ session, slot, length }) => ({
      key: session.id,
      title: session.title,
      length,
      pinned: { slot: slots[slot]?.key ?? '', room: roomKeys.get(session.roomId ?? '') ?? '' },
      isOptional: true,
    })),
  ];
  const interest = interestBySession(facts, open);
  const instance: library.Instance = {
    slots: slots.map(({ key, date, starts, ends }) => {
      const midnight = daysBetween(first, date) * 1440;
      const day = dayName(date);
      return { key, day, start: midnight + minutesOf(starts), end: midnight + minutesOf(ends) };
    }),
    rooms: frame.rooms.map(({ id, capacity, features }) => ({
      key: roomKeys.get(id) ?? id,
      features,
      closed: slots
        .filter((slot) =>
          frame.closures.some((closure) => closure.roomId === id && overlaps(closure, slot)),
        )
        .map(({ key }) => key),
      ...(capacity === null ? {} : { capacity }),
    })),
    people: facts.people.map(({ id, name }) => ({
      key: id,
      name,
      away: slots.filter((slot) => !isThere(facts.presence.get(id), slot)).map(({ key }) => key),
      interest: Object.fromEntries(interest.get(id) ?? []),
    })),
    sessions,
    rules: rulesOf(facts, { slots, roomKeys }, options, levels),
    levels: levels.map((level) => LEVEL_WORDS[level]),
  };
  return {
    instance,
    indexed: expectOk(indexInstance(instance)),
    sessionIds: sessions.map(({ key }) => key),
    slots,
    roomIds: frame.rooms.map(({ id }) => id),
    personIds: people,
    open: open.map(({ slot, room }, index) => ({
      number: facts.sessions.length + index,
      slot,
      room,
    })),
  };
}

/** How many slots a session takes; what does not come out even is rounded up. */
const slotsNeeded = (minutes: number, slotMinutes: number): number =>
  Math.ceil(minutes / slotMinutes);

interface Keys {
  readonly slots: readonly Slot[];
  readonly known: ReadonlySet<string>;
  readonly roomKeys: ReadonlyMap<string, string>;
}

/** By id what the library calls rooms: their names, which its sentences say, told apart where two share one. */
function roomKeysOf({ frame: { rooms } }: TimetableFacts): ReadonlyMap<string, string> {
  const isTwice = (name: string) => rooms.filter((room) => room.name === name).length > 1;
  const names = rooms.map(({ name, key }) => (isTwice(name) ? `${name} (${key})` : name));
  const areDistinct = new Set(names).size === names.length;
  return new Map(rooms.map(({ id }, at) => [id, areDistinct ? (names[at] ?? id) : id]));
}

function sessionIn(
  facts: TimetableFacts,
  { slots, known, roomKeys }: Keys,
  session: Session,
  { pinned, closedSlots, on }: InstanceOptions,
): library.Session {
  const { leads, people } = expectedPeople(facts, session, on?.get(session.id));
  const isPlenary = session.kind === 'plenary';
  const isRemote = people.some((person) => facts.presence.get(person)?.isRemote === true);
  const pin = pinned?.find(({ sessionId }) => sessionId === session.id);
  const pinnedSlot = pin && slots.find(({ key }) => key === `${pin.date}T${pin.starts}`);
  const pinnedRoom = roomKeys.get(pin?.roomId ?? '');
  const length = slotsNeeded(session.minutes, facts.frame.slotMinutes);
  const isOver = (index: number): boolean =>
    slots.slice(index, index + length).some(({ key }) => closedSlots?.has(key) === true);
  return {
    key: session.id,
    title: session.title,
    kind: isPlenary ? 'plenary' : 'session',
    length,
    size: session.size ?? (isPlenary ? facts.people.length : people.length),
    needs: [...new Set([...session.needs, ...(isRemote ? ['video'] : [])])],
    tracks: session.track === '' ? [] : [session.track],
    leads: leads.filter((person) => known.has(person)),
    people: people.filter((person) => known.has(person)),
    isOptional: session.isOptional,
    ...(pinnedSlot === undefined
      ? {}
      : {
          pinned: {
            slot: pinnedSlot.key,
            ...(pinnedRoom === undefined ? {} : { room: pinnedRoom }),
          },
        }),
    ...(pinnedSlot === undefined && (closedSlots?.size ?? 0) > 0
      ? { slots: slots.filter((_, index) => !isOver(index)).map(({ key }) => key) }
      : {}),
  };
}

/** An open session with the slots that it touches; left out where its room is gone or closed by now. */
function openIn(
  { frame }: TimetableFacts,
  slots: readonly Slot[],
  session: PlacedSession,
): { session: PlacedSession; slot: number; room: number; length: number } | undefined {
  const room = frame.rooms.findIndex(({ id }) => id === session.roomId);
  const touched = [...slots.keys()].filter((index) => {
    const slot = slots[index];
    return slot !== undefined && overlaps(slot, session);
  });
  const slot = touched[0];
  const isClosed = frame.closures.some(
    (closure) => closure.roomId === session.roomId && overlaps(closure, session),
  );
  if (slot === undefined || room < 0 || isClosed) return undefined;
  return { session, slot, room, length: touched.length };
}

/** By person and session the points of their interest; who claimed an open session leads it. */
function interestBySession(
  facts: TimetableFacts,
  open: readonly { readonly session: PlacedSession }[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const points = new Map(facts.people.map(({ id }) => [id, new Map<string, number>()]));
  const byTopic = Map.groupBy(facts.interest, ({ number }) => number);
  const care = (id: string, topic: number | null): void => {
    for (const { personId, level } of byTopic.get(topic ?? -1) ?? []) {
      if (INTEREST_POINTS[level] > 0) points.get(personId)?.set(id, INTEREST_POINTS[level]);
    }
  };
  for (const session of facts.sessions) {
    if (session.kind !== 'plenary') care(session.id, topicOf(facts, session));
  }
  for (const { session } of open) {
    care(session.id, session.topicNumber);
    for (const lead of session.leads) points.get(lead)?.set(session.id, INTEREST_POINTS.lead);
  }
  return points;
}

/** Days between two ISO days. */
const daysBetween = (from: string, to: string): number =>
  from === '' ? 0 : Temporal.PlainDate.from(from).until(to).days;
