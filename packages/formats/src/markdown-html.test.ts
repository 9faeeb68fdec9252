import { expect, test } from 'vitest';
import { rememberedHtml } from './markdown-html.ts';

/** Renders texts in turn, twice, and says how many had to be made in the second turn. */
function madeAgain(texts: readonly string[]): number {
  let made = 0;
  for (let turn = 0; turn < 2; turn += 1) {
    made = 0;
    for (const text of texts) {
      const html = rememberedHtml(text, () => {
        made += 1;
        return `<p>${text}</p>`;
      });
      expect(html).toBe(`<p>${text}</p>`);
    }
  }
  return made;
}

test('a long conversation is rendered once, however many have their say in it', () => {
  expect(madeAgain(Array.from({ length: 2000 }, (_, nth) => `comment ${nth}`))).toBe(0);
});

test('what is remembered has its bounds: one text that is too long, and many together', () => {
  expect(madeAgain(['long '.repeat(100_000)])).toBe(1);
  const each = 'x'.repeat(90_000);
  const many = Array.from({ length: 200 }, (_, nth) => `${nth} ${each}`);
  expect(madeAgain(many)).toBe(200);
  // The last that were asked for are there still.
  expect(madeAgain(many.slice(-20))).toBe(0);
});
