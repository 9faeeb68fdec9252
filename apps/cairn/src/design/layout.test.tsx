import { expect, test } from 'vitest';
import { assetShelf } from './asset-files.ts';
import { Page, renderPage } from './layout.tsx';

test('a page names itself, its summit, where the reader is, and links only to assets that exist', () => {
  const html = renderPage(
    <Page
      title="People"
      summit={{ title: 'Summit 2023', href: '/s/one' }}
      nav={[
        { href: '/s/one', label: 'Overview' },
        { href: '/s/one/people', label: 'People', current: true },
      ]}
      reader={null}
    >
      <p>Text</p>
    </Page>,
  );
  expect(html.startsWith('<!doctype html>\n<html lang="en-GB">')).toBe(true);
  expect(html).toContain('<title>People – Summit 2023</title>');
  expect(html).toContain('<a href="/s/one/people" aria-current="page">People</a>');
  expect(html).toContain('<h1>People</h1>');
  const linked = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(linked).toHaveLength(3);
  for (const path of linked) expect(assetShelf().byPath.has(path ?? '')).toBe(true);
});
