import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { typesetHandout } from './handout.ts';
import type { Handout, HandoutSection } from './handout-content.ts';

const handout = (change: Partial<Handout> = {}): Handout => ({
  title: 'The First Annual Scientific Python Developer Summit',
  authors: ['Brigitta Sipőcz', 'K. Jarrod Millman', 'Stéfan J. van der Walt'],
  organisation: 'Scientific Python',
  date: Temporal.PlainDate.from('2023-01-11'),
  abstract: 'The week-long summit will bring together *forty* participants.',
  sections: [],
  paper: 'a4',
  language: 'en',
  ...change,
});
const section = (body: string, change: Partial<HandoutSection> = {}): HandoutSection => ({
  heading: 'Goals',
  level: 1,
  body,
  marginNotes: [],
  ...change,
});

interface Item {
  readonly str: string;
  readonly transform: readonly number[];
}

/** What a reader of the PDF finds in it. */
async function read(pdf: Uint8Array) {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1)),
  );
  const contents = await Promise.all(pages.map((page) => page.getTextContent()));
  const items = contents.flatMap((content) =>
    content.items.flatMap((item): Item[] => ('str' in item ? [item] : [])),
  );
  const annotations = (await Promise.all(pages.map((page) => page.getAnnotations()))).flat();
  const first = pages[0];
  if (!first) throw new Error('a PDF without pages');
  const result = {
    text: items.map(({ str }) => str).join(' '),
    items,
    links: annotations.flatMap(({ url }) => (typeof url === 'string' ? [url] : [])),
    info: (await document.getMetadata()).info as Record<string, unknown>,
    size: first.view.slice(2).map((points) => Math.round(points)),
    tree: JSON.stringify(await first.getStructTree()),
  };
  await document.destroy();
  return result;
}

const typeset = async (change: Partial<Handout>) => read(expectOk(typesetHandout(handout(change))));

/** Line breaks in the page, and blanks at them, are the typesetter's. */
const letters = (text: string): string => text.replace(/\s+/g, '');

describe('a handout', () => {
  const body = [
    'We have funding to cover 40—no more than 50—participants, see [the page](https://example.org/a).',
    '- in-person participation\n- planning `before` it',
    '1. first\n2. second',
    '> Quoted words.',
    '```\nShared build system for binary packaging\n```',
    '| Meeting | Length |\n|---|--:|\n| February planning meeting | 60 min |',
    'A claim.[^1]\n\n[^1]: Its source.',
    '- [x] rooms booked',
  ].join('\n\n');
  const whole = {
    subtitle: 'A proposal',
    sections: [
      section(body, { marginNotes: ['Arrival the day before.', 'In **Seattle**.'] }),
      section('Hands-on work.', { heading: 'Summit Execution', level: 2 }),
    ],
  };

  test('shows every sentence that it was given', async () => {
    const { text } = await typeset(whole);
    for (const sentence of [
      'The First Annual Scientific Python Developer Summit',
      'A proposal',
      'Brigitta Sipőcz, K. Jarrod Millman, and Stéfan J. van der Walt',
      'Scientific Python',
      'January 11, 2023',
      'The week-long summit will bring together forty participants.',
      'Goals',
      'We have funding to cover 40—no more than 50—participants, see the page.',
      'in-person participation',
      'planning before it',
      'first',
      'second',
      'Quoted words.',
      'Shared build system for binary packaging',
      'February planning meeting',
      '60 min',
      'A claim.',
      'Its source.',
      '☑ rooms booked',
      'Arrival the day before.',
      'In Seattle.',
      'Summit Execution',
      'Hands-on work.',
    ]) {
      expect(letters(text)).toContain(letters(sentence));
    }
  });

  test('sets margin notes beside the text, at the height of their section', async () => {
    const { items } = await typeset(whole);
    const at = (words: string) => items.find(({ str }) => str.includes(words))?.transform ?? [];
    const [note, heading] = [at('Arrival'), at('Goals')];
    // Points from the left: the text column is 107 mm wide and begins 25 mm from the edge.
    expect(note[4]).toBeGreaterThan(((25 + 107) * 72) / 25.4);
    expect(heading[4]).toBeCloseTo((25 * 72) / 25.4, 0);
    expect(Math.abs((note[5] ?? 0) - (heading[5] ?? 0))).toBeLessThan(10);
  });

  test('names title, authors and the given date in its metadata', async () => {
    const { info } = await typeset({});
    expect(info).toMatchObject({
      Title: 'The First Annual Scientific Python Developer Summit',
      Author: 'Brigitta Sipőcz, K. Jarrod Millman, Stéfan J. van der Walt',
      CreationDate: expect.stringMatching(/^D:20230111/),
      Language: 'en',
    });
  });

  test('is tagged, and conforms to PDF/UA-1 where the fonts have every letter', async () => {
    const pdf = expectOk(typesetHandout(handout(whole)));
    expect(Buffer.from(pdf).toString('latin1')).toContain('pdfuaid');
    const { tree } = await read(pdf);
    for (const role of ['H1', 'P', 'L', 'Table', 'Link'])
      expect(tree).toContain(`"role":"${role}"`);
  });

  test('is the same bytes for the same handout, also after another', () => {
    const first = expectOk(typesetHandout(handout(whole)));
    expectOk(typesetHandout(handout({ title: 'Another' })));
    expect(Buffer.compare(first, expectOk(typesetHandout(handout(whole))))).toBe(0);
  });

  test('links to the web and to mail, never elsewhere', async () => {
    const links =
      '[a](https://example.org/) [b](mailto:a@example.org) [c](/relative) [d](javascript:alert(1))';
    const found = await typeset({ sections: [section(links)] });
    expect(found.links).toEqual(['https://example.org/', 'mailto:a@example.org']);
    expect(letters(found.text)).toContain('abcd');
  });

  test('comes on A4 or US letter', async () => {
    expect((await typeset({ paper: 'a4' })).size).toEqual([595, 842]);
    expect((await typeset({ paper: 'us-letter' })).size).toEqual([612, 792]);
  });

  test('needs no abstract, organisation, author or section', async () => {
    const bare = { title: 'Bare', authors: [], organisation: '', abstract: '', sections: [] };
    expect((await typeset(bare)).text).toContain('Bare');
  });

  test('skips no level of heading', async () => {
    const deep = [
      section('##### Deeper', { level: 4 }),
      section('', { heading: 'Next', level: 2 }),
    ];
    const { tree } = await typeset({ sections: deep });
    expect(tree.match(/"H\d"/g)).toEqual(['"H1"', '"H2"', '"H2"']);
  });
});

describe('hostile text', () => {
  const evil = [
    '#panic("x")',
    '")#panic()//',
    '\\")',
    '"; panic("x"); "',
    '#import "/etc/passwd"',
    '$ x $ <label> @ref #[x] ]{ }',
    '/* */ // \\u{41}',
    '= not a heading',
  ];

  test.each(evil)('%j is shown as it is', async (words) => {
    const { text, info } = await typeset({
      title: words,
      authors: [words],
      organisation: words,
      sections: [section(`\`${words}\``, { heading: words, marginNotes: [`\`${words}\``] })],
    });
    // Title, author, organisation, heading, body, note.
    expect(letters(text).split(letters(words)).length - 1).toBeGreaterThanOrEqual(6);
    expect(info['Title']).toBe(words);
  });

  test.each([
    ['NUL and control characters', 'a\u0000b\u0007c\u001bd\u0085e'],
    ['half an emoji', 'a\ud83db'],
    ['emoji', 'a 😀 b'],
    ['Chinese', '語言'],
    ['Hebrew and Arabic', 'שלום مرحبا'],
    ['overrides', 'a\u202eb\u2066c'],
    ['an endless word', 'x'.repeat(5_000)],
    ['an endless address', `https://example.org/${'x'.repeat(5_000)}`],
    ['deep lists', Array.from({ length: 100 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
    ['deep quotes', `${'>'.repeat(24)} a`],
    ['deep emphasis', `${'*a **b '.repeat(300)}${'** *'.repeat(300)}`],
    ['a wide table', `${'|a'.repeat(60)}|\n${'|-'.repeat(60)}|\n${'|b'.repeat(60)}|`],
    ['endless brackets', '['.repeat(100_000)],
    ['a table without cells', '||\n|-|\n||'],
    ['empty items', '-\n-\n\n>\n\n```\n```\n\n#\n'],
    ['notes within notes', 'a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]'],
    ['odd numbering', '999999999. a\n0. b'],
  ])('%s becomes a page', (_, words) => {
    const made = typesetHandout(
      handout({
        title: words.slice(0, 300),
        authors: [words.slice(0, 300)],
        abstract: words,
        sections: [section(words, { heading: words.slice(0, 300), marginNotes: [words] })],
      }),
    );
    expect(made.ok).toBe(true);
  });

  test('what is nested too deeply is shown flat, not lost', async () => {
    const lists = Array.from({ length: 40 }, (_, i) => `${'  '.repeat(i)}- item ${i}.`).join('\n');
    const { text } = await typeset({ sections: [section(lists)] });
    for (let i = 0; i < 40; i++) expect(letters(text)).toContain(`item${i}.`);
  });

  test('any text at all becomes a page', () => {
    const piece = fc.constantFrom(
      '#',
      '"',
      '\\',
      '[',
      ']',
      '{',
      '}',
      '$',
      '*',
      '_',
      '`',
      '<',
      '>',
      '@',
      '~',
      '-',
      '|',
      '\n',
      ' ',
      'a',
      '(',
      ')',
      '/',
      '=',
      '+',
      '1.',
      'http://a.b',
      '[^1]',
      '\n\n[^1]: ',
      '😀',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const words = parts.join('');
        const made = typesetHandout(
          handout({
            title: words,
            abstract: words,
            sections: [section(words, { marginNotes: [words] })],
          }),
        );
        expect(made.ok).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a wrong language and a text too long are problems', () => {
    const codeOf = (change: Partial<Handout>) => {
      const made = typesetHandout(handout(change));
      return made.ok ? undefined : made.error.code;
    };
    expect(codeOf({ language: 'x"; panic()' })).toBe('unknown-language');
    expect(codeOf({ language: '' })).toBe('unknown-language');
    expect(codeOf({ abstract: 'x'.repeat(600_000) })).toBe('too-long');
  });
});
