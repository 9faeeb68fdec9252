import { counted, listed } from '@cairn/kernel/words';
import { minutesOf, type Room } from '../frame/frame-rules.ts';
import { freePlaces, isQuiet, type Need, type OpenSpace, type Place } from './space-rules.ts';

/** A free place instead of one that is not. */
export interface Offer {
  readonly place: Place;
  /** What it is, against what was wanted: “Blue Room at the same time, 8 places”. */
  readonly words: string;
}

/** What somebody wanted, and did not get. */
export interface Wanted extends Need {
  readonly date: string;
  readonly starts: string;
  readonly roomId: string;
}

/**
 * The next best places: another room at the same time, the same room later, and what is nearest to it
 * otherwise. Only rooms that do for what was needed; those that are like the one that was wanted come
 * first, and a quiet room last. Ties go by the order of rooms, so the same question has one answer.
 */
export function offersFor(
  space: OpenSpace,
  wanted: Wanted,
  { most = 3, except }: { readonly most?: number; readonly except?: string | undefined } = {},
): Offer[] {
  const rooms = new Map(space.frame.rooms.map((room) => [room.id, room]));
  const room = rooms.get(wanted.roomId);
  const free = freePlaces(space, wanted, undefined, except)
    .flatMap((place) => {
      const other = rooms.get(place.roomId);
      return other === undefined
        ? []
        : [{ place, room: other, cost: costOf(place, other, wanted, room) }];
    })
    .filter(({ place }) => place.roomId !== wanted.roomId || !isSameTime(place, wanted))
    .sort((one, other) => compare(one.cost, other.cost));
  const beside = free.find(({ place }) => isSameTime(place, wanted));
  const afterwards = free.find(
    ({ place }) =>
      place.roomId === wanted.roomId &&
      `${place.date}${place.starts}` > `${wanted.date}${wanted.starts}`,
  );
  const chosen = new Set([beside, afterwards, ...free].filter((each) => each !== undefined));
  return [...chosen]
    .slice(0, most)
    .map(({ place, room: other }) => ({ place, words: wordsOf(place, other, wanted, room) }));
}

const isSameTime = (
  one: { readonly date: string; readonly starts: string },
  other: { readonly date: string; readonly starts: string },
): boolean => one.date === other.date && one.starts === other.starts;

const DAY = 24 * 60;

/** How far a place is from what was wanted: quiet, days and minutes away, what the room lacks, its size. */
function costOf(place: Place, room: Room, wanted: Wanted, like: Room | undefined): number[] {
  const days = Math.round((Date.parse(place.date) - Date.parse(wanted.date)) / (DAY * 60_000));
  const minutes = days * DAY + minutesOf(place.starts) - minutesOf(wanted.starts);
  const isQuieter = isQuiet(room) && (like === undefined || !isQuiet(like));
  // Earlier is harder than later: people are somewhere already.
  const away = minutes < 0 ? -2 * minutes : minutes;
  return [Number(isQuieter), away, missing(room, like).length, shortage(room, like)];
}

const missing = (room: Room, like: Room | undefined): string[] =>
  (like?.features ?? []).filter((feature) => !room.features.includes(feature));

const shortage = ({ capacity }: Room, like: Room | undefined): number =>
  capacity === null ? 0 : Math.max(0, (like?.capacity ?? 0) - capacity);

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((cost, index) => cost !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function wordsOf(place: Place, room: Room, wanted: Wanted, like: Room | undefined): string {
  const when = isSameTime(place, wanted)
    ? 'at the same time'
    : `from ${place.starts} to ${place.ends}`;
  const lacks = missing(room, like);
  const facts = [
    ...(room.capacity === null ? [] : [counted(room.capacity, 'place')]),
    ...(lacks.length === 0 ? [] : [`without ${listed(lacks)}`]),
    ...(isQuiet(room) && !lacks.includes('quiet') ? ['a quiet room'] : []),
  ];
  return [`${room.name} ${when}`, ...facts].join(', ');
}
