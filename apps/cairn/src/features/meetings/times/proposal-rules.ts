import { formatInstant, type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import { callsOf, checkMeetingTimes, type Fault } from '@cairn/timetable/meeting-checker';
import { explainPeople, whoIsMissed } from '@cairn/timetable/meeting-explanation';
import { countKeeping, judgeTimes } from '@cairn/timetable/meeting-fixed-time';
import type { MeetingValues } from '@cairn/timetable/meeting-model';
import {
  explainMissed,
  explainPersonInWords,
  type MeetingNames,
} from '@cairn/timetable/meeting-words';
import type { TimesProblem } from './problem-rules.ts';

/** Times of calls with the tracks in each, by key; starts are minutes since 1970. */
export interface FoundTimes {
  readonly calls: readonly {
    readonly key: string;
    readonly start: number;
    readonly tracks: readonly string[];
  }[];
}

/** What a call shows in one part of the world. */
export interface CallPlace {
  readonly zones: readonly ZoneName[];
  readonly people: number;
  /** Local minutes of the day. */
  readonly from: number;
  readonly until: number;
  readonly time: string;
  readonly isUnsociable: boolean;
}

/** One call at its proposed time. */
export interface ProposedCall {
  readonly key: string;
  readonly title: string;
  readonly isFixed: boolean;
  readonly start: Instant;
  readonly tracks: readonly string[];
  readonly yes: number;
  readonly ifNeedBe: number;
  readonly cannot: number;
  readonly places: readonly CallPlace[];
}

/** One person with what the times mean for them. */
export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly made: number;
  readonly isMissed: boolean;
}

/** Times, judged by what people say now. */
export interface Judgement {
  readonly times: readonly number[];
  readonly values: MeetingValues;
  readonly faults: readonly Fault[];
  /** How many can make as many calls as they should. */
  readonly keeping: number;
  readonly calls: readonly ProposedCall[];
  /** Who is missed first, then by name. */
  readonly people: readonly PersonLine[];
  /** How many people have how many half hours outside sociable hours in the calls that count. */
  readonly pains: readonly number[];
}

/** The slot of each call of found times; undefined when a call has none in this problem. */
export function slotsOf(
  { problem, calls }: TimesProblem,
  found: FoundTimes,
): readonly number[] | undefined {
  const slots = calls.map(({ key }) => {
    const start = found.calls.find((call) => call.key === key)?.start;
    return problem.slots.findIndex((slot) => slot.start === start);
  });
  return slots.includes(-1) ? undefined : slots;
}

/** Found times as an organiser changed them, with the tracks placed anew. */
export function withTracksPlaced(times: TimesProblem, found: FoundTimes): FoundTimes | undefined {
  const slots = slotsOf(times, found);
  if (slots === undefined) return undefined;
  const { placement } = judgeTimes(times.problem, slots);
  return {
    calls: times.calls.map(({ key }, index) => ({
      key,
      start: times.problem.slots[slots[index] ?? -1]?.start ?? 0,
      tracks: (placement[index] ?? []).map((track) => times.tracks[track]?.key ?? ''),
    })),
  };
}

/** Judges times by what people say now; undefined when they are no times of this problem. */
export function judge(times: TimesProblem, found: FoundTimes): Judgement | undefined {
  const slots = slotsOf(times, found);
  if (slots === undefined) return undefined;
  const { problem, people } = times;
  const placement = times.calls.map(({ key }) => {
    const placed = found.calls.find((call) => call.key === key)?.tracks ?? [];
    return placed.flatMap((track) => {
      const index = times.tracks.findIndex((each) => each.key === track);
      return index < 0 ? [] : [index];
    });
  });
  const { values, faults } = checkMeetingTimes(problem, { times: slots, placement });
  const lines = people.map(({ id, name }, index): PersonLine => {
    const can = problem.people[index]?.can;
    const made = slots.filter((slot) => can?.[slot]).length;
    return { id, name, made, isMissed: made < problem.required };
  });
  return {
    times: slots,
    values,
    faults,
    keeping: countKeeping(problem, slots),
    calls: times.calls.map((_, index) => proposedCall(times, slots, placement, index)),
    people: lines.toSorted(
      (one, other) =>
        Number(other.isMissed) - Number(one.isMissed) || compareNames(one.name, other.name),
    ),
    pains: problem.people.map((person) =>
      callsOf(person, slots, problem.required).reduce(
        (sum, slot) => sum + (person.pain[slot] ?? 0),
        0,
      ),
    ),
  };
}

const compareNames = new Intl.Collator('en').compare;

function proposedCall(
  times: TimesProblem,
  slots: readonly number[],
  placement: readonly (readonly number[])[],
  index: number,
): ProposedCall {
  const { problem, calls, tracks } = times;
  const slot = slots[index] ?? -1;
  const count = (level: number): number =>
    problem.people.filter(({ can }) => can[slot] === level).length;
  const call = calls[index];
  return {
    key: call?.key ?? '',
    title: call?.title ?? '',
    isFixed: call?.isFixed ?? false,
    start: instantOf(problem.slots[slot]?.start ?? 0),
    tracks: (placement[index] ?? []).map((track) => tracks[track]?.title ?? ''),
    yes: count(2),
    ifNeedBe: count(1),
    cannot: count(0),
    places: placesOf(times, slot),
  };
}

const instantOf = (minute: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000);

/** Zones whose clocks show the same during a call are one place; from west to east. */
function placesOf({ problem, people }: TimesProblem, slot: number): CallPlace[] {
  const start = instantOf(problem.slots[slot]?.start ?? 0);
  const byZone = new Map<ZoneName, { count: number; pain: number }>();
  for (const [index, { zone }] of people.entries()) {
    const known = byZone.get(zone) ?? { count: 0, pain: problem.people[index]?.pain[slot] ?? 0 };
    known.count += 1;
    byZone.set(zone, known);
  }
  const groups = new Map<string, { zones: [ZoneName, number][]; pain: number; offset: number }>();
  for (const [zone, { count, pain }] of byZone) {
    const local = start.toZonedDateTimeISO(zone);
    const key = local.toPlainDateTime().toString();
    const group = groups.get(key) ?? { zones: [], pain, offset: local.offsetNanoseconds };
    group.zones.push([zone, count]);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((one, other) => one.offset - other.offset)
    .map(({ zones, pain }) => {
      const sorted = zones.sort(([, one], [, other]) => other - one);
      const local = start.toZonedDateTimeISO(sorted[0]?.[0] ?? 'UTC');
      const from = local.hour * 60 + local.minute;
      const ends = local.add({ minutes: problem.minutes });
      return {
        zones: sorted.map(([zone]) => zone),
        people: sorted.reduce((sum, [, count]) => sum + count, 0),
        from,
        until: from + problem.minutes,
        time: `${DAYS[local.dayOfWeek - 1]} ${clock(local)}–${clock(ends)}`,
        isUnsociable: pain > 0,
      };
    });
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const clock = (at: Temporal.ZonedDateTime): string =>
  at.toPlainTime().toString({ smallestUnit: 'minute' });

/** How calls, people and times are called for a reader in a zone. */
export function namesFor({ calls, people, tracks }: TimesProblem, zone: ZoneName): MeetingNames {
  return {
    call: (index) => calls[index]?.title ?? '',
    person: (index) => people[index]?.name ?? '',
    track: (index) => tracks[index]?.title ?? '',
    time: (start) => formatInstant(instantOf(start), zone),
  };
}

/** What times mean for people, and what would help, in sentences; by id, with how they are called. */
export function peopleInWords(
  times: TimesProblem,
  slots: readonly number[],
  subjects: ReadonlyMap<string, string>,
  zone: ZoneName,
): ReadonlyMap<string, readonly string[]> {
  const { problem, people } = times;
  const names = namesFor(times, zone);
  const wanted = [...people.keys()].filter((index) => subjects.has(people[index]?.id ?? ''));
  return new Map(
    explainPeople(problem, slots, wanted).map((explained) => {
      const id = people[explained.person]?.id ?? '';
      const subject = subjects.get(id) ?? '';
      return [id, explainPersonInWords(explained, problem, slots, names, subject)];
    }),
  );
}

/** Who is missed, and the one move that would serve most. */
export const missedInWords = (
  times: TimesProblem,
  slots: readonly number[],
  zone: ZoneName,
): string[] =>
  explainMissed(whoIsMissed(times.problem, slots), times.problem, namesFor(times, zone));

/** Rows of the table of shared pain, in half hours up to which each counts. */
const PAIN_ROWS: readonly { readonly words: string; readonly most: number }[] = [
  { words: 'none', most: 0 },
  { words: 'up to 1 hour', most: 2 },
  { words: 'up to 3 hours', most: 6 },
  { words: 'up to 6 hours', most: 12 },
  { words: 'more', most: Number.POSITIVE_INFINITY },
];

/** How many people have how much of unsociable time in the calls that count for them. */
export function sharedPain(pains: readonly number[]): { words: string; people: number }[] {
  let above = -1;
  return PAIN_ROWS.map(({ words, most }) => {
    const people = pains.filter((pain) => pain > above && pain <= most).length;
    above = most;
    return { words, people };
  });
}

/** What is wrong with changed times, for whoever changed them. */
export function faultInWords(fault: Fault, { calls, tracks }: TimesProblem): string {
  const call = 'meeting' in fault ? (calls[fault.meeting]?.title ?? '') : '';
  const track = 'track' in fault ? (tracks[fault.track]?.title ?? '') : '';
  switch (fault.code) {
    case 'not-a-candidate':
      return `“${call}” is outside the days that you chose.`;
    case 'too-close':
      return `“${call}” is sooner after the call before it than you wished.`;
    case 'too-many-tracks':
      return `“${call}” has more tracks at once than you wished.`;
    case 'track-not-here':
      return `“${track}” cannot be in “${call}”.`;
    case 'track-twice':
      return `“${track}” is in “${call}” twice.`;
    case 'lead-absent':
      return `Whoever leads “${track}” cannot come to “${call}”.`;
    case 'lead-twice':
      return `Whoever leads “${track}” leads another track of “${call}”.`;
    case 'track-too-often':
      return `“${track}” takes place more often than you wished.`;
    default:
      return fault satisfies never;
  }
}
