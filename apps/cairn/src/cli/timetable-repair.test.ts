import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Command, EXIT } from './command.ts';
import { timetableExplain } from './timetable-explain.ts';
import { timetableRepair } from './timetable-repair.ts';

const SUMMIT = {
  title: 'Two days',
  levels: ['what must hold', 'interest lost'],
  slots: [
    { key: 'mon9', day: 'Monday', start: '09:00', end: '10:00' },
    { key: 'mon10', day: 'Monday', start: '10:00', end: '11:00' },
    { key: 'tue9', day: 'Tuesday', start: '09:00', end: '10:00' },
  ],
  rooms: [{ key: 'Hall' }, { key: 'Attic', capacity: 3 }],
  people: [
    { key: 'ada', name: 'Ada', interest: { arrays: 2, build: 1 } },
    { key: 'bob', name: 'Bob', interest: { docs: 3, build: 2 } },
  ],
  sessions: [
    { key: 'arrays', title: 'Arrays', leads: ['ada'], size: 10 },
    { key: 'build', title: 'Building', leads: ['bob'], size: 10 },
    { key: 'docs', title: 'Documents', leads: ['ada'] },
  ],
  rules: [{ kind: 'interest', level: 1 }],
};

const TIMETABLE = {
  timetable: {
    arrays: { slot: 'mon9', room: 'Hall' },
    build: { slot: 'mon10', room: 'Hall' },
    docs: { slot: 'tue9', room: 'Attic' },
  },
};

let folder: string;
const write = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};
let summit: string;
let timetable: string;
/** Ada is away on Monday at nine, and the attic is gone. */
let changed: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-repair-'));
  summit = write('summit.json', SUMMIT);
  timetable = write('timetable.json', TIMETABLE);
  const [ada, bob] = SUMMIT.people;
  const people = [{ ...ada, away: ['mon9'] }, bob];
  changed = write('changed.json', { ...SUMMIT, people, rooms: [{ key: 'Hall' }] });
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

describe('cairn timetable repair', () => {
  test('tells the fewest moves, what is proven, and what a few more would give', async () => {
    const { status, out, said } = await run(timetableRepair, changed, '--solution', timetable);
    expect(status).toBe(EXIT.done);
    expect(said).toBe('Not there any more: the rooms Attic.\n');
    expect(out).toContain('3 sessions must move; it is proven that fewer will not do.');
    expect(out).toContain('Fewest moves: 3 sessions moved: what must hold: 0, interest lost: 1.');
    expect(out).toContain('Up to 2 more: nothing better was found.');
  });

  test('writes the first offer, which is a timetable that holds', async () => {
    const output = join(folder, 'mended.json');
    await run(timetableRepair, changed, '--solution', timetable, '--output', output);
    const again = await run(timetableRepair, changed, '--solution', output, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ ok: true, least: 0, proven: true });
    expect(JSON.parse(readFileSync(output, 'utf8')).timetable.build.slot).toBe('mon9');
    const over = await run(timetableRepair, changed, '--solution', output, '--output', changed);
    expect([over.status, over.said]).toEqual([
      EXIT.couldNot,
      expect.stringContaining('--output would overwrite what is read'),
    ]);
  });

  test('has bad news where it cannot be mended, and says why', async () => {
    const args = [changed, '--solution', timetable, '--pin', 'arrays', '--json'];
    const { status, out } = await run(timetableRepair, ...args);
    expect(status).toBe(EXIT.badNews);
    expect(JSON.parse(out).sentences).toContain(
      'Kept as it is, and still wrong: Ada must be in “Arrays” and is away (Monday 09:00).',
    );
    const over = [changed, '--solution', timetable, '--past', 'mon10', '--json'];
    const late = await run(timetableRepair, ...over);
    expect(late.status).toBe(EXIT.badNews);
    expect(JSON.parse(late.out).offers[0].moves).toEqual([
      {
        session: 'docs',
        from: { slot: 'tue9', room: 'Attic' },
        to: { slot: 'tue9', room: 'Hall' },
      },
    ]);
  });

  test('says what cannot hold together where nothing can be mended', async () => {
    const [mon9, mon10] = SUMMIT.slots;
    const tight = write('tight.json', {
      ...SUMMIT,
      rooms: [{ key: 'Hall' }],
      slots: [mon9, mon10],
    });
    const { status, out } = await run(timetableRepair, tight, '--solution', timetable);
    expect(status).toBe(EXIT.badNews);
    expect(out).toContain('There are fewer places than sessions for these 3:');
    expect(out).toContain('These cannot all hold:\n');
    expect(out).toContain('Give up any one of them, and the others can hold.');
  });

  test.each([
    [[], 'Name one file: cairn timetable repair changed.json --solution timetable.json\n'],
    [['FILE', '--measure', 'rooms'], '--measure takes sessions or people, not “rooms”.\n'],
    [
      ['FILE', '--more', 'few'],
      '--more takes whole numbers with commas between, such as 0,2,5, not “few”.\n',
    ],
    [
      ['FILE', '--solution', 'SOLUTION', '--pin', 'nothing'],
      'There is no session “nothing”; write the key of one: arrays, build and docs.\n',
    ],
  ])('says what to do where it cannot: %j', async (args, sentence) => {
    const files: Record<string, string> = { FILE: summit, SOLUTION: timetable };
    const { status, said } = await run(timetableRepair, ...args.map((arg) => files[arg] ?? arg));
    expect([status, said]).toEqual([EXIT.couldNot, sentence]);
  });
});

describe('cairn timetable explain', () => {
  const explain = (...args: string[]) =>
    run(timetableExplain, summit, '--solution', timetable, ...args);

  test('says why a session is where it is', async () => {
    const { status, out } = await explain('--session', 'arrays');
    expect(status).toBe(EXIT.done);
    expect(out).toContain('“Arrays”: Monday 09:00, Hall.\n');
    expect(out).toContain('It needs 10 places: Hall of 2 rooms will do.\n');
  });

  test('says what another slot would break, and the best timetable that has it there', async () => {
    const { status, out } = await explain('--session', 'arrays', '--slot', 'mon10', '--json');
    expect(status).toBe(EXIT.done);
    const document = JSON.parse(out);
    expect(document.breaks[0]).toMatchObject({ rule: 'room-taken', level: 0 });
    expect(document.others).toEqual({ verdict: 'repaired', least: 1, proven: true });
    expect(document.best.timetable.arrays.slot).toBe('mon10');
  });

  test('says what would help, and compares two timetables', async () => {
    const helps = await explain('--what-helps', '--iterations', '500');
    expect(helps.status).toBe(EXIT.done);
    const other = write('other.json', {
      timetable: { ...TIMETABLE.timetable, docs: { slot: 'mon10', room: 'Attic' } },
    });
    const { out } = await explain('--compare', other);
    expect(out).toBe(
      [
        'The second: interest lost: 4 more.',
        '“Documents” moves from Tuesday 09:00, Attic to Monday 10:00, Attic.',
        'Bob loses “Documents”, 3 points of interest; nobody loses more.',
        'Ada loses “Building”, 1 point of interest.',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [[], 'Ask one thing: --session KEY, --what-helps, or --compare FILE.\n'],
    [['--session', 'arrays', '--room', 'Hall'], '--room goes with --slot: name the slot, too.\n'],
    [
      ['--session', 'arrays', '--slot', 'noon'],
      'There is no slot “noon”; write the key of one: mon9, mon10 and tue9.\n',
    ],
  ])('says what to do where it cannot: %j', async (args, sentence) => {
    const { status, said } = await explain(...args);
    expect([status, said]).toEqual([EXIT.couldNot, sentence]);
  });
});
