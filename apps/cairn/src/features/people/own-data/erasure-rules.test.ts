import { expect, test } from 'vitest';
import { mayBeErased, tracePatterns } from './erasure-rules.ts';

test('whoever is the last to look after something hands over first', () => {
  const refusal = (lastOrganiserOf: string[], isLastAdministrator: boolean) => {
    const found = mayBeErased({ lastOrganiserOf, isLastAdministrator });
    return found.ok ? undefined : found.error.code;
  };
  expect(refusal(['One'], false)).toBe('last-organiser');
  expect(refusal([], true)).toBe('last-administrator');
  expect(refusal([], false)).toBeUndefined();
});

test('a name of one word is not looked for in texts that others wrote', () => {
  expect(tracePatterns({ name: 'Will', emails: [], handles: [] })).toEqual([]);
  expect(tracePatterns({ name: 'Will Power', emails: [], handles: [] })).toHaveLength(1);
});

test('signs in names and addresses stand for themselves', () => {
  const [address] = tracePatterns({ name: 'A', emails: ['a+b.c@example.org'], handles: [] });
  expect(address).toContain('a\\+b\\.c@example\\.org');
});
