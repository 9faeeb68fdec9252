/** A topic that needs a key. */
interface KeyedTopic {
  readonly number: number;
  readonly path: string;
}

/** The key that a text makes: small letters, digits and underscores, beginning with a letter. */
export function keyFrom(text: string): string {
  const key = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
    .replace(/^_+|_+$/g, '');
  if (key === '') return 'group';
  return /^[a-z]/.test(key) ? key : `group_${key}`;
}

/** The first of `arrays`, `arrays_2`, `arrays_3` that is free. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  let count = 2;
  while (taken.has(`${key}_${count}`)) count += 1;
  return `${key}_${count}`;
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
    const key = known.get(number) ?? freeKey(keyFrom(nameOf(path)), all);
    keys.set(number, key);
    all.add(key);
  }
  return keys;
}

/** `topics/sparse-arrays.md` is `sparse-arrays`. */
const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
