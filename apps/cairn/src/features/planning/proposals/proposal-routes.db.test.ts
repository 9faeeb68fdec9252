import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProposalWorld, type ProposalWorld } from '../../../../../../tests/proposal-world.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { proposalOf, versionsOf } from './proposal-queries.ts';

let world: ProposalWorld;
beforeAll(async () => {
  world = await openProposalWorld([
    { path: 'README.md', content: '# The plan\n' },
    { path: 'guides/review.md', content: '# Reviewing\n\nBe kind.\n' },
    { path: 'guides/other.md', content: '# Other\n\nSee [it](review.md).\n' },
  ]);
});
afterAll(() => world.drop());

const heldIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
const numberIn = (location: string | null): number =>
  Number(/proposals\/(\d+)/.exec(location ?? '')?.[1] ?? 0);

/** The editor's form for one document, as it came. */
async function editorFor(path: string, as = world.mira, at = `${world.base}/edit`) {
  const response = await world.get(`${at}?path=${encodeURIComponent(path)}`, as);
  const page = await response.text();
  const text = /<textarea[^>]*name="text\.0"[^>]*>([^<]*)</.exec(page)?.[1] ?? '';
  const fields = { base: heldIn(page, 'base'), 'was.0': path, 'path.0': path, 'text.0': text };
  return { status: response.status, page, fields };
}

async function propose(path: string, text: string, title: string): Promise<number> {
  const { fields } = await editorFor(path);
  const filled = { ...fields, 'text.0': text, title, why: 'Because.', do: 'propose' };
  const response = await world.post(`${world.base}/edit`, filled, world.mira);
  expect(response.status).toBe(303);
  return numberIn(response.headers.get('location'));
}

describe('a change made in the browser', () => {
  test('is proposed in the person’s name, on what they had before them', async () => {
    const { fields } = await editorFor('guides/review.md');
    await world.changeMain([{ path: 'README.md', content: '# The plan\n\nMoved on.\n' }]);
    const response = await world.post(
      `${world.base}/edit`,
      {
        ...fields,
        'text.0': '# Reviewing\r\n\r\nBe kind and quick.\r\n',
        title: 'Ask for speed',
        why: 'People wait.',
        do: 'propose',
      },
      world.mira,
    );
    expect(response.status).toBe(303);
    const number = numberIn(response.headers.get('location'));
    const proposal = await proposalOf(world.db, { summitId: world.summitId, number });
    expect(proposal).toMatchObject({
      title: 'Ask for speed',
      body: 'People wait.',
      branch: 'ask-for-speed',
      authorId: world.mira,
    });
    const [version] = await versionsOf(world.db, { summitId: world.summitId, number });
    expect(version?.base).toBe(fields.base);
    expect(await world.repository.textAt(proposal?.head ?? '', 'guides/review.md')).toBe(
      '# Reviewing\n\nBe kind and quick.\n',
    );
    const page = await (await world.get(`${world.base}/proposals/${number}`, world.noor)).text();
    expectIn(page, 'Changes guides/review.md (1 line more, 1 line fewer)');
    expectIn(page, 'It needs 1 approval');
    expectNotIn(page, 'Merge by itself');
    // Whoever may review is asked to; what only the author can do is not offered.
    expectIn(page, 'Read the changes and review them');
    expectNotIn(page, 'Edit files');
    expect(page.indexOf('opened this')).toBeLessThan(page.indexOf('What it changes'));
    const own = await (await world.get(`${world.base}/proposals/${number}`, world.mira)).text();
    expectIn(own, 'Edit files');
    expectNotIn(own, 'review them');
    const list = await (await world.get(`${world.base}/proposals`, world.noor)).text();
    expectIn(list, 'Ask for speed');
  });

  test('may be of several documents: changed, added, moved and deleted in one form', async () => {
    const { fields } = await editorFor('guides/other.md');
    const added = await world.post(
      `${world.base}/edit`,
      { ...fields, do: 'add', add: 'guides/review.md' },
      world.mira,
    );
    expect(added.status).toBe(200);
    expectIn(await added.text(), 'name="text.1"');
    const response = await world.post(
      `${world.base}/edit`,
      {
        ...fields,
        'path.0': 'guides/another.md',
        'text.0': '# Other\n\nNothing to see.\n',
        'was.1': 'guides/review.md',
        'path.1': 'guides/review.md',
        'text.1': 'whatever',
        'gone.1': 'yes',
        'was.2': '',
        'path.2': 'guides/new.md',
        'text.2': '# New\n',
        title: 'Tidy up',
        why: '',
        do: 'propose',
      },
      world.mira,
    );
    expect(response.status).toBe(303);
    const number = numberIn(response.headers.get('location'));
    const head = (await proposalOf(world.db, { summitId: world.summitId, number }))?.head ?? '';
    expect((await world.repository.files(head)).map(({ path }) => path).sort()).toEqual([
      'README.md',
      'guides/another.md',
      'guides/new.md',
    ]);
  });

  test('that is wrong anywhere is shown again with all that was typed, and a sentence at the text', async () => {
    const { fields } = await editorFor('guides/review.md');
    const text = '# Mine\n\nSee [it](nowhere.md).\n';
    const typed = { ...fields, 'text.0': text, title: 'Keep this', why: 'And this', do: 'propose' };
    const response = await world.post(`${world.base}/edit`, typed, world.mira);
    expect(response.status).toBe(422);
    const page = await response.text();
    expectIn(page, 'Line 3: “nowhere.md” leads to guides/nowhere.md');
    expectIn(page, 'value="Keep this"');
    expectIn(page, '# Mine');
    for (const bad of [
      { 'path.0': '../up.md' },
      { 'path.0': '.git/config.md' },
      { 'path.0': 'README.md' },
      { 'path.0': 'a/b.exe' },
      { title: '' },
    ]) {
      const again = await world.post(
        `${world.base}/edit`,
        { ...typed, 'text.0': '# Fine\n', ...bad },
        world.mira,
      );
      expect(again.status, JSON.stringify(bad)).toBe(422);
      expectIn(await again.text(), '# Fine');
    }
  });

  test('can be looked at and checked before, which changes nothing', async () => {
    const { fields } = await editorFor('guides/review.md');
    const typed = { ...fields, 'text.0': '# Heading\n\n*Soon*\n', title: 'T', why: 'W' };
    const before = await world.db.selectFrom('planProposal').select('number').execute();
    const preview = await world.post(`${world.base}/edit`, { ...typed, do: 'preview' }, world.mira);
    expect(preview.status).toBe(200);
    expectIn(await preview.text(), '<em>Soon</em>');
    const check = await world.post(`${world.base}/edit`, { ...typed, do: 'check' }, world.mira);
    expectIn(await check.text(), 'The check found nothing to mend.');
    expect(await world.db.selectFrom('planProposal').select('number').execute()).toEqual(before);
  });

  test('of an open proposal is a new version, by its author only', async () => {
    const number = await propose('guides/review.md', '# Reviewing\n\nOne.\n', 'Say one');
    const at = `${world.base}/proposals/${number}/edit`;
    const { fields, page } = await editorFor('guides/review.md', world.mira, at);
    expectIn(page, 'One.');
    const filled = { ...fields, 'text.0': '# Reviewing\n\nTwo.\n', title: '', do: 'propose' };
    expect((await world.post(at, filled, world.noor)).status).toBe(422);
    expect((await world.post(at, filled, world.mira)).status).toBe(303);
    const place = { summitId: world.summitId, number };
    expect((await proposalOf(world.db, place))?.version).toBe(2);
    // What somebody wrote on the version before goes with it, where it does not touch the same lines.
    const late = { ...fields, 'text.0': '# How we review\n\nOne.\n', title: '', do: 'propose' };
    expect((await world.post(at, late, world.mira)).status).toBe(303);
    const head = (await proposalOf(world.db, place))?.head ?? '';
    expect(await world.repository.textAt(head, 'guides/review.md')).toBe(
      '# How we review\n\nTwo.\n',
    );
    const clash = { ...filled, 'text.0': '# Reviewing\n\nThree.\n' };
    const refused = await world.post(at, clash, world.mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Three.');
  });

  test('is for those who come, and begins with nothing but what main said once', async () => {
    expect((await editorFor('guides/review.md', world.stranger)).status).toBe(404);
    const foreign = await world.commit(await world.mainHead(), [
      { path: 'guides/review.md', content: 'smuggled\n' },
    ]);
    const { fields } = await editorFor('guides/review.md');
    const response = await world.post(
      `${world.base}/edit`,
      { ...fields, base: foreign, 'text.0': '# X\n', title: 'Smuggle', why: '', do: 'propose' },
      world.mira,
    );
    expect(response.status).toBe(422);
    expectIn(await response.text(), '# X');
  });
});

describe('the page of a proposal', () => {
  test('lets its author close it and open it again, and nobody else', async () => {
    const number = await propose('guides/review.md', '# Reviewing\n\nShut.\n', 'Shut it');
    const at = `${world.base}/proposals/${number}`;
    const state = async () =>
      (await proposalOf(world.db, { summitId: world.summitId, number }))?.state;
    await world.post(`${at}/state`, { do: 'close' }, world.noor);
    expect(await state()).toBe('open');
    await world.post(`${at}/state`, { do: 'close' }, world.mira);
    expect(await state()).toBe('closed');
    expectIn(await (await world.get(at, world.mira)).text(), 'Closed without merging');
    await world.post(`${at}/state`, { do: 'reopen' }, world.mira);
    expect(await state()).toBe('open');
  });

  test('says why it cannot be merged yet and keeps the reason; an organiser merges it with one', async () => {
    const number = await propose('guides/review.md', '# Reviewing\n\nMerge.\n', 'Merge it');
    const at = `${world.base}/proposals/${number}`;
    const refused = await world.post(`${at}/merge`, { version: '1' }, world.mira);
    expect(refused.status).toBe(422);
    const done = await world.post(`${at}/merge`, {
      version: '1',
      despite: 'It was agreed in the room.',
    });
    expect(done.status).toBe(303);
    const page = await (await world.get(at, world.mira)).text();
    expectIn(page, 'Merged');
    expectIn(page, 'It was agreed in the room.');
  });
});
