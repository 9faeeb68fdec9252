import { equalData, isGroup } from '@cairn/formats/plain-data';
import { checkSchema, formatPath } from '@cairn/formats/schema-fault';
import {
  formatYaml,
  updateYaml,
  validateYaml,
  type YamlDocument,
} from '@cairn/formats/yaml-document';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { DEFINITION_FORM } from './definition-form.ts';
import type { Typing } from './form-parts.ts';
import { inputOf, typingOf } from './form-typing.ts';
import { validSummitSchema } from './rules.ts';
import type { SummitDefinition } from './schema.ts';

/** The name under which a definition is downloaded, and told in problems. */
export const SUMMIT_FILE = 'summit.yaml';

/** A definition and the file that says it, with its comments. */
export interface ReadDefinition {
  readonly definition: SummitDefinition;
  readonly document: YamlDocument;
}

/** Reads a `summit.yaml`: what it defines, or everything that is wrong with it, in order of line. */
export function readDefinition(text: string): Result<ReadDefinition, Problem[]> {
  const read = validateYaml(text, SUMMIT_FILE, validSummitSchema);
  if (!read.ok) return fail(read.error.map(inSentence));
  return ok({ definition: read.value.value, document: read.value.document });
}

/** Checks a definition that came from the form; the places of the problems are the fields' names. */
export function checkDefinition(input: unknown): Result<SummitDefinition, Problem[]> {
  const checked = checkSchema(validSummitSchema, input);
  if (checked.ok) return ok(checked.value);
  return fail(
    checked.faults.map(({ code, sentence, path }) =>
      inSentence(problem(code, sentence, { path: formatPath(path) })),
    ),
  );
}

/** What was typed into the form, as someone would write it in the file. Not yet checked. */
export const definitionInput = (typing: Typing): Readonly<Record<string, unknown>> => {
  const input = inputOf(DEFINITION_FORM, typing);
  return { cairn: 'summit/1', ...(isGroup(input) ? input : {}) };
};

/** The form's text for a definition. */
export const definitionTyping = (definition: unknown): Typing =>
  typingOf(DEFINITION_FORM, definition);

/** The file for a definition that never was one. */
export const newSource = (input: Readonly<Record<string, unknown>>): string => formatYaml(input);

/**
 * Writes what the form changed into the file, and nothing else: comments, and whatever the writer
 * spelt in their own way, stay beside all that did not change.
 */
export function writeDefinition(
  { definition, document }: ReadDefinition,
  input: Readonly<Record<string, unknown>>,
): string {
  const before = definitionInput(definitionTyping(definition));
  return updateYaml(document, woven(document.value, before, input));
}

/**
 * `after`, but wherever it says the same as `before`, the value as it is written in the file:
 * `before` is how the form would have written what the file says.
 */
function woven(written: unknown, before: unknown, after: unknown): unknown {
  if (equalData(before, after)) return written;
  if (isGroup(written) && isGroup(before) && isGroup(after)) {
    // A default that the file spells out and the form leaves out is in neither.
    const kept = Object.keys(written).filter(
      (name) => Object.hasOwn(after, name) || !Object.hasOwn(before, name),
    );
    const names = new Set([...kept, ...Object.keys(after)]);
    return Object.fromEntries(
      [...names].map((name) => [name, woven(written[name], before[name], after[name])]),
    );
  }
  if (Array.isArray(written) && Array.isArray(before) && Array.isArray(after)) {
    const pairs = pairRows(before, after);
    return after.map((row, index) => {
      const old = pairs[index];
      return old === undefined ? row : woven(written[old], before[old], row);
    });
  }
  return after;
}

/** For each new row the place of the old row that it came from: the same one, the same key, or nearest. */
function pairRows(
  before: readonly unknown[],
  after: readonly unknown[],
): readonly (number | undefined)[] {
  const free = new Set(before.keys());
  const pairs: (number | undefined)[] = after.map(() => undefined);
  const sameness: ((old: number, now: number) => boolean)[] = [
    (old, now) => equalData(before[old], after[now]),
    (old, now) => keyOf(before[old]) !== undefined && keyOf(before[old]) === keyOf(after[now]),
    (old, now) => old === now && keyOf(before[old]) === undefined,
  ];
  for (const isSame of sameness) {
    for (const now of after.keys()) {
      if (pairs[now] !== undefined) continue;
      const old = [...free].find((each) => isSame(each, now));
      if (old === undefined) continue;
      pairs[now] = old;
      free.delete(old);
    }
  }
  return pairs;
}

const keyOf = (row: unknown): unknown => (isGroup(row) ? row['key'] : undefined);

const inSentence = (told: Problem): Problem => {
  const begun = told.sentence.charAt(0).toUpperCase() + told.sentence.slice(1);
  return { ...told, sentence: /[.!?…]$/.test(begun) ? begun : `${begun}.` };
};
