import { equalData, isGroup } from '@cairn/formats/plain-data';

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

/**
 * Where a value of a stable path stands in a definition now: the name of its field, with rows by
 * place. A row without a key may have moved, so the row that holds the value is looked for.
 */
export function fieldNameOf(
  definition: unknown,
  { path, value }: { readonly path: StablePath; readonly value: unknown },
): string | undefined {
  const seek = (here: unknown, [step, ...rest]: readonly string[], name: string): string[] => {
    if (step === undefined) return equalData(here, value) ? [name] : [];
    if (Array.isArray(here)) {
      const own = here.findIndex((row, place) => rowName(row, place) === step);
      const places = /^\d+$/.test(step) ? [own, ...here.keys()] : [own];
      return places
        .filter((place) => place >= 0)
        .flatMap((place) => seek(here[place], rest, `${name}[${place}]`));
    }
    if (!isGroup(here) || !Object.hasOwn(here, step)) return [];
    return seek(here[step], rest, name === '' ? step : `${name}.${step}`);
  };
  return seek(definition, stepsOf(path), '')[0];
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
