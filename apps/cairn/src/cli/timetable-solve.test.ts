import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writeCairnInstance } from '../../../../packages/timetable/src/files/cairn-json.ts';
import { summitInstance } from '../../../../packages/timetable/src/generator/summit.ts';
import { type Command, EXIT } from './command.ts';
import { timetableCheck } from './timetable-check.ts';
import { timetableSolve } from './timetable-solve.ts';

/** Two talks of one track in one room, of which people would like to hear both. */
const SMALL = {
  levels: ['what must hold', 'interest lost', 'early starts'],
  slots: [
    { key: 'mon9', day: 'Monday', start: '09:00', end: '10:00' },
    { key: 'mon10', day: 'Monday', start: '10:00', end: '11:00' },
  ],
  rooms: [{ key: 'Hall' }, { key: 'Attic' }],
  people: [{ key: 'ada', interest: { arrays: 2, docs: 1 } }],
  sessions: [{ key: 'arrays' }, { key: 'docs', leads: ['ada'] }],
  rules: [
    { kind: 'interest', level: 1 },
    { kind: 'slot-wish', level: 2, sessions: ['arrays', 'docs'], slots: ['mon9'], wish: 'out' },
  ],
};
/** Ada leads two sessions and is there for one of them. */
const IMPOSSIBLE = {
  ...SMALL,
  people: [{ key: 'ada', away: ['mon10'] }],
  sessions: SMALL.sessions.map((session) => ({ ...session, leads: ['ada'] })),
  rules: [],
};
const TRACK_3 = `Name: A
Courses: 2
Rooms: 1
Days: 1
Periods_per_day: 3
Curricula: 1
Constraints: 0

COURSES:
c t 2 1 9
d u 1 1 9

ROOMS:
r 9

CURRICULA:
q 2 c d

UNAVAILABILITY_CONSTRAINTS:

END.
`;

let folder: string;
const at = (name: string): string => join(folder, name);
const write = (name: string, content: unknown): string => {
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
};
let small: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-solve-'));
  small = write('small.json', SMALL);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command answers, and what it says on both channels. */
async function run(command: Command, ...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const status = await command(args);
    return { status, out: out.mock.calls.join(''), said: said.mock.calls.join('') };
  } finally {
    out.mockRestore();
    said.mockRestore();
  }
}
const solve = (...args: string[]) => run(timetableSolve, ...args);
const check = (...args: string[]) => run(timetableCheck, ...args);

describe('cairn timetable solve', () => {
  test('tells where everything is, what it is worth, and that nothing is better', async () => {
    const { status, out, said } = await solve(small, '--iterations', '2000');
    expect({ status, said }).toEqual({ status: EXIT.done, said: '' });
    expect(out).toContain('Monday 09:00\n');
    expect(out).toContain('what must hold: 0\ninterest lost: 0\nearly starts: 1\n');
    expect(out).toContain('No timetable is better than this one.');
    expect(out).toContain('Seed 1, 2000 iterations, 1 thread.\n');
  });

  test('prints one document for programs', async () => {
    const { status, out } = await solve(small, '--iterations', '2000', '--seed', '7', '--json');
    expect(status).toBe(EXIT.done);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      values: [0, 0, 1],
      levels: ['what must hold', 'interest lost', 'early starts'],
      unplaced: 0,
      breaks: [{ level: 2, rule: 'slot-wish', cost: 1, slot: 'mon9' }],
      seed: 7,
      iterations: 2000,
      threads: 1,
      proof: { verdict: 'optimal' },
    });
    expect(Object.keys(JSON.parse(out).timetable)).toEqual(['arrays', 'docs']);
  });

  test('takes wishes in another order where that is asked for', async () => {
    const { out } = await solve(
      small,
      '--iterations',
      '2000',
      '--levels',
      'early starts',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      values: [0, 0, 2],
      levels: ['what must hold', 'early starts', 'interest lost'],
    });
    const { status, said } = await solve(small, '--levels', '3');
    expect(status).toBe(EXIT.couldNot);
    expect(said).toContain('there are 1 (interest lost) and 2 (early starts)');
  });

  test('says which rules cannot hold together where what must hold does not', async () => {
    const { status, out } = await solve(
      write('impossible.json', IMPOSSIBLE),
      '--iterations',
      '500',
    );
    expect(status).toBe(EXIT.badNews);
    expect(out).toContain('What must hold cannot all hold.');
    expect(out).toContain('These cannot all hold:');
    expect(out).toContain('ada is away at Monday 10:00.');
  });

  test('writes an answer that the check reads, in the format of the file', async () => {
    const file = write('toy.ctt', TRACK_3);
    const solved = await solve(file, '--iterations', '2000', '--output', at('toy.sol'), '--json');
    expect(solved.status).toBe(EXIT.done);
    expect(readFileSync(at('toy.sol'), 'utf8')).toMatch(/^c r 0 \d\nc r 0 \d\nd r 0 \d\n$/);
    const checked = await check(file, '--solution', at('toy.sol'), '--json');
    expect(checked.status).toBe(EXIT.done);
    const { values, timetable } = JSON.parse(checked.out);
    expect({ values, timetable }).toEqual({
      values: JSON.parse(solved.out).values,
      timetable: JSON.parse(solved.out).timetable,
    });
  });

  test('begins where it is told, and gives nothing worse', async () => {
    const places = {
      arrays: { slot: 'mon10', room: 'Attic' },
      docs: { slot: 'mon9', room: 'Hall' },
    };
    const from = write('from.json', { timetable: places });
    const { status, out } = await solve(small, '--iterations', '0', '--from', from, '--json');
    expect(status).toBe(EXIT.done);
    expect(JSON.parse(out)).toMatchObject({ values: [0, 0, 1], timetable: places });
  });

  test('never writes over the file that it reads, by whatever name', async () => {
    const before = readFileSync(small, 'utf8');
    const link = at('link.json');
    symlinkSync(small, link);
    for (const option of ['--output', '--checkpoint']) {
      const { status, said } = await solve(small, '--iterations', '10', option, link);
      expect(status).toBe(EXIT.couldNot);
      expect(said).toContain(`${option} would overwrite what is read; name another file.`);
    }
    expect(readFileSync(small, 'utf8')).toBe(before);
  });

  test('does not lose an answer that cannot be written', async () => {
    const { status, out, said } = await solve(small, '--iterations', '500', '--output', folder);
    expect(status).toBe(EXIT.couldNot);
    expect(said).toContain('This file cannot be written');
    expect(out).toContain('“arrays”');
  });

  test('is the same with several threads as with the seed that was best', async () => {
    const file = write(
      'summit.json',
      writeCairnInstance(summitInstance({ people: 30, sessions: 24, slots: 8, rooms: 4, seed: 1 })),
    );
    const most = ['--iterations', '3000', '--no-proof', '--json'];
    const both = JSON.parse((await solve(file, '--threads', '2', ...most)).out);
    const one = JSON.parse((await solve(file, '--seed', `${both.seed}`, ...most)).out);
    expect(one.timetable).toEqual(both.timetable);
    expect(both.threads).toBe(2);
  });

  test('ends at Ctrl-C with the best so far', async () => {
    const file = write(
      'long.json',
      writeCairnInstance(
        summitInstance({ people: 40, sessions: 45, slots: 10, rooms: 5, seed: 2 }),
      ),
    );
    const listening = process.listenerCount('SIGINT');
    const ran = solve(file, '--iterations', '1000000000000', '--output', at('best.json'));
    // Once the search listens.
    await vi.waitUntil(() => process.listenerCount('SIGINT') > listening, { interval: 1 });
    process.emit('SIGINT');
    const { status, out, said } = await ran;
    expect(said).toContain('Stopping: the best so far is the answer.');
    expect(out).toContain('stopped before the end');
    expect([EXIT.done, EXIT.badNews]).toContain(status);
    expect((await check(file, '--solution', at('best.json'))).status).toBe(status);
  });

  test('goes on from a checkpoint as if it had never stopped', async () => {
    const file = write(
      'kept.json',
      writeCairnInstance(summitInstance({ people: 20, sessions: 20, slots: 6, rooms: 4, seed: 3 })),
    );
    const budget = ['--iterations', '200000', '--no-proof', '--json'];
    const { out: whole } = await solve(file, ...budget);
    const ran = solve(file, ...budget, '--checkpoint', at('kept.state'));
    await vi.waitUntil(() => existsSync(at('kept.state')), { interval: 1 });
    process.emit('SIGINT');
    const stopped = JSON.parse((await ran).out);
    expect(stopped).toMatchObject({ isStopped: true });
    expect(stopped.iterations).toBeLessThan(200_000);
    const resumed = await solve(file, '--resume', at('kept.state'), '--no-proof', '--json');
    expect(JSON.parse(resumed.out).timetable).toEqual(JSON.parse(whole).timetable);

    const other = await solve(small, '--resume', at('kept.state'));
    expect(other.status).toBe(EXIT.couldNot);
    expect(other.said).toContain('of another instance');
    const spoilt = write('odd.state', readFileSync(at('kept.state'), 'utf8').replace('1', '2'));
    expect((await solve(file, '--resume', spoilt)).said).toContain('This is no checkpoint');
  });

  test.each([
    [['--seed', '-1'], 'Option'],
    [['--seed', 'x'], '--seed takes a whole number'],
    [['--seconds', '0'], '--seconds takes a whole number from 1'],
    [['--threads', '2', '--checkpoint', 'a'], 'leave out --threads'],
    [
      ['--format', 'xml'],
      '--format takes itc2007, itc2007-3, tpac, schedule.json, cairn or cosplib',
    ],
    [['--format', 'itc2007'], 'is not the number of events'],
  ])('refuses %j with a sentence', async (args, words) => {
    const ran = solve(small, ...args);
    if (words === 'Option') {
      await expect(ran).rejects.toThrow(words);
    } else {
      const { status, said } = await ran;
      expect(status).toBe(EXIT.couldNot);
      expect(said).toContain(words);
    }
  });
});

describe('cairn timetable check', () => {
  test('says every rule that is broken, and answers with bad news where it must hold', async () => {
    const twice = write('twice.json', {
      timetable: { arrays: { slot: 'mon9', room: 'Hall' }, docs: { slot: 'mon9', room: 'Hall' } },
    });
    const { status, out } = await check(small, '--solution', twice);
    expect(status).toBe(EXIT.badNews);
    expect(out).toContain('what must hold: 1\n');
    expect(out).toMatch(/“arrays” and “docs”.*Hall/);
  });

  test('judges the timetable that is in the file itself', async () => {
    const places = {
      arrays: { slot: 'mon9', room: 'Hall' },
      docs: { slot: 'mon10', room: 'Hall' },
    };
    const both = write('both.json', { ...SMALL, timetable: places });
    const { status, out } = await check(both, '--json');
    expect(status).toBe(EXIT.done);
    expect(JSON.parse(out)).toMatchObject({ ok: true, values: [0, 0, 1], timetable: places });
  });

  test('asks for a timetable where the format has none', async () => {
    const { status, said } = await check(write('other.ctt', TRACK_3));
    expect(status).toBe(EXIT.couldNot);
    expect(said).toContain('name one with --solution FILE');
  });
});

describe('cairn timetable and conferences of CoSPLib', () => {
  const shared = new URL('../../../../../shared/data/benchmarks/cosplib/', import.meta.url);
  const here = (name: string): string => fileURLToPath(new URL(name, shared));

  test.skipIf(!existsSync(shared))(
    'solves one, and judges the solution of its authors',
    async () => {
      const solved = await solve(
        here('N2OR.json'),
        '--iterations',
        '200000',
        '--output',
        at('n2or.json'),
        '--json',
      );
      expect(solved.status).toBe(EXIT.done);
      const own = JSON.parse(
        (await check(here('N2OR.json'), '--solution', at('n2or.json'), '--json')).out,
      );
      expect(own.values).toEqual(JSON.parse(solved.out).values);
      const { out } = await check(
        here('N2OR.json'),
        '--solution',
        here('N2ORSolution.xlsx'),
        '--json',
      );
      // As the library's own checker says.
      expect(JSON.parse(out)).toMatchObject({ ok: true, values: [0, 0, 2] });
      const from = ['--from', here('N2ORSolution.xlsx'), '--iterations', '1', '--json'];
      expect(JSON.parse((await solve(here('N2OR.json'), ...from)).out).values).toEqual([0, 0, 2]);
    },
  );

  test('says what it does not do for them', async () => {
    const file = write('conference.json', { parameters: [], submissions: [] });
    const { status, said } = await solve(file, '--resume', 'a', '--levels', '1');
    expect(status).toBe(EXIT.couldNot);
    expect(said).toContain('leave out --levels and --resume');
    expect((await check(file)).status).toBe(EXIT.couldNot);
  });
});
