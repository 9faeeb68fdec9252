import { describe, expect, test } from 'vitest';
import { checkExternal, judgeServer } from './external.ts';

describe('a PostgreSQL of the operator’s own', () => {
  test.each([
    [150_000, 'UTF8', undefined],
    [180_004, 'UTF8', undefined],
    [140_020, 'UTF8', 'database-too-old'],
    [90_624, 'UTF8', 'database-too-old'],
    [160_000, 'LATIN1', 'database-not-utf8'],
    [160_000, 'SQL_ASCII', 'database-not-utf8'],
  ])('of version %i that stores %s is judged %s', (version, encoding, code) => {
    const judged = judgeServer(version, encoding);
    expect(judged.ok ? undefined : judged.error.code).toBe(code);
  });

  test.each(['', 'localhost/cairn', 'mysql://localhost/cairn', 'postgres://[oops/cairn'])(
    'has an address, which “%s” is not',
    async (url) => {
      expect(await checkExternal(url)).toMatchObject({
        ok: false,
        error: { code: 'database-url-malformed' },
      });
    },
  );

  test('that does not answer is named as such', async () => {
    // Port 1 of loopback: reserved, and refused at once.
    expect(await checkExternal('postgres://cairn@127.0.0.1:1/cairn')).toMatchObject({
      ok: false,
      error: { code: 'database-unreachable' },
    });
  });
});
