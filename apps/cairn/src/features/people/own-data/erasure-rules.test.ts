import { expect, test } from 'vitest';
import { jsonTracePatterns, mayBeErased, tracePatterns } from './erasure-rules.ts';

test('whoever is the last to look after something hands over first', () => {
  const refusal = (lastOrganiserOf: string[], isLastAdministrator: boolean) => {
    const found = mayBeErased({ lastOrganiserOf, isLastAdministrator, claimsOnTheirWay: [] });
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

test('in JSON a name is looked for as it is written there, and behind a new line too', () => {
  const [name] = jsonTracePatterns({ name: 'Will "W" Power', emails: [], handles: [] });
  // PostgreSQL spells letters and digits otherwise.
  const found = new RegExp((name ?? '').replaceAll('[[:alnum:]]', '[a-z0-9]'), 'i');
  for (const text of ['Will "W" Power', 'by\nWill "W" Power', '\tWill\n"W" power.']) {
    expect(found.test(JSON.stringify({ text }))).toBe(true);
  }
  expect(found.test(JSON.stringify({ text: 'Goodwill "W" Power' }))).toBe(false);
});
