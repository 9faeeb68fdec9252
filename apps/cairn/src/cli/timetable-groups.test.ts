import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { EXIT } from './command.ts';
import { timetableGroups } from './timetable-groups.ts';
import { groupsSchema } from './timetable-groups-file.ts';

const SCHEMA = new URL('../../../../packages/timetable/groups.schema.json', import.meta.url);

const asked = {
  topics: [
    { key: 'packaging', least: 2, most: 3, leads: ['Ada'] },
    { key: 'typing', title: 'Types', least: 2, most: 3 },
    { key: 'docs', least: 3 },
  ],
  people: [
    { name: 'Ada', ranks: ['packaging'], projects: ['arrays'] },
    { name: 'Bo', interest: { packaging: 'lead', typing: 'work', docs: 'learn' } },
    { name: 'Cy', ranks: ['packaging', ['typing', 'docs']] },
    { name: 'Di', ranks: ['packaging', 'typing'], refuses: ['docs'] },
    { name: 'Eli', ranks: ['typing'] },
    { name: 'Flo', takes_part: false },
  ],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-groups-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(document: unknown): string {
  const path = join(folder, 'groups.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}

/** What a command answers, and what it says on both channels. */
async function run(...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const status = await timetableGroups(args);
    return { status, out: out.mock.calls.join(''), said: said.mock.calls.join('') };
  } finally {
    out.mockRestore();
    said.mockRestore();
  }
}

describe('cairn timetable groups', () => {
  test('forms groups, says what is proven, and why somebody asked for is where they are', async () => {
    const { status, out } = await run(file(asked), '--person', 'Eli', '--person', 'Flo');
    expect(status).toBe(EXIT.done);
    expect(out).toMatch(/^packaging \(3\): Ada, /);
    expect(out).toContain(
      '5 people are in 2 groups.\n4 people have their 1st wish and 1 their 2nd.',
    );
    expect(out).toContain('1 topic does not run: docs.\nIt is proven that nobody can do better.');
    expect(out).toContain('Eli is in Types, their 1st wish.\nFlo takes no part.');
  });

  test('writes one document, the same for the same seed', async () => {
    const { status, out, said } = await run(file(asked), '--json', '--seed', '7');
    expect([status, said]).toEqual([EXIT.done, '']);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      isOptimal: true,
      dropped: ['docs'],
      unplaced: [],
      seed: 7,
      groups: [{ topic: 'packaging' }, { topic: 'typing' }],
    });
    expect(JSON.parse(out).each).toHaveLength(6);
    expect((await run(file(asked), '--json', '--seed', '7')).out).toBe(out);
  });

  test('keeps those together or apart who must be, and says what of it cannot be', async () => {
    const apart = { ...asked, apart: [['Ada', 'Bo']], together: [['Cy', 'Di']] };
    const { status, out } = await run(file(apart), '--json');
    expect(status).toBe(EXIT.done);
    const groups: { people: string[] }[] = JSON.parse(out).groups;
    const groupOf = (name: string) => groups.findIndex(({ people }) => people.includes(name));
    expect(groupOf('Ada')).not.toBe(groupOf('Bo'));
    expect(groupOf('Cy')).toBe(groupOf('Di'));
    const both = { ...asked, apart: [['Cy', 'Di']], together: [['Cy', 'Di']] };
    const contrary = await run(file(both));
    expect(contrary.status).toBe(EXIT.badNews);
    expect(contrary.out).toMatch(/1 person is in no group: (Cy|Di)\./);
  });

  test('moves as few as can be after a change by hand', async () => {
    const from = {
      Ada: 'packaging',
      Bo: 'packaging',
      Cy: 'packaging',
      Di: 'typing',
      Eli: 'typing',
    };
    const people = asked.people.map((each) =>
      each.name === 'Bo' ? { ...each, pinned: 'typing' } : each,
    );
    const { out } = await run(file({ ...asked, people, from }), '--json');
    expect(JSON.parse(out).values).toContainEqual(
      expect.objectContaining({ name: 'people moved', value: 1, bound: 1 }),
    );
  });

  test('tells where not all wishes can be met who wishes for what, as bad news', async () => {
    const people = Array.from({ length: 5 }, (_, at) => ({ name: `p${at}`, ranks: ['packaging'] }));
    const { status, out } = await run(
      file({ people: [...people, { name: 'Ada' }], topics: asked.topics.slice(0, 2) }),
    );
    expect(status).toBe(EXIT.badNews);
    expect(out).toMatch(/people wish for nothing but packaging, which has 3 places: make room for/);
  });

  test('tells everything that is wrong with a file by its place', async () => {
    const wrong = {
      topics: [{ key: 'docs', least: 5, most: 2 }],
      people: [{ name: 'Ada', ranks: ['dosc'], pinned: 'types' }],
      apart: [['Ada', 'Bo']],
    };
    const { status, said, out } = await run(file(wrong));
    expect([status, out]).toEqual([EXIT.couldNot, '']);
    expect(said).toContain('topics[0].most: Write 5 or more');
    expect(said).toContain('people[0].ranks: There is no topic “dosc”');
    expect(said).toContain('people[0].pinned: There is no topic “types”');
    const schema = await run(file({ topics: [], people: [{ key: 'x' }], more: 1 }));
    expect(schema.said).toContain('people[0].name');
  });

  test.each([
    [[], /Name one file/],
    [['a.json', 'b.json'], /Name one file/],
    [['a.json', '--seed', 'x'], /whole number/],
    [['none.json'], /none\.json/],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const { status, said } = await run(...args);
    expect(status).toBe(EXIT.couldNot);
    expect(said).toMatch(sentence);
  });

  test('has its file described by the schema that is published', () => {
    const made = z.toJSONSchema(groupsSchema, { io: 'input' });
    expect(JSON.parse(readFileSync(SCHEMA, 'utf8'))).toEqual(JSON.parse(JSON.stringify(made)));
  });
});
