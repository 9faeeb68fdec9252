import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCairn, type Running, runCairn, startCairn } from '../../../../tests/cli.ts';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { FIRST_SUMMIT } from '../../../../tests/summit-database.ts';

const SLUG = 'sp_summit_2023';

let directory: string;
let database: TestDatabase;

beforeAll(async () => {
  await buildCairn();
  directory = await mkdtemp(join(tmpdir(), 'cairn-cli-'));
  database = await cloneDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

/** Exactly one JSON document, and nothing beside it. */
const document = (stdout: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(stdout);
  if (typeof value !== 'object' || value === null) throw new Error('no document');
  return { ...value };
};

describe('without a server', () => {
  const nowhere = () => ({ CAIRN_DATA: join(directory, 'nothing') });
  const cairn = (...args: string[]) => runCairn(args, nowhere());

  test.each([
    [['frobnicate'], /There is no command “frobnicate”; there are serve, /],
    [['serve', '--frob'], /Unknown option '--frob'.*cairn help serve/],
    [['summit', 'check', '--frob'], /Unknown option '--frob'.*cairn help summit/],
    [['summit'], /check, import and export/],
    [['summit', 'burn'], /“burn” is none of them/],
    [['summit', 'check'], /Name one file/],
    [['summit', 'import', 'a', 'b'], /Name one file/],
    [['summit', 'export', 'Not A Slug'], /Name the summit/],
    [['timetable'], /does dates, meetings, solve/],
    [['timetable', 'dates'], /Name one file/],
    [['timetable', 'meetings'], /Name one file/],
    [['timetable', 'solve'], /Name one file/],
    [['timetable', 'solve', 'a', '--seed', 'x'], /--seed takes a whole number/],
    [['timetable', 'solve', 'nowhere.json'], /There is no such file/],
    [['timetable', 'check'], /Name one file/],
    [['timetable', 'check', 'a', '--format', 'b'], /--format takes itc2007/],
    [['timetable', 'meetings', 'a', '--budget', 'much'], /whole number/],
    [['plan'], /cairn plan does check/],
    [['plan', 'check'], /Name one directory/],
    [['plan', 'check', 'nowhere'], /nowhere: There is no such directory/],
    [['calendar'], /does check, export, next and reply/],
    [['calendar', 'check'], /Name a file/],
    [['calendar', 'check', 'nowhere.yaml'], /nowhere.yaml: There is no such file/],
    [['calendar', 'export', 'a', 'b'], /Name one file/],
    [['calendar', 'next', 'a', '--most', '0'], /whole number/],
    [['calendar', 'next', 'a', '--zone', 'Mars'], /IANA name/],
    [['calendar', 'next', 'a', '--from', 'soon'], /is not a day/],
    [['calendar', 'reply'], /Name one mail/],
    [['calendar', 'reply', 'no-such.eml'], /There is no such file/],
    [['help', 'frobnicate'], /There is no command/],
    [['demo', '--at', 'doomsday'], /doomsday/],
  ])('%j is refused with a sentence, and nothing goes to standard output', async (args, words) => {
    const ran = await cairn(...args);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).not.toContain('    at ');
  });

  test('help tells every command, and each its own', async () => {
    const all = await cairn('help');
    expect(all.status).toBe(0);
    for (const name of ['serve', 'worker', 'demo', 'doctor', 'summit']) {
      expect(all.stdout).toContain(`cairn ${name}`);
      const own = await cairn(name, '--help');
      expect(own.status).toBe(0);
      expect(all.stdout).toContain(own.stdout.trim());
    }
  });

  const CALLS = `name: Calls
timezone: America/Los_Angeles
events:
  - summary: Planning
    begin: 2025-12-02 09:00:00
    duration: { minutes: 60 }
    ics: RRULE:FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2
  - summary: Work
    begin: 2026-02-09 14:00:00
    duration: { minutes: 60 }
    repeat: { interval: { days: 14 }, until: 2026-12-31 00:00:00 }
`;

  test('a calendar of calls is checked, exported and listed', async () => {
    const path = await file('calls.yaml', CALLS);
    expect(await cairn('calendar', 'check', path)).toEqual({
      status: 0,
      stdout: `${path}: 2 calls, every call can be read.\n`,
      stderr: '',
    });

    const written = await cairn('calendar', 'export', path);
    expect(written).toMatchObject({ status: 0, stderr: '' });
    expect(written.stdout).toContain('DTSTART;TZID=America/Los_Angeles:20251202T090000');
    expect(written.stdout).toContain('RRULE:FREQ=DAILY;INTERVAL=14;UNTIL=20261231T080000Z');
    const out = join(directory, 'calls.ics');
    const saved = await cairn('calendar', 'export', path, '--out', out);
    expect(saved).toMatchObject({ status: 0, stdout: '' });
    expect(await readFile(out, 'utf8')).toBe(written.stdout);
    // A call stays the same entry when its time changes, and its sequence rises.
    await writeFile(path, CALLS.replace('09:00:00', '10:00:00'));
    const uids = (ics: string) => ics.match(/^UID:.*$/gm);
    expect(uids((await cairn('calendar', 'export', path)).stdout)).toEqual(uids(written.stdout));

    const from = ['--from', '2026-03-01', '--zone', 'Europe/Berlin'];
    const next = await cairn('calendar', 'next', path, ...from, '--most', '4');
    expect(next).toEqual({
      status: 0,
      stdout: [
        'Mon 9 Mar 2026, 22:00 CET  Work (every 14 days until 31 Dec 2026)',
        'Mon 23 Mar 2026, 22:00 CET  Work (every 14 days until 31 Dec 2026)',
        'Mon 6 Apr 2026, 23:00 CEST  Work (every 14 days until 31 Dec 2026)',
        'Tue 7 Apr 2026, 19:00 CEST  Planning (the first Tuesday of every other month)',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  test('a call that runs out is bad news, before it does and after', async () => {
    const path = await file('ending.yaml', CALLS);
    const soon = await cairn('calendar', 'next', path, '--from', '2026-11-20', '--json');
    expect(soon.status).toBe(3);
    expect(document(soon.stdout)).toMatchObject({
      ok: false,
      ending: [
        {
          code: 'runs-out',
          place: { file: path, line: 8 },
          sentence:
            '“Work” runs out: its last time is Mon 28 Dec 2026. Write a later end if it goes on.',
        },
      ],
    });
    const late = await cairn('calendar', 'next', path, '--from', '2027-01-20');
    expect(late.status).toBe(3);
    expect(late.stderr).toContain(`${path}:8:5: “Work” has run out`);
  });

  test('a call that cannot be read is told by its place, and no calendar without it is written', async () => {
    const path = await file('wrong.yaml', CALLS.replace('2026-02-09', '2026-02-30'));
    const checked = await cairn('calendar', 'check', path);
    expect(checked.status).toBe(3);
    expect(checked.stdout).toContain(`${path}:9:12: “2026-02-30 14:00:00” is no moment`);
    expect(checked.stdout).toContain('1 call, 1 to mend');
    const written = await cairn('calendar', 'export', path);
    expect(written).toMatchObject({ status: 2, stdout: '' });
    const noYaml = await file('no.yaml', 'name: [');
    const json = await cairn('calendar', 'check', path, noYaml, '--json');
    expect(json.status).toBe(3);
    expect(document(json.stdout)).toMatchObject({
      ok: false,
      files: [
        { file: path, calls: 1 },
        { file: noYaml, calls: 0 },
      ],
    });
  });

  test('a plan is checked; a broken cache, or one of another text, is not believed', async () => {
    const plan = join(directory, 'a-plan');
    const cache = join(directory, 'a-cache');
    await mkdir(join(plan, 'topics'), { recursive: true });
    await writeFile(join(plan, 'topics', 'a.md'), '---\ntitle: A\n---\n[b](b.md)\n');
    await writeFile(join(plan, 'topics', 'b.md'), Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
    await symlink('/etc/hostname', join(plan, 'topics', 'c.md'));
    const check = () =>
      runCairn(['plan', 'check', plan, '--json'], { CAIRN_DATA: '', XDG_CACHE_HOME: cache });
    const codes = async () => {
      const ran = await check();
      expect(ran.status).toBe(3);
      const { problems } = document(ran.stdout) as { problems: { code: string; place: object }[] };
      return problems.map(({ code, place }) => [code, Object(place).line]);
    };
    const first = await codes();
    expect(first).toEqual([
      ['not-utf8', 2],
      ['symbolic-link', undefined],
    ]);
    const [kept = ''] = await readdir(join(cache, 'cairn'));
    expect(await codes()).toEqual(first);
    const whole = await readFile(join(cache, 'cairn', kept), 'utf8');
    await writeFile(join(cache, 'cairn', kept), whole.replace('topics/b.md', 'topics/x.md'));
    expect(await codes()).toEqual(first);
    await writeFile(join(plan, 'topics', 'a.md'), '---\ntitle: A\nstate: planed\n---\n');
    expect(await codes()).toEqual([['not-allowed', 3], ...first]);
    expect(await readdir(plan)).toEqual(['topics']);
  });

  test('a right file is checked without a server', async () => {
    const path = await file('right.yaml', FIRST_SUMMIT);
    expect(await cairn('summit', 'check', path)).toMatchObject({ status: 0, stderr: '' });
    const ran = await cairn('summit', 'check', path, '--json');
    expect(document(ran.stdout)).toEqual({ ok: true, file: path, problems: [] });
  });

  test('a wrong file is bad news: every problem with file, line and column', async () => {
    const path = await file(
      'wrong.yaml',
      FIRST_SUMMIT.replace('planned: 40', 'planned: 60').replace(/^zone: .*$/m, 'zone: Mars'),
    );
    const ran = await cairn('summit', 'check', path);
    expect(ran.status).toBe(3);
    const lines = ran.stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/wrong\.yaml:\d+:\d+: \S/);
    const json = await cairn('summit', 'check', path, '--json');
    expect(json.status).toBe(3);
    expect(document(json.stdout)).toMatchObject({
      ok: false,
      problems: [{ place: { path: 'zone' } }, { place: { path: 'seats.planned' } }],
    });
  });

  test('a file that cannot be read could not be checked', async () => {
    const ran = await cairn('summit', 'check', join(directory, 'none.yaml'), '--json');
    expect(ran.status).toBe(2);
    expect(document(ran.stdout)).toMatchObject({ ok: false, problems: [{ code: 'unreadable' }] });
    const binary = join(directory, 'binary.yaml');
    await writeFile(binary, Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    expect((await cairn('summit', 'check', binary)).stderr).toContain('UTF-8');
  });

  test('weeks are ranked from a file, and what no week can use of it is said', async () => {
    const range = { from: '2023-05-15', until: '2023-05-26', days: 5 };
    const answers = { '2023-05-15': 'no', '2023-05-22': 'yes', '2023-05-23': 'yes' };
    const weeks = { today: '2023-01-01', range, seats: 40, people: [{ name: 'Ada', answers }] };
    const path = await file('weeks.json', JSON.stringify(weeks));
    const ran = await cairn('timetable', 'dates', path, '--json');
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('Ada answers for “2023-05-23”');
    expect(document(ran.stdout)).toMatchObject({
      ok: true,
      ranking: [
        { id: '2023-05-22', rank: 1 },
        { id: '2023-05-15', rank: 2, behind: { level: 'seatsFilled', value: 0, best: 1 } },
      ],
    });
    expect((await cairn('timetable', 'dates', path)).stdout).toMatch(/^1\. 22–26 May 2023\n/);
  });

  test('no week at all is bad news, and a wrong file is told by its keys', async () => {
    const range = { from: '2023-05-22', until: '2023-05-26', days: 5, lead_months: 4 };
    const weeks = { today: '2023-03-01', range, seats: 40, people: [] };
    const late = await cairn('timetable', 'dates', await file('late.json', JSON.stringify(weeks)));
    expect(late.status).toBe(3);
    expect(late.stdout).toContain('The preparations need 4 months');
    const wrong = JSON.stringify({ ...weeks, seats: 'many', range: { ...range, days: 0 } });
    const ran = await cairn('timetable', 'dates', await file('wrong.json', wrong));
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain('range.days');
    expect(ran.stderr).toContain('seats');
  });

  describe('the times of calls', () => {
    const month = (key: string, from: string, until: string) => ({ key, from, until });
    const weekdays = { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' };
    const asked = {
      required: 1,
      zone: 'Europe/Berlin',
      meetings: [
        { ...month('february', '2023-02-06', '2023-02-10'), planned: '2023-02-07T08:00' },
        { ...month('march', '2023-03-13', '2023-03-17'), planned: '2023-03-14T08:00' },
      ],
      people: [
        { name: 'Asha', zone: 'Asia/Kolkata', can: [weekdays], interest: { arrays: 3 } },
        { name: 'Bo', zone: 'America/Los_Angeles', can: [weekdays] },
      ],
      tracks: [{ key: 'arrays', lead: 'Asha' }],
    };

    test('are found, compared and explained', async () => {
      const path = await file('meetings.json', JSON.stringify(asked));
      const ran = await cairn('timetable', 'meetings', path, '--json');
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expect(document(ran.stdout)).toMatchObject({
        ok: true,
        isOptimal: true,
        best: { keeping: 2, values: { enough: 2, unplaced: 0, interest: 3 } },
        planned: { keeping: 1 },
        each: [{ name: 'Asha', made: 1 }, { name: 'Bo' }],
      });
      const { stdout } = await cairn('timetable', 'meetings', path);
      expect(stdout).toContain('It is proven that nobody can do better.');
      expect(stdout).toContain('With what is planned it would be 1: 1 fewer.');
    });

    test('that not everybody can make are bad news, with what would help', async () => {
      const path = await file('hard.json', JSON.stringify({ ...asked, required: 2 }));
      const ran = await cairn('timetable', 'meetings', path);
      expect(ran.status).toBe(3);
      expect(ran.stdout).toContain('1 person cannot make 2: Bo.');
    });

    test('with names that are not there are refused, each by its place', async () => {
      const tracks = [{ key: 'arrays', lead: 'Nobody', meetings: ['may'] }];
      const wrong = await file('names.json', JSON.stringify({ ...asked, tracks }));
      const ran = await cairn('timetable', 'meetings', wrong);
      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toContain('tracks[0].lead: there is no person “Nobody”');
      expect(ran.stderr).toContain('tracks[0].meetings: there is no meeting “may”');
      const mars = {
        ...asked,
        zone: 'Mars',
        people: [{ name: 'Asha', zone: 'UTC', can: [{ from: '9' }] }],
      };
      const zones = await cairn(
        'timetable',
        'meetings',
        await file('mars.json', JSON.stringify(mars)),
      );
      expect(zones.status).toBe(2);
      expect(zones.stderr).toContain('zone: “Mars” is no time zone');
      expect(zones.stderr).toContain('people[0].can[0].from');
    });
  });

  test.each([
    ['export', SLUG],
    ['import', 'right.yaml'],
  ])('summit %s says in one sentence that no server runs', async (what, about) => {
    const path = what === 'import' ? await file(about, FIRST_SUMMIT) : about;
    const ran = await cairn('summit', what, path);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).toContain('No Cairn runs on');
  });

  test('a worker needs a database, and says whose', async () => {
    const ran = await cairn('worker');
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain('--no-worker');
  });

  test('a server elsewhere that does not answer is named, and the token is not', async () => {
    const ran = await runCairn(['summit', 'export', SLUG], {
      ...nowhere(),
      CAIRN_URL: 'http://127.0.0.1:1',
      CAIRN_TOKEN: 'cairn_secret',
    });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain('http://127.0.0.1:1 does not answer');
    expect(ran.stderr).not.toContain('secret');
  });
});

describe('with a server', () => {
  let server: Running;
  const here = () => ({
    CAIRN_DATA: join(directory, 'data'),
    DATABASE_URL: database.connectionString,
    CAIRN_ADMIN: 'ada@example.org',
    PORT: '0',
  });
  const cairn = (...args: string[]) => runCairn(args, here());

  beforeAll(async () => {
    server = await startCairn(['serve', '--no-worker'], here(), 'Cairn answers at');
  });
  afterAll(async () => {
    await server.stop();
  });

  test('what proves that one may read the data directory is read by its owner only', async () => {
    const { mode } = await stat(join(directory, 'data', 'running.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('a summit goes in and comes out byte for byte, and a change needs the newest revision', async () => {
    const path = await file('summit.yaml', FIRST_SUMMIT);
    const founded = await cairn('summit', 'import', path, '--json');
    expect(founded.stderr).toBe('');
    expect(document(founded.stdout)).toEqual({ ok: true, slug: SLUG, revision: 1 });
    const again = await cairn('summit', 'import', path);
    expect(again.status).toBe(2);
    expect(again.stderr).toMatch(/summit\.yaml:\d+:\d+: .*add --update/);

    const out = join(directory, 'out.yaml');
    expect((await cairn('summit', 'export', SLUG)).stdout).toBe(FIRST_SUMMIT);
    expect(await cairn('summit', 'export', SLUG, out)).toMatchObject({ status: 0, stdout: '' });
    expect(await readFile(out, 'utf8')).toBe(FIRST_SUMMIT);
    const exported = document((await cairn('summit', 'export', SLUG, '--json')).stdout);
    expect(exported).toMatchObject({ slug: SLUG, revision: 1, definition: { slug: SLUG } });

    const changed = await file('changed.yaml', `${FIRST_SUMMIT}\n# looked over\n`);
    const saved = await cairn('summit', 'import', changed, '--update', '--from', '1', '--json');
    expect(document(saved.stdout)).toEqual({ ok: true, slug: SLUG, revision: 2 });
    const stale = await cairn('summit', 'import', path, '--update', '--from', '1', '--json');
    expect(stale.status).toBe(2);
    expect(document(stale.stdout)).toMatchObject({ problems: [{ code: 'stale-revision' }] });
    expect((await cairn('summit', 'import', path, '--update')).status).toBe(0);

    const { rows } = await database.pool.query<{ door: string; actor_id: string | null }>(
      `select distinct door, actor_id from event where kind like 'summit.%'`,
    );
    expect(rows).toEqual([{ door: 'cli', actor_id: null }]);
  });

  test('a summit that is not there is told, on import and on export', async () => {
    const path = await file('other.yaml', FIRST_SUMMIT.replaceAll(SLUG, 'sp_summit_none'));
    for (const args of [
      ['import', path, '--update'],
      ['export', 'sp_summit_none'],
    ]) {
      const ran = await cairn('summit', ...args);
      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toContain('There is no summit “sp_summit_none”');
    }
  });

  test('a worker runs the jobs that a server leaves', async () => {
    const worker = await startCairn(['worker'], here(), 'worker runs jobs');
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query<{ count: number }>(
          'select count(*)::int as count from graphile_worker.jobs',
        );
        return rows[0]?.count;
      })
      .toBe(0);
    expect(await worker.stop()).toMatchObject({ status: 0, stdout: '' });
  });

  test('the doctor finds a well installation well, and says what is wrong with one that is not', async () => {
    const well = await runCairn(['doctor', '--json'], {
      ...here(),
      CAIRN_URL: 'https://cairn.example.org',
    });
    const { ok, findings } = document(well.stdout) as {
      ok: boolean;
      findings: { about: string; standing: string }[];
    };
    expect(findings.filter(({ standing }) => standing === 'bad')).toEqual([]);
    expect({ ok, status: well.status }).toEqual({ ok: true, status: 0 });
    expect(findings.map(({ about }) => about)).toEqual(
      expect.arrayContaining([
        'node',
        'packages',
        'git',
        'plans',
        'server',
        'database',
        'migrations',
        'clock',
        'jobs',
        'mail',
      ]),
    );

    await database.pool.query(
      `insert into cairn_migration (name, sha256) values ('9999_tomorrow', 'x')`,
    );
    await database.pool.query(
      `select graphile_worker.add_job('event', '{"event": "0", "kind": "x"}', run_at := now() - interval '1 hour')`,
    );
    const ill = await runCairn(['doctor'], {
      ...here(),
      SMTP_URL: 'smtp://127.0.0.1:1',
      CAIRN_URL: 'http://cairn.example.org',
    });
    await database.pool.query(`delete from cairn_migration where name = '9999_tomorrow'`);
    await database.pool.query('delete from graphile_worker._private_jobs');
    expect(ill.status).toBe(3);
    const bad = ill.stdout.split('\n').filter((line) => line.startsWith('bad'));
    expect(bad.map((line) => line.split(/\s+/)[1])).toEqual([
      'server',
      'migrations',
      'jobs',
      'mail',
      'address',
    ]);
  });
});
