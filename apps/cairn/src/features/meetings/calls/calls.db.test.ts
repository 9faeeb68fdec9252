import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { keptCalls } from './call-queries.ts';
import type { KeptCall } from './call-rules.ts';

const HOME = '/s/sp_summit_2023/organise/calls';
const PUBLIC = '/s/sp_summit_2023/calls';

const YAML = `# Kept by the working group.
name: Sparse Arrays WG
timezone: America/New_York
events:
  - summary: Work Session
    description: |
      Meeting link: https://meet.example.org/sks
    begin: 2023-01-09 14:00:00
    duration: { minutes: 60 }
    colour: green # ours
    repeat:
      interval:
        days: 14
      until: 2023-12-31 00:00:00
  - summary: Half a call
    begin: some day
  - summary: Steering
    begin: 2023-02-07 09:00:00
    duration: { minutes: 60 }
    ics: RRULE:FREQ=MONTHLY;BYDAY=1TU
`;

let world: SummitDatabase;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
});
afterAll(() => world.drop());

async function calls(key: string): Promise<KeptCall[]> {
  const { id } = await world.db
    .selectFrom('callCalendar')
    .select('id')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return (await keptCalls(world.db, [id])).get(id) ?? [];
}
const told = async (key: string) =>
  (await calls(key)).map(({ content, sequence, cancelledAt }) => [
    content.summary,
    sequence,
    cancelledAt === undefined ? 'on' : 'cancelled',
  ]);
const revision = async (key: string): Promise<string> => {
  const row = await world.db
    .selectFrom('callCalendar')
    .select('revision')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return String(row.revision);
};
const importAs = (key: string, source: string) => world.post(`${HOME}/import`, { key, source });
const textOf = async (path: string) => (await world.get(path)).text();

describe('an imported calendar', () => {
  test('keeps its file byte for byte, and tells by line what it could not read', async () => {
    const imported = await importAs('sparse', YAML);
    expect(imported.status).toBe(303);
    expect(imported.headers.get('location')).toBe(`${HOME}/sparse`);
    expect(await textOf(`${PUBLIC}/sparse.yaml`)).toBe(YAML);
    const page = await textOf(`${HOME}/sparse`);
    expectIn(page, 'Line 16');
    expectIn(page, '“some day” is no moment');
    expectIn(page, '“colour” is not known here and is kept as it is');
    expect(await told('sparse')).toEqual([
      ['Work Session', 0, 'on'],
      ['Steering', 0, 'on'],
    ]);
  });

  test('read again with another time is the same call with a higher sequence', async () => {
    await importAs('again', YAML);
    const before = await calls('again');
    const changed = YAML.replace('2023-02-07 09:00:00', '2023-02-07 10:00:00').replace(
      'https://meet.example.org/sks',
      'https://meet.example.org/new',
    );
    await world.post(`${HOME}/again/import`, {
      revision: await revision('again'),
      source: changed,
    });
    const after = await calls('again');
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    // Only the words of the first changed.
    expect(await told('again')).toEqual([
      ['Work Session', 0, 'on'],
      ['Steering', 1, 'on'],
    ]);
  });

  test('cancels what is gone, and what comes back is the same call again', async () => {
    await importAs('gone', YAML);
    const [session] = await calls('gone');
    const without = YAML.replace(/ {2}- summary: Work Session[\s\S]*?(?= {2}- summary: Half)/, '');
    await world.post(`${HOME}/gone/import`, { revision: '1', source: without });
    const feed = await textOf(`${PUBLIC}/gone.ics`);
    expectIn(feed, `UID:${session?.uid}`);
    expectIn(feed, 'STATUS:CANCELLED');
    await world.post(`${HOME}/gone/import`, { revision: '2', source: YAML });
    const back = (await calls('gone')).find(({ uid }) => uid === session?.uid);
    expect(back).toMatchObject({ sequence: 2, cancelledAt: undefined });
  });

  test('does not cancel a call whose event is there and cannot be read any more', async () => {
    await importAs('broken', YAML);
    const broken = YAML.replace('begin: 2023-02-07 09:00:00', 'begin: soon');
    await world.post(`${HOME}/broken/import`, { revision: '1', source: broken });
    expect(await told('broken')).toContainEqual(['Steering', 0, 'on']);
    expectIn(await textOf(`${HOME}/broken`), 'its event can no longer be read');
  });

  test('that is no YAML comes back with its text and the line, and nothing is stored', async () => {
    const refused = await importAs('wrong', 'name: [Sparse\nevents: }');
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, 'name: [Sparse');
    expectIn(page, 'line ');
    expectNotIn(await textOf(HOME), 'calls/wrong"');
  });

  test.each([
    ['duration: { days: 1000000000 }', 'A call takes a whole number of minutes'],
    ['duration: { minutes: 5 }\n    ics: RRULE:FREQ=SECONDLY', 'This happens every few minutes'],
    ['ics: "RRULE:FREQ=HOURLY;COUNT=999999999"', 'This repeats more than 10,000 times'],
    // Zurich was 34 minutes and 8 seconds from Greenwich, which no calendar can say.
    [
      'timezone: Europe/Zurich\n    duration: { minutes: 5 }\n    ics: "RRULE:FREQ=DAILY\\nRDATE:16000101T090000"',
      'A call begins in a year from 1990',
    ],
  ])('with %s lists it as not read, and its pages open', async (line, sentence) => {
    const key = `odd-${line.length}`;
    const source = `name: Odd\nevents:\n  - summary: Odd\n    begin: 2000-01-01 09:00:00\n    ${line}\n`;
    expect((await importAs(key, source)).status).toBe(303);
    expectIn(await textOf(`${HOME}/${key}`), sentence);
    expect((await world.get(PUBLIC)).status).toBe(200);
    expect((await world.get(`${PUBLIC}.ics`)).status).toBe(200);
  });

  test('with letters that no database can hold is stored, and its file says what it said', async () => {
    const source = `name: "A\\0B"\nevents:\n  - summary: "Call \\uD800 \\0"\n    description: "https://x.example/${'y'.repeat(5000)}"\n    begin: 2023-02-01 09:00:00\n    duration: { minutes: 60 }\n`;
    expect((await importAs('letters', source)).status).toBe(303);
    expect(await textOf(`${PUBLIC}/letters.yaml`)).toBe(source);
    expect(await told('letters')).toHaveLength(1);
  });

  test('saved by somebody meanwhile is not overwritten', async () => {
    await importAs('stale', YAML);
    const path = `${HOME}/stale/file`;
    await world.post(path, { revision: '1', source: YAML.replace('WG', 'group') });
    const refused = await world.post(path, { revision: '1', source: 'name: Mine\nevents: []' });
    expect(refused.status).toBe(409);
    expectIn(await refused.text(), 'name: Mine');
    expectIn(await textOf(`${PUBLIC}/stale.yaml`), 'Sparse Arrays group');
  });
});

describe('a call in its form', () => {
  const form = {
    summary: 'Steering',
    description: '',
    url: 'https://meet.example.org/steering',
    location: '',
    zone: 'America/New_York',
    day: '2023-02-07',
    time: '11:00',
    minutes: '45',
    repeats: 'every-other-month',
    rule: '',
    until: '2024-01-31',
    except: '2023-04-04',
    also: '2023-05-02 12:00',
  };

  test('is written into the file, and comments and what is not understood stay', async () => {
    await importAs('edited', YAML);
    const [, before] = await calls('edited');
    const saved = await world.post(`${HOME}/edited/call/1`, { ...form, revision: '1' });
    expect(saved.status).toBe(303);
    const file = await textOf(`${PUBLIC}/edited.yaml`);
    expectIn(file, '# Kept by the working group.');
    expectIn(file, 'colour: green # ours');
    expectIn(file, 'begin: some day');
    const [, after] = await calls('edited');
    expect(after).toMatchObject({
      uid: before?.uid,
      sequence: 1,
      content: {
        start: { local: '2023-02-07T11:00:00', zone: 'America/New_York' },
        minutes: 45,
        rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU;UNTIL=20240201T045959Z',
        except: ['2023-04-04T11:00:00'],
        also: ['2023-05-02T12:00:00'],
      },
      runsOut: '2023-12-05T11:00:00',
    });
  });

  test('keeps its UID under another name', async () => {
    await importAs('renamed', YAML);
    const [, before] = await calls('renamed');
    await world.post(`${HOME}/renamed/call/1`, { ...form, summary: 'Council', revision: '1' });
    expect(await told('renamed')).toEqual([
      ['Work Session', 0, 'on'],
      ['Council', 1, 'on'],
    ]);
    expect((await calls('renamed'))[1]?.uid).toBe(before?.uid);
  });

  test('opened and saved as it is changes nothing', async () => {
    await importAs('untouched', YAML);
    const page = await textOf(`${HOME}/untouched/call/0`);
    const value = (name: string) =>
      new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(page)?.[1];
    expect(value('until')).toBe('2023-12-31');
    await world.post(`${HOME}/untouched/call/0`, {
      ...form,
      summary: 'Work Session',
      description: 'Meeting link: https://meet.example.org/sks',
      url: '',
      day: '2023-01-09',
      time: '14:00',
      minutes: '60',
      repeats: 'fortnightly',
      until: '2023-12-31',
      except: '',
      also: '',
      revision: '1',
    });
    expect(await textOf(`${PUBLIC}/untouched.yaml`)).toBe(YAML);
  });

  test('that is wrong comes back with all that was typed and a sentence at each field', async () => {
    await importAs('refused', YAML);
    const refused = await world.post(`${HOME}/refused/call/new`, {
      ...form,
      summary: '',
      zone: 'Europe/Atlantis',
      time: '25:00',
      repeats: 'rule',
      rule: 'FREQ=SOMETIMES',
      except: 'Christmas',
      revision: '1',
    });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, 'Write how the call is called.');
    expectIn(page, '“Europe/Atlantis” is no time zone');
    expectIn(page, 'Write the time as on the clock');
    expectIn(page, '“Christmas” is no day');
    expectIn(page, 'value="FREQ=SOMETIMES"');
  });

  test('never takes the place of another one that came there meanwhile', async () => {
    await importAs('shifted', YAML);
    await world.post(`${HOME}/shifted/call/0/remove`, { revision: '1' });
    const late = { ...form, summary: 'Work Session', revision: '1' };
    const refused = await world.post(`${HOME}/shifted/call/0`, late);
    expect(refused.status).toBe(409);
    const page = await refused.text();
    expectIn(page, 'Somebody saved this calendar meanwhile');
    expectIn(page, 'name="revision" value="1"');
    expect(await told('shifted')).toContainEqual(['Steering', 0, 'on']);
  });

  test('taken out is cancelled, and its page is gone', async () => {
    await importAs('removed', YAML);
    expect((await world.get(`${HOME}/removed/call/1/remove`)).status).toBe(200);
    await world.post(`${HOME}/removed/call/1/remove`, { revision: '1' });
    expect(await told('removed')).toContainEqual(['Steering', 1, 'cancelled']);
    expect((await world.get(`${HOME}/removed/call/1`)).status).toBe(404);
  });
});

describe('the calendars of a summit', () => {
  test('are begun empty, and every one is in the common feed', async () => {
    const made = await world.post(`${HOME}/new`, {
      name: 'Image tools',
      zone: 'Europe/Berlin',
      key: '',
    });
    expect(made.headers.get('location')).toBe(`${HOME}/image_tools`);
    await world.post(`${HOME}/image_tools/call/new`, {
      summary: 'Image call',
      day: '2023-02-06',
      time: '15:00',
      zone: 'Europe/Berlin',
      minutes: '60',
      repeats: 'weekly',
      revision: '1',
    });
    const feed = await textOf(`${PUBLIC}.ics`);
    expectIn(feed, 'SUMMARY:Image call');
    expectIn(feed, 'DTSTART;TZID=Europe/Berlin:20230206T150000');
    expectIn(feed, 'RRULE:FREQ=WEEKLY');
  });

  test('that are ended leave the page and cancel their calls; the short name stays taken', async () => {
    await importAs('ended', YAML);
    await world.post(`${HOME}/ended/retire`, {});
    expect((await world.get(`${HOME}/ended`)).status).toBe(404);
    expect((await world.get(`${PUBLIC}/ended.yaml`)).status).toBe(404);
    expectIn(await textOf(`${PUBLIC}/ended.ics`), 'STATUS:CANCELLED');
    expect((await importAs('ended', YAML)).status).toBe(422);
  });

  test('are for organisers alone to change', async () => {
    await importAs('guarded', YAML);
    const as = world.stranger;
    expect((await world.get(HOME, as)).status).toBe(404);
    expect((await world.post(`${HOME}/guarded/retire`, {}, as)).status).toBe(404);
    expect((await world.post(`${HOME}/guarded/call/0`, { revision: '1' }, as)).status).toBe(404);
  });

  test('show everybody what comes next in their own zone, once the summit is announced', async () => {
    expect((await world.get(PUBLIC, world.stranger)).status).toBe(404);
    await world.post('/s/sp_summit_2023/organise/state', { do: 'announce' });
    const page = await (await world.get(PUBLIC, world.stranger)).text();
    expectIn(page, 'Work Session');
    // A fortnight on from 9 January at 14:00 in New York, at the summit's place.
    expectIn(page, 'Mon 6 Feb 2023, 11:00 PST');
    expectIn(page, 'href="/s/sp_summit_2023/calls"');
    expectIn(page, 'at 14:00 in America/New York');
  });
});
