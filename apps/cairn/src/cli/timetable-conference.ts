import { problem } from '@cairn/kernel/problem';
import { checkConference } from '@cairn/timetable/conference/checker';
import { readCosplib } from '@cairn/timetable/conference/cosplib-file';
import type { Conference, ConferenceSchedule } from '@cairn/timetable/conference/model';
import { readCosplibSolution } from '@cairn/timetable/conference/solution-file';
import { EXIT } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { readSheetsOrText } from './timetable-input.ts';

interface ConferenceFile {
  readonly file: string;
  readonly text: string;
  readonly json: boolean;
}

/** `cairn timetable check` of a CoSPLib instance. */
export async function checkConferenceFile({
  file,
  text,
  json,
  solution,
}: ConferenceFile & { readonly solution: string | undefined }): Promise<number> {
  const conference = readCosplib(text, file);
  if (!conference.ok) return couldNot(conference.error, json);
  if (solution === undefined) {
    const sentence = 'This file holds no timetable; name one with --solution FILE.';
    return couldNot([problem('usage', sentence, { file })], json);
  }
  const sheets = await readSheetsOrText(solution);
  if (!sheets.ok) return couldNot(sheets.error, json);
  const schedule = readCosplibSolution(conference.value, sheets.value, solution);
  if (!schedule.ok) return couldNot(schedule.error, json);
  return tellSchedule(conference.value, schedule.value, json);
}

/** Tells what a schedule is worth; bad news is that it is not complete or has what must not be. */
export function tellSchedule(
  conference: Conference,
  schedule: ConferenceSchedule,
  json: boolean,
  more: Readonly<Record<string, unknown>> = {},
): number {
  const checked = checkConference(conference, schedule);
  const isGood = checked.values[0] === 0;
  if (json) printJson({ ok: isGood, ...checked, ...more });
  else process.stdout.write(`${conferenceLines(checked).join('\n')}\n`);
  return isGood ? EXIT.done : EXIT.badNews;
}

function conferenceLines({
  values: [faults, presenters, objective],
  terms,
}: ReturnType<typeof checkConference>): string[] {
  return [
    `time slots of submissions that are missing, wrong or split: ${faults}`,
    `pairs of submissions that need a presenter twice at once: ${presenters}`,
    `the library’s objective: ${objective}`,
    ...terms
      .filter(({ amount }) => amount !== 0)
      .map(({ rule, weight, amount, cost }) => `  ${rule}: ${amount}, times ${weight} is ${cost}`),
  ];
}
