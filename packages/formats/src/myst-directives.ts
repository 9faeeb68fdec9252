/**
 * Directives of MyST: a block with a name, written as a block of code (```` ```{note} ````) or between
 * colons (`:::{note}`), perhaps with an argument, options and content.
 * https://mystmd.org/spec/overview#directives
 */
import { fenceWalker } from './code-fences.ts';

export interface Directive {
  /** In small letters. */
  readonly name: string;
  /** What stands behind the name. */
  readonly argument: string;
  readonly options: ReadonlyMap<string, string>;
  readonly body: string;
  /** How many lines of the directive's inside stand above the body. */
  readonly linesBefore: number;
}

const NAME = /^\{([a-z][\w:.+-]*)\}$/i;

/** A block of code read as a directive; undefined for one that is code. */
export function directiveOf(
  language: string | null | undefined,
  meta: string | null | undefined,
  content: string,
): Directive | undefined {
  // "```{note}Title" has no space before its argument.
  const glued = /^(\{[^}\s]*\})(.*)$/.exec(language ?? '');
  const name = NAME.exec(glued?.[1] ?? '')?.[1];
  if (name === undefined) return undefined;
  const argument = `${glued?.[2] ?? ''} ${meta ?? ''}`.trim();
  const { options, linesBefore, body } = optionsIn(content);
  return { name: name.toLowerCase(), argument, options, body, linesBefore };
}

/** Options stand above the content: as lines `:key: value`, or as lines of YAML between two of `---`. */
function optionsIn(content: string): Pick<Directive, 'options' | 'linesBefore' | 'body'> {
  const lines = content.split('\n');
  const options = new Map<string, string>();
  let at = 0;
  const fenced = lines[0]?.trim() === '---' ? lines.indexOf('---', 1) : -1;
  const pattern = fenced > 0 ? /^([\w-]+):(.*)$/ : /^:([\w-]+):(.*)$/;
  if (fenced > 0) at = 1;
  for (; at < lines.length; at += 1) {
    const [, key, value = ''] = pattern.exec(lines[at] ?? '') ?? [];
    if (key === undefined) break;
    options.set(key.toLowerCase(), value.trim());
  }
  if (fenced > 0) at = fenced + 1;
  return { options, linesBefore: at, body: lines.slice(at).join('\n') };
}

const OPENING = /^([ \t>]*)(:{3,})[ \t]*(\{[a-z][\w:.+-]*\}.*)$/i;

/**
 * Text whose directives between colons are written as blocks of code, which the parser then finds
 * wherever they stand. Only the outer ones: what is inside is read when the directive is. Every line
 * stays on its line.
 */
export function withFencedDirectives(text: string): string {
  if (!text.includes(':::')) return text;
  const longest =
    text.match(/~{3,}/g)?.reduce((most, { length }) => Math.max(most, length), 2) ?? 2;
  const fence = '~'.repeat(longest + 1);
  const isCode = fenceWalker();
  let open: number | undefined;
  return text
    .split('\n')
    .map((line) => {
      if (open !== undefined) {
        const [, margin = '', colons = ''] = /^([ \t>]*)(:{3,})[ \t]*\r?$/.exec(line) ?? [];
        if (colons.length < open) return line;
        open = undefined;
        return margin + fence;
      }
      if (isCode(line)) return line;
      const [, margin = '', colons = '', rest = ''] = OPENING.exec(line) ?? [];
      if (colons === '') return line;
      open = colons.length;
      return `${margin}${fence}${rest}`;
    })
    .join('\n');
}

/** Boxes that draw the reader's attention, with their titles in words. */
export const ADMONITIONS: Readonly<Record<string, string>> = {
  admonition: 'Note',
  note: 'Note',
  tip: 'Tip',
  hint: 'Hint',
  important: 'Important',
  seealso: 'See also',
  attention: 'Attention',
  caution: 'Caution',
  warning: 'Warning',
  danger: 'Danger',
  error: 'Error',
  versionadded: 'New',
  versionchanged: 'Changed',
  deprecated: 'Deprecated',
};

/** Directives that are boxes with a title of their own. */
export const BOXES: ReadonlySet<string> = new Set([
  ...['dropdown', 'details', 'card', 'margin', 'sidebar', 'aside', 'topic', 'tab-item', 'exercise'],
  ...['solution', 'example', 'grid-item-card', 'table'],
]);

/** Directives that only hold others, or are prose set apart. */
export const HOLDERS: ReadonlySet<string> = new Set([
  ...['div', 'grid', 'grid-item', 'tab-set', 'container', 'compound', 'rubric'],
]);
export const QUOTES: ReadonlySet<string> = new Set([
  'epigraph',
  'pull-quote',
  'blockquote',
  'highlights',
  'quote',
]);

/** Directives whose content is code, with the language if the argument does not say it. */
export const CODES: Readonly<Record<string, string | undefined>> = {
  code: undefined,
  'code-block': undefined,
  sourcecode: undefined,
  'code-cell': undefined,
  'parsed-literal': undefined,
  math: 'math',
  mermaid: 'mermaid',
};

/** Whether the content of a directive is Markdown; that of one that is not known is shown as it is. */
export const holdsMarkdown = (name: string): boolean =>
  Object.hasOwn(ADMONITIONS, name) ||
  [BOXES, HOLDERS, QUOTES].some((names) => names.has(name)) ||
  name === 'figure' ||
  name === 'image';
