import { type Place, type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type * as z from 'zod';
import { checkSchema, formatPath, type Path, type SchemaFault } from './schema-fault.ts';
import { tooDeepAt } from './yaml-depth.ts';
import { byPlace, placeAt, syntaxProblems, tooDeep, type YamlSource } from './yaml-syntax.ts';
import { plainText, rewrite } from './yaml-writing.ts';

/** A YAML file as plain data that still knows where everything stood. */
export interface YamlDocument {
  /** The text that was read, byte for byte. */
  readonly text: string;
  /** Objects, arrays, strings, numbers, booleans and null (YAML 1.2 core; dates stay text). */
  readonly value: unknown;
  /**
   * Where a path's value stands, or its key. Of a key that is not there: where the group stands
   * that should hold it.
   */
  readonly placeOf: (path: Path, of?: 'key' | 'value') => Place;
}

export interface YamlLimits {
  /** Longest text, in UTF-16 units. A summit's file has about 10,000. */
  readonly maxLength: number;
  /** How many nodes aliases may expand to; bounds the "billion laughs" attack. */
  readonly maxAliasCount: number;
}

const LIMITS: YamlLimits = { maxLength: 512 * 1024, maxAliasCount: 100 };

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  strict: true,
  stringKeys: true,
  prettyErrors: false,
  // Looked for by ourselves, in a time that grows with the text and not with its square.
  uniqueKeys: false,
} as const;

/**
 * Reads one YAML document; on failure lists every syntax error with its place.
 * `linesBefore` shifts the places, for YAML inside another file.
 *
 *     const read = parseYaml(text, 'summit.yaml');
 */
export function parseYaml(
  text: string,
  file?: string,
  { linesBefore = 0, ...limits }: Partial<YamlLimits> & { readonly linesBefore?: number } = {},
): Result<YamlDocument, Problem[]> {
  const { maxLength, maxAliasCount } = { ...LIMITS, ...limits };
  const wholeFile: Place = { ...(file === undefined ? {} : { file }), line: 1, column: 1 };
  if (text.length > maxLength) {
    const sentence = `This file has ${text.length} characters, more than the ${maxLength} that are read; split it or shorten it.`;
    return fail([problem('too-long', sentence, wholeFile)]);
  }
  const lines = new LineCounter();
  const source: YamlSource = { text, file, lines, linesBefore };
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    // The parser counts the lines, and it is not asked.
    lines.addNewLine(0);
    for (const { index } of text.slice(0, deep).matchAll(/\n/g)) lines.addNewLine(index + 1);
    return fail([tooDeep(source, deep)]);
  }
  const document = parseDocument(text, { ...OPTIONS, lineCounter: lines });
  const problems = syntaxProblems(source, document);
  if (problems.length > 0) return fail(problems);
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    return ok({ text, value, placeOf: (path, of) => findPlace(source, document, path, of) });
  } catch (error) {
    // The library throws this for too many aliases and for an alias inside its own anchor.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const sentence =
      'Aliases (“*name”) repeat too much here; write the repeated part out instead of referring to it.';
    return fail([problem('too-many-aliases', sentence, placeAt(source, 0))]);
  }
}

/**
 * Reads a YAML document and checks it against a zod schema; on failure lists everything that is
 * wrong, in order of line, each with what to write instead.
 *
 *     const read = validateYaml(text, 'summit.yaml', summitSchema);
 */
export function validateYaml<S extends z.ZodType>(
  text: string,
  file: string | undefined,
  schema: S,
  options: Parameters<typeof parseYaml>[2] = {},
): Result<{ readonly value: z.output<S>; readonly document: YamlDocument }, Problem[]> {
  const read = parseYaml(text, file, options);
  if (!read.ok) return read;
  const document = read.value;
  const checked = checkSchema(schema, document.value);
  return checked.ok
    ? ok({ value: checked.value, document })
    : fail(checked.faults.map((fault) => locate(fault, document)).sort(byPlace));
}

function locate({ code, sentence, path, at }: SchemaFault, document: YamlDocument): Problem {
  return problem(code, sentence, {
    ...document.placeOf(path, at === 'value' ? 'value' : 'key'),
    path: formatPath(path),
  });
}

/**
 * The document's text with a changed value written into it, node by node: comments, order, quotes
 * and blank lines beside what did not change survive. `parseYaml` of the answer gives `value`.
 * Keys whose value is `undefined` are left out.
 */
export function updateYaml(document: YamlDocument, value: unknown): string {
  return rewrite(document.text, document.value, value, (text) => {
    const read = parseYaml(text, undefined, { maxLength: Number.POSITIVE_INFINITY });
    return read.ok ? read.value.value : undefined;
  });
}

/**
 * A new YAML file for a value: keys in the order given, long prose and lines as literal blocks.
 * `parseYaml` of the answer gives `value`.
 */
export const formatYaml = (value: unknown): string => plainText(value);

function findPlace(
  source: YamlSource,
  document: Document.Parsed,
  path: Path,
  of: 'key' | 'value' = 'value',
): Place {
  let node: Node | null = document.contents;
  let key: Node | null = null;
  let start = node?.range?.[0] ?? 0;
  for (const [index, part] of path.entries()) {
    const child = childOf(document, node, part);
    if (!child) break;
    ({ key, value: node } = child);
    const wanted = index === path.length - 1 && of === 'value' ? (node ?? key) : (key ?? node);
    start = wanted?.range?.[0] ?? start;
  }
  return { ...placeAt(source, start) };
}

/** A step down; list entries have no key. */
function childOf(
  document: Document.Parsed,
  node: Node | null,
  part: string | number,
): { key: Node | null; value: Node | null } | undefined {
  const target = isAlias(node) ? (node.resolve(document) ?? null) : node;
  if (isSeq(target) && typeof part === 'number') {
    const item = target.items[part];
    return isNode(item) ? { key: null, value: item } : undefined;
  }
  if (!isMap(target)) return undefined;
  const pair = pairsOf(target).get(String(part));
  if (!pair) return undefined;
  return {
    key: isNode(pair.key) ? pair.key : null,
    value: isNode(pair.value) ? pair.value : null,
  };
}

/** Of each group its pairs by key: a document with many problems is asked for many places. */
const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair<unknown, unknown>>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair<unknown, unknown>> {
  const known = pairs.get(map);
  if (known !== undefined) return known;
  const found = new Map<string, Pair<unknown, unknown>>();
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (key !== undefined && !found.has(key)) found.set(key, pair);
  }
  pairs.set(map, found);
  return found;
}
