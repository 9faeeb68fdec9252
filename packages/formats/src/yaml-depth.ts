import { Lexer } from 'yaml';

/** Nobody writes deeper by hand; the parser takes seconds for what is much deeper. */
const MOST = 100;

/**
 * Where brackets, or dashes and question marks on one line, nest too deeply; undefined if nowhere.
 * Depth by indentation needs no check: it costs its writer more characters than us time.
 */
export function tooDeepAt(text: string): number | undefined {
  let brackets = 0;
  let onLine = 0;
  let offset = 0;
  let isScalar = false;
  // The library's own first step, so that quotes, comments and block text count for nothing. It
  // hands out one token at a time, and is left where the limit is passed.
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) {
      isScalar = token === SCALAR;
      continue;
    }
    if (!isScalar) {
      if (token === '[' || token === '{') brackets += 1;
      else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
      else if (token === '-' || token === '?') onLine += 1;
      else if (token.endsWith('\n')) onLine = 0;
      if (brackets + onLine > MOST) return offset;
    }
    isScalar = false;
    offset += token.length;
  }
  return undefined;
}

/** Tokens that stand for no text; after the scalar's, the next one is text that somebody wrote. */
const SCALAR = '\u001f';
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', SCALAR]);
