import { readFile } from 'node:fs/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { xlsxAsJson } from '@cairn/timetable/conference/xlsx';
import { FILE_FORMATS, type FormatName, guessFormat } from '@cairn/timetable/files/formats';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';
import { messageOf, readText } from './text-file.ts';

/** What `--format` takes. */
const FORMAT_NAMES = [...Object.keys(FILE_FORMATS), 'cosplib'] as readonly (
  | FormatName
  | 'cosplib'
)[]; // the keys of the constant

/** An instance that was named on the command line. */
export interface TimetableInput {
  readonly file: string;
  readonly text: string;
  readonly format: FormatName;
  readonly indexed: IndexedInstance;
}

/** The text of a file and what it is written in: as `format` says, or as the file looks. */
export async function readFormatted(
  file: string,
  format: string | undefined,
): Promise<Result<{ readonly text: string; readonly format: FormatName | 'cosplib' }, Problem[]>> {
  const known = FORMAT_NAMES.find((name) => name === format);
  if (format !== undefined && known === undefined) {
    const sentence = `--format takes ${listed(FORMAT_NAMES, 'or')}.`;
    return fail([problem('usage', sentence)]);
  }
  const text = await readSheetsOrText(file);
  if (!text.ok) return text;
  const found = known ?? guessFormat(text.value, file);
  if (found !== undefined) return ok({ text: text.value, format: found });
  const sentence = `It does not show in which format this is; say it with --format ${FORMAT_NAMES.join('|')}.`;
  return fail([problem('unknown-format', sentence, { file })]);
}

/** The text of a file; of an `.xlsx` workbook its sheets as JSON. */
export async function readSheetsOrText(file: string): Promise<Result<string, Problem[]>> {
  if (!file.endsWith('.xlsx')) {
    const text = await readText(file);
    return text.ok ? text : fail([text.error]);
  }
  try {
    return await xlsxAsJson(await readFile(file), file);
  } catch (error) {
    return fail([
      problem('unreadable', `This file cannot be read (${messageOf(error)}).`, { file }),
    ]);
  }
}

/** Reads an instance of session timetabling; `cosplib` is read by its own commands. */
export async function readTimetableInput(
  file: string,
  format?: string,
): Promise<Result<TimetableInput, Problem[]>> {
  const read = await readFormatted(file, format);
  if (!read.ok) return read;
  if (read.value.format === 'cosplib') {
    const sentence = 'CoSPLib files can be solved and checked, and nothing else yet.';
    return fail([problem('usage', sentence, { file })]);
  }
  return indexedInput(file, read.value.text, read.value.format);
}

/** An instance with its keys as numbers. */
export function indexedInput(
  file: string,
  text: string,
  format: FormatName,
): Result<TimetableInput, Problem[]> {
  const instance = FILE_FORMATS[format].readInstance(text, file);
  if (!instance.ok) return instance;
  const indexed = indexInstance(instance.value);
  if (indexed.ok) return ok({ file, text, format, indexed: indexed.value });
  const inFile = indexed.error.map(({ code, sentence, place }) =>
    problem(code, `${place.path ?? ''}: ${sentence}`, { ...place, file }),
  );
  return fail(inFile);
}

/**
 * Reads a timetable of an instance from a file in the same format; without a file the one that the
 * instance's own file has with it.
 */
export async function readTimetableOf(
  { file, text, format, indexed }: TimetableInput,
  solution: string | undefined,
): Promise<Result<Timetable, Problem[]>> {
  const { readTimetable, holdsTimetable } = FILE_FORMATS[format];
  if (solution === undefined) {
    if (holdsTimetable) return readTimetable(text, indexed.instance, file);
    const sentence = 'This file holds no timetable; name one with --solution FILE.';
    return fail([problem('usage', sentence, { file })]);
  }
  const own = await readText(solution);
  if (!own.ok) return fail([own.error]);
  return readTimetable(own.value, indexed.instance, solution);
}
