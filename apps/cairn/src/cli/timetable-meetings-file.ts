import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  instantOf,
  type PlainDate,
  parseDate,
  parseZone,
  startOfDay,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import {
  canOver,
  type LocalSlots,
  localSlots,
  minuteOf,
  painOver,
  withoutBusy,
} from '@cairn/timetable/availability-slots';
import type { MeetingTimesProblem } from '@cairn/timetable/meeting-model';
import { z } from 'zod';

/** More than this is no file that somebody wrote, and would take minutes. */
const MOST_SLOTS = 20_000;

const parsed = <T>(parse: (text: string) => Result<T, Problem>) =>
  z.string().transform((text, context): T => {
    const read = parse(text);
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: read.error.sentence });
    return z.NEVER;
  });

const day = parsed<PlainDate>(parseDate);
const zone = parsed<ZoneName>(parseZone);
const whole = (least: number, most: number) => z.int().min(least).max(most);
const name = z.string().trim().min(1);
const days = z.array(whole(1, 7)).default([1, 2, 3, 4, 5, 6, 7]);

/** A time of day as minutes; `24:00` is the end of the day. */
const timeOfDay = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/,
    'write a time of day as 09:00, the end of it as 24:00',
  )
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const fullHour = timeOfDay.refine(
  (minutes) => minutes % 60 === 0,
  'write a full hour, such as 09:00',
);

const instant = z.string().transform((text, context) => {
  try {
    return minuteOf(Temporal.Instant.from(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'write a moment as 2023-02-14T16:00:00Z' });
    return z.NEVER;
  }
});

const wallTime = z.string().transform((text, context) => {
  try {
    return Temporal.PlainDateTime.from(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'write a local time as 2023-02-14T16:00' });
    return z.NEVER;
  }
});

const sociable = z.strictObject({ from: timeOfDay, until: timeOfDay, days });

/** The file of `cairn timetable meetings`; described in packages/timetable/README.md. */
export const meetingsSchema = z.strictObject({
  required: whole(0, 12),
  minutes: whole(5, 24 * 60).default(60),
  min_gap_days: z.number().min(0).max(366).default(7),
  step_minutes: whole(5, 24 * 60).default(60),
  zone,
  sociable: sociable.default({ from: 8 * 60, until: 21 * 60, days: [1, 2, 3, 4, 5, 6, 7] }),
  meetings: z
    .array(z.strictObject({ key: name, from: day, until: day, planned: wallTime.optional() }))
    .min(1)
    .max(12),
  people: z
    .array(
      z.strictObject({
        name,
        zone,
        can: z
          .array(
            z.strictObject({
              days,
              from: fullHour,
              until: fullHour,
              answer: z.enum(['yes', 'if_need_be']).default('yes'),
            }),
          )
          .default([]),
        busy: z.array(z.strictObject({ from: instant, until: instant })).default([]),
        weight: whole(1, 100).default(1),
        needed: z.boolean().default(false),
        interest: z.record(z.string(), whole(0, 3)).default({}),
        sociable: sociable.optional(),
      }),
    )
    .max(10_000),
  tracks: z
    .array(
      z.strictObject({
        key: name,
        lead: name.optional(),
        meetings: z.array(name).optional(),
        times: z.strictObject({ least: whole(0, 12), most: whole(1, 12) }).optional(),
      }),
    )
    .max(30)
    .default([]),
  parallel: z
    .strictObject({ least: whole(0, 30), most: whole(1, 30) })
    .default({ least: 0, most: 30 }),
});
export type MeetingsFile = z.output<typeof meetingsSchema>;

/** What the file asks for, and the times that it says are planned. */
export interface AskedMeetings {
  readonly problem: MeetingTimesProblem;
  /** A slot for each call; absent unless every call says what is planned. */
  readonly planned?: readonly number[];
}

/** Puts names in their places, and windows and weeks on the same slots; tells what fits nowhere. */
export function askedMeetings(file: MeetingsFile, path: string): Result<AskedMeetings, Problem[]> {
  const problems = unknownNames(file, path);
  const windows = file.meetings.map((meeting) => windowOf(meeting, file));
  const starts = [...new Set(windows.flatMap(({ all }) => all))].sort((a, b) => a - b);
  if (starts.length > MOST_SLOTS) {
    const sentence = `These windows hold ${starts.length} starts, more than ${MOST_SLOTS}; narrow them, or take longer steps.`;
    problems.push(problem('too-many-starts', sentence, { file: path, path: 'meetings' }));
  }
  if (problems.length > 0) return fail(problems);
  const slotAt = new Map(starts.map((start, slot) => [start, slot]));
  const slotsOf = (of: readonly number[]): number[] => of.map((start) => slotAt.get(start) ?? -1);
  const planned = windows.flatMap((each) => (each.planned === undefined ? [] : [each.planned]));
  return ok({
    problem: {
      required: file.required,
      minutes: file.minutes,
      minGapMinutes: file.min_gap_days * 24 * 60,
      meetings: windows.map(({ key, all }) => ({ key, candidates: slotsOf(all) })),
      slots: starts.map((start) => ({ start })),
      people: peopleOf(file, starts),
      tracks: file.tracks.map(({ key, lead, meetings, times }) => ({
        key,
        ...(lead === undefined ? {} : { lead: file.people.findIndex((one) => one.name === lead) }),
        ...(meetings === undefined
          ? {}
          : {
              meetings: meetings.map((each) => file.meetings.findIndex((one) => one.key === each)),
            }),
        ...(times === undefined ? {} : { times }),
      })),
      parallel: file.parallel,
    },
    ...(planned.length === windows.length ? { planned: slotsOf(planned) } : {}),
  });
}

function unknownNames({ meetings, people, tracks }: MeetingsFile, file: string): Problem[] {
  const keys = new Set(meetings.map(({ key }) => key));
  const names = new Set(people.map((person) => person.name));
  const trackKeys = new Set(tracks.map(({ key }) => key));
  const unknown = (path: string, what: string, text: string): Problem =>
    problem('unknown-name', `${path}: there is no ${what} “${text}” in this file.`, { file, path });
  return [
    ...meetings.flatMap(({ from, until }, i) =>
      Temporal.PlainDate.compare(from, until) <= 0
        ? []
        : [problem('ends-before', `meetings[${i}]: the window ends before it begins.`, { file })],
    ),
    ...tracks.flatMap((track, i) => [
      ...(track.lead === undefined || names.has(track.lead)
        ? []
        : [unknown(`tracks[${i}].lead`, 'person', track.lead)]),
      ...(track.meetings ?? [])
        .filter((key) => !keys.has(key))
        .map((key) => unknown(`tracks[${i}].meetings`, 'meeting', key)),
    ]),
    ...people.flatMap(({ interest }, i) =>
      Object.keys(interest)
        .filter((key) => !trackKeys.has(key))
        .map((key) => unknown(`people[${i}].interest`, 'track', key)),
    ),
  ];
}

/** The starts of a call's window, by the clock of the file's zone, and the planned one with them. */
function windowOf(
  { key, from, until, planned }: MeetingsFile['meetings'][number],
  { zone: where, step_minutes, minutes }: MeetingsFile,
): { readonly key: string; readonly all: readonly number[]; readonly planned?: number } {
  const begins = minuteOf(startOfDay(from, where));
  const ends = minuteOf(startOfDay(until.add({ days: 1 }), where));
  const all = new Set<number>();
  for (
    let start = begins;
    start + minutes <= ends && all.size <= MOST_SLOTS;
    start += step_minutes
  ) {
    all.add(start);
  }
  if (planned === undefined) return { key, all: [...all] };
  const start = minuteOf(instantOf({ local: planned, zone: where }));
  return { key, all: [...all.add(start)], planned: start };
}

function peopleOf(file: MeetingsFile, starts: readonly number[]): MeetingTimesProblem['people'] {
  const byZone = new Map<ZoneName, { local: LocalSlots; pain: Uint8Array }>();
  for (const { zone: where } of file.people) {
    if (byZone.has(where)) continue;
    const local = localSlots(where, starts, file.minutes);
    byZone.set(where, { local, pain: painOver(local, file.sociable) });
  }
  return file.people.map((person) => {
    const { local, pain } = byZone.get(person.zone) ?? missing();
    const can = canOver(cellsOf(person.can), local);
    return {
      id: person.name,
      weight: person.weight,
      isNeeded: person.needed,
      can: withoutBusy(can, starts, file.minutes, person.busy),
      pain: person.sociable === undefined ? pain : painOver(local, person.sociable),
      interest: file.tracks.map(({ key }) => person.interest[key] ?? 0),
    };
  });
}

function missing(): never {
  throw new Error('every zone was looked up');
}

/** A week as 168 cells; what is offered twice counts as the better answer. */
function cellsOf(offers: MeetingsFile['people'][number]['can']): string {
  const cells = new Uint8Array(168);
  for (const { days: on, from, until, answer } of offers) {
    const level = answer === 'yes' ? 2 : 1;
    // Until an earlier hour is until that hour of the next day.
    const hours = (until > from ? until - from : until - from + 24 * 60) / 60;
    for (const each of on) {
      for (let hour = 0; hour < hours; hour++) {
        const at = ((each - 1) * 24 + from / 60 + hour) % 168;
        cells[at] = Math.max(cells[at] ?? 0, level);
      }
    }
  }
  return cells.join('');
}
