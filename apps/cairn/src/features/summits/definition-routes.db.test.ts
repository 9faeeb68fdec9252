import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postedFields } from '../../../../../tests/posted-form.ts';
import { TEST_URL } from '../../../../../tests/services.ts';
import {
  FIRST_SUMMIT as DEMO,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../tests/summit-database.ts';
import { fieldId } from '../../design/form.tsx';
import { definitionTyping } from './definition-text.ts';
import { summitBySlug, summitSource } from './queries.ts';

const SLUG = 'sp_summit_2023';
const DEFINITION = `/s/${SLUG}/organise/definition`;

let house: SummitDatabase;
const summit = () => house.summit(SLUG);
const form = async (changes: Record<string, string> = {}) => {
  const { definition, revision } = await summit();
  return {
    ...postedFields(definitionTyping(definition)),
    revision: String(revision),
    do: 'save',
    ...changes,
  };
};
const upload = (bytes: BlobPart) => {
  const body = new FormData();
  body.set('source', '');
  body.set('file', new File([bytes], 'summit.yaml'));
  return house.app.request('/summits/new/file', {
    method: 'POST',
    body,
    headers: { origin: TEST_URL, 'x-test-person': house.ada },
  });
};

beforeAll(async () => {
  house = await openSummitDatabase();
});
afterAll(() => house.drop());

describe('founding a summit', () => {
  test('asks who has not signed in to do so, and is no page for those who may not', async () => {
    expect((await house.app.request('/summits/new')).status).toBe(303);
    expect((await house.get('/summits/new', house.stranger)).status).toBe(404);
    expect((await house.post('/summits/new/file', { source: DEMO }, house.stranger)).status).toBe(
      404,
    );
  });

  test('a file with three mistakes tells all three, stores nothing and keeps what was typed', async () => {
    const wrong = DEMO.replace('planned: 40', 'planned: forty')
      .replace('end: 2023-05-26', 'end: 2023-05-20')
      .replace('cairn: summit/1', 'cairn: summit/9');
    const answer = await house.post('/summits/new/file', { source: wrong });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expectIn(page, '3 things to mend');
    expectIn(page, 'line 5, column 8');
    expectIn(page, 'End (2023-05-20) lies before start');
    expectIn(page, 'as a whole number from 1 to');
    expectIn(page, 'planned: forty');
    expect(await summitBySlug(house.db, SLUG)).toBeUndefined();
  });

  test('an uploaded file is stored and given back byte for byte', async () => {
    const answer = await upload(DEMO);
    expect(answer.status).toBe(303);
    const exported = await (await house.get(`${DEFINITION}/summit.yaml`)).text();
    expect(exported).toBe(DEMO);
  });

  test('an address that is taken is refused with a sentence at its place in the file', async () => {
    const answer = await house.post('/summits/new/file', { source: DEMO });
    expect(answer.status).toBe(422);
    expectIn(await answer.text(), 'line 6, column 7');
  });

  test('a file that is not UTF-8 is refused with a sentence', async () => {
    const answer = await upload(new Uint8Array([0x63, 0xff, 0xfe]));
    expect(answer.status).toBe(422);
    expectIn(await answer.text(), 'save it as UTF-8');
  });

  test('the short form makes a whole draft, with a host row added on the way', async () => {
    const typed = {
      title: 'Kathmandu sprint 2024',
      'series.title': 'Sprints',
      'series.edition': '1',
      summary: 'A week of work.',
      authors: 'Ada',
      organisation: 'Sprinters',
      'hosts[0].name': 'The university',
      'venue.name': 'Old library',
      'venue.city': 'Kathmandu',
      'venue.country': 'Nepal',
      zone: 'Asia/Kathmandu',
      'dates.start': '2024-03-04',
      'dates.end': '2024-03-08',
      'seats.planned': 'twenty',
    };
    const more = await house.post('/summits/new', { ...typed, do: 'add hosts' });
    expectIn(await more.text(), 'name="hosts[1].name"');
    const wrong = await house.post('/summits/new', { ...typed, do: 'save' });
    expect(wrong.status).toBe(422);
    expectIn(await wrong.text(), 'value="twenty"');
    const right = { ...typed, 'seats.planned': '20', do: 'save' };
    const made = await house.post('/summits/new', right);
    expect(made.headers.get('location')).toBe('/s/kathmandu_sprint_2024/organise/definition');
    const { definition } = (await summitBySlug(house.db, 'kathmandu_sprint_2024')) ?? {};
    expect(definition?.dates).toEqual({
      status: 'confirmed',
      arrival: '2024-03-03',
      start: '2024-03-04',
      end: '2024-03-08',
      departure: '2024-03-09',
    });
  });
});

describe('the form', () => {
  test('is for organisers only', async () => {
    expect((await house.app.request(DEFINITION)).status).toBe(404);
    expect((await house.get(DEFINITION, house.stranger)).status).toBe(404);
    expect((await house.get(DEFINITION)).status).toBe(200);
  });

  test('sent unchanged changes nothing, not even the revision', async () => {
    const answer = await house.post(DEFINITION, await form());
    expect(answer.status).toBe(303);
    expect((await summit()).revision).toBe(1);
  });

  test('writes a change into the file beside its comment, with one revision and one event', async () => {
    const answer = await house.post(DEFINITION, await form({ 'seats.planned': '42' }));
    expect(answer.status).toBe(303);
    const { id, revision } = await summit();
    expect(revision).toBe(2);
    expect(await summitSource(house.db, id)).toBe(DEMO.replace('planned: 40', 'planned: 42'));
    const events = await house.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('summitId', '=', id)
      .where('kind', '=', 'summit.definition_saved')
      .execute();
    expect(events).toEqual([
      { kind: 'summit.definition_saved', data: { revision: 2, changed: 1, settled: 0 } },
    ]);
  });

  test('wrong input answers 422 with a sentence at the field and everything typed still there', async () => {
    const typed = await form({
      'seats.planned': 'many',
      title: '',
      'dates.start': '32 May',
      'planning_meetings.list[0].starts': 'soon',
      authors: `Ada\n${'x'.repeat(300)}`,
    });
    const answer = await house.post(DEFINITION, typed);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expectIn(page, 'value="many"');
    expectIn(page, 'value="32 May"');
    expectIn(page, 'value="soon"');
    expectIn(page, `id="${fieldId('seats.planned')}-error"`);
    expectIn(page, 'id="field-authors-error"');
    expect((await summit()).revision).toBe(2);
  });

  test('a row is added, moved and removed without losing what was typed', async () => {
    const added = await house.post(DEFINITION, await form({ do: 'add hosts', title: 'Typed <b>' }));
    const page = await added.text();
    expectIn(page, 'name="hosts[1].name"');
    expectIn(page, 'value="Typed &lt;b>"');
    const moved = await house.post(DEFINITION, await form({ do: 'up communities[1]' }));
    expect(await moved.text()).toMatch(/name="communities\[0\]\.name"[^>]*value="SciPy"/);
    const removed = await house.post(DEFINITION, await form({ do: 'remove phases[0].steps[0]' }));
    expectNotIn(await removed.text(), 'value="Announce the summit"');
    expect((await summit()).revision).toBe(2);
  });

  test('a stale form says so, brings both changes together and stores nothing yet', async () => {
    const mine = await form({ title: 'My title', 'venue.city': 'My city' });
    const theirs = await form({ title: 'Their title', 'seats.ceiling': '48' });
    expect((await house.post(DEFINITION, theirs)).status).toBe(303);
    const answer = await house.post(DEFINITION, mine);
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expectIn(page, 'Somebody saved meanwhile');
    expectIn(page, 'value="My title"');
    expectIn(page, 'value="My city"');
    expectIn(page, 'value="48"');
    expectIn(page, 'Their title');
    expectIn(page, 'name="revision" value="3"');
    expect((await summit()).definition.title).toBe('Their title');
  });

  test('script tags stay text and a megabyte is refused with a sentence', async () => {
    const typed = await form({
      goals_intro: '<script>alert(1)</script>',
      summary: 'x'.repeat(1_000_000),
    });
    const answer = await house.post(DEFINITION, typed);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expectNotIn(page, '<script>alert');
    expectIn(page, 'shorten it');
    expectIn(page, 'x'.repeat(1_000_000));
  });

  test('characters that nobody sees are refused or found nowhere, never an error', async () => {
    const typed = await form({ title: 'A\u0001B', revision: 'seven' });
    expect((await house.post(DEFINITION, typed)).status).toBe(409);
    const { revision } = await summit();
    const answer = await house.post(DEFINITION, { ...typed, revision: String(revision) });
    expect(answer.status).toBe(422);
    expectIn(await answer.text(), 'invisible control character');
    expect((await house.app.request('/s/%00')).status).toBe(404);
  });

  test('a form without most of its fields is told what is missing', async () => {
    const { revision } = await summit();
    const answer = await house.post(DEFINITION, { title: 'Alone', revision: String(revision) });
    expect(answer.status).toBe(422);
    expectIn(await answer.text(), 'Name at least one host.');
  });

  test('the key of a new row is made from its title', async () => {
    const { definition } = await summit();
    const index = definition.goals.length;
    const typed = await form({ [`goals[${index}].title`]: 'Łódź & Better Docs' });
    expect((await house.post(DEFINITION, typed)).status).toBe(303);
    expect((await summit()).definition.goals.at(-1)?.key).toBe('odz_better_docs');
  });
});

describe('the file', () => {
  test('saved from the box keeps every byte of its text', async () => {
    const { revision } = await summit();
    const source = `# Mine\n${DEMO.replace('planned: 40', 'planned: 44')}`;
    const answer = await house.post(`${DEFINITION}/file`, {
      source: source.replaceAll('\n', '\r\n'),
      revision: String(revision),
    });
    expect(answer.status).toBe(303);
    expect(await summitSource(house.db, (await summit()).id)).toBe(source);
  });

  test('a stale file is kept in the box beside what it would change', async () => {
    const source = DEMO.replace('city: Seattle', 'city: Tacoma');
    const answer = await house.post(`${DEFINITION}/file`, { source, revision: '1' });
    const page = await answer.text();
    expect(answer.status).toBe(409);
    expectIn(page, 'city: Tacoma');
    expectIn(page, 'Venue › City');
  });

  test('aliases that multiply and a megabyte are refused', async () => {
    const { revision } = await summit();
    for (const source of ['x'.repeat(1_000_000), `${'['.repeat(100_000)}`]) {
      const answer = await house.post(`${DEFINITION}/file`, { source, revision: String(revision) });
      expect(answer.status).toBe(422);
    }
  });
});

describe('the history', () => {
  test('shows what changed and puts an old state in force again as a new revision', async () => {
    const before = await summit();
    const page = await (await house.get(`${DEFINITION}/history`)).text();
    expectIn(page, 'Seats planned');
    const answer = await house.post(`${DEFINITION}/history/1/restore`, {
      revision: String(before.revision),
    });
    expect(answer.status).toBe(303);
    const after = await summit();
    expect(after.revision).toBe(before.revision + 1);
    expect(await summitSource(house.db, after.id)).toBe(DEMO);
  });
});
