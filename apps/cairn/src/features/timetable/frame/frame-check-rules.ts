import { counted, listed } from '@cairn/kernel/words';
import { presenceContradictions } from '../presence/presence-check-rules.ts';
import { isThere } from '../presence/presence-rules.ts';
import { orderContradictions } from '../sessions/order-check-rules.ts';
import { sessionContradictions } from '../sessions/session-check-rules.ts';
import { isClosed } from './closure-rules.ts';
import type { Contradiction, ContradictionFacts } from './contradiction-rules.ts';
import {
  type Block,
  type Frame,
  isForAll,
  minutesOf,
  overlaps,
  type Stretch,
  workOf,
} from './frame-rules.ts';
import { dayWords, lengthWords, stretchWords, weekdayOf } from './frame-words-rules.ts';
import { releasedContradictions } from './released-check-rules.ts';

/** Everything in a frame, in presences and in sessions that cannot be, each as a sentence that says where to mend it. */
export const contradictionsIn = (facts: ContradictionFacts): Contradiction[] => [
  ...frameContradictions(facts),
  ...releasedContradictions(facts),
  ...presenceContradictions(facts),
  ...sessionContradictions(facts),
  ...orderContradictions(facts),
];

/** What a change brings about: what is new with it, and what is about the thing that changes. */
export function contradictionsOf(
  before: readonly Contradiction[],
  after: readonly Contradiction[],
  about: readonly string[],
): Contradiction[] {
  const known = new Set(before.map(({ sentence }) => sentence));
  return after.filter(
    ({ sentence, about: whom }) => !known.has(sentence) || whom.some((id) => about.includes(id)),
  );
}

const frameContradictions = (facts: ContradictionFacts): Contradiction[] => [
  ...daysOf(facts),
  ...overlapsOf(facts.frame),
  ...facts.frame.blocks.flatMap((block) => [
    ...outsideOf(facts.frame, block),
    ...placeOf(facts, block),
  ]),
  ...roomsOf(facts.frame),
];

function daysOf({ frame, dates }: ContradictionFacts): Contradiction[] {
  const { slotMinutes, sessionMinutes } = frame;
  const at = 'frame/days';
  const off = frame.days.filter(({ date }) => date < dates.start || date > dates.end);
  const lost = frame.days.flatMap(({ date }) =>
    workOf(frame, date).filter(
      ({ starts, ends }) => (minutesOf(ends) - minutesOf(starts)) % slotMinutes > 0,
    ),
  );
  return [
    ...off.map(({ date }) => ({
      code: 'day-off-summit',
      sentence: `${dayWords(date)} is outside the summit, which is from ${dayWords(dates.start)} to ${dayWords(dates.end)}.`,
      at,
      about: [date],
    })),
    ...(sessionMinutes % slotMinutes === 0
      ? []
      : [
          {
            code: 'length-not-in-slots',
            sentence: `Sessions of ${lengthWords(sessionMinutes)} do not fit slots of ${lengthWords(slotMinutes)}; they are rounded up.`,
            at,
            about: ['lengths'],
          },
        ]),
    ...[...Map.groupBy(lost, ({ starts, ends }) => `${starts}–${ends}`)].map(([times, same]) => {
      const [{ starts = '', ends = '' } = {}] = same;
      const over = lengthWords((minutesOf(ends) - minutesOf(starts)) % slotMinutes);
      return {
        code: 'minutes-lost',
        sentence: `${onDays(same)} ${times} does not divide into slots of ${lengthWords(slotMinutes)}: ${over} before ${ends} cannot be used.`,
        at,
        about: same.map(({ date }) => date),
      };
    }),
  ];
}

/** `On Monday and Tuesday`. */
const onDays = (stretches: readonly Stretch[]): string =>
  `On ${listed(stretches.map(({ date }) => weekdayOf(date)))}`;

/**
 * The timetable of 2024 overlapped itself for twelve weeks before anybody saw it. The same overlap of
 * several days is told once.
 */
function overlapsOf({ blocks }: Frame): Contradiction[] {
  const pairs = blocks.flatMap((one, index) =>
    blocks
      .slice(index + 1)
      .flatMap((other) => (overlaps(one, other) ? [[one, other] as const] : [])),
  );
  const words = ({ title, starts, ends }: Block): string => `“${title}” (${starts}–${ends})`;
  const same = Map.groupBy(pairs, ([one, other]) => `${words(one)} and ${words(other)}`);
  return [...same].map(([both, found]) => ({
    code: 'blocks-overlap',
    sentence: `${onDays(found.map(([one]) => one))} ${both} overlap; everybody is in both.`,
    at: `frame/blocks/${found[0]?.[1].id ?? ''}`,
    about: found.flatMap(([one, other]) => [one.id, other.id]),
  }));
}

/** Meals and free time may lie around the working day; what is work lies in it. */
function outsideOf({ days }: Frame, block: Block): Contradiction[] {
  const { id, title, kind, date, starts, ends } = block;
  const day = days.find((each) => each.date === date);
  const at = `frame/blocks/${id}`;
  if (day === undefined) {
    const sentence = `“${title}” is on ${dayWords(date)}, which is no day of this timetable.`;
    return [{ code: 'block-off-days', sentence, at, about: [id, date] }];
  }
  if (kind === 'meal' || kind === 'free') return [];
  if (starts >= day.starts && ends <= day.ends) return [];
  const sentence = `“${title}” (${stretchWords(block)}) is outside its day, which is from ${day.starts} to ${day.ends}.`;
  return [{ code: 'block-outside-day', sentence, at, about: [id, date] }];
}

function placeOf({ frame, people, presence }: ContradictionFacts, block: Block): Contradiction[] {
  const room = frame.rooms.find(({ id }) => id === block.roomId);
  if (room === undefined) return [];
  const { id, title, kind } = block;
  const at = `frame/blocks/${id}`;
  const about = [id, room.id];
  const there = [...people.keys()].filter((person) => {
    const said = presence.get(person);
    return said?.isRemote !== true && isThere(said, block);
  }).length;
  const isTooSmall = isForAll(kind) && room.capacity !== null && room.capacity < there;
  return [
    ...(isClosed(frame.closures, room.id, block)
      ? [
          {
            code: 'block-room-closed',
            sentence: `“${title}” (${stretchWords(block)}) is in “${room.name}”, which is closed then.`,
            at,
            about,
          },
        ]
      : []),
    ...(isTooSmall
      ? [
          {
            code: 'plenary-too-small',
            sentence: `“${title}” (${stretchWords(block)}) is for ${counted(there, 'person', 'people')}, and “${room.name}” has ${counted(room.capacity ?? 0, 'place')}.`,
            at,
            about,
          },
        ]
      : []),
  ];
}

function roomsOf({ rooms }: Frame): Contradiction[] {
  const byName = Map.groupBy(rooms, ({ name }) => name.trim().toLowerCase());
  return [...byName.values()].flatMap((same) => {
    const last = same.at(-1);
    if (same.length < 2 || last === undefined) return [];
    const ids = same.map(({ id }) => id);
    const keys = listed(same.map(({ key }) => key).filter((key) => key !== ''));
    const sentence = `${counted(same.length, 'room is', 'rooms are')} called “${last.name}” (${keys}); nobody could tell them apart.`;
    return [{ code: 'room-twice', sentence, at: `frame/rooms/${last.id}`, about: ids }];
  });
}
