import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readableSize } from './limits.ts';
import { GitFailed, gitLines, runGit } from './run.ts';
import { GitUnavailable, saysDiskFull, whyNotStarted } from './unavailable.ts';
import { gitStanding, standingOf } from './version.ts';

const empty = mkdtempSync(join(tmpdir(), 'cairn-no-git-'));
afterAll(() => rmSync(empty, { recursive: true }));

describe('the machine’s Git', () => {
  test('is judged by its version', () => {
    expect(standingOf('git version 2.38.0\n').problem).toBeUndefined();
    expect(standingOf('git version 3.0.1 (Apple Git-154)\n').version).toBe('3.0.1');
    expect(standingOf('git version 2.30.2\n').problem?.message).toBe(
      'Git 2.30.2 on the machine that Cairn runs on is too old; plans need git 2.38 or newer.',
    );
    expect(standingOf('something else').problem?.code).toBe('no-git');
  });

  test('is there on this machine, and missed where it is not', async () => {
    expect((await gitStanding()).problem).toBeUndefined();
    expect((await gitStanding(empty)).problem?.code).toBe('no-git');
  });
});

describe('what keeps Git from working', () => {
  test('is told apart: no Git, no repository, no room', async () => {
    const missing = Object.assign(new Error('spawn git ENOENT'), { code: 'ENOENT' });
    expect(whyNotStarted(missing, empty)?.code).toBe('no-git');
    expect(whyNotStarted(missing, join(empty, 'nothing'))?.code).toBe('no-repository');
    expect(whyNotStarted(new Error('other'), empty)).toBeUndefined();
    expect(saysDiskFull('fatal: write error: No space left on device')).toBe(true);
    await expect(runGit(join(empty, 'nothing'), ['status'])).rejects.toThrow(GitUnavailable);
  });

  test('comes out of long lists too, and who stops reading stops Git', async () => {
    const read = async (...args: readonly string[]) => {
      for await (const line of gitLines(empty, [args])) return line;
      return undefined;
    };
    await expect(read('rev-list', 'HEAD')).rejects.toThrow(GitFailed);
    expect(await read('help', '-a')).toBeDefined();
  });
});

test('sizes are said as people read them', () => {
  expect([900, 12_000, 1_500_000, 50_000_000, 2_300_000_000].map(readableSize)).toEqual([
    '900 bytes',
    '12 kB',
    '1.5 MB',
    '50 MB',
    '2.3 GB',
  ]);
});
