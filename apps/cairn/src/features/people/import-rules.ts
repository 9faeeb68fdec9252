import { type Problem, problem } from '@cairn/kernel/problem';
import { identitiesOfTwo, identityKey } from './person-rules.ts';
import { identitiesOf, type PersonEntry } from './person-schema.ts';

/** A row of a file that could be read. */
export interface ReadRow {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly entry: PersonEntry;
}

/** Somebody the installation knows by one of the identities that a file names. */
export interface KnownPerson {
  readonly personId: string;
  /** Their identities are their own by now: an import adds none. */
  readonly isSettled: boolean;
}

/** What taking a row would do. */
export type RowFate =
  | { readonly kind: 'new' }
  | { readonly kind: 'known'; readonly notAdded: readonly string[] }
  | { readonly kind: 'repeated'; readonly ofLine: number }
  | { readonly kind: 'bad'; readonly problem: Problem };

export interface FatedRow extends ReadRow {
  readonly fate: RowFate;
}

/**
 * Says of each row whether it is somebody new, somebody known, somebody who stands further up in the
 * same file, or a mixture of two people. `known` is keyed by `identityKey`.
 */
export function fatesOf(
  rows: readonly ReadRow[],
  known: ReadonlyMap<string, KnownPerson>,
): FatedRow[] {
  const ownersOfPeople = new Map<string, Owner>();
  const owners = new Map<string, Owner>();
  for (const [key, person] of known) {
    const owner = ownersOfPeople.get(person.personId) ?? { person };
    ownersOfPeople.set(person.personId, owner);
    owners.set(key, owner);
  }
  return rows.map((row) => {
    const identities = identitiesOf(row.entry);
    const found = new Set(identities.flatMap((each) => owners.get(identityKey(each)) ?? []));
    if (found.size > 1) return { ...row, fate: { kind: 'bad', problem: identitiesOfTwo() } };
    const [known] = found;
    const owner: Owner = known ?? { line: row.line };
    const fresh = identities.filter((each) => !owners.has(identityKey(each)));
    const isSettled = 'person' in owner && owner.person.isSettled;
    if (!isSettled) for (const each of fresh) owners.set(identityKey(each), owner);
    return { ...row, fate: fateOf(known, isSettled ? fresh.map(({ value }) => value) : []) };
  });
}

/** Whom an identity belongs to: somebody known, or somebody a line of the file brings. */
type Owner = { readonly person: KnownPerson } | { readonly line: number };

function fateOf(owner: Owner | undefined, notAdded: readonly string[]): RowFate {
  if (owner === undefined) return { kind: 'new' };
  return 'person' in owner ? { kind: 'known', notAdded } : { kind: 'repeated', ofLine: owner.line };
}

/** An import without a single row. */
export const emptyImport = (): Problem =>
  problem(
    'nothing-to-import',
    'There is nothing here to import; choose a file, or paste rows with a first line such as name,email,github.',
    { path: 'rows' },
  );
