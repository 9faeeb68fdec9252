import { seededRandom } from '@cairn/kernel/random';
import { describe, expect, it } from 'vitest';
import { randomConference } from '../../../../tests/random-conference.ts';
import { compareValues } from '../sessions/model.ts';
import { solveConference } from './solve.ts';
import { solveConferenceInThreads } from './threads.ts';

const conference = randomConference(seededRandom(11), {
  sessions: 4,
  rooms: 3,
  tracks: 5,
  fill: 0.8,
  people: 20,
});

describe('the search with threads', () => {
  it('gives what the best of its seeds gives on one thread', async () => {
    const iterations = 30_000;
    const each = await Promise.all(
      [4, 5].map((seed) => solveConference(conference, { seed, iterations })),
    );
    const best = each.reduce((one, other) =>
      compareValues(other.values, one.values) < 0 ? other : one,
    );
    const found = await solveConferenceInThreads(conference, { seed: 4, threads: 2, iterations });
    expect(found).toEqual(best);
  });

  it('ends with the best so far when it is told to', async () => {
    const ended = new AbortController();
    ended.abort();
    const { signal } = ended;
    const found = await solveConferenceInThreads(conference, { seed: 1, threads: 1, signal });
    expect(found.iterations).toBe(10_000);
  });
});
