import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detailsSchema } from '../accounts/account-schema.ts';
import { personName } from './person-name.ts';
import { personForm, personRowSchema } from './person-schema.ts';

describe('a person’s name', () => {
  test.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['Ada\r\nBcc: all@example.org', 'Ada Bcc: all@example.org'],
    ['Ada\u2028Lovelace\tByron', 'Ada Lovelace Byron'],
    ['Brigitta Sip\u0151cz', 'Brigitta Sip\u0151cz'],
    [
      '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645',
      '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645',
    ],
  ])('written %j is read as %j', (text, name) => {
    expect(personName.parse(text)).toBe(name);
  });

  test.each([
    ' \n ',
    'Ada\u0000',
    'Ada\u001B[31m',
    'Ada\u0085\u009F',
    '\u202Eada',
    'x'.repeat(201),
  ])('is not %j', (text) => {
    expect(personName.safeParse(text).success).toBe(false);
  });

  test('that is read once is one line, and read the same again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { data } = personName.safeParse(text);
        if (data === undefined) return;
        expect(data).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(personName.parse(data)).toBe(data);
      }),
    );
  });

  test('is one line wherever it is written', () => {
    const name = 'Ada\nLovelace';
    expect(detailsSchema.parse({ name, zone: '' }).name).toBe('Ada Lovelace');
    expect(personForm([]).parse({ name, email: 'ada@example.org' }).name).toBe('Ada Lovelace');
    expect(personRowSchema([]).parse({ name, email: 'ada@example.org' }).name).toBe('Ada Lovelace');
  });
});
