import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  FIRST_SUMMIT,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { historyOf } from '../../../platform/git/history.ts';
import { saveText } from '../../meetings/notes/text-commands.ts';
import { textAt } from '../../meetings/notes/text-queries.ts';
import { planSkeleton } from '../documents/skeleton-rules.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';
import { documentAt, planOf } from '../repository/main-queries.ts';
import { withNotes } from './body-rules.ts';
import { publishedNotes } from './notes-queries.ts';
import { partNotes, publishNotes } from './publish-commands.ts';
import { notesPublisherOf } from './rights.ts';
import { sendNotes } from './send-commands.ts';

const services = { git: testGit, url: TEST_URL };
const place = { meeting: 'february', track: '', kind: 'notes' } as const;
let world: SummitDatabase;
let summitId: string;
let mira: string;
let path: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  // The file of the summit knows the month of this meeting; once it is fixed, its day.
  await world.found(FIRST_SUMMIT.replace('month: 2023-02 }', "starts: '2023-02-27T09:00' }"));
  const summit = await world.summit('sp_summit_2023');
  summitId = summit.id;
  mira = await storePerson(world.db, 'Mira', { summitId, role: 'participant' });
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, planSkeleton({ title: 'S' })),
    ),
  );
});
afterAll(() => world.drop());

const stored = () => textAt(world.db, summitId, place);
const write = async (text: string, as = world.ada): Promise<void> => {
  const organiser = await world.organiser('sp_summit_2023');
  const now = await stored();
  expectOk(
    await inTransaction(world.db, (tx) =>
      saveText(tx, { ...world.actor, personId: as }, organiser, place, {
        text,
        base: { revision: now?.revision ?? 0, template: '' },
        saveKey: undefined,
      }),
    ),
  );
};
const publisher = async () => {
  const organiser = await world.organiser('sp_summit_2023');
  const proof = await notesPublisherOf(world.db, { summitId, ...place }, organiser, world.ada);
  if (proof === undefined) throw new Error('an organiser may publish');
  return proof;
};
const publish = async () => {
  const [proof, summit] = [await publisher(), await world.summit('sp_summit_2023')];
  return inTransaction(world.db, (tx) => publishNotes(tx, services, world.actor, summit, proof));
};
const send = async (): Promise<void> => {
  const { id = '' } = (await stored()) ?? {};
  expectOk(await inTransaction(world.db, (tx) => sendNotes(tx, services, world.actor, id)));
};
const push = async (content: string | null, at = path, more: Record<string, string> = {}) =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      commitToMain(tx, services, world.actor, summitId, {
        changes: [
          { path: at, content },
          ...Object.entries(more).map(([other, text]) => ({ path: other, content: text })),
        ],
        message: 'Through Git',
      }),
    ),
  );
const source = async (at = path): Promise<string> =>
  (await documentAt(world.db, summitId, at))?.source ?? '';
const head = async () => (await planOf(world.db, summitId))?.head ?? '';

test('notes that nobody has written cannot be published', async () => {
  expect(await publish()).toMatchObject({ ok: false, error: { code: 'no-notes' } });
});

describe('notes that were published', () => {
  beforeEach(async () => {
    const proof = await publisher();
    expectOk(await inTransaction(world.db, (tx) => partNotes(tx, world.actor, proof)));
    await write('## Present\n\nAda\n\n## Decisions\n\nNone.\n');
    path = expectOk(await publish()).path;
  });

  test('are a document without anything to mend, and published once', async () => {
    const document = await documentAt(world.db, summitId, path);
    expect(path).toMatch(/^meetings\/2023-\d\d-\d\d-february\.md$/);
    expect(document).toMatchObject({ kind: 'notes', problems: [] });
    expect(document?.source).toMatch(/\n---\n\n## Present\n\nAda\n\n## Decisions\n\nNone\.\n$/);
    const before = await head();
    expect(expectOk(await publish()).path).toBe(path);
    expect(await head()).toBe(before);
  });

  test('are followed by their document, in the name of those who wrote; what is the same is no commit', async () => {
    await write('## Present\n\nAda\n\n## Decisions\n\nBuild.\n', mira);
    await write('## Present\n\nAda, Mira\n\n## Decisions\n\nBuild.\n');
    await send();
    expect(await source()).toContain('Ada, Mira\n\n## Decisions\n\nBuild.\n');
    const [last] = await historyOf(testGit.plan(summitId), await head(), { most: 1 });
    expect(last?.author).toBe('Ada');
    expect(last?.body).toMatch(/^Co-authored-by: Mira <mira@users\.noreply\./);
    const before = await head();
    const { revision } = (await stored()) ?? {};
    await send();
    expect(await head()).toBe(before);
    expect((await stored())?.revision).toBe(revision);
  });

  test('take in what came through Git, beside what was written meanwhile, and nothing is lost', async () => {
    await write('## Present\n\nAda, Grigor\n\n## Decisions\n\nNone.\n');
    await push(withNotes(await source(), '## Present\n\nAda\n\n## Decisions\n\nBuild.\n'));
    expect((await stored())?.body).toBe('## Present\n\nAda, Grigor\n\n## Decisions\n\nBuild.\n');
    await send();
    expect(await source()).toContain('Ada, Grigor\n\n## Decisions\n\nBuild.\n');
    const before = [await head(), (await stored())?.revision];
    await send();
    expect([await head(), (await stored())?.revision]).toEqual(before);
  });

  test('keep the front matter that somebody changed', async () => {
    await push(
      (await source()).replace(
        'meeting: february',
        'meeting: february # the second\npeople: [ada]',
      ),
    );
    await write('Other words.\n');
    await send();
    expect(await source()).toMatch(/# the second\npeople: \[ada\]\n---\n\nOther words\.\n$/);
  });

  test('follow a document that is moved, and let one go that is taken away', async () => {
    const moved = path.replace('.md', '-moved.md');
    await push(null, path, { [moved]: await source() });
    expect((await publishedNotes(world.db, summitId, place))?.path).toBe(moved);
    await write('After the move.\n');
    await send();
    expect(await source(moved)).toContain('After the move.');
    await push(null, moved);
    expect(await publishedNotes(world.db, summitId, place)).toBeUndefined();
    expect((await stored())?.body).toBe('After the move.\n');
  });

  test('that were parted do not follow each other any more', async () => {
    const proof = await publisher();
    expectOk(await inTransaction(world.db, (tx) => partNotes(tx, world.actor, proof)));
    await push(withNotes(await source(), 'In Git alone.'));
    expect((await stored())?.body).not.toContain('In Git alone.');
  });
});

describe('the page of notes', () => {
  const NOTES = '/s/sp_summit_2023/meetings/february/notes';
  const deed = (name: string, as?: string) =>
    world.post(
      '/s/sp_summit_2023/plan/meeting-notes',
      { meeting: 'february', track: '', deed: name },
      as,
    );

  test('offers to publish them to organisers and leads, and nobody else can', async () => {
    await deed('part');
    await write('Said on the page.\n');
    expect(await (await world.get(NOTES)).text()).toContain('Publish in the plan');
    expect(await (await world.get(NOTES, mira)).text()).not.toContain('Publish in the plan');
    expect((await deed('publish', mira)).status).toBe(404);
    expect((await deed('burn')).status).toBe(404);
    const done = await deed('publish');
    expect([done.status, done.headers.get('location')]).toEqual([303, NOTES]);
    const page = await (await world.get(NOTES, mira)).text();
    expect(page).toContain('/s/sp_summit_2023/plan/files/meetings/2023-02-27-february.md');
    expect(page).not.toContain('Let them not follow');
  });
});
