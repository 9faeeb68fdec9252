import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { counted } from '@cairn/kernel/words';
import { FILE_FORMATS } from '@cairn/timetable/files/formats';
import { proveTimetable } from '@cairn/timetable/proof/prove';
import { EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { messageOf } from './text-file.ts';
import { indexedInput, readFormatted } from './timetable-input.ts';
import { withLevels } from './timetable-levels.ts';
import { allOf, oneFile, wholeOption } from './timetable-options.ts';
import { TimetableReport } from './timetable-report.ts';
import { type Searched, searchTimetable } from './timetable-search.ts';

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
  const read = await readFormatted(file, format);
  if (!read.ok) return couldNot(read.error, json);
  const { text } = read.value;
  // A checkpoint is of the instance and of how its levels are ordered.
  const wanted = { ...options.value, checkpoint, resume, text: `${values.levels ?? ''}\n${text}` };
  if (read.value.format === 'cosplib') {
    return couldNot([], json);
  }
  const input = indexedInput(file, text, read.value.format);
  if (!input.ok) return couldNot(input.error, json);
  const weighed = withLevels(input.value.indexed, values.levels);
  if (!weighed.ok) return couldNot(weighed.error, json);
  const indexed = weighed.value;

  const searched = await searchTimetable(indexed, wanted);
  if (!searched.ok) return couldNot(searched.error, json);
  const { timetable } = searched.value;
  const { writeTimetable } = FILE_FORMATS[input.value.format];
  const answer = writeTimetable(indexed.instance, timetable, text);
  const isWritten = output !== undefined && (await writeAnswer(output, answer));
  const report = new TimetableReport(indexed, timetable);
  const isProven = values['no-proof'] !== true && !searched.value.isCancelled;
  const proof = isProven ? await proveTimetable(indexed, timetable) : undefined;
  const { seed, iterations, threads, isCancelled } = searched.value;
  if (json) {
    printJson({
      ...report.document,
      seed,
      iterations,
      threads,
      stopped: isCancelled,
      ...(proof === undefined ? {} : { proof }),
    });
  } else {
    process.stdout.write(
      `${[
        ...(isWritten ? [] : [...report.placeLines, '']),
        ...report.lines,
        ...(proof === undefined ? [] : ['', ...proof.sentences]),
        '',
        effortInWords(searched.value),
      ].join('\n')}\n`,
    );
  }
  if (output !== undefined && !isWritten) return EXIT.couldNot;
  return report.isGood ? EXIT.done : EXIT.badNews;
}

const effortInWords = ({ seed, iterations, threads, isCancelled }: Searched): string =>
  `Seed ${seed}, ${counted(iterations, 'iteration')}, ${counted(threads, 'thread')}${isCancelled ? '; stopped before the end' : ''}.`;

/** Writes an answer; false if that cannot be, which must not lose it. */
async function writeAnswer(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text);
    return true;
  } catch (error) {
    say(`${file}: This file cannot be written (${messageOf(error)}).`);
    return false;
  }
}
