import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { placeInText, quoted } from './place-in-text.ts';

/** The path of what is under a key or an index, as problems write it: `sessions[3].leads`. */
export const pathInto = (path: string, part: string | number): string =>
  typeof part === 'number' ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`;

/**
 * Reads JSON as RFC 8259 defines it, without keys that are there twice and not nested deeper than
 * anything of ours; says of a fault where it is and what was expected there.
 */
export function parseJsonText(text: string, file: string): Result<unknown, Problem[]> {
  const fault = scan(text, () => {});
  if (fault !== undefined) {
    return fail([problem(fault.code, fault.sentence, placeInText(text, fault.at, file))]);
  }
  return ok(JSON.parse(withoutMark(text)));
}

/** Gives problems that have a path the line and column at which it is in a JSON text. */
export function placeByPath(problems: readonly Problem[], text: string, file: string): Problem[] {
  const starts = new Map<string, number>(problems.map(({ place }) => [place.path ?? '', -1]));
  scan(text, (path, at) => {
    if (starts.get(path) === -1) starts.set(path, at);
  });
  return problems.map(({ code, sentence, place }) => {
    // What is missing is shown at what should hold it.
    let path = place.path ?? '';
    while (path !== '' && (starts.get(path) ?? -1) < 0) {
      path = path.slice(0, Math.max(0, path.search(/(\.[^.]*|\[\d+\])$/)));
      if (!starts.has(path)) starts.set(path, startOf(text, path));
    }
    const at = Math.max(0, starts.get(path) ?? 0);
    return problem(code, sentence, {
      ...placeInText(text, at, file),
      ...(place.path === undefined ? {} : { path: place.path }),
    });
  });
}

function startOf(text: string, path: string): number {
  let found = -1;
  scan(text, (at, start) => {
    if (found === -1 && at === path) found = start;
  });
  return found;
}

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

const MOST_DEEP = 64;

interface Fault {
  readonly code: string;
  readonly at: number;
  readonly sentence: string;
}

/** A list or a group that is being read. */
interface Open {
  readonly path: string;
  /** The keys so far; of a list undefined. */
  readonly keys: Set<string> | undefined;
  /** How many entries have begun. */
  count: number;
}

/** Goes through a text once, without recursion, telling each value with its path and position. */
function scan(text: string, tell: (path: string, at: number) => void): Fault | undefined {
  const open: Open[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let path = '';
  const skip = (): void => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at += 1;
  };
  const expected = (what: string): Fault => ({
    code: 'not-json',
    at,
    sentence:
      at >= text.length
        ? `The file ends where ${what} should be; is it whole?`
        : text[at] === '"' && endOfString(text, at) === undefined
          ? 'The text in quotes that begins here does not end, or has a line break or a lone backslash.'
          : `${quoted(wordAt(text, at))} stands where ${what} should be.`,
  });
  for (;;) {
    // A value begins here.
    skip();
    tell(path, at);
    const first = text[at];
    if (first === '{' || first === '[') {
      if (open.length === MOST_DEEP) {
        const sentence = `This is nested deeper than ${MOST_DEEP} levels, which no file of this kind is.`;
        return { code: 'too-deep', at, sentence };
      }
      at += 1;
      open.push({ path, keys: first === '{' ? new Set() : undefined, count: 0 });
    } else {
      const end = endOfScalar(text, at);
      if (end === undefined) {
        return expected(
          'a value (text in double quotes, a number, a list, a group, true, false or null)',
        );
      }
      at = end;
    }
    // What follows a value, or the beginning of a list or group.
    for (;;) {
      skip();
      const inside = open.at(-1);
      if (inside === undefined)
        return at === text.length ? undefined : expected('the end of the file');
      const close = inside.keys === undefined ? ']' : '}';
      if (text[at] === close) {
        at += 1;
        open.pop();
        // It was an entry of what is around it.
        continue;
      }
      if (inside.count > 0) {
        if (text[at] !== ',') return expected(`“,” or “${close}”`);
        at += 1;
        skip();
      }
      const isList = inside.keys === undefined;
      if (isList) {
        path = pathInto(inside.path, inside.count);
      } else {
        const end = text[at] === '"' ? endOfString(text, at) : undefined;
        if (end === undefined) return expected('a key in double quotes');
        const key: unknown = JSON.parse(text.slice(at, end));
        const name = String(key);
        path = pathInto(inside.path, name);
        if (inside.keys?.has(name)) {
          return { code: 'key-twice', at, sentence: `The key ${quoted(name)} is here twice.` };
        }
        inside.keys?.add(name);
        at = end;
        skip();
        if (text[at] !== ':') return expected('“:”');
        at += 1;
      }
      inside.count += 1;
      break;
    }
  }
}

/** What somebody sees at a position: a word, or one character. */
const wordAt = (text: string, at: number): string =>
  /^[\w.+-]+/.exec(text.slice(at, at + 30))?.[0] ?? text.slice(at, at + 1);

/** Where a text, number or word that begins here ends; nowhere if none does. */
function endOfScalar(text: string, at: number): number | undefined {
  if (text[at] === '"') return endOfString(text, at);
  for (const word of ['true', 'false', 'null'])
    if (text.startsWith(word, at)) return at + word.length;
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : undefined;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function endOfString(text: string, begins: number): number | undefined {
  for (let at = begins + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return undefined;
    if (code !== 92) continue;
    at += 1;
    const escaped = text[at] ?? '';
    if (escaped === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
    else if (!/^["\\/bfnrt]$/.test(escaped)) return undefined;
  }
  return undefined;
}
