import { expect, test } from 'vitest';
import { passkeysWorkAt } from './passkeys.ts';

test('browsers offer passkeys at names, over https or on this machine', () => {
  expect(passkeysWorkAt('https://summit.example.org')).toBe(true);
  expect(passkeysWorkAt('http://localhost:8023')).toBe(true);
  expect(passkeysWorkAt('http://127.0.0.1:8023')).toBe(false);
  expect(passkeysWorkAt('https://192.0.2.1')).toBe(false);
  expect(passkeysWorkAt('https://[2001:db8::1]')).toBe(false);
  expect(passkeysWorkAt('http://summit.example.org')).toBe(false);
});
