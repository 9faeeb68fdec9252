import { type Typed, typedText } from '../../../platform/http/form.ts';

/** What was chosen for one place in conflict. */
export interface TypedPlace {
  /** `mine`, `main`, `both`, `own`, or nothing yet. */
  readonly take: string;
  readonly own: string;
}

/** What was chosen for one file in conflict. */
export interface TypedConflict {
  /** `places`, `whole`, `mine`, `main`, `both`, `gone`, or nothing yet. */
  readonly how: string;
  readonly whole: string;
  readonly places: readonly TypedPlace[];
}

/** What the form of conflicts held when it was sent. */
export interface TypedMerge {
  readonly head: string;
  readonly main: string;
  readonly files: ReadonlyMap<string, TypedConflict>;
}

/** As many files, and places of a file, as one form holds. */
const MOST_FILES = 200;
const MOST_PLACES = 500;

/** The names of the fields of a file, and of a place of it. */
export const howField = (file: number): string => `how.${file}`;
export const wholeField = (file: number): string => `whole.${file}`;
export const takeField = (file: number, place: number): string => `take.${file}.${place}`;
export const ownField = (file: number, place: number): string => `own.${file}.${place}`;

/** Reads the form of conflicts; everything is kept as it was typed. */
export function readMerge(typed: Typed): TypedMerge {
  const files = new Map<string, TypedConflict>();
  for (let file = 0; file < MOST_FILES; file += 1) {
    const path = typedText(typed, `file.${file}`);
    if (path === '') break;
    const places: TypedPlace[] = [];
    for (let place = 0; place < MOST_PLACES; place += 1) {
      if (typed[ownField(file, place)] === undefined) break;
      places.push({
        take: typedText(typed, takeField(file, place)),
        own: typedText(typed, ownField(file, place)),
      });
    }
    files.set(path, {
      how: typedText(typed, howField(file)),
      whole: typedText(typed, wholeField(file)),
      places,
    });
  }
  const oid = (name: string): string =>
    /^[0-9a-f]{40}$/.test(typedText(typed, name)) ? typedText(typed, name) : '';
  return { head: oid('head'), main: oid('main'), files };
}
