import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/**
 * The text of a table that somebody chose as a file. Spreadsheets and some video tools write “Unicode
 * text”: UTF-16 with a byte order mark. The problem is at the field `file`.
 */
export async function textOfFile(file: File): Promise<Result<string, Problem>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return ok(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes));
  } catch {
    const sentence = `“${file.name}” is not in UTF-8, so names would be garbled; save it as “CSV UTF-8” and choose it again.`;
    return fail(problem('not-utf-8', sentence, { path: 'file' }));
  }
}

function encodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
