import { parseFrontMatter } from '@cairn/formats/front-matter';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { pdfText } from '../../../../../tests/pdf-text.ts';
import { testServices, visitorFromHeader } from '../../../../../tests/services.ts';
import { NOW, seedDefinition, storePerson, storeSummit } from '../../../../../tests/summit.ts';
import { createApp } from '../../app.tsx';
import { type Db, openKysely } from '../../platform/db/database.ts';
import type { Summit } from '../summits/queries.ts';
import { announcement } from './announcement-rules.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let organiser: string;
let app: ReturnType<typeof createApp>;
let number = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  app = createApp(testServices(db), visitorFromHeader(db));
});
afterAll(() => database.drop());
beforeEach(async () => {
  number += 1;
  summit = await storeSummit(db, { slug: `summit_${number}` });
  organiser = await storePerson(db, `Organiser ${number}`, {
    summitId: summit.id,
    role: 'organiser',
  });
});

const ask = (path: string, headers: Record<string, string> = {}) =>
  app.request(`/s/${summit.slug}${path}`, { headers });
const asOrganiser = (path: string) => ask(path, { 'x-test-person': organiser });
const beDraft = () =>
  db.updateTable('summit').set({ state: 'draft' }).where('id', '=', summit.id).execute();

describe('the documents of an announced summit', () => {
  test('are the announcement as Markdown and the handout as PDF, for everybody', async () => {
    const markdown = await ask('/announcement.md');
    expect(markdown.headers.get('content-type')).toMatch(/^text\/markdown; charset=utf-8/);
    expect(await markdown.text()).toBe(announcement(seedDefinition({ slug: summit.slug })));
    const pdf = await ask('/handout.pdf');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const text = await pdfText(new Uint8Array(await pdf.arrayBuffer()));
    expect(text).toContain('space for 40');
    expect(text.replaceAll(/\s/g, '')).toContain(`cairn.test/s/${summit.slug}`);
  });

  test('are not sent again to whoever has them, until the definition changes', async () => {
    const paths = ['/announcement.md', '/handout.pdf'];
    const tags = await Promise.all(
      paths.map(async (path) => (await ask(path)).headers.get('etag') ?? ''),
    );
    const asked = () =>
      Promise.all(
        paths.map(
          async (path, index) => (await ask(path, { 'if-none-match': tags[index] ?? '' })).status,
        ),
      );
    expect(await asked()).toEqual([304, 304]);
    const definition = JSON.stringify(
      seedDefinition({ slug: summit.slug, seats: { planned: 37, ceiling: 45 } }),
    );
    await db
      .updateTable('summit')
      .set({ definition, revision: 2 })
      .where('id', '=', summit.id)
      .execute();
    expect(await asked()).toEqual([200, 200]);
    const text = await pdfText(new Uint8Array(await (await ask('/handout.pdf')).arrayBuffer()));
    expect(text).toContain('37');
    expect(text).not.toMatch(/\b(?:40|50|forty)\b/);
  });
});

describe('the documents of a draft', () => {
  test('are for those who take part, and say that they are drafts', async () => {
    await beDraft();
    expect((await ask('/announcement.md')).status).toBe(404);
    expect((await ask('/handout.pdf')).status).toBe(404);
    const markdown = await asOrganiser('/announcement.md');
    expect(markdown.headers.get('cache-control')).toBe('private, no-cache');
    const { front } = expectOk(parseFrontMatter(await markdown.text()));
    expect(front.value).toMatchObject({ draft: true });
    const pdf = new Uint8Array(await (await asOrganiser('/handout.pdf')).arrayBuffer());
    expect(await pdfText(pdf)).toContain('Draft, not announced yet');
  });
});

describe('the organisers’ look at the documents', () => {
  const page = '/organise/documents';

  test('shows the announcement, the handout and the links to both', async () => {
    const html = await (await asOrganiser(page)).text();
    expect(html).toContain('<h3>Goals</h3>');
    expect(html).toContain('The First Annual Scientific Python Developer Summit');
    expect(html).toContain(`href="/s/${summit.slug}/handout.pdf"`);
    expect(html).toContain(`href="webcal://cairn.test/s/${summit.slug}/calendar.ics"`);
    expect(html).not.toContain('raft');
  });

  test('warns of what is still last year’s, and marks a draft', async () => {
    await beDraft();
    await db
      .insertInto('carriedValue')
      .values({
        summitId: summit.id,
        path: 'dates.start',
        kind: 'date',
        value: '"2023-05-22"',
        settledAt: null,
        settledBy: null,
        settledHow: null,
      })
      .execute();
    const html = await (await asOrganiser(page)).text();
    expect(html).toContain('what was true of the last edition: dates.start');
    expect(html).toContain('Announcement (draft)');
    await db.updateTable('carriedValue').set({ settledAt: NOW, settledHow: 'confirmed' }).execute();
    expect(await (await asOrganiser(page)).text()).not.toContain('dates.start');
  });

  test('is for organisers', async () => {
    expect((await ask(page)).status).toBe(303);
    const other = await storePerson(db, `Other ${number}`);
    expect((await ask(page, { 'x-test-person': other })).status).toBe(404);
  });
});
