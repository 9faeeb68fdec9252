import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';
import { markdownToHtml } from './markdown-html.ts';

describe('Markdown as a tree', () => {
  test('holds headings, emphasis, code and links', () => {
    expect(parseMarkdown('## A *b* **c** `d`\n\n[e](https://x.org)')).toEqual([
      {
        kind: 'heading',
        level: 2,
        content: [
          { kind: 'text', text: 'A ' },
          { kind: 'emphasis', content: [{ kind: 'text', text: 'b' }] },
          { kind: 'text', text: ' ' },
          { kind: 'strong', content: [{ kind: 'text', text: 'c' }] },
          { kind: 'text', text: ' ' },
          { kind: 'code', text: 'd' },
        ],
      },
      {
        kind: 'paragraph',
        content: [{ kind: 'link', url: 'https://x.org', content: [{ kind: 'text', text: 'e' }] }],
      },
    ]);
  });

  test('puts a footnote where it is referred to, and reads one that refers to itself', () => {
    expect(parseMarkdown('a[^1]\n\n[^1]: see [^1]')).toEqual([
      {
        kind: 'paragraph',
        content: [
          { kind: 'text', text: 'a' },
          {
            kind: 'note',
            content: [
              { kind: 'text', text: 'see ' },
              { kind: 'text', text: '[^1]' },
            ],
          },
        ],
      },
    ]);
  });
});

describe('Markdown as HTML', () => {
  test.each([
    ['# A\n## B', '<h2>A</h2>\n<h3>B</h3>\n'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['- a\n\n- b', '<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>\n'],
    ['3. a', '<ol start="3">\n<li>a</li>\n</ol>\n'],
    [
      '- [x] a\n- [ ] b',
      '<ul>\n<li class="task"><span class="task-box done"><span class="unseen">Done:</span></span> a</li>\n<li class="task"><span class="task-box"><span class="unseen">To do:</span></span> b</li>\n</ul>\n',
    ],
    ['```py\na < b\n```', '<pre><code class="language-py">a &lt; b\n</code></pre>\n'],
    ['> a', '<blockquote>\n<p>a</p>\n</blockquote>\n'],
    ['a  \nb', '<p>a<br>\nb</p>\n'],
    ['~~a~~ ---', '<p><s>a</s> ---</p>\n'],
    ['https://x.org', '<p><a href="https://x.org">https://x.org</a></p>\n'],
    ['[a][b]\n\n[b]: /c "t"', '<p><a href="/c">a</a></p>\n'],
    ['![alt](https://x.org/a.png)', '<p><a href="https://x.org/a.png">alt</a></p>\n'],
    ['a[^1]\n\n[^1]: b', '<p>a<small class="note" role="note"> b</small></p>\n'],
    [`${'-'.repeat(40)}\n\n- a`, '<hr>\n<ul>\n<li>a</li>\n</ul>\n'],
    [
      '|a|b|\n|-|-:|\n|1|',
      '<table>\n<thead>\n<tr><th scope="col">a</th><th scope="col" class="align-right">b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td class="align-right"></td></tr>\n</tbody>\n</table>\n',
    ],
  ])('%j', (text, html) => {
    expect(markdownToHtml(text, { shiftHeadings: 1 })).toBe(html);
  });

  test('headings go no lower than six', () => {
    expect(markdownToHtml('###### A', { shiftHeadings: 3 })).toBe('<h6>A</h6>\n');
  });

  test('raw HTML is shown as text', () => {
    expect(markdownToHtml('<script>alert(1)</script>\n\na <b onclick="x">b</b>')).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>\n',
    );
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&Tab;script:alert(1)',
    'java&#10;script:alert(1)',
    '&#1;javascript:alert(1)',
    'javascript&colon;alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/\\\\evil.example',
    '\u200bjavascript:alert(1)',
  ])('a link to %j leaves its words only', (url) => {
    expect(markdownToHtml(`[a](<${url}>)`)).toBe('<p>a</p>\n');
  });

  test.each([
    'https://x.org/a?b=c',
    'http://x.org',
    'mailto:a@x.org',
    '/s/a',
    'a.html',
    '#b',
    '?q=1',
  ])('a link to %j stays', (url) => {
    expect(markdownToHtml(`[a](${url})`)).toBe(`<p><a href="${url}">a</a></p>\n`);
  });

  test('quotes in an address cannot leave the attribute', () => {
    expect(markdownToHtml('[a](https://x.org/"onmouseover="alert(1))')).toBe(
      '<p><a href="https://x.org/&quot;onmouseover=&quot;alert(1)">a</a></p>\n',
    );
  });

  test('characters that reorder text are taken out, right-to-left words stay', () => {
    expect(markdownToHtml('a\u202eb\u2066c `d\u202e` שלום')).toBe(
      '<p>abc <code>d</code> שלום</p>\n',
    );
  });
});

describe('hostile text', () => {
  // No time is asserted: what is quadratic without the limits takes minutes here and fails the run.
  const units = [
    '[',
    '![',
    '[]',
    '*a_',
    '~a',
    '[a](',
    '[a][',
    'a[^1] ',
    '`a',
    '> ',
    '>',
    '- ',
    '1) ',
    '|a',
    '<a ',
    '<!--',
    '&amp;',
    'http://a ',
    'a_',
    '[a]: b\n',
    '  - a\n',
    '\\',
  ];
  test.each(units.flatMap((unit) => [30_000, 1_000_000].map((size) => [unit, size] as const)))(
    '%j for %i characters is harmless',
    (unit, size) => {
      const html = markdownToHtml(unit.repeat(Math.floor(size / unit.length)));
      expect(html).not.toMatch(
        /<(?!\/?(?:p|a|ul|ol|li|blockquote|code|pre|em|strong|s|hr|br|small|table|thead|tbody|tr|th|td|h[1-6])[\s>])/,
      );
    },
    30_000,
  );

  test('short text does not become a huge page', () => {
    const note = `${'a[^1] '.repeat(900)}\n\n[^1]: ${'y'.repeat(100_000)}`;
    const table = `${'|a'.repeat(2_000)}|\n${'|-'.repeat(2_000)}|\n${'|c|\n'.repeat(20_000)}`;
    for (const text of [note, table]) {
      expect(markdownToHtml(text).length).toBeLessThan(20 * text.length);
    }
  });

  test('any text becomes tags from a short list, with no attribute but ours', () => {
    const pieces = fc.constantFrom(
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
      'a',
      'javascript:',
      'data:',
      '<script>',
      '^',
      '1.',
      '~~',
      '\\',
      '&lt;',
      '\u202e',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const html = markdownToHtml(parts.join(''));
        const tags = html.match(/<[^>]*>/g) ?? [];
        for (const tag of tags) {
          expect(tag).toMatch(
            /^<(\/?(p|ul|ol|li|blockquote|code|pre|em|strong|s|hr|br|small|table|thead|tbody|tr|th|td|h[1-6]|a)|ol start="\d+"|code class="language-[\w&;+#.-]+"|small class="note" role="note"|th scope="col"( class="align-\w+")?|td class="align-\w+"|a href="(?!\s*(javascript|data):)[^"<>]*")>$/i,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('every word of ordinary text is in the tree', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(' ', '\n', '\n\n', '\n- ', ' *x* ', '\n\n> ', '\n# '),
        (all, glue) => {
          const found = textOf(parseMarkdown(all.join(glue)));
          for (const word of all) expect(found).toContain(word);
        },
      ),
    );
  });
});

function textOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'list') return block.items.map((item) => textOf(item.blocks)).join(' ');
      if (block.kind === 'quote') return textOf(block.blocks);
      if (block.kind === 'code') return block.text;
      return 'content' in block ? wordsOf(block.content) : '';
    })
    .join(' ');
}

const wordsOf = (content: readonly Inline[]): string =>
  content
    .map((each) => ('text' in each ? each.text : 'content' in each ? wordsOf(each.content) : ' '))
    .join('');
