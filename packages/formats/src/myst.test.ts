import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMyst } from './markdown.ts';
import { blocksToHtml } from './markdown-html.ts';
import type { Destination, Reference } from './myst-inlines.ts';
import { referencesIn } from './references.ts';

const resolve = ({ kind, to }: Reference): Destination | undefined =>
  kind === 'link' && /^[a-z]+:/i.test(to)
    ? undefined
    : { url: `/${kind}/${to}`, words: `to ${to}` };
const html = (text: string): string =>
  blocksToHtml(parseMyst(text, { resolve }), { shiftHeadings: 1, idPrefix: 'text-' });

describe('MyST', () => {
  test.each([
    [
      ':::{note}\nText *a*.\n:::',
      '<div class="admonition note" role="note">\n<p class="admonition-title">Note</p>\n<p>Text <em>a</em>.</p>\n</div>\n',
    ],
    [
      '```{warning} Mind *it*\nText\n```',
      '<div class="admonition warning" role="note">\n<p class="admonition-title">Mind <em>it</em></p>\n<p>Text</p>\n</div>\n',
    ],
    [
      '::::{tip}\n:::{note} A\nb\n:::\n::::',
      '<div class="admonition tip" role="note">\n<p class="admonition-title">Tip</p>\n<div class="admonition note" role="note">\n<p class="admonition-title">A</p>\n<p>b</p>\n</div>\n</div>\n',
    ],
    [
      '- a\n\n  :::{note}\n  b\n  :::',
      '<ul>\n<li><p>a</p>\n<div class="admonition note" role="note">\n<p class="admonition-title">Note</p>\n<p>b</p>\n</div></li>\n</ul>\n',
    ],
    [
      ':::{code-block} python\n:caption: Run it\na < b\n:::',
      '<p>Run it</p>\n<pre><code class="language-python">a &lt; b\n</code></pre>\n',
    ],
    [
      ':::{figure} a.png\n:alt: A run\n:name: run\n\nBelow.\n:::',
      '<span id="text-run"></span>\n<p><a href="/image/a.png">A run</a></p>\n<p>Below.</p>\n',
    ],
    [':::{raw} html\n<b>\n:::', '<pre><code>&lt;b&gt;\n</code></pre>\n'],
    ['(lab)=\n# A b!', '<span id="text-lab"></span>\n<h2 id="text-a-b">A b!</h2>\n'],
    [
      '{ref}`lab` {doc}`the plan <a>`',
      '<p><a href="/label/lab">to lab</a> <a href="/document/a">the plan</a></p>\n',
    ],
    [
      '[](#lab) [](b.md)',
      '<p><a href="/link/#lab">to #lab</a> <a href="/link/b.md">to b.md</a></p>\n',
    ],
    ['{kbd}`a` {abbr}`b` {what}`c`', '<p><code>a</code> b {what}<code>c</code></p>\n'],
    [
      '@mira, #12; a@x #0 `@b` x#3',
      '<p><a href="/mention/mira">@mira</a>, <a href="/number/12">#12</a>; a@x #0 <code>@b</code> x#3</p>\n',
    ],
    ['[@mira ![p](q)](https://x.org)', '<p><a href="https://x.org">@mira p</a></p>\n'],
    ['```{note', '<pre><code>\n</code></pre>\n'],
    [
      ':::{note}',
      '<div class="admonition note" role="note">\n<p class="admonition-title">Note</p>\n</div>\n',
    ],
  ])('%j', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test('without places to lead to, references are their words', () => {
    expect(blocksToHtml(parseMyst('@mira #1 {ref}`a` {doc}`b <c>`'))).toBe('<p>@mira #1 a b</p>\n');
  });

  test('ids stand behind a prefix, so that no text takes one of the page', () => {
    expect(html('# main\n\n# main\n\n(main)=\n')).toBe(
      '<h2 id="text-main">main</h2>\n<h2 id="text-main-1">main</h2>\n<span id="text-main"></span>\n',
    );
    expect(blocksToHtml(parseMyst('# main\n\n(main)=\n'))).not.toContain('id=');
  });
});

describe('hostile MyST', () => {
  test.each([
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '{doc}`javascript:alert(1)`',
    '{download}`a <javascript:alert(1)>`',
    ':::{figure} javascript:alert(1)\n:::',
    ':::{image} data:text/html;base64,PHN2Zz4=\n:::',
    '![a](javascript:alert(1))',
    ':::{note} [a](javascript:alert(1))\n:::',
    '(x" onload="alert(1))=',
    ':::{note}\n:name: x" onload="alert(1)\n:class: x" onload="y\n:::',
    ':::{code-block} x" onload="y\na\n:::',
    '<img src=x onerror=alert(1)>',
    '&lt;script&gt;',
    ':::{raw} html\n<script>alert(1)</script>\n:::',
    ':::{include} /etc/passwd\n:::',
    '# <script>',
  ])('%j runs nothing', (text) => {
    // Whatever a resolver does not know it leaves to the list of safe addresses.
    for (const shown of [html(text), blocksToHtml(parseMyst(text), { idPrefix: 'text-' })]) {
      expect(unsafeParts(shown)).toEqual([]);
    }
  });

  test('the check of what is unsafe finds what is', () => {
    for (const bad of [
      '<script>',
      '<p onload="x">',
      '<a href="javascript:x">',
      '<a href="data:x">',
      '<p id="main">',
      '<img>',
      '<a href="//x">',
    ]) {
      expect(unsafeParts(bad)).toHaveLength(1);
    }
  });

  test('characters that reorder or hide text stand there by name', () => {
    expect(html('a\u202eb `c\u2066` [d\u202e](https://x.org/\u202e)')).toBe(
      '<p>a[U+202E]b <code>c[U+2066]</code> <a href="https://x.org/">d[U+202E]</a></p>\n',
    );
    expect(html('a\u{e0041}b\u0000c')).toBe('<p>a[U+E0041]b\ufffdc</p>\n');
    expect(html('שלום\u200f')).toBe('<p>שלום\u200f</p>\n');
  });

  // No time is asserted: what is quadratic without the limits takes minutes here and fails the run.
  const units = [
    ...[
      '[',
      '[]',
      '(a)=\n',
      ':::{note}\n',
      '::::{note}\n:::{tip}\n',
      '```{note}\n',
      '{ref}`',
      '@a ',
      '#1 ',
    ],
    ...[
      '{ref}`a`',
      ':',
      ':::',
      '~~~{note}\n',
      '> :::{note}\n',
      '- :::{note}\n  ',
      '(',
      '{',
      '@',
      'a-',
    ],
    ...[
      '[](#a)',
      ':::{figure} a\n',
      ':::{code-block}\n',
      '|a',
      '![a](',
      '# a\n',
      '---\n',
      ':a: b\n',
    ],
  ];
  test.each(units.flatMap((unit) => [8_000, 1_000_000].map((size) => [unit, size] as const)))(
    '%j for %i characters is harmless',
    (unit, size) => {
      const text = unit.repeat(Math.floor(size / unit.length));
      const shown = html(text);
      expect(unsafeParts(shown).slice(0, 3)).toEqual([]);
      expect(shown.length).toBeLessThan(60 * text.length);
      expect(referencesIn(text).references.length).toBeLessThanOrEqual(text.length);
    },
    60_000,
  );

  test.each(['(a)=\n', '{ref}`a`', '# a\n', ':::{note}\n', '@a '])(
    '%j just below the longest text that is read as Markdown is harmless too',
    (unit) => {
      const text = unit.repeat(Math.floor(250_000 / unit.length));
      expect(unsafeParts(html(text)).slice(0, 3)).toEqual([]);
    },
    60_000,
  );

  test('directives inside each other without end are shown as they were written from some depth on', () => {
    const deep = Array.from({ length: 200 }, (_, index) => `${':'.repeat(203 - index)}{note}`);
    const shown = html(deep.join('\n'));
    expect(shown.match(/class="admonition note"/g)).toHaveLength(6);
    expect(shown).toContain('{note}');
  });

  test('any text becomes tags and attributes from a short list', () => {
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '"',
        "'",
        '&',
        '[',
        ']',
        '(',
        ')',
        '!',
        '*',
        '_',
        '`',
        '\n',
        ' ',
        '-',
        '|',
        ':',
        '#',
      ],
      ...[
        'a',
        'javascript:',
        'data:',
        '<script>',
        '^',
        '1.',
        '~~',
        '\\',
        '\u202e',
        '\u0000',
        ':::{note}',
      ],
      ...[
        '\n:::\n',
        '{ref}`',
        '{doc}`',
        '`',
        ')=',
        '\n(',
        '@a',
        '#1',
        '```{figure} ',
        '\n```\n',
        ':name: ',
        '\n:class: ',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        expect(unsafeParts(html(text))).toEqual([]);
        referencesIn(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Tags of a page that are not on the list of those that a text may become. */
function unsafeParts(page: string): string[] {
  const safe =
    /^<(\/?(p|ul|ol|li|blockquote|code|pre|em|strong|s|hr|br|small|table|thead|tbody|tr|th|td|h[1-6]|a|div|span)|ol start="\d+"|code class="language-[\w&;+#.-]+"|small class="note" role="note"|th scope="col"( class="align-\w+")?|td class="align-\w+"|a href="(?!\s*(javascript|data|vbscript):)(?!\/\/)[^"<>]*"|(span|h[1-6]) id="text-[^"<>\s]*"|div class="admonition [a-z]+" role="note"|p class="admonition-title")>$/i;
  return (page.match(/<[^>]*>?/g) ?? []).filter((tag) => !safe.test(tag));
}
