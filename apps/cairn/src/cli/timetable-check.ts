import { parseArgs } from 'node:util';
import { EXIT } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { checkConferenceFile } from './timetable-conference.ts';
import { indexedInput, readFormatted, readTimetableOf } from './timetable-input.ts';
import { oneFile } from './timetable-options.ts';
import { TimetableReport } from './timetable-report.ts';

/** `cairn timetable check FILE [--solution FILE]`: bad news is that something which must hold does not. */
export async function timetableCheck(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      format: { type: 'string' },
      solution: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { json, format, solution } = values;
  const file = oneFile(positionals, 'cairn timetable check summit.json --solution timetable.json');
  if (!file.ok) return couldNot(file.error, json);
  const read = await readFormatted(file.value, format);
  if (!read.ok) return couldNot(read.error, json);
  if (read.value.format === 'cosplib') {
    return checkConferenceFile({ file: file.value, text: read.value.text, solution, json });
  }
  const input = indexedInput(file.value, read.value.text, read.value.format);
  if (!input.ok) return couldNot(input.error, json);
  const timetable = await readTimetableOf(input.value, solution);
  if (!timetable.ok) return couldNot(timetable.error, json);
  const report = new TimetableReport(input.value.indexed, timetable.value);
  if (json) printJson(report.document);
  else process.stdout.write(`${report.lines.join('\n')}\n`);
  return report.isGood ? EXIT.done : EXIT.badNews;
}
