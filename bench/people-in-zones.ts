import { type Random, seededRandom } from '@cairn/kernel/random';
import { expectZone, Temporal } from '@cairn/kernel/time';
import {
  type BusyMinutes,
  canOver,
  type LocalSlots,
  localSlots,
  minuteOf,
  painOver,
  withoutBusy,
} from '@cairn/timetable/availability-slots';
import type { Invited, MeetingTimesProblem } from '@cairn/timetable/meeting-model';
import type { SociableHours } from '@cairn/timetable/meeting-pain';

/** Where people live: both hemispheres, half hours and quarters, with and without daylight saving. */
const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Nairobi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
].map(expectZone);

const SOCIABLE: SociableHours = { from: 8 * 60, until: 21 * 60, days: [1, 2, 3, 4, 5] };

/** What is to be found for how many. */
export interface Wanted {
  readonly people: number;
  /** Calls (n), a month each from February 2023 on, and how many everybody should make (k). */
  readonly calls: number;
  readonly required: number;
  /** Minutes from one slot to the next. */
  readonly slotMinutes: number;
  readonly seed: number;
  /**
   * `weekly`: 15 % of the hours are taken in every week alike. `dated`: the same part by single
   * appointments, so that no two weeks are equal.
   */
  readonly busy: 'weekly' | 'dated';
}

/**
 * Invented people with invented weeks, and calls of one hour in successive months, across the days
 * on which clocks change. People offer their working hours, most of them evenings, many mornings,
 * and some a part of the night if need be.
 */
export function peopleInZones(wanted: Wanted): MeetingTimesProblem {
  const random = seededRandom(wanted.seed);
  const months = Array.from({ length: wanted.calls }, (_, month) =>
    Temporal.PlainDate.from('2023-02-01').add({ months: month }),
  );
  const begins = (month: Temporal.PlainDate): number =>
    minuteOf(month.toZonedDateTime('UTC').toInstant());
  const first = begins(months[0] ?? Temporal.PlainDate.from('2023-02-01'));
  const last = begins((months.at(-1) ?? Temporal.PlainDate.from('2023-02-01')).add({ months: 1 }));
  const starts: number[] = [];
  for (let start = first; start < last; start += wanted.slotMinutes) starts.push(start);
  const local = new Map(ZONES.map((zone) => [zone, localSlots(zone, starts, 60)]));
  const pains = new Map([...local].map(([zone, slots]) => [zone, painOver(slots, SOCIABLE)]));
  const people = Array.from({ length: wanted.people }, (_, index): Invited => {
    const zone = ZONES[index % ZONES.length] ?? expectZone('UTC');
    const cells = week(random, wanted.busy === 'weekly' ? 0.15 : 0);
    const can = canOver(cells, local.get(zone) as LocalSlots); // made for every zone above
    const busy = wanted.busy === 'dated' ? appointments(random, first, last) : [];
    return {
      id: `person ${index + 1}`,
      can: withoutBusy(can, starts, 60, busy),
      pain: pains.get(zone) ?? new Uint8Array(starts.length),
      interest: Array.from({ length: 7 }, () => Math.max(0, Math.floor(random() * 6) - 2)),
    };
  });
  return {
    required: wanted.required,
    minutes: 60,
    minGapMinutes: 7 * 24 * 60,
    meetings: months.map((month, call) => ({
      key: `call_${call + 1}`,
      candidates: starts.flatMap((start, slot) =>
        start >= begins(month) && start < begins(month.add({ months: 1 })) ? [slot] : [],
      ),
    })),
    slots: starts.map((start) => ({ start })),
    people,
    tracks: Array.from({ length: 7 }, (_, track) => ({
      key: `track_${track + 1}`,
      ...(track < 3 ? { lead: track } : {}),
    })),
    parallel: { least: 1, most: 3 },
  };
}

/** A week as its cells: who offers what differs, and a part of it is taken. */
function week(random: Random, taken: number): string {
  const from = 8 + Math.floor(random() * 3);
  const until = 17 + Math.floor(random() * 3);
  const isEarly = random() < 0.6;
  const isLate = random() < 0.8;
  const isOwl = random() < 0.2;
  const weekend = random() < 0.1;
  const cells: string[] = [];
  for (let day = 1; day <= 7; day++) {
    for (let hour = 0; hour < 24; hour++) {
      const isFree = random() >= taken;
      const isOff = day > 5 && !weekend;
      const isWork = hour >= from && hour < until;
      const isEdge =
        (isEarly && hour >= 6 && hour < from) || (isLate && hour >= until && hour < 22);
      const isNight = isOwl && (hour >= 22 || hour < 2);
      const level = isOff ? 0 : isWork ? 2 : isEdge ? (random() < 0.5 ? 2 : 1) : isNight ? 1 : 0;
      cells.push(isFree ? String(level) : '0');
    }
  }
  return cells.join('');
}

/** Appointments of one or two hours that take about 15 % of all time. */
function appointments(random: Random, from: number, until: number): BusyMinutes[] {
  const busy: BusyMinutes[] = [];
  for (let at = from; at < until; ) {
    const begins = at + Math.floor(random() * 17) * 60;
    const ends = begins + (random() < 0.5 ? 60 : 120);
    busy.push({ from: begins, until: ends });
    at = ends;
  }
  return busy;
}
