import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProposalWorld, type ProposalWorld } from '../../../../../../tests/proposal-world.ts';
import { expectIn } from '../../../../../../tests/summit-database.ts';
import type { FileChange } from '../../../platform/git/repository.ts';
import { proposalOf } from './proposal-queries.ts';

let world: ProposalWorld;
beforeAll(async () => {
  world = await openProposalWorld([
    { path: 'README.md', content: '# The plan\n' },
    { path: 'a.md', content: 'one\ntwo\nthree\nfour\nfive\n' },
    { path: 'b.md', content: 'alpha\nbeta\n' },
    { path: 'c.md', content: 'here\n' },
    { path: 'd.md', content: 'to be moved: a text that is long enough to be found again\n' },
  ]);
});
afterAll(() => world.drop());

const heldIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

/** A proposal and a change of main that do not go together. */
async function conflicting(
  branch: string,
  mine: readonly FileChange[],
  main: readonly FileChange[],
) {
  const head = await world.commit(await world.mainHead(), mine);
  const number = await world.push(branch, head, world.mira);
  await world.changeMain(main);
  const at = `${world.base}/proposals/${number}/conflicts`;
  const page = await (await world.get(at, world.mira)).text();
  return {
    number,
    at,
    page,
    held: { head: heldIn(page, 'head'), main: heldIn(page, 'main') },
    textOf: async (path: string) =>
      world.repository.textAt(
        (await proposalOf(world.db, { summitId: world.summitId, number }))?.head ?? '',
        path,
      ),
  };
}

const restore = async () => {
  const head = await world.mainHead();
  const at = async (path: string) => (await world.repository.textAt(head, path)) ?? null;
  await world.changeMain([
    { path: 'a.md', content: 'one\ntwo\nthree\nfour\nfive\n' },
    { path: 'b.md', content: 'alpha\nbeta\n' },
    { path: 'c.md', content: 'here\n' },
    {
      path: 'd.md',
      content: 'to be moved: a text that is long enough to be found again\n',
    },
  ]);
  for (const path of ['e.md', 'f.md', 'new.md']) {
    if ((await at(path)) !== null) await world.changeMain([{ path, content: null }]);
  }
};

describe('conflicts with main', () => {
  test('are settled place by place, and what only one side changed comes along', async () => {
    await restore();
    const { page, held, at, number, textOf } = await conflicting(
      'places',
      [{ path: 'a.md', content: 'one\nMINE 2\nthree\nfour\nMINE 5\n' }],
      [
        { path: 'a.md', content: 'one\nMAIN 2\nthree\nfour\nMAIN 5\n' },
        { path: 'b.md', content: 'alpha\nbeta\nmain only\n' },
      ],
    );
    expectIn(page, 'Place 1 of 2');
    const chosen = {
      ...held,
      'file.0': 'a.md',
      'how.0': 'places',
      'take.0.0': 'both',
      'own.0.0': '',
      'take.0.1': 'own',
      'own.0.1': 'OURS 5\r\n',
    };
    const response = await world.post(at, chosen, world.mira);
    expect(response.status).toBe(303);
    expect(await textOf('a.md')).toBe('one\nMINE 2\nMAIN 2\nthree\nfour\nOURS 5\n');
    expect(await textOf('b.md')).toBe('alpha\nbeta\nmain only\n');
    const proposal = await proposalOf(world.db, { summitId: world.summitId, number });
    expect(proposal?.version).toBe(2);
    expect(await world.repository.mergeBase(proposal?.head ?? '', await world.mainHead())).toBe(
      await world.mainHead(),
    );
  });

  test('keep all that was typed while a place is open, and refuse what still has marks', async () => {
    await restore();
    const { held, at, textOf } = await conflicting(
      'open',
      [{ path: 'b.md', content: 'mine\nbeta\n' }],
      [{ path: 'b.md', content: 'main\nbeta\n' }],
    );
    const typed = { ...held, 'file.0': 'b.md', 'how.0': 'places', 'own.0.0': 'half a thought' };
    const open = await world.post(at, typed, world.mira);
    expect(open.status).toBe(422);
    expectIn(await open.text(), 'half a thought');
    const whole = { ...typed, 'how.0': 'whole', 'whole.0': '<<<<<<< the proposal\nmine\n' };
    const marked = await world.post(at, whole, world.mira);
    expect(marked.status).toBe(422);
    expectIn(await marked.text(), 'Line 1 of b.md still has a mark');
    const done = await world.post(at, { ...whole, 'whole.0': 'ours\nbeta\n' }, world.mira);
    expect(done.status).toBe(303);
    expect(await textOf('b.md')).toBe('ours\nbeta\n');
  });

  test('where one side deleted a file and the other changed it, keep it or let it go', async () => {
    await restore();
    const one = await conflicting(
      'deleted',
      [{ path: 'c.md', content: null }],
      [{ path: 'c.md', content: 'here and changed\n' }],
    );
    expectIn(one.page, 'The proposal does not have this file.');
    const open = await world.post(one.at, { ...one.held, 'file.0': 'c.md' }, world.mira);
    expect(open.status).toBe(422);
    const kept = { ...one.held, 'file.0': 'c.md', 'how.0': 'main' };
    expect((await world.post(one.at, kept, world.mira)).status).toBe(303);
    expect(await one.textOf('c.md')).toBe('here and changed\n');
    await restore();
    const other = await conflicting(
      'changed',
      [{ path: 'c.md', content: 'mine\n' }],
      [{ path: 'c.md', content: null }],
    );
    const gone = { ...other.held, 'file.0': 'c.md', 'how.0': 'gone' };
    expect((await world.post(other.at, gone, world.mira)).status).toBe(303);
    expect(await other.textOf('c.md')).toBeUndefined();
  });

  test('of a file that both added, or both moved, keep what is chosen of each', async () => {
    await restore();
    const added = await conflicting(
      'added',
      [{ path: 'new.md', content: 'mine\n' }],
      [{ path: 'new.md', content: 'main\n' }],
    );
    const both = {
      ...added.held,
      'file.0': 'new.md',
      'how.0': 'places',
      'take.0.0': 'both',
      'own.0.0': '',
    };
    expect((await world.post(added.at, both, world.mira)).status).toBe(303);
    expect(await added.textOf('new.md')).toBe('mine\nmain\n');
    await restore();
    const text = 'to be moved: a text that is long enough to be found again\n';
    const moved = await conflicting(
      'moved-twice',
      [
        { path: 'd.md', content: null },
        { path: 'e.md', content: text },
      ],
      [
        { path: 'd.md', content: null },
        { path: 'f.md', content: text },
      ],
    );
    const names = [0, 1, 2].map((index) => heldIn(moved.page, `file.${index}`));
    expect(names).toEqual(['d.md', 'e.md', 'f.md']);
    const chosen = {
      ...moved.held,
      'file.0': 'd.md',
      'file.1': 'e.md',
      'how.1': 'mine',
      'file.2': 'f.md',
      'how.2': 'gone',
    };
    expect((await world.post(moved.at, chosen, world.mira)).status).toBe(303);
    expect(await moved.textOf('d.md')).toBeUndefined();
    expect(await moved.textOf('e.md')).toBe(text);
    expect(await moved.textOf('f.md')).toBeUndefined();
  });

  test('that were looked at before somebody pushed again are asked anew, with the choices that still fit', async () => {
    await restore();
    const { number, held, at } = await conflicting(
      'again',
      [{ path: 'a.md', content: 'one\nMINE 2\nthree\nfour\nfive\n' }],
      [{ path: 'a.md', content: 'one\nMAIN 2\nthree\nfour\nMAIN 5\n' }],
    );
    const head = await world.commit(held.head, [
      { path: 'a.md', content: 'one\nMINE 2\nthree\nfour\nMINE 5\n' },
    ]);
    await world.push('again', head, world.mira);
    const chosen = {
      ...held,
      'file.0': 'a.md',
      'how.0': 'places',
      'take.0.0': 'own',
      'own.0.0': 'my careful words\n',
    };
    const response = await world.post(at, chosen, world.mira);
    expect(response.status).toBe(422);
    const page = await response.text();
    expectIn(page, 'my careful words');
    expectIn(page, 'Place 2 of 2');
    expect(heldIn(page, 'head')).toBe(head);
    const place = { summitId: world.summitId, number };
    expect((await proposalOf(world.db, place))?.version).toBe(2);
  });

  test('are mended by the author or an organiser alone; without any there is a way to come up to main', async () => {
    await restore();
    const { at, held } = await conflicting(
      'whose',
      [{ path: 'b.md', content: 'mine\nbeta\n' }],
      [{ path: 'b.md', content: 'main\nbeta\n' }],
    );
    const chosen = { ...held, 'file.0': 'b.md', 'how.0': 'mine' };
    expect((await world.post(at, chosen, world.noor)).status).toBe(422);
    expect((await world.post(at, chosen)).status).toBe(303);
    await world.changeMain([{ path: 'README.md', content: '# The plan, again\n' }]);
    const update = at.replace('conflicts', 'update');
    expect((await world.post(update, {}, world.mira)).status).toBe(303);
    expectIn(
      await (await world.get(at.replace('/conflicts', ''), world.mira)).text(),
      'changes the same as the one before',
    );
  });
});
