import type { Slot } from '../sessions/model.ts';
import type { JsonReader } from './json-reader.ts';
import { pathInto } from './json-text.ts';
import { MOST } from './sizes.ts';

/** The slots of a file in which sessions can be, and how the file calls them. */
export interface TpacSlots {
  readonly slots: readonly Slot[];
  /** For each slot what stands for it where sessions are published. */
  readonly written: readonly (string | number)[];
  /** The longest pause between slots without a break between. */
  readonly pauseMinutes: number;
  /** The slot that is meant by a value; a problem is kept if there is none. */
  find(reader: JsonReader, value: unknown, path: string): number | undefined;
}

interface Time {
  readonly day: string;
  readonly start: number;
  readonly end: number;
  readonly isBreak: boolean;
  readonly written: string | number;
}

/** Reads slots: `2024-03-12 13:00-14:00`, or groups of number, start, end and whether it is a break. */
export function readTpacSlots(reader: JsonReader, value: unknown): TpacSlots {
  const times = reader
    .list(value, 'slots', MOST.slots)
    .map((item, index) => timeOf(reader, item, pathInto('slots', index)));
  for (const [index, time] of times.entries()) {
    const path = pathInto('slots', index);
    const before = times[index - 1];
    if (time.start >= time.end) {
      reader.refuse('slot-ends-early', path, 'Let the slot end after it starts.');
    } else if (before !== undefined && time.start < before.end) {
      reader.refuse('slots-overlap', path, 'Let the slot start when the one before it has ended.');
    }
  }
  const open = times.filter(({ isBreak }) => !isBreak);
  const numbers = new Map(open.map(({ written }, slot) => [String(written), slot]));
  if (numbers.size < open.length) {
    reader.refuse('key-twice', 'slots', 'Let each slot be there once.');
  }
  return {
    slots: open.map(({ day, start, end }) => ({
      key: day === '' ? clock(start) : `${day} ${clock(start)}`,
      day: day === '' ? 'day 1' : day,
      start,
      end,
    })),
    written: open.map(({ written }) => written),
    pauseMinutes: pauseOf(times),
    find: (own, wanted, path) => {
      const slot = numbers.get(String(wanted));
      const isWord = typeof wanted === 'string' || typeof wanted === 'number';
      if (isWord && slot !== undefined) return slot;
      own.refuse('unknown-key', path, 'There is no such slot, or it is a break.');
      return undefined;
    },
  };
}

/** As long as any short pause between two slots, but shorter than every break. */
function pauseOf(times: readonly Time[]): number {
  const beside = times.slice(1).flatMap((time, index) => {
    const before = times[index];
    const isPause =
      before !== undefined && before.day === time.day && !before.isBreak && !time.isBreak;
    return isPause ? [time.start - before.end] : [];
  });
  const breaks = times.filter(({ isBreak }) => isBreak).map(({ start, end }) => end - start);
  const pauses = beside.filter((pause) => pause <= SHORT && pause < Math.min(SHORT + 1, ...breaks));
  return Math.max(0, ...pauses);
}

/** Minutes in which one changes rooms; a longer pause parts two slots as a break does. */
const SHORT = 15;

const clock = (minutes: number): string => {
  const ofDay = minutes % (24 * 60);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
};

function timeOf(reader: JsonReader, item: unknown, path: string): Time {
  if (typeof item === 'string') return datedTime(reader, item, path);
  const { i, start, end, break: isBreak } = reader.map(item, path);
  return {
    day: '',
    start: minutesOf(reader, start, pathInto(path, 'start')),
    end: minutesOf(reader, end, pathInto(path, 'end')),
    isBreak: isBreak === undefined ? false : reader.flag(isBreak, pathInto(path, 'break')),
    written: reader.whole(i, pathInto(path, 'i'), 0, MOST.number),
  };
}

function datedTime(reader: JsonReader, text: string, path: string): Time {
  const [, day = '', start = '', end = ''] =
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00Z`) / 60_000;
  if (day === '' || !Number.isSafeInteger(midnight)) {
    reader.refuse('wrong-time', path, 'Write a slot as "2024-03-12 13:00-14:00".');
    return { day, start: 0, end: 1, isBreak: false, written: text };
  }
  const from = minutesOf(reader, start, path);
  const until = minutesOf(reader, end, path);
  return {
    day,
    start: midnight + from,
    // Until an earlier time is until that time of the next day.
    end: midnight + until + (until <= from ? 24 * 60 : 0),
    isBreak: false,
    written: `${day} ${start}`,
  };
}

function minutesOf(reader: JsonReader, value: unknown, path: string): number {
  const time = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(typeof value === 'string' ? value : '');
  if (time !== null) return Number(time[1]) * 60 + Number(time[2]);
  reader.refuse('wrong-time', path, 'Write a time of day as "09:00".');
  return 0;
}
