import { parseArgs } from 'node:util';
import { problem } from '@cairn/kernel/problem';
import { formatInstant } from '@cairn/kernel/time';
import { instantOfMinute } from '@cairn/timetable/availability-slots';
import { explainPerson, whoIsMissed } from '@cairn/timetable/meeting-explanation';
import {
  bestFixedTime,
  countKeeping,
  type FixedTimes,
  judgeTimes,
} from '@cairn/timetable/meeting-fixed-time';
import {
  LEVELS,
  type MeetingTimes,
  type MeetingTimesProblem,
  startOf,
} from '@cairn/timetable/meeting-model';
import { type MeetingTimesResult, searchMeetingTimes } from '@cairn/timetable/meeting-times';
import {
  explainComparison,
  explainMissed,
  explainPersonInWords,
  explainProof,
  explainUnmeetable,
  formatFixedTime,
  type MeetingNames,
} from '@cairn/timetable/meeting-words';
import { EXIT, say } from './command.ts';
import { readJson } from './json-file.ts';
import { couldNot, printJson } from './output.ts';
import { readText } from './text-file.ts';
import { askedMeetings, type MeetingsFile, meetingsSchema } from './timetable-meetings-file.ts';

const USUAL_BUDGET = '300000000';

/** `cairn timetable meetings FILE`: bad news is that not everybody can make as many as they should. */
export async function timetableMeetings(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      budget: { type: 'string', default: USUAL_BUDGET },
    },
    allowPositionals: true,
  });
  const { json } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    const sentence = 'Name one file: cairn timetable meetings meetings.json';
    return couldNot([problem('usage', sentence)], json);
  }
  if (![values.seed, values.budget].every((text) => /^\d{1,15}$/.test(text))) {
    return couldNot([problem('usage', '--seed and --budget take a whole number.')], json);
  }
  const text = await readText(file);
  if (!text.ok) return couldNot([text.error], json);
  const read = readJson(meetingsSchema, text.value, file);
  if (!read.ok) return couldNot(read.error, json);
  const asked = askedMeetings(read.value, file);
  if (!asked.ok) return couldNot(asked.error, json);
  const { problem: wanted, planned } = asked.value;
  const search = { seed: Number(values.seed), budget: Number(values.budget) };
  const found: Found = {
    file: read.value,
    problem: wanted,
    result: searched(wanted, search),
    fixed: bestFixedTime(wanted, read.value.zone),
    ...(planned === undefined ? {} : { planned: judgeTimes(wanted, planned) }),
  };
  if (json) printJson({ ...asDocument(found), ...search });
  else process.stdout.write(asText(found));
  return isGood(found) ? EXIT.done : EXIT.badNews;
}

interface Found {
  readonly file: MeetingsFile;
  readonly problem: MeetingTimesProblem;
  readonly result: MeetingTimesResult;
  /** The best time that is fixed for all months. */
  readonly fixed: FixedTimes | undefined;
  /** What the file says is planned. */
  readonly planned?: MeetingTimes;
}

/** Searches, and says how far it is where that takes long. */
function searched(
  wanted: MeetingTimesProblem,
  options: { readonly seed: number; readonly budget: number },
): MeetingTimesResult {
  const search = searchMeetingTimes(wanted, options);
  let said = 0;
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
    if (value.iterations - said < 20_000_000) continue;
    said = value.iterations;
    const part = Math.floor((100 * value.iterations) / options.budget);
    say(`${value.phase}: ${part} % of the budget is spent.`);
  }
}

const isGood = ({ problem: wanted, result }: Found): boolean =>
  result.best !== undefined &&
  result.best.values.unplaced === 0 &&
  countKeeping(wanted, result.best.times) === wanted.people.length;

function namesOf({ file, problem: wanted }: Found): MeetingNames {
  return {
    call: (meeting) => wanted.meetings[meeting]?.key ?? '',
    person: (person) => wanted.people[person]?.id ?? '',
    track: (track) => wanted.tracks[track]?.key ?? '',
    time: (start) => formatInstant(instantOfMinute(start), file.zone),
  };
}

const iso = (start: number): string => instantOfMinute(start).toString();

function asDocument(found: Found): Record<string, unknown> {
  const { problem: wanted, result, fixed, planned } = found;
  const { best } = result;
  const names = namesOf(found);
  const times = (of: MeetingTimes): unknown =>
    of.times.map((slot, meeting) => ({
      meeting: names.call(meeting),
      starts: iso(startOf(wanted, slot)),
      tracks: (of.placement[meeting] ?? []).map(names.track),
    }));
  const judged = (of: MeetingTimes): unknown => ({
    keeping: countKeeping(wanted, of.times),
    values: of.values,
    times: times(of),
  });
  return {
    ok: isGood(found),
    people: wanted.people.length,
    required: wanted.required,
    levels: LEVELS,
    ...(best === undefined ? {} : { best: judged(best) }),
    isOptimal: result.isOptimal,
    provenLevels: result.provenLevels,
    ...(result.bound === undefined ? {} : { bound: result.bound }),
    iterations: result.iterations,
    proof: explainProof(result),
    wishes: result.wishes.map((wish) => explainUnmeetable(wish, wanted, names)),
    ...(fixed === undefined
      ? {}
      : { fixed: { time: formatFixedTime(fixed.fixed), ...Object(judged(fixed)) } }),
    ...(planned === undefined ? {} : { planned: judged(planned) }),
    ...(best === undefined ? {} : { each: eachPerson(found, best.times) }),
  };
}

function eachPerson(found: Found, times: readonly number[]): unknown[] {
  const { problem: wanted } = found;
  const names = namesOf(found);
  return wanted.people.map(({ id }, person) => {
    const explained = explainPerson(wanted, times, person);
    const { which, made, pain, change } = explained;
    return {
      name: id,
      meetings: which.map(names.call),
      made,
      pain,
      ...(change === undefined
        ? {}
        : {
            change: {
              ...change,
              meeting: names.call(change.meeting),
              slot: undefined,
              starts: iso(startOf(wanted, change.slot)),
            },
          }),
      explanation: explainPersonInWords(explained, wanted, times, names, id),
    };
  });
}

function asText(found: Found): string {
  const { problem: wanted, result, fixed, planned } = found;
  const { best } = result;
  const names = namesOf(found);
  const wishes = result.wishes.map((wish) => explainUnmeetable(wish, wanted, names));
  if (best === undefined) return `${[explainProof(result), ...wishes].join('\n')}\n`;
  const calls = best.times.map((slot, meeting) => {
    const tracks = (best.placement[meeting] ?? []).map(names.track).join(', ');
    const when = names.time(startOf(wanted, slot));
    return `${names.call(meeting)}: ${when}${tracks === '' ? '' : ` (${tracks})`}`;
  });
  const keep = countKeeping(wanted, best.times);
  const against = (of: MeetingTimes, name: string): string =>
    explainComparison(keep, countKeeping(wanted, of.times), wanted, name);
  const missed = whoIsMissed(wanted, best.times);
  return [
    ...calls,
    '',
    fixed === undefined
      ? `${keep} of ${wanted.people.length} people can make ${wanted.required} of ${wanted.meetings.length} calls.`
      : against(fixed, formatFixedTime(fixed.fixed)),
    ...(planned === undefined ? [] : [against(planned, 'what is planned')]),
    explainProof(result),
    ...wishes,
    ...explainMissed(missed, wanted, names),
    ...missed.missed.flatMap(({ person }) => {
      const explained = explainPerson(wanted, best.times, person);
      const subject = names.person(person);
      return explainPersonInWords(explained, wanted, best.times, names, subject).map(
        (sentence) => `  ${sentence}`,
      );
    }),
    '',
  ].join('\n');
}
