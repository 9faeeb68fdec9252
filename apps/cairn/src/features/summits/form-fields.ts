import type { Problem } from '@cairn/kernel/problem';
import { isTypedGroup, nameWithin, type Part, partsOf, type Typing } from './form-parts.ts';

/** What stands in controls, as one line for reading. */
export function textOfTyping(typing: Typing | undefined): string {
  if (typing === undefined) return '(nothing)';
  if (typeof typing === 'string') return typing === '' ? '(empty)' : typing;
  if (!isTypedGroup(typing)) return typing.map(textOfTyping).join('; ') || '(none)';
  const filled = Object.entries(typing).filter(([, value]) => value !== '' && value.length !== 0);
  return filled.map(([name, value]) => `${name}: ${textOfTyping(value)}`).join(', ');
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

function fieldOf(part: Part, typing: Typing | undefined, path: string): string {
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
