import { existsSync, readFileSync } from 'node:fs';
import { parseCsv } from '@cairn/formats/csv';
import {
  COLUMN_ALIASES,
  entryOf,
  type PersonEntry,
  personRowSchema,
} from '../features/people/persons/person-schema.ts';
import type { SummitDefinition } from '../features/summits/schema.ts';

/** `apps/cairn/demo`, seen from the bundle and from the source. */
const FOLDER = ['../demo/', '../../demo/']
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(new URL('people.csv', folder)));

function read(name: string): string {
  if (FOLDER === undefined)
    throw new Error('the folder apps/cairn/demo is missing from this checkout');
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** The file of the founding summit. */
export const demoSummitFile = (): string => read('sp_summit_2023.yaml');

/** The invented people, as an organiser would import them. */
export function demoPeople(communities: SummitDefinition['communities']): PersonEntry[] {
  const table = parseCsv(read('people.csv'), personRowSchema(communities), {
    file: 'people.csv',
    headerAliases: COLUMN_ALIASES,
  });
  if (!table.ok || table.value.bad.length > 0) {
    throw new Error('demo/people.csv has rows that cannot be read', { cause: table });
  }
  return table.value.rows.map(({ value }) => entryOf(value));
}
