import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  localPath,
  plainCode,
  signInMail,
  spacedCode,
  veiledAddress,
  waitSentence,
} from './sign-in-rules.ts';

describe('where to go after signing in', () => {
  test('is the page that was wanted', () => {
    expect(localPath('/s/sp_summit_2023/me?tab=stay#top')).toBe(
      '/s/sp_summit_2023/me?tab=stay#top',
    );
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    undefined,
  ])('is the start page instead of %j', (to) => {
    expect(localPath(to)).toBe('/');
  });

  test('stays on this site, as a browser reads it, for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom('/', '\\', '.', '@', ':', '\t', 'a', '?', '#', '%') }),
        ),
        (text) => {
          const here = 'https://summit.example.org/sign-in';
          expect(new URL(localPath(`/${text}`), here).origin).toBe('https://summit.example.org');
          expect(new URL(localPath(text), here).origin).toBe('https://summit.example.org');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('an address', () => {
  test('is veiled but for its first letter and its domain', () => {
    expect(veiledAddress('ada@example.org')).toBe('a…@example.org');
    expect(veiledAddress('"odd@local"@example.org')).toBe('"…@example.org');
    expect(veiledAddress('é@example.org')).toBe('é…@example.org');
  });
});

describe('a code', () => {
  test('is read with the spaces and dashes that people type', () => {
    expect(plainCode(' 123 456 ')).toBe('123456');
    expect(plainCode('123-456')).toBe('123456');
    expect(plainCode(spacedCode('012345'))).toBe('012345');
  });
});

test('the mail holds the code and the link, and the subject the code', () => {
  const link = 'https://summit.example.org/sign-in/link/abc';
  const { subject, body } = signInMail({
    name: 'Ada',
    code: '012345',
    link,
    url: 'https://summit.example.org',
  });
  expect(subject).toBe('012 345 is your code for Cairn');
  // On a line of its own: mail programs then see all of it as the link.
  expect(body.split('\n')).toContain(link);
  expect(body).toContain('your code is 012 345.');
});

test('waiting is told in whole minutes, never too few', () => {
  expect(waitSentence(1)).toContain('in one minute.');
  expect(waitSentence(61)).toContain('in 2 minutes.');
});
