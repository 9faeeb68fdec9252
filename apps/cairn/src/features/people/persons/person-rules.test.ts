import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import { parseCommunities, parseHandle, parseSeatKind } from './person-rules.ts';

const outcomeOf = <T>(parsed: { ok: true; value: T } | { ok: false; error: { code: string } }) =>
  parsed.ok ? parsed.value : parsed.error.code;

describe('a GitHub handle', () => {
  test.each([
    ['ada', 'ada'],
    [' @Ada-Lovelace ', 'Ada-Lovelace'],
    ['https://github.com/ada/', 'ada'],
    ['github.com/ada', 'ada'],
    ['a'.repeat(39), 'a'.repeat(39)],
    ['a'.repeat(40), 'not-a-handle'],
    ['ada lovelace', 'not-a-handle'],
    ['-ada', 'not-a-handle'],
    ['ada-', 'not-a-handle'],
    ['a--b', 'not-a-handle'],
    ['ada@example.org', 'not-a-handle'],
    ['', 'not-a-handle'],
  ])('written “%s” is read as %s', (text, expected) => {
    expect(outcomeOf(parseHandle(text))).toBe(expected);
  });

  test('that is read once is read the same again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[@a-zA-Z0-9./:-]{0,50}$/), (text) => {
        const once = parseHandle(text);
        if (once.ok) expect(parseHandle(once.value)).toEqual(once);
      }),
    );
  });
});

describe('a kind of seat', () => {
  test.each([
    ['Self-funded', 'self_funded'],
    ['self funded', 'self_funded'],
    [' HOST ', 'host'],
    ['paid', 'unknown-seat-kind'],
  ])('written “%s” is read as %s', (text, expected) => {
    expect(outcomeOf(parseSeatKind(text))).toBe(expected);
  });
});

describe('communities', () => {
  const { communities } = seedDefinition();

  test.each([
    ['', []],
    ['NumPy; scikit_hep ;numpy;', ['numpy', 'scikit_hep']],
    ['scikit-image;Scikit Learn', ['scikit_image', 'scikit_learn']],
    ['numpy, scipy', 'unknown-community'],
  ])('written “%s” are read as %j', (text, expected) => {
    expect(outcomeOf(parseCommunities(text, communities))).toEqual(expected);
  });

  test('of which one is unknown are told with the nearest that is known', () => {
    const parsed = parseCommunities('NumPy; SciPi', communities);
    expect(parsed.ok ? '' : parsed.error.sentence).toContain('did you mean SciPy?');
  });

  test('are read by name and by key alike', () => {
    fc.assert(
      fc.property(fc.subarray([...communities]), (some) => {
        const keys = some.map(({ key }) => key);
        for (const words of [keys, some.map(({ name }) => name)]) {
          expect(outcomeOf(parseCommunities(words.join(';'), communities))).toEqual(keys);
        }
      }),
    );
  });
});
