import { performance } from 'node:perf_hooks';
import { type Problem, problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type CheckedConference, checkConference } from '@cairn/timetable/conference/checker';
import { readCosplib } from '@cairn/timetable/conference/cosplib-file';
import type { Conference, ConferenceSchedule } from '@cairn/timetable/conference/model';
import {
  readCosplibSolution,
  writeCosplibSolution,
} from '@cairn/timetable/conference/solution-file';
import { type ConferenceProgress, solveConference } from '@cairn/timetable/conference/solve';
import { solveConferenceInThreads } from '@cairn/timetable/conference/threads';
import {
  CONFERENCE_RULE_NAMES,
  conferenceSentence,
  conferenceVerdict,
} from '@cairn/timetable/conference/words';
import { EXIT } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { readSheetsOrText } from './timetable-input.ts';
import { effortInWords, writeAnswer } from './timetable-report.ts';
import { aborting, bundledWorker, interruptible, progressTeller } from './timetable-search.ts';

interface ConferenceFile {
  readonly file: string;
  readonly text: string;
  readonly json: boolean;
}

/** `cairn timetable check` of a CoSPLib instance: bad news is that it is not complete. */
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
  const schedule = await readSchedule(conference.value, solution);
  if (!schedule.ok) return couldNot(schedule.error, json);
  const checked = checkConference(conference.value, schedule.value);
  if (json) printJson(asDocument(conference.value, checked));
  else process.stdout.write(`${asLines(conference.value, checked).join('\n')}\n`);
  return checked.values[0] === 0 ? EXIT.done : EXIT.badNews;
}

async function readSchedule(
  conference: Conference,
  file: string,
): Promise<Result<ConferenceSchedule, Problem[]>> {
  const sheets = await readSheetsOrText(file);
  return sheets.ok ? readCosplibSolution(conference, sheets.value, file) : sheets;
}

/** `cairn timetable solve` of a CoSPLib instance. */
export async function solveConferenceFile({
  file,
  text,
  json,
  output,
  from,
  seed = 1,
  iterations,
  seconds,
  threads = 1,
}: ConferenceFile & {
  readonly output: string | undefined;
  readonly from: string | undefined;
  readonly seed: number | undefined;
  readonly iterations: number | undefined;
  readonly seconds: number | undefined;
  readonly threads: number | undefined;
}): Promise<number> {
  const read = readCosplib(text, file);
  if (!read.ok) return couldNot(read.error, json);
  const conference = read.value;
  const begin = from === undefined ? ok(undefined) : await readSchedule(conference, from);
  if (!begin.ok) return couldNot(begin.error, json);
  const tell = progressTeller();
  const budget = {
    seed,
    ...(begin.value === undefined ? {} : { from: begin.value }),
    ...(iterations === undefined ? {} : { iterations }),
    ...(seconds === undefined ? {} : { milliseconds: seconds * 1000 }),
    onProgress: (at: ConferenceProgress) => tell(at.iteration, at.iterations, at.values),
  };
  const { solved, isStopped } = await interruptible(async (isCancelled) => ({
    solved: await (threads === 1
      ? solveConference(conference, { ...budget, now: () => performance.now(), isCancelled })
      : aborting(isCancelled, (signal) =>
          solveConferenceInThreads(conference, {
            ...budget,
            ...bundledWorker('conference-worker'),
            threads,
            signal,
          }),
        )),
    isStopped: isCancelled(),
  }));
  const answer = writeCosplibSolution(conference, solved.schedule);
  const isWritten = output !== undefined && (await writeAnswer(output, answer));
  const checked = checkConference(conference, solved.schedule);
  const verdict = conferenceVerdict(checked.values, solved.bound);
  const effort = { seed: solved.seed, iterations: solved.iterations, threads, isStopped };
  if (json) {
    printJson({
      ...asDocument(conference, checked),
      ...effort,
      bound: solved.bound.objective,
      isOptimal: solved.isOptimal,
      proof: verdict,
      schedule: placesOf(conference, solved.schedule),
    });
  } else {
    const lines = [...asLines(conference, checked), '', verdict, '', effortInWords(effort)];
    process.stdout.write(`${isWritten ? '' : `${answer}\n`}${lines.join('\n')}\n`);
  }
  if (output !== undefined && !isWritten) return EXIT.couldNot;
  return checked.values[0] === 0 ? EXIT.done : EXIT.badNews;
}

const LEVELS = [
  'time slots of submissions that are missing, wrong or split',
  'pairs of submissions that need a presenter twice at once',
  'objective',
] as const;

function asDocument(conference: Conference, { values, terms, breaks }: CheckedConference) {
  return {
    ok: values[0] === 0,
    values,
    levels: LEVELS,
    terms,
    breaks: breaks.map((each) => ({
      rule: each.rule,
      amount: each.amount,
      sentence: conferenceSentence(conference, each),
    })),
  };
}

/** More than these are counted, not told, where somebody reads. */
const MOST_TOLD = 10;

function asLines(conference: Conference, { values, terms, breaks }: CheckedConference): string[] {
  const told = breaks
    .slice(0, MOST_TOLD)
    .map((each) => `  ${conferenceSentence(conference, each)}`);
  const left = breaks.length - told.length;
  return [
    ...LEVELS.map((name, level) => `${name}: ${values[level]}`),
    ...terms
      .filter(({ amount }) => amount !== 0)
      .map(
        ({ rule, weight, amount, cost }) =>
          `  ${CONFERENCE_RULE_NAMES[rule]}: ${amount}, which at ${weight} each costs ${cost}`,
      ),
    ...told,
    ...(left > 0 ? [`  And ${left} more.`] : []),
  ];
}

/** Where each submission is, by names. */
function placesOf(conference: Conference, schedule: ConferenceSchedule) {
  return schedule.submissions.flatMap((rooms, session) =>
    rooms.flatMap((slots, room) =>
      slots.flatMap((submission, slot) =>
        submission < 0
          ? []
          : [
              {
                submission: conference.submissions[submission]?.name,
                session: conference.sessions[session]?.name,
                room: conference.rooms[room],
                slot: slot + 1,
              },
            ],
      ),
    ),
  );
}
