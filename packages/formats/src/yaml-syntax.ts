import { type Problem, problem } from '@cairn/kernel/problem';
import { type Document, isAlias, isNode, isScalar, type LineCounter, Scalar, visit } from 'yaml';

/** What the places of a document's problems need to know. */
export interface YamlSource {
  readonly text: string;
  readonly file: string | undefined;
  readonly lines: LineCounter;
  /** Lines of the file that come before this document, e.g. the `---` of front matter. */
  readonly linesBefore: number;
}

/** The place of an offset in the text. */
export function placeAt({ file, lines, linesBefore }: YamlSource, offset: number) {
  const { line, col } = lines.linePos(offset);
  return {
    ...(file === undefined ? {} : { file }),
    line: Math.max(1, line) + linesBefore,
    column: Math.max(1, col),
  };
}

/** Says where the nesting goes too far to be read. */
export const tooDeep = (source: YamlSource, offset: number): Problem =>
  problem(
    'too-deep',
    'Lists and groups are nested too deeply here; write them flatter.',
    placeAt(source, offset),
  );

/** Every fault that keeps the text from being one plain YAML document, in order of line. */
export function syntaxProblems(source: YamlSource, document: Document.Parsed): Problem[] {
  const exhausted = document.errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (exhausted) {
    // What the parser says after it gave up are echoes of giving up.
    return [tooDeep(source, exhausted.pos[0])];
  }
  const found = [
    ...document.errors.map((error) =>
      explain(source, document, error.code, error.message, error.pos[0]),
    ),
    ...document.warnings.map((warning) =>
      explain(source, document, warning.code, warning.message, warning.pos[0]),
    ),
    ...unknownAliases(source, document),
    ...duplicateKeys(source, document),
    ...controlCharacters(source),
  ];
  return onePerLine(found.sort(byPlace));
}

/** Orders problems as a reader meets them. */
export const byPlace = (a: Problem, b: Problem): number =>
  (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0);

/** The parser often reports one slip several times on its line; a reader needs it once. */
function onePerLine(problems: readonly Problem[]): Problem[] {
  const seen = new Set<number>();
  return problems.filter(({ code, place }) => {
    const line = place.line ?? 0;
    const first = !seen.has(line);
    seen.add(line);
    return first || code === 'duplicate-key';
  });
}

/**
 * Aliases of nothing that stands before them. In one walk: asked of one alias after another, the
 * library looks through the document each time.
 */
function unknownAliases(source: YamlSource, document: Document.Parsed): Problem[] {
  const found: Problem[] = [];
  const anchors = new Set<string>();
  visit(document, (_, node) => {
    if (isAlias(node)) {
      if (anchors.has(node.source)) return;
      const sentence = `“*${node.source}” refers to an anchor that does not exist; put the text in quotes if it should begin with a star.`;
      found.push(problem('unknown-alias', sentence, placeAt(source, node.range?.[0] ?? 0)));
    } else if (isNode(node) && node.anchor !== undefined) {
      anchors.add(node.anchor);
    }
  });
  return found;
}

/** Keys that a group has twice. In one walk: the library compares each key with every other one. */
function duplicateKeys(source: YamlSource, document: Document.Parsed): Problem[] {
  const found: Problem[] = [];
  visit(document, {
    Map(_, { items }) {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value)) {
          const offset = key.range?.[0] ?? 0;
          const written = /^[^\s:#]+/.exec(source.text.slice(offset, offset + 200))?.[0] ?? '';
          const sentence = `“${written}” is written twice in the same group; keep one of the two.`;
          found.push(problem('duplicate-key', sentence, placeAt(source, offset)));
        }
        known.add(key.value);
      }
    },
  });
  return found;
}

function controlCharacters(source: YamlSource): Problem[] {
  const found: Problem[] = [];
  // YAML 1.2 §5.1: these may only be written as escapes inside double quotes.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose.
  for (const match of source.text.matchAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g)) {
    const hex = match[0].charCodeAt(0).toString(16).padStart(2, '0');
    const sentence = `An invisible control character (0x${hex}) stands here; delete it.`;
    found.push(problem('control-character', sentence, placeAt(source, match.index)));
  }
  return found;
}

function explain(
  source: YamlSource,
  document: Document.Parsed,
  parserCode: string,
  message: string,
  offset: number,
): Problem {
  const at = (code: string, sentence: string, where = offset): Problem =>
    problem(code, sentence, placeAt(source, where));
  switch (parserCode) {
    case 'TAB_AS_INDENT':
      return at('tab-indent', 'This line is indented with a tab; indent with spaces instead.');
    case 'MULTIPLE_DOCS':
      return at(
        'several-documents',
        'A second document begins here; keep one document in a file and delete this “---” and what follows.',
      );
    case 'BLOCK_AS_IMPLICIT_KEY':
      return at(
        'colon-in-text',
        'This text holds a colon followed by a space; put the whole text in double quotes, or indent the line correctly if it is a key of its own.',
      );
    case 'MULTILINE_IMPLICIT_KEY':
      return at(
        'missing-colon',
        'This line belongs to no key; write “key: value”, or indent it under the key that it continues.',
      );
    case 'BAD_SCALAR_START':
      return at(
        'reserved-character',
        `Text cannot begin with “${source.text[offset] ?? ''}”; put the whole text in double quotes.`,
      );
    case 'BAD_DQ_ESCAPE':
      return at(
        'bad-escape',
        'Inside double quotes a backslash begins an escape; write two backslashes for one, or use single quotes.',
      );
    case 'BAD_INDENT':
      return /flow|\]|\}/i.test(message)
        ? at(
            'unclosed-bracket',
            'A bracket that was opened above is not closed before this line; close it with ] or }.',
          )
        : at(
            'bad-indent',
            'This line is not indented like its neighbours; give all keys of one group the same number of spaces.',
          );
    case 'MISSING_CHAR': {
      const quote = unclosedQuote(source, document);
      if (quote !== undefined && /quote/.test(message)) {
        return at(
          'unclosed-quote',
          'The quote that opens here is never closed; add the closing quote.',
          quote,
        );
      }
      if (/comma|,/.test(message)) {
        return at('missing-comma', 'Entries between brackets need a comma between them.');
      }
      return at(
        'missing-character',
        'Something is missing here; write keys as “key: value” and list items as “- item”.',
      );
    }
    case 'NON_STRING_KEY':
      return at('complex-key', 'A key must be plain text; write it as “key: value”.');
    case 'TAG_RESOLVE_FAILED':
      return at('unknown-tag', 'Tags such as “!name” are not used here; remove the tag.');
    case 'BAD_DIRECTIVE':
      return at('directive', 'Lines that begin with % are not used here; remove this line.');
    case 'UNEXPECTED_TOKEN':
      return at(
        'unexpected-text',
        /block-seq-ind on same line/.test(message)
          ? 'A list begins on a new line; put “- ” on the line below the key.'
          : 'This does not belong here; put text with special characters in double quotes, and check the indentation.',
      );
    default:
      return at('not-yaml', 'This is not valid YAML; write “key: value” or “- item” lines here.');
  }
}

/** Where the quote opens that the parser, having read to the end, found unclosed. */
function unclosedQuote(source: YamlSource, document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, (_, node) => {
    if (!isScalar(node) || isAlias(node) || !node.range) return;
    const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE;
    const [start, end] = node.range;
    if (!quoted) return;
    const closed = end - start > 1 && source.text[end - 1] === source.text[start];
    if (!closed) offset = start;
  });
  return offset;
}
