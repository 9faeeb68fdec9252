import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fatesOf, type KnownPerson, type ReadRow } from './import-rules.ts';
import { identityKey } from './person-rules.ts';
import { identitiesOf } from './person-schema.ts';

const row = (line: number, email?: string, github?: string): ReadRow => ({
  line,
  entry: { name: 'N', email, github, communities: [], seatKind: 'funded', remark: '' },
});

const knownBy = (people: Record<string, KnownPerson>): ReadonlyMap<string, KnownPerson> =>
  new Map(Object.entries(people));

const NOBODY = knownBy({});
const kinds = (rows: readonly ReadRow[], known = NOBODY): string[] =>
  fatesOf(rows, known).map(({ fate }) => fate.kind);

describe('a row of a file', () => {
  test('names somebody new, known, or further up, whatever the case of the address', () => {
    const known = knownBy({ 'email:ada@x.org': { personId: 'ada', isSettled: false } });
    const fates = fatesOf([row(2, 'ADA@x.org'), row(3, 'bob@x.org'), row(4, 'Bob@X.org')], known);
    expect(fates.map(({ fate }) => fate)).toEqual([
      { kind: 'known', notAdded: [] },
      { kind: 'new' },
      { kind: 'repeated', ofLine: 3 },
    ]);
  });

  test('that joins an address and a handle makes later rows with either the same person', () => {
    const rows = [row(2, 'a@x.org'), row(3, 'a@x.org', 'a'), row(4, undefined, 'A')];
    expect(kinds(rows)).toEqual(['new', 'repeated', 'repeated']);
  });

  test('that mixes two people is bad, whether they are known or stand in the file', () => {
    expect(kinds([row(2, 'a@x.org'), row(3, undefined, 'b'), row(4, 'a@x.org', 'b')])).toEqual([
      'new',
      'new',
      'bad',
    ]);
    const known = knownBy({
      'email:a@x.org': { personId: 'a', isSettled: false },
      'github:b': { personId: 'b', isSettled: false },
    });
    expect(kinds([row(2, 'a@x.org', 'b')], known)).toEqual(['bad']);
  });

  test('adds nothing to somebody whose identities are their own, and says what', () => {
    const known = knownBy({ 'email:a@x.org': { personId: 'a', isSettled: true } });
    const [first, second] = fatesOf([row(2, 'a@x.org', 'eve'), row(3, undefined, 'eve')], known);
    expect(first?.fate).toEqual({ kind: 'known', notAdded: ['eve'] });
    expect(second?.fate).toEqual({ kind: 'new' });
  });
});

test('as many are new as taking the rows one after the other would make', () => {
  const email = fc.option(fc.constantFrom('a@x', 'b@x', 'c@x', 'A@X'), { nil: undefined });
  const github = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
  const rows = fc
    .array(fc.tuple(email, github), { maxLength: 12 })
    .map((pairs) =>
      pairs
        .filter(([address, handle]) => address !== undefined || handle !== undefined)
        .map(([address, handle], index) => row(index + 2, address, handle)),
    );
  fc.assert(
    fc.property(rows, (some) => {
      // The slow, obvious way: a list of people, each a set of identities.
      const people: Set<string>[] = [];
      const expected = some.map(({ entry }) => {
        const keys = identitiesOf(entry).map(identityKey);
        const found = people.filter((person) => keys.some((key) => person.has(key)));
        if (found.length > 1) return 'bad';
        const [person] = found;
        for (const key of keys) person?.add(key);
        if (person === undefined) people.push(new Set(keys));
        return person === undefined ? 'new' : 'repeated';
      });
      expect(kinds(some)).toEqual(expected);
    }),
  );
});
