/**
 * The rows of a CSV text (RFC 4180, also with semicolons or tabs), each with its line. A row with
 * broken quotes is set aside as the one line it begins on, and reading goes on with the next line:
 * one stray quote must not swallow the rest of the file.
 */
import { CsvError, parse } from 'csv-parse/sync';

export interface CsvRecord {
  /** The line on which the row begins, from 1. */
  readonly line: number;
  /** The row as it stands in the file, without its line break. */
  readonly raw: string;
  /** Undefined if the quotes are broken. */
  readonly cells: readonly string[] | undefined;
}

/** A row longer than this, in UTF-16 units, has lost a quote. */
const LONGEST_ROW = 64 * 1024;
/** With more broken rows than this the file is something else; it also bounds the work. */
const MOST_BROKEN = 200;

/** All rows, empty lines left out; undefined if the text is not a table at all. */
export function readRecords(text: string, delimiter: string): CsvRecord[] | undefined {
  const records: CsvRecord[] = [];
  let offset = 0;
  let line = 1;
  let broken = 0;
  while (offset < text.length) {
    const { read, complete } = readUntilBroken(text.slice(offset), delimiter);
    for (const { record, raw } of read) {
      if (raw.trim() !== '') records.push({ line, raw: raw.replace(/\n$/, ''), cells: record });
      offset += raw.length;
      line += raw.split('\n').length - 1;
    }
    if (complete) break;
    if (++broken > MOST_BROKEN) return undefined;
    const lineEnd = text.indexOf('\n', offset);
    const next = lineEnd === -1 ? text.length : lineEnd + 1;
    records.push({ line, raw: text.slice(offset, next).replace(/\n$/, ''), cells: undefined });
    offset = next;
    line++;
  }
  return records;
}

interface Read {
  readonly record: string[];
  readonly raw: string;
}

function readUntilBroken(text: string, delimiter: string): { read: Read[]; complete: boolean } {
  const read: Read[] = [];
  try {
    parse(text, {
      delimiter,
      raw: true,
      relax_column_count: true,
      record_delimiter: '\n',
      max_record_size: LONGEST_ROW,
      // The library's types do not know what `raw` makes of a record.
      on_record: (each) => void read.push(each as unknown as Read),
    });
    return { read, complete: true };
  } catch (error) {
    if (error instanceof CsvError) return { read, complete: false };
    throw error;
  }
}
