import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** `apps/cairn/policies`, seen from the bundle and from the source. */
const FOLDER = ['../policies/', '../../../policies/']
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(new URL('us_federal.yaml', folder)));

let read: ReadonlyMap<string, string> | undefined;

/** The sets of rules that come with Cairn: their texts by key, read once for the life of the process. */
export function shippedPolicies(): ReadonlyMap<string, string> {
  if (FOLDER === undefined) {
    throw new Error('the folder apps/cairn/policies is missing from this checkout');
  }
  read ??= new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => [name.replace(/\.yaml$/, ''), readFileSync(new URL(name, FOLDER), 'utf8')]),
  );
  return read;
}
