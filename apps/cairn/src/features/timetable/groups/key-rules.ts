import { plainKey, unusedKey } from '../../summits/key-rules.ts';

/** A topic that needs a key. */
interface KeyedTopic {
  readonly number: number;
  readonly path: string;
}

/** The key of a group that a text makes; it keeps its digits: `3D & plots` → `group_3d_plots`. */
export function groupKeyFrom(text: string): string {
  const key = plainKey(text)
    .slice(0, 60)
    .replace(/^_+|_+$/g, '');
  if (key === '') return 'group';
  return /^[a-z]/.test(key) ? key : `group_${key}`;
}

/**
 * The keys of topics' groups, by number: those that they ever had, and for the others one made of the
 * name of their document, which stays when a title changes. `taken` are keys that mean something else.
 */
export function keysOfTopics(
  topics: readonly KeyedTopic[],
  known: ReadonlyMap<number, string>,
  taken: ReadonlySet<string>,
): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  const all = new Set([...taken, ...known.values()]);
  for (const { number, path } of topics) {
    const key = known.get(number) ?? unusedKey(groupKeyFrom(nameOf(path)), all);
    keys.set(number, key);
    all.add(key);
  }
  return keys;
}

/** `topics/sparse-arrays.md` is `sparse-arrays`. */
const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
