import { parseArgs } from 'node:util';
import { problem } from '@cairn/kernel/problem';
import { ok } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { FILE_FORMATS } from '@cairn/timetable/files/formats';
import type { Timetable } from '@cairn/timetable/sessions/model';
import { EXIT } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { solveConferenceFile } from './timetable-conference.ts';
import { indexedInput, readFormatted, readTimetableOf } from './timetable-input.ts';
import { withLevels } from './timetable-levels.ts';
import { allOf, notOver, oneFile, wholeOption } from './timetable-options.ts';
import { provenTimetable } from './timetable-proof.ts';
import { effortInWords, TimetableReport, writeAnswer } from './timetable-report.ts';
import { searchTimetable } from './timetable-search.ts';

/**
 * `cairn timetable solve FILE`: bad news is that something which must hold does not. Ctrl-C ends the
 * search, and what was best by then is the answer.
 */
export async function timetableSolve(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      format: { type: 'string' },
      from: { type: 'string' },
      levels: { type: 'string' },
      seed: { type: 'string' },
      iterations: { type: 'string' },
      seconds: { type: 'string' },
      threads: { type: 'string' },
      output: { type: 'string' },
      checkpoint: { type: 'string' },
      resume: { type: 'string' },
      'no-proof': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { json, format, output, checkpoint, resume } = values;
  const options = allOf({
    file: oneFile(positionals, 'cairn timetable solve summit.json --output timetable.json'),
    seed: wholeOption('seed', values.seed, 0, 0xffff_ffff),
    iterations: wholeOption('iterations', values.iterations, 0, 1e12),
    seconds: wholeOption('seconds', values.seconds, 1, 1e6),
    threads: wholeOption('threads', values.threads, 1, 64),
  });
  if (!options.ok) return couldNot(options.error, json);
  const { file } = options.value;
  const kept = notOver([file], { output, checkpoint });
  if (!kept.ok) return couldNot(kept.error, json);
  const read = await readFormatted(file, format);
  if (!read.ok) return couldNot(read.error, json);
  const { text } = read.value;
  // A checkpoint is of the instance and of how its levels are ordered.
  const wanted = { ...options.value, checkpoint, resume, text: `${values.levels ?? ''}\n${text}` };
  if (read.value.format === 'cosplib') {
    const unread = (['levels', 'checkpoint', 'resume'] as const).filter(
      (name) => values[name] !== undefined,
    );
    if (unread.length > 0) {
      const named = listed(unread.map((name) => `--${name}`));
      const sentence = `A CoSPLib conference has levels of its own and no checkpoints; leave out ${named}.`;
      return couldNot([problem('usage', sentence, { file })], json);
    }
    return solveConferenceFile({ ...wanted, file, text, json, output, from: values.from });
  }
  const input = indexedInput(file, text, read.value.format);
  if (!input.ok) return couldNot(input.error, json);
  const weighed = withLevels(input.value.indexed, values.levels);
  if (!weighed.ok) return couldNot(weighed.error, json);
  const indexed = weighed.value;

  // What is published should stay, so it is begun with.
  const isBegun = values.from !== undefined || input.value.format === 'schedule.json';
  const from = isBegun ? await readTimetableOf(input.value, values.from) : ok(undefined);
  if (!from.ok) return couldNot(from.error, json);
  const searched = await searchTimetable(indexed, { ...wanted, from: from.value });
  if (!searched.ok) return couldNot(searched.error, json);
  const { seed, iterations, threads, isStopped } = searched.value;
  const written = async (found: Timetable): Promise<boolean> => {
    const { writeTimetable } = FILE_FORMATS[input.value.format];
    const answer = writeTimetable(indexed.instance, found, text);
    return output !== undefined && (await writeAnswer(output, answer));
  };
  // Before the proof, which may be ended before its end.
  let isWritten = await written(searched.value.timetable);
  const isProven = values['no-proof'] !== true && !isStopped;
  const { timetable, proof, conflict } = isProven
    ? await provenTimetable(indexed, searched.value.timetable)
    : { timetable: searched.value.timetable, proof: undefined, conflict: [] };
  if (isWritten && timetable !== searched.value.timetable) isWritten = await written(timetable);
  const report = new TimetableReport(indexed, timetable);
  const effort = { seed, iterations, threads, isStopped };
  if (json) {
    const { better: _, ...stated } = proof ?? {};
    printJson({
      ...report.document,
      ...effort,
      ...(proof === undefined ? {} : { proof: stated }),
      ...(conflict.length === 0 ? {} : { conflict }),
    });
  } else {
    const parts = [
      isWritten ? [] : report.placeLines,
      report.lines,
      proof?.sentences ?? [],
      conflict,
      [effortInWords(effort)],
    ];
    const told = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
    process.stdout.write(`${told.join('\n\n')}\n`);
  }
  if (output !== undefined && !isWritten) return EXIT.couldNot;
  return report.isGood ? EXIT.done : EXIT.badNews;
}
