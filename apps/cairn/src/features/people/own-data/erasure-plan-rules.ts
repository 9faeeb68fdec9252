import { mentionsIn } from '../../planning/threads/handle-rules.ts';

/** What stands in plan documents in place of whoever has been erased. */
const NOBODY = 'somebody who left';

/** Keys of a front matter whose values are words of the plan, and never a handle. */
const KEYS_OF_WORDS = new Set(['title', 'state', 'labels', 'projects', 'effort', 'links', 'kind']);

/**
 * A plan document without somebody’s handle. Where the front matter names a single person, the line
 * goes; out of a list, the entry goes; `@handle` in the text becomes “somebody who left”. All else
 * stays as it was written, so that the commit shows this and nothing more.
 *
 *     withoutHandle('---\nlead: mira\n---\nAsk @mira.\n', 'mira')
 *     // '---\n---\nAsk somebody who left.\n'
 */
export function withoutHandle(source: string, handle: string): string {
  const [front, body] = parted(source);
  return withoutEntries(front, handle) + withoutMentions(body, handle);
}

/** A text in which a mention of a handle has become “somebody who left”. */
export function withoutMentions(text: string, handle: string): string {
  if (!mentionsIn(text).includes(handle.toLowerCase())) return text;
  return text.replace(
    new RegExp(`(?<![\\w@./-])@${escaped(handle)}(?![\\w@]|-\\w)`, 'gi'),
    () => NOBODY,
  );
}

/** Front matter with its fences, and what comes after it; a file without Markdown’s fences is all text. */
function parted(source: string): [string, string] {
  const front = /^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/.exec(source)?.[0] ?? '';
  return [front, source.slice(front.length)];
}

/** The rules of a plan without a handle: every list and single value in it is of people or words. */
export const rulesWithoutHandle = (source: string, handle: string): string =>
  withoutMentions(withoutEntries(source, handle), handle);

function withoutEntries(front: string, handle: string): string {
  const same = `["']?@?${escaped(handle)}["']?`;
  const alone = new RegExp(`^(\\s*)([\\w-]+):\\s+${same}\\s*(?:#.*)?$`, 'i');
  const entry = new RegExp(`^\\s*-\\s+${same}\\s*(?:#.*)?$`, 'i');
  const inRow = new RegExp(`(?<=[[,])\\s*${same}\\s*(?=[,\\]])`, 'gi');
  let key = '';
  const kept: string[] = [];
  for (const line of front.split('\n')) {
    key = /^\s*([\w-]+):/.exec(line)?.[1] ?? key;
    if (KEYS_OF_WORDS.has(key)) {
      kept.push(line);
      continue;
    }
    const plain = line.replace(/\r$/, '');
    if (alone.test(plain) || entry.test(plain)) continue;
    kept.push(line.replace(/\[.*\]/, (row) => withoutGaps(row, row.replace(inRow, ''))));
  }
  return kept.join('\n');
}

/** A row `[a,, b]` closed up again where an entry was taken out. */
const withoutGaps = (before: string, after: string): string =>
  before === after
    ? before
    : `[${after
        .slice(1, -1)
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join(', ')}]`;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
