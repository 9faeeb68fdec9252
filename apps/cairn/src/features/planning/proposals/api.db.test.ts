import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { openProposalWorld, type ProposalWorld } from '../../../../../../tests/proposal-world.ts';

let world: ProposalWorld;
const tokens = new Map<string, string>();
beforeAll(async () => {
  world = await openProposalWorld([
    { path: 'README.md', content: '# The plan\n' },
    { path: 'a.md', content: 'one\n' },
  ]);
  for (const person of [world.ada, world.mira, world.noor, world.stranger]) {
    tokens.set(person, await tokenOf(world, person));
  }
});
afterAll(() => world.drop());

async function call(method: string, path: string, as: string, json?: unknown) {
  const address = `/api/v1/summits/sp_summit_2023/plan/proposals${path}`;
  const init = { method, ...(json === undefined ? {} : { json }) };
  const answer = await world.app.request(address, withToken(tokens.get(as), init));
  const body = await answer.json();
  return { status: answer.status, body };
}

const propose = async (title: string, changes: unknown, as = world.mira) =>
  call('POST', '', as, { title, text: 'Because.', changes });

describe('a program', () => {
  test('proposes, reads what is needed, adds a version, and merges as an organiser with a reason', async () => {
    const made = await propose('Say two', [{ path: 'a.md', text: 'two\n' }]);
    expect(made.status).toBe(201);
    const at = `/${made.body.number}`;
    expect((await call('GET', at, world.noor)).body).toMatchObject({
      title: 'Say two',
      state: 'open',
      version: 1,
      author: { person: world.mira, name: 'Mira Lehto' },
      changes: [{ status: 'changed', path: 'a.md' }],
      may_be_merged: false,
      needs: [{ code: 'needs-approvals' }],
    });
    const more = { changes: [{ path: 'b.md', text: 'new\n' }] };
    expect(await call('POST', `${at}/versions`, world.mira, more)).toMatchObject({
      status: 201,
      body: { version: 2 },
    });
    expect((await call('POST', `${at}/versions`, world.noor, more)).status).toBe(403);
    const seen = { version: 1, despite: 'Now.' };
    expect((await call('POST', `${at}/merge`, world.ada, seen)).body.code).toBe('version-moved');
    expect((await call('POST', `${at}/merge`, world.mira, { version: 2 })).body.code).toBe(
      'needs-approvals',
    );
    const merged = await call('POST', `${at}/merge`, world.ada, { ...seen, version: 2 });
    expect(merged).toMatchObject({ status: 200, body: { commit: await world.mainHead() } });
    const list = await call('GET', '?state=merged', world.noor);
    expect(list.body.items).toMatchObject([{ title: 'Say two', merged_despite: 'Now.' }]);
  });

  test('is told everything that is wrong, and begins with nothing but what main said once', async () => {
    const bad = await propose('Bad', [
      { path: '../x.md', text: 'x' },
      { path: '.git/y.md', text: 'y' },
    ]);
    expect(bad.status).toBe(422);
    expect(bad.body.problems).toHaveLength(2);
    const broken = await propose('Broken', [{ path: 'c.md', text: '[x](nowhere.md)\n' }]);
    expect(broken.body.problems).toMatchObject([{ place: { file: 'c.md', line: 1 } }]);
    const strange = { title: 'S', base: '0'.repeat(40), changes: [{ path: 'c.md', text: 'x' }] };
    expect((await call('POST', '', world.mira, strange)).body.code).toBe('strange-base');
    expect((await call('GET', '', world.stranger)).status).toBe(404);
    expect((await call('GET', '/999999', world.mira)).status).toBe(404);
  });

  test('says otherwise what a proposal is, closes it and opens it again', async () => {
    const { body } = await propose('Frist', [{ path: 'd.md', text: 'x\n' }]);
    const at = `/${body.number}`;
    const changed = await call('PATCH', at, world.mira, { title: 'First', state: 'closed' });
    expect(changed).toMatchObject({ status: 200, body: { title: 'First', state: 'closed' } });
    expect((await call('PATCH', at, world.noor, { state: 'open' })).status).toBe(403);
    const again = await call('PATCH', at, world.mira, { state: 'open', merge_by_itself: true });
    expect(again.body).toMatchObject({ state: 'open', merges_by_itself: true });
  });

  test('settles a conflict file by file', async () => {
    await world.changeMain([{ path: 'e.md', content: 'base\n' }]);
    const { body } = await propose('Mine', [{ path: 'e.md', text: 'mine\n' }]);
    const at = `/${body.number}`;
    await world.changeMain([{ path: 'e.md', content: 'main\n' }]);
    expect((await call('POST', `${at}/update`, world.mira)).body.code).toBe('conflicts');
    const open = await call('GET', `${at}/conflicts`, world.mira);
    expect(open.body.files).toMatchObject([
      { path: 'e.md', base: 'base\n', mine: 'mine\n', main: 'main\n' },
    ]);
    const { head, main } = open.body;
    const file = { path: 'e.md', take: 'text', text: open.body.files[0].marked };
    const marked = await call('POST', `${at}/conflicts`, world.mira, { head, main, files: [file] });
    expect(marked.status).toBe(422);
    const files = [{ ...file, text: 'mine and main\n' }];
    expect((await call('POST', `${at}/conflicts`, world.noor, { head, main, files })).status).toBe(
      403,
    );
    expect(await call('POST', `${at}/conflicts`, world.mira, { head, main, files })).toMatchObject({
      status: 201,
      body: { version: 2 },
    });
  });
});

describe('forms', () => {
  test('bear whatever is sent to them', async () => {
    const { body } = await propose('Bear', [{ path: 'f.md', text: 'x\n' }]);
    const one = `${world.base}/proposals/${body.number}`;
    const texts = ['', '\u202e<script>../..', 'a\0b'];
    const names = ['do', 'base', 'head', 'main', 'version', 'add', 'was.0', 'path.0', 'text.0'];
    for (const text of texts) {
      const fields = Object.fromEntries([
        ...names.map((name) => [name, text] as const),
        ['file.0', text],
        ['own.0.0', text],
        ['take.0.0', text],
      ]);
      for (const part of ['edit', 'merge', 'merge-when-ready', 'state', 'update', 'conflicts']) {
        const answer = await world.post(`${one}/${part}`, fields, world.noor);
        expect(answer.status, `${part} ${text}`).toBeLessThan(500);
      }
      for (const act of ['propose', 'add']) {
        const answer = await world.post(`${one}/edit`, { ...fields, do: act }, world.noor);
        expect(answer.status, `${act} ${text}`).toBeLessThan(500);
      }
      const query = encodeURIComponent(text);
      for (const page of [`${world.base}/edit?path=`, `${one}/edit?path=`, `${one}?all=`]) {
        expect((await world.get(`${page}${query}`, world.mira)).status).toBeLessThan(500);
      }
    }
  });
});
