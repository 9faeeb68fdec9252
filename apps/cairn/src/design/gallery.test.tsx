import { expect, test } from 'vitest';
import { assetShelf } from './asset-files.ts';
import { Gallery } from './gallery.tsx';
import { renderPage } from './layout.tsx';

const html = renderPage(<Gallery />);
const all = (pattern: RegExp): string[] =>
  [...html.matchAll(pattern)].map(([, found = '']) => found);
const ids = all(/ id="([^"]*)"/g);

test('a page is a whole document in a named language, with one main heading and one main part', () => {
  expect(html.startsWith('<!doctype html>\n<html lang="en-GB">')).toBe(true);
  expect(html).toContain(
    '<title>The First Annual Scientific Python Developer Summit – 2023 Scientific Python Developer Summit</title>',
  );
  expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"/>');
  expect(all(/<(h1)[ >]/g)).toHaveLength(1);
  expect(all(/<(main) /g)).toHaveLength(1);
});

test('the first thing that the keyboard reaches leads to the content', () => {
  expect(html.match(/<a [^>]*>/)?.[0]).toBe('<a class="skip unseen" href="#main">');
});

test('the reader is told where they are and in which zone times are shown', () => {
  expect(html).toContain('<a href="#Overview" aria-current="page">Overview</a>');
  expect(html).toContain('Times are those of America/Los Angeles.');
});

test('nothing needs a script or an inline style, which the content security policy forbids', () => {
  expect(html).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|javascript:/i);
});

test('every asset that a page names is served', () => {
  const linked = all(/"(\/assets\/[^"]+)"/g);
  expect(linked).toHaveLength(3);
  for (const path of linked) expect(assetShelf().byPath.has(path)).toBe(true);
});

test('ids are unique, and every reference to one finds it', () => {
  expect(new Set(ids).size).toBe(ids.length);
  const references = [
    ...all(/ for="([^"]*)"/g),
    ...all(/ aria-(?:describedby|labelledby)="([^"]*)"/g).flatMap((list) => list.split(' ')),
    ...all(/ href="#(field-[^"]*)"/g),
  ];
  expect(references.length).toBeGreaterThan(20);
  for (const id of references) expect(ids).toContain(id);
});

test('every control that people fill in has a label', () => {
  const labelled = new Set(all(/<label for="([^"]*)"/g));
  const controls = [...html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)].map(([tag]) => tag);
  expect(controls.length).toBeGreaterThan(12);
  for (const tag of controls) expect(labelled).toContain(tag.match(/ id="([^"]*)"/)?.[1]);
});

test('drawings are hidden from screen readers, which read the words beside them', () => {
  const drawings = [...html.matchAll(/<svg\b[^>]*>/g)].map(([tag]) => tag);
  expect(drawings.length).toBeGreaterThan(20);
  for (const tag of drawings) expect(tag).toContain('aria-hidden="true"');
});
