/** Where in a document a problem lies. Lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Path inside the document, e.g. `phases[2].starts`; also the name of a form's field. */
  readonly path?: string;
}

/**
 * Something wrong with what came from outside: a kebab-case code for programs,
 * a place, and one sentence that tells a volunteer what to write or do instead.
 */
export interface Problem {
  readonly code: string;
  readonly place: Place;
  readonly sentence: string;
}

/** Makes a problem. */
export const problem = (code: string, sentence: string, place: Place = {}): Problem => ({
  code,
  place,
  sentence,
});

/** `file:line:column: sentence`, leaving out what is not known. */
export function formatProblem({ place, sentence }: Problem): string {
  const where = [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(':');
  return where === '' ? sentence : `${where}: ${sentence}`;
}
