import type { Place } from '@cairn/kernel/problem';

/** The line and column of a position in a text, both counted from 1. */
export function placeInText(text: string, position: number, file: string): Place {
  let line = 1;
  let begins = 0;
  for (;;) {
    const end = text.indexOf('\n', begins);
    if (end === -1 || end >= position) break;
    line += 1;
    begins = end + 1;
  }
  return { file, line, column: position - begins + 1 };
}

/** A piece of text that may be long or odd, as one may print it. */
export function printable(piece: string, most: number): string {
  const shown = piece.length > most ? `${piece.slice(0, most)}…` : piece;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal must not be sent
  return shown.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** The same in quotation marks. */
export const quoted = (piece: string): string => `“${printable(piece, 24)}”`;
