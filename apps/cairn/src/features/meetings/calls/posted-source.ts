import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { FetchOutside } from '../../../platform/http/fetch-outside.ts';
import type { Typed } from '../../../platform/http/form.ts';

/** A calendar's file as it came in, and the address it was read from. */
export interface PostedSource {
  readonly text: string;
  readonly from: string | undefined;
}

/** As much as a YAML file may have; real ones have a few thousand letters. */
const MOST_BYTES = 512 * 1024;
const TIMEOUT_MS = 10_000;

/** Reads a posted calendar: the uploaded file, or what is at the address, or the text in the box. */
export async function readPostedSource(
  fetchOutside: FetchOutside,
  typed: Typed,
  files: ReadonlyMap<string, File>,
): Promise<Result<PostedSource, Problem>> {
  const field = (name: string): string => (typeof typed[name] === 'string' ? typed[name] : '');
  const upload = files.get('file');
  const url = field('url').trim();
  if (upload !== undefined) return readUpload(upload);
  if (url !== '') return readAddress(fetchOutside, url);
  // Browsers send every line break of a text box as CR LF (HTML, form submission).
  const text = field('source').replace(/\r\n?/g, '\n');
  if (text.trim() !== '') return ok({ text, from: undefined });
  const sentence = 'Give the address of a calendar, a file, or its text.';
  return fail(problem('no-source', sentence, { path: 'url' }));
}

async function readUpload(upload: File): Promise<Result<PostedSource, Problem>> {
  if (upload.size > MOST_BYTES) {
    return fail(problem('too-large', 'This file is larger than 512 kB.', { path: 'file' }));
  }
  try {
    const bytes = await upload.arrayBuffer();
    return ok({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), from: undefined });
  } catch {
    const sentence = 'This file is not text in UTF-8; save it as UTF-8 and upload it again.';
    return fail(problem('not-utf8', sentence, { path: 'file' }));
  }
}

/** Reads a calendar's file from an address that somebody typed. */
async function readAddress(
  fetchOutside: FetchOutside,
  url: string,
): Promise<Result<PostedSource, Problem>> {
  const read = await fetchOutside(rawAddress(url), {
    accept: 'application/yaml, text/yaml, text/plain;q=0.9, */*;q=0.1',
    maxBytes: MOST_BYTES,
    timeoutMs: TIMEOUT_MS,
  });
  if (!read.ok) return fail({ ...read.error, place: { path: 'url' } });
  if (read.value.contentType === 'text/html') {
    const sentence =
      'At this address is a web page and no file; give the address of the file itself, often called “raw”.';
    return fail(problem('web-page', sentence, { path: 'url' }));
  }
  return ok({ text: read.value.text, from: url });
}

/** People copy the address of the page that shows a file on GitHub; the file is beside it. */
function rawAddress(url: string): string {
  const page = /^https:\/\/github\.com\/([^/]+)\/([^/]+)\/blob\/(.+)$/.exec(url);
  return page === null ? url : `https://raw.githubusercontent.com/${page[1]}/${page[2]}/${page[3]}`;
}
