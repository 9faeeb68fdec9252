import { isGroup } from '@cairn/formats/plain-data';

/**
 * Paths that stay true when rows move: `dates.start`, `communities[numpy].name`, `hosts[0].name`.
 * A row that has a key is named by it, any other by its place.
 */
export type StablePath = string;

/** One value that is neither group nor list, and where it stands. */
export interface LeafValue {
  readonly path: StablePath;
  readonly value: string | number | boolean | null;
}

/** The name of a row: its key, or its place. */
const rowName = (row: unknown, index: number): string => {
  const key = isGroup(row) ? row['key'] : undefined;
  return typeof key === 'string' && key !== '' ? key : String(index);
};

const isLeaf = (value: unknown): value is LeafValue['value'] =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Every leaf of a definition, in its order. */
export function leavesOf(value: unknown, path: StablePath = ''): LeafValue[] {
  if (isLeaf(value)) return [{ path, value }];
  if (Array.isArray(value)) {
    return value.flatMap((row, index) => leavesOf(row, `${path}[${rowName(row, index)}]`));
  }
  if (!isGroup(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** The steps of a stable path. */
export const stepsOf = (path: StablePath): string[] =>
  [...path.matchAll(/[^.[\]]+/g)].map(([step]) => step);

/** Where a stable path leads in a definition as it stands, with rows by place: the name of a field. */
export function fieldNameAt(definition: unknown, path: StablePath): string | undefined {
  let here = definition;
  let name = '';
  for (const step of stepsOf(path)) {
    if (Array.isArray(here)) {
      const index = here.findIndex((row, place) => rowName(row, place) === step);
      if (index < 0) return undefined;
      here = here[index];
      name = `${name}[${index}]`;
    } else if (isGroup(here) && Object.hasOwn(here, step)) {
      here = here[step];
      name = name === '' ? step : `${name}.${step}`;
    } else return undefined;
  }
  return name;
}

/**
 * Every value that a path may now mean. A row without a key may have moved, so all rows of its
 * list are asked; a row with a key is asked for by it alone.
 */
export function valuesAt(definition: unknown, path: StablePath): unknown[] {
  return stepsOf(path).reduce<unknown[]>(
    (found, step) =>
      found.flatMap((here) => {
        if (Array.isArray(here)) {
          return here.filter((row, place) => /^\d+$/.test(step) || rowName(row, place) === step);
        }
        return isGroup(here) && Object.hasOwn(here, step) ? [here[step]] : [];
      }),
    [definition],
  );
}
