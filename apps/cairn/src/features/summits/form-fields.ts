import type { Problem } from '@cairn/kernel/problem';
import { DEFINITION_FORM, FORM_SECTIONS } from './definition-form.ts';
import {
  isTypedGroup,
  nameWithin,
  type Part,
  type Parts,
  partsOf,
  type Typing,
} from './form-parts.ts';
import { stepsOf } from './stable-path.ts';

/** What stands in controls, as one line for reading. */
export function textOfTyping(typing: Typing | undefined): string {
  if (typing === undefined) return '(nothing)';
  if (typeof typing === 'string') return typing === '' ? '(empty)' : typing;
  if (!isTypedGroup(typing)) return typing.map(textOfTyping).join('; ') || '(none)';
  const filled = Object.entries(typing).filter(([, value]) => value !== '' && value.length !== 0);
  return filled.map(([name, value]) => `${name}: ${textOfTyping(value)}`).join(', ');
}

/** The names of all fields of a form, in its order. */
export function fieldNames(typing: Typing, name = ''): string[] {
  if (typeof typing === 'string') return [name];
  if (!isTypedGroup(typing)) {
    return typing.flatMap((row, index) => fieldNames(row, nameWithin(name, index)));
  }
  return Object.entries(typing).flatMap(([step, inner]) =>
    fieldNames(inner, nameWithin(name, step)),
  );
}

/**
 * The same problems, each at a field that the form has: a wrong line of a list that is typed in one
 * box is a problem of the box.
 */
export const problemsAtFields = (
  part: Part,
  typing: Typing,
  problems: readonly Problem[],
): Problem[] =>
  problems.map((each) => {
    const { path } = each.place;
    return path === undefined
      ? each
      : { ...each, place: { ...each.place, path: fieldOf(part, typing, path) } };
  });

/** The name of the field in which a value is typed: `authors[1]` is typed in `authors`. */
export function fieldOf(part: Part, typing: Typing | undefined, path: string): string {
  let here: Part | undefined = part;
  let typed: Typing | undefined = typing;
  let name = '';
  for (const [, word, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (here === undefined) return name;
    if (here.kind === 'list' && index !== undefined) {
      typed = Array.isArray(typed) ? typed[Number(index)] : undefined;
      name = nameWithin(name, Number(index));
      here = here.item;
    } else if ((here.kind === 'group' || here.kind === 'variants') && word !== undefined) {
      const parts: Readonly<Record<string, Part>> = partsOf(here, typed);
      if (here.kind === 'variants' && word === 'kind') return nameWithin(name, word);
      if (!Object.hasOwn(parts, word)) return name;
      here = parts[word];
      typed = isTypedGroup(typed) ? typed[word] : undefined;
      name = nameWithin(name, word);
    } else if (here.kind === 'lead' && word !== undefined) {
      const isNumber = ['months', 'weeks', 'days'].includes(word);
      return nameWithin(name, isNumber ? word : 'anchor');
    } else return name;
  }
  return name;
}

/** `phase` → `Phase`. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A value's place in words: `Phases and steps › Phase “invitation” › Begins`. Takes any path. */
export function wordsForPath(path: string): string {
  const [top = ''] = stepsOf(path);
  const section = FORM_SECTIONS.find(({ parts }) => parts.some((name) => name === top));
  const words = section === undefined ? [] : [section.title];
  let here: Part | undefined = DEFINITION_FORM;
  for (const step of stepsOf(path)) {
    if (here?.kind === 'list') {
      words.push(
        /^\d+$/.test(step)
          ? `${capitalised(here.one)} ${Number(step) + 1}`
          : `${capitalised(here.one)} “${step}”`,
      );
      here = here.item;
      continue;
    }
    here = partsWithin(here)[step];
    if (here?.label !== undefined && here.kind !== 'list') words.push(here.label);
  }
  return words.join(' › ') || path;
}

function partsWithin(part: Part | undefined): Parts {
  if (part?.kind === 'group') return part.parts;
  if (part?.kind !== 'variants') return {};
  return Object.assign({}, ...Object.values(part.variants).map(({ parts }) => parts));
}
