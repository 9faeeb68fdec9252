/** A block that suggests lines, by the lines of the comment that it takes up. */
interface Suggestion {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

function suggestionAt(lines: readonly string[]): Suggestion | undefined {
  for (const [from, line] of lines.entries()) {
    const fence = /^ {0,3}(`{3,})suggestion[ \t]*$/.exec(line)?.[1];
    if (fence === undefined) continue;
    const length = lines
      .slice(from + 1)
      .findIndex((one) => /^ {0,3}`+[ \t]*$/.test(one) && one.trim().length >= fence.length);
    if (length < 0) return undefined;
    const to = from + 1 + length;
    return { from, to: to + 1, lines: lines.slice(from + 1, to) };
  }
  return undefined;
}

const linesIn = (body: string): string[] => body.replace(/\r\n?/g, '\n').split('\n');

/**
 * The lines that a comment suggests in place of those it is on; undefined if it suggests nothing.
 * None means that they should go. As on GitHub: a fenced block named `suggestion`.
 */
export const suggestionIn = (body: string): readonly string[] | undefined =>
  suggestionAt(linesIn(body))?.lines;

/** A comment with its suggestion taken out, for where that is shown by itself. */
export function withoutSuggestion(body: string): string {
  const lines = linesIn(body);
  const found = suggestionAt(lines);
  if (found === undefined) return body;
  return [...lines.slice(0, found.from), ...lines.slice(found.to)].join('\n').trim();
}

/** A text with some of its lines, counted from 1, replaced by others. Line ends stay as they are. */
export function withSuggestion(
  text: string,
  { firstLine, line }: { readonly firstLine: number | null; readonly line: number },
  lines: readonly string[],
): string {
  const old = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const first = (firstLine ?? line) - 1;
  const last = old[line - 1] ?? '';
  const lineBreak = (old[first] ?? '').endsWith('\r\n') ? '\r\n' : '\n';
  const fresh = lines.map((said) => `${said}${lineBreak}`).join('');
  const isAtOpenEnd = line === old.length && !last.endsWith('\n');
  const whole = isAtOpenEnd
    ? fresh.slice(0, fresh.length - (fresh === '' ? 0 : lineBreak.length))
    : fresh;
  return old.slice(0, first).join('') + whole + old.slice(line).join('');
}
