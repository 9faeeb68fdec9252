import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LISTING_FIELDS, listingFields, publicEntry } from './listing-rules.ts';

const ada = {
  name: 'Ada Lovelace',
  communities: ['NumPy'],
  github: 'ada-l',
  promises: [{ wording: 'come to two meetings', standing: 'excused' as const, reason: 'ill' }],
};

describe('what the public sees', () => {
  test('is exactly what was chosen', () => {
    fc.assert(
      fc.property(fc.subarray([...LISTING_FIELDS]), (fields) => {
        const entry = publicEntry(ada, fields);
        expect(Object.keys(entry ?? {}).sort()).toEqual(
          fields.includes('name') ? [...fields].sort() : [],
        );
      }),
    );
  });

  test('is nobody without a name, whatever else was chosen', () => {
    expect(publicEntry(ada, ['communities', 'github', 'promises'])).toBeUndefined();
  });

  test('never holds the reason of an excuse', () => {
    expect(JSON.stringify(publicEntry(ada, [...LISTING_FIELDS]))).not.toContain('ill');
  });

  test('leaves out what is not known', () => {
    expect(
      publicEntry({ ...ada, communities: [], github: undefined }, [
        'name',
        'communities',
        'github',
      ]),
    ).toEqual({ name: 'Ada Lovelace' });
  });
});

test('what is no field is no consent', () => {
  expect(listingFields(['email', 'name', 'Name', 'github '])).toEqual(['name']);
});
