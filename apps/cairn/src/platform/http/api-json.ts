import { type Place, type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** Deeper than anything that the API reads. */
const DEEPEST = 64;

/**
 * Reads JSON (RFC 8259) that can also be stored: a mistake comes back with its line and column, and
 * text that PostgreSQL cannot keep (NUL, half a character) with the path of its field.
 */
export function parseJson(text: string): Result<unknown, Problem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const fault = firstFault(text);
    const sentence = `This is not JSON: ${fault.sentence}.`;
    return fail(problem('not-json', sentence, placeOf(text, fault.index)));
  }
  const unstorable = findUnstorable(value);
  return unstorable === undefined ? ok(value) : fail(unstorable);
}

/** What stands where in the grammar, and what to write there. */
const WANTED = {
  value:
    'a value is missing here; write a string in double quotes, a number, true, false, null, {} or []',
  'value or ]': 'write a value here, or ] to end the list',
  key: 'write a name in double quotes here; the last entry has no comma after it',
  'key or }': 'write a name in double quotes here, or } to end the object',
  ':': 'write : between the name and its value',
  'comma or end': 'write a comma here, or end what was opened',
  end: 'nothing may follow the value here; remove it',
} as const;
type Wanted = keyof typeof WANTED;

const BLANKS = /[ \t\n\r]*/y;
// A string that never ends must not be tried in many ways: each repetition begins with a backslash.
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold none (RFC 8259 §7).
  /[[\]{}:,]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Where a text stops being JSON, and what belongs there. For texts that `JSON.parse` refuses. */
function firstFault(text: string): { readonly index: number; readonly sentence: string } {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let index = 0;
  const next = (): string | undefined => {
    BLANKS.lastIndex = index;
    BLANKS.exec(text);
    index = BLANKS.lastIndex;
    TOKEN.lastIndex = index;
    return TOKEN.exec(text)?.[0];
  };
  for (let token = next(); token !== undefined; token = next()) {
    const after = follow(wanted, token, open);
    if (after === undefined) break;
    wanted = after;
    index += token.length;
  }
  if (index >= text.length) return { index, sentence: `it ends too early; ${WANTED[wanted]}` };
  return { index, sentence: WANTED[wanted] };
}

/** What is wanted after a token, or undefined where the token is not allowed. */
function follow(wanted: Wanted, token: string, open: ('{' | '[')[]): Wanted | undefined {
  const close = (): Wanted => {
    open.pop();
    return open.length === 0 ? 'end' : 'comma or end';
  };
  switch (wanted) {
    case 'value or ]':
    case 'value':
      if (token === ']' && wanted === 'value or ]') return close();
      if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? 'key or }' : 'value or ]';
      }
      if (/^[\]}:,]/.test(token)) return undefined;
      return open.length === 0 ? 'end' : 'comma or end';
    case 'key or }':
    case 'key':
      if (token === '}' && wanted === 'key or }') return close();
      return token.startsWith('"') ? ':' : undefined;
    case ':':
      return token === ':' ? 'value' : undefined;
    case 'comma or end': {
      const inside = open.at(-1);
      if (token === ',') return inside === '{' ? 'key' : 'value';
      return token === (inside === '{' ? '}' : ']') ? close() : undefined;
    }
    case 'end':
      return undefined;
    default:
      return wanted satisfies never;
  }
}

function placeOf(text: string, index: number): Place {
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Whether PostgreSQL keeps a text as it is: no NUL, no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The first part of a value that cannot be kept. A stack of our own: input may be nested deeply. */
function findUnstorable(root: unknown): Problem | undefined {
  const waiting = [{ value: root, path: '', depth: 0 }];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { value, path, depth } = at;
    if (depth > DEEPEST) {
      return problem('too-deep', 'This is nested too deeply; nothing here needs it.', {});
    }
    if (typeof value === 'string' && !isStorable(value)) return unstorable(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) return unstorable(path);
      const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
      waiting.push({ value: inner, path: `${path}${step}`, depth: depth + 1 });
    }
  }
  return undefined;
}

const unstorable = (path: string): Problem =>
  problem(
    'unstorable-text',
    'This text holds a character that cannot be stored; type it anew.',
    path === '' ? {} : { path },
  );
