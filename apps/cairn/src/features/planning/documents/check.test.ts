import { formatProblem } from '@cairn/kernel/problem';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPlan } from './check-rules.ts';
import { readPlanDocument } from './document-rules.ts';
import { factsOf } from './facts-rules.ts';
import { planSkeleton } from './skeleton-rules.ts';
import { renderPlanText } from './text-rules.ts';

const topic = (front: string, body = ''): string => `---\n${front}---\n${body}`;
const told = (files: Record<string, string>, people?: readonly string[]): string[] =>
  checkPlan(
    Object.entries(files).map(([path, source]) => ({ path, source })),
    people === undefined ? {} : { people: new Set(people) },
  ).map(formatProblem);

describe('a document', () => {
  test.each([
    [
      'topics/a.md',
      'titel: A\n',
      ['2:1: “titel” is not a key that is known here; did you mean “title”?'],
    ],
    [
      'topics/a.md',
      'title: A\nlead: "@mira"\n',
      ['3:7: Write the handle without the at sign: mira.'],
    ],
    ['topics/a.md', 'title: A\nmood: good\nlead:\n', []],
    ['notes/a.md', 'anything: goes\n', []],
    [
      'meetings/a.md',
      'date: 2023-02-30\nmeeting: x\n',
      ['2:7: “2023-02-30” is not a day of the calendar; write year-month-day, such as 2023-05-22.'],
    ],
    [
      'practices/a.md',
      'title: A\nowner: m\nstatus:\n  scipy: differs\n',
      ['5:10: A project that differs says why; write “{status: differs, reason: why}”.'],
    ],
    [
      'standards/a.md',
      'title: A\nnumber: 4\ndate: 2022-12-09\nauthor: [Mira]\nendorsed-by:\n',
      [
        '5:10: Write name and address of an author as “Name <name@example.org>”, in quotes if the name needs them.',
      ],
    ],
    [
      'goals/a.md',
      'title: A\nneeds: []\ndeliverable: B\nwho-benefits: [C]\n',
      ['3:8: “needs” has no entry; say what is lacking today, a line for each need.'],
    ],
    [
      'decisions/a.md',
      'title: A\nmade: 2023-05-24\ncloses: 2023-06-07\ntopics: [sparse]\n',
      [
        '5:10: “sparse” is not the path of a document; write it from the top of the plan, such as topics/sparse-arrays.md.',
      ],
    ],
  ])('%s with %j', (path, front, sentences) => {
    const problems = readPlanDocument(path, topic(front))?.problems ?? [];
    expect(problems.map(formatProblem)).toEqual(sentences.map((each) => `${path}:${each}`));
  });

  test('without front matter is told where a template is; a page needs none', () => {
    expect(readPlanDocument('topics/a.md', 'A\n')?.problems[0]?.sentence).toContain(
      'topics/README.md',
    );
    expect(readPlanDocument('a.md', '---\nA line across\n')?.problems).toEqual([]);
    expect(readPlanDocument('a.png', 'x')).toBeUndefined();
  });

  test('that is too long, or a bomb, is told and not looked into', () => {
    expect(readPlanDocument('topics/a.md', 'x'.repeat(600_000))?.problems[0]?.code).toBe(
      'document-too-long',
    );
    const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*${n === 0 ? 'a' : `b${n - 1}`}, *${n === 0 ? 'a' : `b${n - 1}`}]\n`).join('')}`;
    expect(readPlanDocument('topics/a.md', topic(bomb))?.problems[0]?.code).toBe(
      'too-many-aliases',
    );
  });
});

describe('a plan', () => {
  test('is told what leads nowhere, and what is used twice', () => {
    expect(
      told(
        {
          'topics/a.md': topic(
            'title: Same\nlead: grigor\nlinks: [../gone.png]\n',
            '\n[b](b.md#nothing) {ref}`lab` {ref}`lost` @ada [x](../goals/) ![p](p.png)\n\n(lab)=\n',
          ),
          'topics/b.md': topic('title: same\nduplicate-of: topics/c.md\n', '(lab)=\n'),
          'topics/c.md': topic('title: Same\nduplicate-of: topics/a.md\n'),
          'topics/C.md': topic('title: same\n'),
          'goals/README.md': '[up](../topics/a.md#lab)\n',
        },
        ['ada'],
      ),
    ).toEqual(
      [
        'topics/a.md:3:7: Nobody here has the handle “grigor”; write the handle of somebody who takes part.',
        'topics/a.md:4:9: “../gone.png” leads to gone.png, which is not in the plan; write the path of a file that is, or take the link out.',
        'topics/a.md:7:1: There is no heading or label “nothing” in topics/b.md; write one that is there, or take “#nothing” away.',
        'topics/a.md:7:35: No document has the label “lost”; write “(lost)=” on a line above what is meant, or another label.',
        'topics/a.md:7:62: “p.png” leads to topics/p.png, which is not in the plan; write the path of a file that is, or take the link out.',
        'topics/a.md:2:1: topics/C.md has the title “Same” too; write one that tells them apart.',
        'topics/b.md:3:15: topics/c.md is a duplicate itself; write “duplicate-of: topics/a.md”.',
        'topics/b.md:5:1: The label “lab” stands in topics/a.md too; give this one another name.',
        'topics/c.md: Its name differs from topics/C.md in capitals or accents alone, and on many machines the two are one file; rename it.',
      ].sort(byPlace),
    );
  });

  test('as every plan begins has nothing to mend', () => {
    const files = planSkeleton({ title: 'S' }).map(({ path, content }) => ({
      path,
      source: content,
    }));
    expect(checkPlan(files, { people: new Set() }).map(formatProblem)).toEqual([]);
  });

  test('of any text is checked without failing; facts are plain data, and always the same', () => {
    const pieces = fc.constantFrom(
      ...[
        '---\n',
        'title: A\n',
        'lead: m\n',
        '- ',
        '[',
        '](',
        ')',
        '#',
        '{ref}`',
        '`',
        '(a)=\n',
        ':::{note}\n',
        '@m ',
        '\n',
        '"',
        ': ',
        '{',
        '&a ',
        '*a',
        '\u0000',
        '\ud800',
        '../',
        '%',
      ],
    );
    const paths = fc.constantFrom(
      'topics/a.md',
      'goals/b.md',
      'plan.yaml',
      'README.md',
      'decisions/c.md',
    );
    fc.assert(
      fc.property(paths, fc.array(pieces, { maxLength: 30 }), (path, parts) => {
        const source = parts.join('');
        const facts = factsOf(path, source);
        expect(JSON.parse(JSON.stringify(facts))).toEqual(
          JSON.parse(JSON.stringify(factsOf(path, source))),
        );
        for (const { place, sentence } of checkPlan([{ path, source }], { people: new Set() })) {
          expect(place.file).toBe(path);
          expect(sentence).toMatch(/[.?]$/);
        }
        renderPlanText(source, { base: '/s/a/plan', path });
      }),
      { numRuns: 300 },
    );
  });
});

const byPlace = (a: string, b: string): number => {
  const at = (text: string) => {
    const [, file = '', line = '0', column = '0'] = /^([^:]+)(?::(\d+):(\d+))?/.exec(text) ?? [];
    return [file, line.padStart(6, '0'), column.padStart(6, '0')].join(' ');
  };
  return at(a) < at(b) ? -1 : 1;
};

describe('the text of a plan', () => {
  const place = { base: '/s/a/plan', path: 'topics/a.md' };
  test.each([
    [
      '@Mira #12',
      '<p><a href="/s/a/plan/people/mira">@Mira</a> <a href="/s/a/plan/12">#12</a></p>\n',
    ],
    [
      '[b](../goals/b.md#x) [](#y)',
      '<p><a href="/s/a/plan/files/goals/b.md#text-x">b</a> <a href="#text-y">#y</a></p>\n',
    ],
    ['![p](p%20q.png)', '<p><a href="/s/a/plan/raw/topics/p%20q.png">p</a></p>\n'],
    ['{doc}`../goals/b`', '<p><a href="/s/a/plan/files/goals/b.md">b</a></p>\n'],
    [
      '[x](https://x.org) [y](/z) [z](javascript:alert(1))',
      '<p><a href="https://x.org">x</a> <a href="/z">y</a> z</p>\n',
    ],
  ])('%j', (text, html) => {
    expect(renderPlanText(text, place)).toBe(html);
  });
});
