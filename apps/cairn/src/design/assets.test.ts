import { expect, test } from 'vitest';
import { assetShelf } from './asset-files.ts';
import { hashedPath, joinSheets } from './assets.ts';

const css = () => {
  const { stylesheet, byPath } = assetShelf();
  return new TextDecoder().decode(byPath.get(stylesheet)?.body);
};

test('an asset is named after its bytes, so that it may be cached for ever', () => {
  expect(hashedPath('cairn.css', '1a2b')).toBe('/assets/cairn-1a2b.css');
  for (const [path, asset] of assetShelf().byPath) {
    expect(path).toBe(asset.path);
    expect(path).toMatch(/^\/assets\/[a-z0-9-]+-[0-9a-f]{10}\.(css|svg|woff2)$/);
    expect(asset.body.byteLength).toBeGreaterThan(0);
  }
});

test('the style sheet asks only for fonts that are served, and nothing from elsewhere', () => {
  const asked = [...css().matchAll(/url\("([^"]*)"\)/g)].map(([, path = '']) => path);
  expect(asked).toHaveLength(9);
  for (const path of asked) expect(assetShelf().byPath.has(path)).toBe(true);
  expect(css()).not.toMatch(/@import|https?:/);
});

test('the style sheet stays below 60 kB', () => {
  expect(css().length).toBeLessThan(60_000);
});

test('joining keeps order, drops comments, and puts served paths in place of names', () => {
  const joined = joinSheets(
    ['/* one */\na {\n  color: red;\n}\n', 'b { src: url("f.woff2"); }'],
    (name) => `/assets/${name}`,
  );
  expect(joined).toBe('a {\ncolor: red;\n}\nb { src: url("/assets/f.woff2"); }');
});
