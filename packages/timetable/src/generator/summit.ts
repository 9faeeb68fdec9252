import type { Instance, Rule, Slot, Timetable } from '../sessions/model.ts';
import { addedUp, Draw } from './draw.ts';

/** What an invented summit is like. */
export interface SummitShape {
  readonly people: number;
  readonly sessions: number;
  readonly slots: number;
  readonly rooms: number;
  readonly seed: number;
  /** Which part of what rooms are open is taken; the rest is closed. 0.9 when left out. */
  readonly fill?: number;
  /** No two sessions of a topic at a time; so many that each fills half of the slots when left out. */
  readonly topics?: number;
  /** In how many sessions each person would like to be, those that they lead among them; 12 when left out. */
  readonly interests?: number;
  /** Which part of what somebody likes is of their two topics, two thirds of it of the first; 0.3 when left out. */
  readonly focus?: number;
  /** 0: every session is liked alike; 1: the n-th an n-th as much as the first. */
  readonly skew?: number;
  /** Which part of those who are interested in a session its room must hold; 0.5 when left out. */
  readonly roomNeed?: number;
  readonly slotsPerDay?: number;
  /** Whether the worst-off person comes before the sum of all. */
  readonly isFair?: boolean;
}

/** The three sizes in which engines were compared; 90 % of the open rooms are taken. */
export const SUMMIT_SIZES = {
  S: { people: 40, sessions: 45, slots: 10, rooms: 5, interests: 9 },
  M: { people: 200, sessions: 100, slots: 30, rooms: 8, interests: 15 },
  L: { people: 2000, sessions: 400, slots: 60, rooms: 20, interests: 18 },
} as const satisfies Record<string, Omit<SummitShape, 'seed'>>;

export const SUMMIT_RULES = {
  topics: { kind: 'track-clash', level: 0, name: 'one session of a topic at a time' },
  interest: { kind: 'interest', level: 1, name: 'people get to what interests them' },
} as const satisfies Record<string, Rule>;

/** A summit and a timetable that it was built around, which keeps all that must hold. */
export interface PlantedSummit {
  readonly instance: Instance;
  readonly planted: Timetable;
}

/**
 * Invents a summit: sessions of topics, each led by one or two people of its topic; people who like
 * sessions of their topics and some others, with weights from 1 to 3; rooms of three nested sizes.
 * The same shape gives the same summit on every machine.
 */
export const summitInstance = (shape: SummitShape): Instance => plantedSummit(shape).instance;

/** The same with the timetable that shows that it is possible. */
export function plantedSummit(shape: SummitShape): PlantedSummit {
  const { people, sessions, slots, rooms, fill = 0.9, isFair = false } = shape;
  const counts = [people, sessions, slots, rooms];
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0 && count <= 1_000_000)) {
    throw new RangeError('a summit has people, sessions, slots and rooms');
  }
  if (sessions > slots * rooms || fill <= 0 || fill > 1) {
    throw new RangeError(`${sessions} sessions do not fit ${slots} slots of ${rooms} rooms`);
  }
  const draw = new Draw(shape.seed);
  const topics = topicsOf(shape);
  // Dealt out one after another: those of a topic, which stand beside each other, get slots of their own.
  const slotOrder = draw.shuffled(Array.from({ length: slots }, (_, slot) => slot));
  const plantedSlot = topics.map((_, session) => slotOrder[session % slots] ?? 0);
  const likings = new Likings(shape, topics, draw);
  const leads = leadsOf(topics, plantedSlot, likings, people, draw);
  const interest = likings.ofAll(leads);
  const sizes = sizesOf(interest, sessions, shape.roomNeed ?? 0.5);
  const open = openRooms(plantedSlot, shape, fill, draw);
  const plantedRoom = plantRooms(plantedSlot, sizes, open);
  const capacities = nestedCapacities(plantedRoom, sizes, rooms);
  const slotList = slotsOf(slots, shape.slotsPerDay ?? 6);
  const slotKeys = slotList.map(({ key }) => key);
  const instance: Instance = {
    title: `Summit of ${people} people, seed ${shape.seed}`,
    slots: slotList,
    rooms: capacities.map((capacity, room) => {
      const closed = slotKeys.filter((_, slot) => open[slot]?.has(room) === false);
      return {
        key: roomKey(room),
        capacity,
        ...(closed.length === 0 ? {} : { closed }),
      };
    }),
    people: interest.map((liked, person) => ({
      key: `person ${person + 1}`,
      interest: Object.fromEntries(
        [...liked].map(([session, weight]) => [sessionKey(session), weight]),
      ),
    })),
    sessions: topics.map((topic, session) => ({
      key: sessionKey(session),
      size: sizes[session] ?? 0,
      tracks: [`topic ${topic + 1}`],
      leads: (leads[session] ?? []).map((person) => `person ${person + 1}`),
    })),
    rules: [
      SUMMIT_RULES.topics,
      ...(isFair ? [{ kind: 'worst-off', level: 1, name: 'nobody is sacrificed' } as const] : []),
      { ...SUMMIT_RULES.interest, level: isFair ? 2 : 1 },
    ],
    levels: [
      'what must hold',
      ...(isFair ? ['thousandths that the worst-off person loses'] : []),
      'interest lost',
    ],
    // Coffee does not part two slots, lunch does.
    pauseMinutes: 30,
  };
  return { instance, planted: { slot: plantedSlot, room: plantedRoom } };
}

const sessionKey = (session: number): string => `session ${session + 1}`;
const roomKey = (room: number): string => `room ${room + 1}`;

/** Hours from nine o’clock on, with lunch in the middle of the day. */
function slotsOf(count: number, aDay: number): Slot[] {
  return Array.from({ length: count }, (_, slot) => {
    const day = Math.floor(slot / aDay);
    const hour = slot % aDay;
    const start = (day * 24 + 9 + hour + (hour >= aDay / 2 ? 1 : 0)) * 60;
    return { key: `slot ${slot + 1}`, day: `day ${day + 1}`, start, end: start + 60 };
  });
}

/** The topic of each session; those of one topic stand beside each other. */
function topicsOf({ sessions, slots, topics }: SummitShape): number[] {
  const count = topics ?? Math.ceil(sessions / Math.max(1, Math.ceil(slots / 2)));
  if (count < 1 || Math.ceil(sessions / count) > slots) {
    throw new RangeError(`${count} topics leave more sessions of one than there are slots`);
  }
  return Array.from({ length: sessions }, (_, session) => Math.floor((session * count) / sessions));
}

/** Who likes what. */
class Likings {
  readonly #draw: Draw;
  readonly #count: number;
  readonly #focus: number;
  readonly #members: readonly (readonly number[])[];
  readonly #popularity: readonly number[];
  /** The topics of each person, the one that they care for most first. */
  readonly topics: readonly (readonly [number, number])[];

  constructor(
    { people, interests = 12, focus = 0.3, skew = 0 }: SummitShape,
    topics: number[],
    draw: Draw,
  ) {
    this.#draw = draw;
    this.#focus = focus;
    this.#count = Math.min(interests, topics.length);
    const count = (topics.at(-1) ?? 0) + 1;
    this.#members = Array.from({ length: count }, (_, topic) =>
      [...topics.keys()].filter((session) => topics[session] === topic),
    );
    const ranks = draw.shuffled([...topics.keys()]);
    this.#popularity = addedUp(ranks.map((rank) => 1 / (1 + skew * rank)));
    this.topics = Array.from({ length: people }, () => [draw.below(count), draw.below(count)]);
  }

  /** For each person what they like: what they lead, some of their topics, and others. */
  ofAll(leads: readonly (readonly number[])[]): ReadonlyMap<number, number>[] {
    const draw = this.#draw;
    const led = this.topics.map((): [number, number][] => []);
    for (const [session, who] of leads.entries()) {
      for (const person of who) led[person]?.push([session, 3]);
    }
    return this.topics.map((own, person) => {
      const mine = new Map(led[person]);
      // Where a topic is small, draws are repeated, and there is an end to it.
      for (let tries = 0; mine.size < this.#count && tries < 20 * this.#count; tries++) {
        const isOwn = draw.chance(this.#focus);
        const topic = draw.below(3) < 2 ? own[0] : own[1];
        const session = isOwn
          ? draw.one(this.#members[topic] ?? [])
          : draw.position(this.#popularity);
        if (!mine.has(session)) mine.set(session, 1 + draw.below(3));
      }
      return new Map([...mine].sort(([one], [other]) => one - other));
    });
  }
}

/** One or two people of its topic for each session, never of two sessions of one planted slot. */
function leadsOf(
  topics: readonly number[],
  plantedSlot: readonly number[],
  likings: Likings,
  people: number,
  draw: Draw,
): number[][] {
  // So few that most of them lead two sessions, which then must not run at a time.
  const pool = draw
    .shuffled(Array.from({ length: people }, (_, person) => person))
    .slice(0, Math.max(1, Math.ceil(Math.min(people, topics.length) * 0.6)));
  const leading = new Set<string>();
  return topics.map((topic, session) => {
    const slot = plantedSlot[session] ?? 0;
    const free = pool.filter((person) => !leading.has(`${person} ${slot}`));
    const own = free.filter((person) => likings.topics[person]?.includes(topic) === true);
    const wanted = draw.chance(0.25) ? 2 : 1;
    const from = own.length >= wanted ? own : free;
    const chosen = draw.shuffled(from).slice(0, wanted);
    for (const person of chosen) leading.add(`${person} ${slot}`);
    return chosen.sort((one, other) => one - other);
  });
}

function sizesOf(
  interest: readonly ReadonlyMap<number, number>[],
  sessions: number,
  roomNeed: number,
): number[] {
  const counts = Array.from({ length: sessions }, () => 0);
  for (const liked of interest) {
    for (const session of liked.keys()) counts[session] = (counts[session] ?? 0) + 1;
  }
  return counts.map((count) => Math.ceil(count * roomNeed));
}

/** For each slot the rooms that are open; small ones close first. */
function openRooms(
  plantedSlot: readonly number[],
  { slots, rooms, sessions }: SummitShape,
  fill: number,
  draw: Draw,
): Set<number>[] {
  const counts = Array.from({ length: slots }, () => 0);
  for (const slot of plantedSlot) counts[slot] = (counts[slot] ?? 0) + 1;
  let spare = Math.min(slots * rooms, Math.ceil(sessions / fill)) - sessions;
  while (spare > 0) {
    for (const slot of draw.shuffled([...counts.keys()])) {
      if (spare === 0) break;
      if ((counts[slot] ?? 0) === rooms) continue;
      counts[slot] = (counts[slot] ?? 0) + 1;
      spare -= 1;
    }
  }
  return counts.map((count) => {
    const open = Array.from({ length: rooms }, (_, room) => room);
    while (open.length > count) {
      open.splice(Math.max(draw.below(open.length), draw.below(open.length)), 1);
    }
    return new Set(open);
  });
}

/** In each slot the largest session into the largest room that is open. */
function plantRooms(
  plantedSlot: readonly number[],
  sizes: readonly number[],
  open: readonly ReadonlySet<number>[],
): number[] {
  const rooms = plantedSlot.map(() => -1);
  for (const [slot, openHere] of open.entries()) {
    const here = [...plantedSlot.keys()]
      .filter((session) => plantedSlot[session] === slot)
      .sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
    const largestFirst = [...openHere];
    for (const [index, session] of here.entries()) rooms[session] = largestFirst[index] ?? -1;
  }
  return rooms;
}

/** A fifth of the rooms is large, two fifths are middling, the rest small; each class holds what was planted in it. */
function nestedCapacities(
  plantedRoom: readonly number[],
  sizes: readonly number[],
  rooms: number,
): number[] {
  const classOf = (room: number): number =>
    room < Math.ceil(rooms / 5) ? 0 : room < Math.ceil((rooms * 3) / 5) ? 1 : 2;
  const needed = [0, 0, 0];
  for (const [session, room] of plantedRoom.entries()) {
    // A larger class holds what a smaller one does.
    for (let at = 0; at <= classOf(room); at++) {
      needed[at] = Math.max(needed[at] ?? 0, sizes[session] ?? 0);
    }
  }
  return Array.from({ length: rooms }, (_, room) => needed[classOf(room)] ?? 0);
}
