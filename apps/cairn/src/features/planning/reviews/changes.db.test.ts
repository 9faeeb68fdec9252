import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Comer,
  openReviewWorld,
  type ReviewWorld,
} from '../../../../../../tests/review-world.ts';
import { testGit } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { lineThreadsOf } from './line-queries.ts';
import { reviewsOf } from './review-queries.ts';

const PATH = 'topics/sparse.md';
const LINES = Array.from({ length: 40 }, (_, index) => `Line ${index + 1}.`);
const textOf = (lines: readonly string[]): string =>
  `---\ntitle: Sparse arrays\n---\n${lines.join('\n')}\n`;
/** Line 20 of the text is line 23 of the file. */
const CHANGED = textOf(LINES.map((line) => (line === 'Line 20.' ? 'Line twenty.' : line)));

let world: ReviewWorld;
let author: Comer;
let reviewer: Comer;
beforeAll(async () => {
  world = await openReviewWorld([
    { path: 'README.md', content: '# The plan\n' },
    { path: PATH, content: textOf(LINES) },
  ]);
  author = await world.comer('Author One');
  reviewer = await world.comer('Reviewer Two');
});
afterAll(() => world.drop());

const at = (number: number, rest = 'changes'): string =>
  `/s/sp_summit_2023/plan/proposals/${number}/${rest}`;
const page = async (path: string, as: Comer = reviewer): Promise<string> => {
  const answer = await world.get(path, as.id);
  expect(answer.status).toBe(200);
  return answer.text();
};
const send = (path: string, fields: Record<string, string | string[]>, as: Comer = reviewer) =>
  world.post(path, fields, as.id);
const words = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
const propose = () => world.propose(author, 'Twenty in words', [{ path: PATH, content: CHANGED }]);
const lineFields = (line: number, body: string, more: Record<string, string> = {}) => ({
  version: '1',
  side: 'new',
  path: PATH,
  line: String(line),
  body,
  do: 'say',
  ...more,
});
const threads = (number: number) => lineThreadsOf(world.db, { summitId: world.summitId, number });

describe('the changes of a proposal', () => {
  test('are told line by line and word by word, the rest folded away', async () => {
    const number = await propose();
    const html = await page(at(number));
    expectIn(html, '<del>20</del>');
    expectIn(html, '<ins>twenty</ins>');
    expectIn(html, 'taken out: ');
    expectIn(words(html), '19 unchanged lines');
    expectIn(words(html), '1 line added, 1 taken out');
    const split = await page(at(number, 'changes?view=split'));
    expectIn(split, 'class="diff split"');
    expectIn(split, '<del>20</del>');
  });

  test('are shown as a reader sees them', async () => {
    const number = await propose();
    const html = await page(at(number, 'changes?of=rendered'));
    expectIn(html, '[taken out: ');
    expectIn(html, '<ins><span class="unseen">[added: </span>twenty');
    expectNotIn(html, 'class="diff unified"');
  });

  test('survive whatever is asked of them', async () => {
    const number = await propose();
    for (const query of [
      'view=no&of=no&from=x&to=99',
      'from=5&to=0',
      'say=new-999999&in=nothing',
      'say=new-23&in=topics%2Fsparse.md',
      'file=..%2F..%2Fetc%2Fpasswd',
      'from=read',
      'say=<script>',
    ]) {
      await page(at(number, `changes?${query}`));
    }
    for (const wrong of ['0', '99999', 'x', '1x', '99999999999']) {
      const answer = await world.get(
        `/s/sp_summit_2023/plan/proposals/${wrong}/changes`,
        author.id,
      );
      expect(answer.status).toBe(404);
    }
  });

  test('are for those who take part, and reviews by those who come', async () => {
    const number = await propose();
    expect((await world.get(at(number), world.stranger)).status).toBe(404);
    expect((await world.get(at(number, 'reviewers'), world.stranger)).status).toBe(404);
    expect(
      (await world.post(at(number, 'lines'), lineFields(23, 'x'), world.stranger)).status,
    ).toBe(404);
  });

  test('harm nobody who reads them, whatever is in the files', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'if (isAdmin\u202E \u2066// only admins\u2069 \u2066) {',
      '[x](javascript:alert(1))',
      `${'['.repeat(5000)}`,
      'x'.repeat(20_000),
      'windows\r',
      'no end',
    ].join('\n');
    const number = await world.propose(author, 'Hostile <b>title</b>', [
      { path: 'topics/<img src=x onerror=alert(2)>.md', content: hostile },
      { path: 'topics/a\u202Eb.md', content: `---\ntitle: x\n---\n${hostile}` },
      { path: 'picture.bin', content: 'a\0b' },
      { path: 'huge.md', content: 'line\n'.repeat(300_000) },
      { path: 'long.md', content: Array.from({ length: 3500 }, (_, n) => `line ${n}`).join('\n') },
      { path: 'README.md', content: '# The plan\r\nAnother\r\n' },
    ]);
    for (const query of ['', '?view=split', '?of=rendered']) {
      const html = await page(at(number, `changes${query}`));
      expect(html).not.toMatch(/<script>|<img|href="javascript/i);
      // What a form sends back is the path itself.
      expect(html.replace(/value="[^"]*"/g, '').includes('\u202E')).toBe(false);
      expectIn(words(html), 'signs that turn text around');
      expectIn(words(html), 'This is no text');
      expectIn(words(html), 'too large to compare');
    }
    const source = await page(at(number));
    expectIn(source, 'U+202E');
    expectIn(words(source), 'and 15,000 more characters');
    expectIn(words(source), 'no line break at the end of the text');
    expectIn(words(source), '3,500 lines are different');
    expectIn(words(source), 'The lines now end as on Windows');
    expectIn(await page(at(number, 'changes?file=long.md')), 'line 3499');
    const raw = await world.get(at(number, 'raw?file=huge.md'), reviewer.id);
    expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const binary = await world.get(at(number, 'raw?file=picture.bin'), reviewer.id);
    expect(binary.headers.get('content-disposition')).toBe('attachment');
    expect((await world.get(at(number, 'raw?file=none'), reviewer.id)).status).toBe(404);
  });
});

describe('a remark', () => {
  test('is written under its line without a script, and stands there', async () => {
    const number = await propose();
    const html = await page(at(number));
    expectIn(html, `href="?say=new-23&amp;in=topics%2Fsparse.md#say"`);
    const form = await page(at(number, 'changes?say=new-23&in=topics%2Fsparse.md'));
    expectIn(words(form), 'About line 23');
    const answer = await send(at(number, 'lines'), lineFields(23, 'Why in words?'));
    const [thread] = await threads(number);
    expect(answer.headers.get('location')).toBe(`${at(number)}#comment-${thread?.id}`);
    expectIn(await page(at(number)), 'Why in words?');
  });

  test('that is refused keeps what was typed, under its line', async () => {
    const number = await propose();
    const answer = await send(at(number, 'lines'), lineFields(23, 'Too far.', { firstLine: '30' }));
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expectIn(html, 'Too far.');
    expectIn(html, 'value="30"');
    expectIn(words(html), 'The first line is a whole number');
    expect((await send(at(number, 'lines'), lineFields(23, ' '))).status).toBe(422);
    expect((await send(at(number, 'lines'), { version: 'x' })).status).toBe(422);
  });

  test('follows its line through a new version and a rename, and is outdated once the line is gone', async () => {
    const number = await propose();
    await send(at(number, 'lines'), lineFields(23, 'Follow me.'));
    const moved = CHANGED.replace('Line 1.', 'Fresh.\nLine 1.');
    await world.push(number, author, [
      { path: PATH, content: null },
      { path: 'topics/sparse-arrays.md', content: moved },
    ]);
    const html = await page(at(number));
    expectIn(html, 'Renamed from topics/sparse.md');
    const after = html.slice(html.indexOf('id="f1-new24"'));
    expect(words(after).indexOf('Follow me.')).toBeLessThan(words(after).indexOf('Line 21.'));
    await world.push(number, author, [
      { path: 'topics/sparse-arrays.md', content: moved.replace('Line twenty.', 'Line XX.') },
    ]);
    const gone = await page(at(number));
    expectIn(words(gone), 'On line 23 of version 1, as proposed. It has changed since.');
    expectIn(gone, 'Follow me.');
    expectIn(words(gone.slice(gone.indexOf('id="lost"'))), 'Line twenty.');
    // Against the version that still has the line, it stands at it.
    const since = await page(at(number, 'changes?from=2'));
    expectNotIn(since, 'id="lost"');
  });

  test('is answered and settled', async () => {
    const number = await propose();
    await send(at(number, 'lines'), lineFields(23, 'Why?'));
    const [thread] = await threads(number);
    const lines = at(number, `lines/${thread?.id}`);
    expect((await send(`${lines}/answers`, { body: ' ' }, author)).status).toBe(422);
    await send(`${lines}/answers`, { body: 'Because.' }, author);
    await send(`${lines}/settled`, { settled: 'yes' }, author);
    expect(await threads(number)).toMatchObject([
      { said: [{ body: 'Why?' }, { body: 'Because.' }], resolved: { by: { name: 'Author One' } } },
    ]);
    expectIn(words(await page(at(number))), 'A settled remark of Reviewer Two');
    await send(`${lines}/settled`, { settled: 'no' }, author);
    expect(await threads(number)).toMatchObject([{ resolved: undefined }]);
    expect((await send(at(number, 'lines/x/answers'), { body: 'x' })).status).toBe(404);
  });

  test('with a suggestion is applied by the author as a new version, and settled by it', async () => {
    const number = await propose();
    const body = 'Shorter:\n\n```suggestion\nLine XX.\n```';
    await send(at(number, 'lines'), lineFields(23, body));
    const [thread] = await threads(number);
    const apply = at(number, `lines/${thread?.id}/applied`);
    expectNotIn(await page(at(number)), 'Apply the suggestion');
    expectIn(await page(at(number), author), 'Apply the suggestion');
    await send(apply, {}, reviewer);
    expect(await threads(number)).toMatchObject([{ appliedIn: null }]);
    await send(apply, {}, author);
    expect(await threads(number)).toMatchObject([{ appliedIn: 2, resolved: {} }]);
    const { head } = await world.db
      .selectFrom('planProposal')
      .select('head')
      .where('summitId', '=', world.summitId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const repository = testGit.plan(world.summitId);
    expect(await repository.textAt(head, PATH)).toBe(CHANGED.replace('Line twenty.', 'Line XX.'));
    await send(apply, {}, author);
    expect(await threads(number)).toMatchObject([{ appliedIn: 2 }]);
  });
});

describe('a review on the page', () => {
  test('takes along the remarks that were gathered, which nobody else has seen before', async () => {
    const number = await propose();
    await send(at(number, 'lines'), lineFields(23, 'Gathered.', { do: 'gather' }));
    await send(at(number, 'lines'), lineFields(24, 'Thrown away.', { do: 'gather' }));
    expectIn(await page(at(number)), 'Gathered.');
    expectNotIn(await page(at(number), author), 'Gathered.');
    const [, dropped] = await world.db
      .selectFrom('planLineDraft')
      .select('id')
      .where('number', '=', number)
      .orderBy('line')
      .execute();
    await send(at(number, `drafts/${dropped?.id}/drop`), {}, author);
    await send(at(number, `drafts/${dropped?.id}/drop`), {});
    const refused = await send(at(number, 'reviews'), {
      version: '1',
      verdict: 'request_changes',
      body: '',
    });
    expect(refused.status).toBe(422);
    expectIn(words(await refused.text()), 'Say in a sentence what has to change');
    expect((await send(at(number, 'reviews'), { version: '1', body: 'x' })).status).toBe(422);
    const given = await send(at(number, 'reviews'), { version: '1', verdict: 'approve', body: '' });
    expect(given.status).toBe(303);
    expect(await threads(number)).toMatchObject([{ said: [{ body: 'Gathered.' }] }]);
    expectIn(await page(at(number), author), 'Gathered.');
  });

  test('is taken back until others go on from it, and its remarks are drafts again', async () => {
    const number = await propose();
    const give = async () => {
      await send(at(number, 'lines'), lineFields(23, 'Hm.', { do: 'gather' }));
      await send(at(number, 'reviews'), { version: '1', verdict: 'approve', body: 'Fine.' });
      const reviews = await reviewsOf(world.db, { summitId: world.summitId, number });
      return reviews.find(({ isDismissed }) => !isDismissed)?.id;
    };
    const first = await give();
    expectIn(await page(at(number, `reviews/${first}/dismiss`)), 'Take my review back');
    expect((await world.get(at(number, `reviews/${first}/dismiss`), author.id)).status).toBe(404);
    await send(at(number, `reviews/${first}/undo`), {});
    expect(await threads(number)).toEqual([]);
    expectIn(await page(at(number)), 'Hm.');
    const [draft] = await world.db
      .selectFrom('planLineDraft')
      .select('id')
      .where('number', '=', number)
      .execute();
    await send(at(number, `drafts/${draft?.id}/drop`), {});
    const second = await give();
    const [thread] = await threads(number);
    await send(at(number, `lines/${thread?.id}/answers`), { body: 'I see.' }, author);
    expect((await send(at(number, `reviews/${second}/undo`), {})).status).toBe(422);
    expect((await send(at(number, `reviews/${second}/dismiss`), { why: '' })).status).toBe(422);
    expect(
      (await send(at(number, `reviews/${second}/dismiss`), { why: 'Wrong file.' })).status,
    ).toBe(303);
  });

  test('leaves own work without a choice of verdicts', async () => {
    const number = await propose();
    expectNotIn(await page(at(number), author), 'value="approve"');
    expectIn(await page(at(number)), 'value="approve"');
  });
});

describe('what somebody has read', () => {
  test('is shown as what changed since, and a file’s tick comes undone when it changes', async () => {
    const number = await propose();
    const repository = testGit.plan(world.summitId);
    const { head } = await world.db
      .selectFrom('planProposal')
      .select('head')
      .where('summitId', '=', world.summitId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const blob = (await repository.resolve(`${head}:${PATH}`)) ?? '';
    await send(at(number, 'read'), { path: PATH, blob, read: 'yes' });
    await send(at(number, 'read'), { version: '1' });
    await send(at(number, 'read'), { nonsense: 'x' });
    expectIn(words(await page(at(number))), 'You have read this');
    await world.push(number, author, [{ path: PATH, content: `${CHANGED}More.\n` }]);
    const html = await page(at(number));
    expectNotIn(words(html), 'You have read this');
    expectIn(words(html), 'what changed since you looked');
    const since = await page(at(number, 'changes?from=read'));
    expectIn(words(since), 'Version 2 against version 1');
    expectIn(since, 'More.');
    expectNotIn(since, '<ins>twenty</ins>');
    expectNotIn(words(await page(at(number), author)), 'since you looked');
  });
});

describe('whom to ask', () => {
  test('begins with those who know what is touched', async () => {
    const number = await propose();
    await world.db
      .insertInto('personCommunity')
      .values({ summitId: world.summitId, personId: reviewer.id, community: 'Sparse' })
      .execute();
    const html = await page(at(number, 'reviewers'), author);
    expectIn(words(html), 'Reviewer Two is of Sparse');
    expect((await send(at(number, 'reviewers'), {}, author)).status).toBe(422);
    expect((await send(at(number, 'reviewers'), { 'of[]': [world.stranger] }, author)).status).toBe(
      422,
    );
    expect((await send(at(number, 'reviewers'), { 'of[]': [reviewer.id] }, author)).status).toBe(
      303,
    );
    expectIn(words(await page(at(number, 'reviewers'), author)), 'no answer yet');
  });
});
