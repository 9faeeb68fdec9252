import type { Typing } from '../apps/cairn/src/features/summits/form-parts.ts';

/** The fields of a form as a browser sends them: flat names, and CR LF in text boxes. For tests. */
export function postedFields(typing: Typing, name = ''): Record<string, string> {
  if (typeof typing === 'string') return { [name]: typing.replaceAll('\n', '\r\n') };
  const steps = Array.isArray(typing)
    ? typing.map((row: Typing, index): [string, Typing] => [`${name}[${index}]`, row])
    : Object.entries(typing).map(([key, inner]: [string, Typing]): [string, Typing] => [
        name === '' ? key : `${name}.${key}`,
        inner,
      ]);
  return Object.assign({}, ...steps.map(([path, inner]) => postedFields(inner, path)));
}
