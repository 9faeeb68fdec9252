import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { AppContext } from '../../platform/http/env.ts';
import { readTyped, type Typed } from '../../platform/http/form.ts';
import { SUMMIT_FILE } from './definition-text.ts';

/** A summit file as it came in: what was typed, and the text to read, or why there is none. */
export interface PostedFile {
  readonly typed: Typed;
  /** What to show in the box if the file is refused. */
  readonly shown: string;
  readonly source: Result<string, Problem>;
}

/** Reads a posted summit file: the uploaded one, byte for byte, or else the text in the box. */
export async function readPostedFile(c: AppContext): Promise<PostedFile> {
  const { typed, files } = await readTyped(c);
  const inBox = typeof typed['source'] === 'string' ? typed['source'] : '';
  const upload = files.get('file');
  if (upload === undefined) {
    // Browsers send every line break of a text box as CR LF (HTML, form submission).
    const source = inBox.replace(/\r\n?/g, '\n');
    return { typed, shown: source, source: ok(source) };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      await upload.arrayBuffer(),
    );
    return { typed, shown: text, source: ok(text) };
  } catch {
    const sentence =
      'This file is not text in UTF-8; save it as UTF-8 in your editor and upload it again.';
    return {
      typed,
      shown: inBox,
      source: fail(problem('not-utf8', sentence, { path: 'file', file: SUMMIT_FILE })),
    };
  }
}

/** The stored text when the box holds it unchanged, whatever line ends it is stored with. */
export const asStored = (source: string, stored: string): string =>
  source === stored.replace(/\r\n?/g, '\n') ? stored : source;

/** The revision that a form began from; 0, which no summit ever had, when it says none. */
export const postedRevision = (typed: Typed): number =>
  /^\d{1,9}$/.test(String(typed['revision'])) ? Number(typed['revision']) : 0;
