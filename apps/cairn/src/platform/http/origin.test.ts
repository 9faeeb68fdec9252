import { describe, expect, test } from 'vitest';
import { mayChange, type SentFrom } from './origin.ts';

const sent = (from: Partial<SentFrom>): boolean =>
  mayChange('https://summit.example.org', {
    method: 'POST',
    origin: undefined,
    site: undefined,
    ...from,
  });

describe('a change', () => {
  test('may come from our own pages, by the public address', () => {
    expect(sent({ origin: 'https://summit.example.org' })).toBe(true);
  });

  test.each([
    'https://evil.example',
    'http://summit.example.org',
    'https://summit.example.org:8443',
    'https://summit.example.org.evil.example',
    'https://sub.summit.example.org',
    'null',
  ])('may not come from a page of %s', (origin) => {
    expect(sent({ origin })).toBe(false);
    expect(sent({ origin, site: 'same-origin' })).toBe(false);
  });

  test('without an origin is believed by what the browser says of the sending site', () => {
    expect(sent({ site: 'same-origin' })).toBe(true);
    expect(sent({ site: 'none' })).toBe(true);
    expect(sent({ site: 'same-site' })).toBe(false);
    expect(sent({ site: 'cross-site' })).toBe(false);
  });

  test('may come from a program, which is no other site’s page', () => {
    expect(sent({})).toBe(true);
  });

  test('on one’s own machine may come from any of its names, on the same port', () => {
    const at = (origin: string) =>
      mayChange('http://127.0.0.1:8023', { method: 'POST', origin, site: undefined });
    expect(at('http://localhost:8023')).toBe(true);
    expect(at('http://[::1]:8023')).toBe(true);
    expect(at('http://localhost:8024')).toBe(false);
    expect(at('https://localhost:8023')).toBe(false);
    expect(at('http://localhost.evil.example:8023')).toBe(false);
  });

  test('is what POST, PUT, PATCH and DELETE ask for; reading is free', () => {
    const origin = 'https://evil.example';
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(sent({ method, origin })).toBe(false);
    }
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(sent({ method, origin })).toBe(true);
  });
});
