import { equalData, isGroup } from '@cairn/formats/plain-data';
import type { SummitDefinition } from './schema.ts';
import { type LeafValue, leavesOf, type StablePath } from './stable-path.ts';

/** One value that two definitions hold differently; undefined where one of them has none. */
export interface Difference {
  readonly path: StablePath;
  readonly before: LeafValue['value'] | undefined;
  readonly after: LeafValue['value'] | undefined;
}

/** What differs between two definitions, value by value. */
export function differences(before: SummitDefinition, after: SummitDefinition): Difference[] {
  const old = new Map(leavesOf(before).map(({ path, value }) => [path, value]));
  const now = new Map(leavesOf(after).map(({ path, value }) => [path, value]));
  return [
    ...[...new Set([...now.keys(), ...old.keys()])].flatMap((path): Difference[] =>
      old.get(path) === now.get(path)
        ? []
        : [{ path, before: old.get(path), after: now.get(path) }],
    ),
    ...reorderings(before, after),
  ];
}

/**
 * The paths of what differs between two definitions, such as `dates.start`, `agreement.text` or
 * `communities[numpy].target.most`; empty when they say the same.
 */
export const changedPaths = (before: SummitDefinition, after: SummitDefinition): StablePath[] =>
  differences(before, after).map(({ path }) => path);

/** Lists whose keyed rows are the same and stand in another order. */
function reorderings(before: unknown, after: unknown, path: StablePath = ''): Difference[] {
  if (isGroup(before) && isGroup(after)) {
    return Object.entries(after).flatMap(([name, inner]) =>
      reorderings(before[name], inner, path === '' ? name : `${path}.${name}`),
    );
  }
  const [old, now] = [keyedRows(before), keyedRows(after)];
  if (old === undefined || now === undefined) return [];
  const inside = [...now].flatMap(([key, row]) =>
    reorderings(old.get(key), row, `${path}[${key}]`),
  );
  const [oldKeys, keys] = [[...old.keys()], [...now.keys()]];
  if (equalData(oldKeys, keys) || !equalData(oldKeys.toSorted(), keys.toSorted())) return inside;
  return [...inside, { path, before: oldKeys.join(', '), after: keys.join(', ') }];
}

function keyedRows(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = new Map<string, unknown>();
  for (const row of value) {
    const key = isGroup(row) ? row['key'] : undefined;
    if (typeof key !== 'string') return undefined;
    rows.set(key, row);
  }
  return rows;
}
