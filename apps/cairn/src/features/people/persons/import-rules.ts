import { type Problem, problem } from '@cairn/kernel/problem';
import { type Identity, identitiesOfTwo, identityKey, noIdentity } from './person-rules.ts';
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

/** Whom a row is about: somebody known, or somebody whom a line of the file brings. */
export type Owner = { readonly person: KnownPerson } | { readonly line: number };

export interface FatedRow extends ReadRow {
  readonly fate: RowFate;
  /** Undefined for a bad row. The same object for every row about the same person. */
  readonly owner: Owner | undefined;
  /** What taking the row would add to how its person is known. */
  readonly fresh: readonly Identity[];
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
    if (identities.length === 0) {
      const fate = { kind: 'bad', problem: noIdentity() } as const;
      return { ...row, fate, owner: undefined, fresh: [] };
    }
    const found = new Set(identities.flatMap((each) => owners.get(identityKey(each)) ?? []));
    if (found.size > 1) {
      const fate = { kind: 'bad', problem: identitiesOfTwo() } as const;
      return { ...row, fate, owner: undefined, fresh: [] };
    }
    const [before] = found;
    const owner: Owner = before ?? { line: row.line };
    const unknown = identities.filter((each) => !owners.has(identityKey(each)));
    const isSettled = 'person' in owner && owner.person.isSettled;
    const fresh = isSettled ? [] : unknown;
    for (const each of fresh) owners.set(identityKey(each), owner);
    const fate = fateOf(before, isSettled ? unknown.map(({ value }) => value) : []);
    return { ...row, fate, owner, fresh };
  });
}

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
