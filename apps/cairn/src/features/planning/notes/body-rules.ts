import { joinFrontMatter, parseFrontMatter } from '@cairn/formats/front-matter';
import { formatYaml } from '@cairn/formats/yaml-document';
import type { PlainDate } from '@cairn/kernel/time';

/** Which notes: of a meeting, or of one of its tracks. */
export interface NotesPlace {
  /** The meeting's key. */
  readonly meeting: string;
  /** The track's key; empty for the whole meeting. */
  readonly track: string;
}

/** The document that notes are published as: `meetings/2023-02-27-february-build.md`. */
export const notesPath = (day: PlainDate, { meeting, track }: NotesPlace): string =>
  `meetings/${[day.toString(), meeting, ...(track === '' ? [] : [track])].join('-')}.md`;

/** A text without what may differ between notes and their document: blank lines around it, ends of lines. */
export const tidyText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();

/** The notes in a document, tidied. */
export function notesIn(source: string): string {
  const read = parseFrontMatter(source);
  return tidyText(read.ok ? read.value.body : source);
}

export interface NewNotes extends NotesPlace {
  readonly title: string;
  readonly day: PlainDate;
  readonly text: string;
}

/** The document of notes that are published for the first time. */
export const notesDocument = ({ title, day, meeting, track, text }: NewNotes): string =>
  joinFrontMatter(
    formatYaml({ title, date: day.toString(), meeting, ...(track === '' ? {} : { track }) }),
    `\n${tidyText(text)}\n`,
  );

/** A document with other notes in it; its front matter stays as it is, byte for byte. */
export function withNotes(source: string, text: string): string {
  if (notesIn(source) === tidyText(text)) return source;
  const read = parseFrontMatter(source);
  const front = read.ok ? source.slice(0, source.length - read.value.body.length) : '';
  return `${front}${front === '' ? '' : '\n'}${tidyText(text)}\n`;
}
