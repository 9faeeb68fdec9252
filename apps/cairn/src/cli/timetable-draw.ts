import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { problem } from '@cairn/kernel/problem';
import { drawTimetable } from '@cairn/timetable/drawing/timetable';
import { EXIT } from './command.ts';
import { couldNot } from './output.ts';
import { messageOf } from './text-file.ts';
import { readTimetableInput, readTimetableOf } from './timetable-input.ts';
import { allOf, notOver, oneFile, wholeOption } from './timetable-options.ts';

/** Narrower nobody could read it. */
const LEAST_WIDTH = 240;

/** `cairn timetable draw FILE [--solution FILE]`: the timetable as SVG, to a file or standard output. */
export async function timetableDraw(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      format: { type: 'string' },
      solution: { type: 'string' },
      before: { type: 'string' },
      width: { type: 'string' },
      output: { type: 'string' },
    },
    allowPositionals: true,
  });
  const options = allOf({
    file: oneFile(positionals, 'cairn timetable draw summit.json --output summit.svg'),
    width: wholeOption('width', values.width, LEAST_WIDTH, 100_000),
  });
  if (!options.ok) return couldNot(options.error, false);
  const { file, width } = options.value;
  const { output, solution } = values;
  const kept = notOver([file, solution, values.before], { output });
  if (!kept.ok) return couldNot(kept.error, false);
  const input = await readTimetableInput(file, values.format);
  if (!input.ok) return couldNot(input.error, false);
  const timetable = await readTimetableOf(input.value, solution);
  if (!timetable.ok) return couldNot(timetable.error, false);
  const before =
    values.before === undefined ? undefined : await readTimetableOf(input.value, values.before);
  if (before?.ok === false) return couldNot(before.error, false);
  const asked = {
    ...(width === undefined ? {} : { width }),
    ...(before === undefined ? {} : { before: before.value }),
  };
  const svg = `${drawTimetable(input.value.indexed, timetable.value, asked)}\n`;
  if (output === undefined) {
    process.stdout.write(svg);
    return EXIT.done;
  }
  try {
    await writeFile(output, svg);
    return EXIT.done;
  } catch (error) {
    const sentence = `This file cannot be written (${messageOf(error)}).`;
    return couldNot([problem('unwritable', sentence, { file: output })], false);
  }
}
