import { validateFrontMatter } from '@cairn/formats/front-matter';
import { inlineText, parseMarkdown } from '@cairn/formats/markdown';
import { expectOk } from '@cairn/kernel/result';
import { typesetHandout } from '@cairn/typeset/handout';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { definitions } from '../../../../../tests/arbitrary-definition.ts';
import { pdfFacts, pdfText } from '../../../../../tests/pdf-text.ts';
import { ANNOUNCEMENT_FACTS, HANDOUT_FACTS, tellsFact } from '../../../../../tests/seed-facts.ts';
import { seedDefinition } from '../../../../../tests/summit.ts';
import type { SummitDefinition } from '../summits/schema.ts';
import { announcement } from './announcement-rules.ts';
import { handout } from './handout-rules.ts';

const EDITION = { page: 'https://cairn.example.org/s/sp_summit_2023', isDraft: false };
const pdfOf = (definition: SummitDefinition, isDraft = false): Uint8Array =>
  expectOk(typesetHandout(handout(definition, { ...EDITION, isDraft })));

const frontMatter = z.object({
  title: z.string(),
  summary: z.string(),
  authors: z.array(z.string()),
  date: z.string(),
});
const read = (text: string) => expectOk(validateFrontMatter(text, 'announcement.md', frontMatter));
const headings = (text: string): string[] =>
  parseMarkdown(read(text).body).flatMap((block) =>
    block.kind === 'heading' ? [`${'#'.repeat(block.level)} ${inlineText(block.content)}`] : [],
  );

describe('the documents of the seeds’ summit', () => {
  const facts = [...ANNOUNCEMENT_FACTS, ...HANDOUT_FACTS];
  let inAnnouncement: ReturnType<typeof tellsFact>;
  let inHandout: ReturnType<typeof tellsFact>;

  beforeAll(async () => {
    inAnnouncement = tellsFact(announcement(seedDefinition()));
    inHandout = tellsFact(await pdfText(pdfOf(seedDefinition())));
  });

  test.each(facts)('both say: $fact', (fact) => {
    expect({ announcement: inAnnouncement(fact), handout: inHandout(fact) }).toEqual({
      announcement: true,
      handout: true,
    });
  });

  test('a fact that is in neither is found in neither', () => {
    const other = { fact: 'fifty-one participants', puts: ['fifty-one participants'] };
    expect([inAnnouncement(other), inHandout(other)]).toEqual([false, false]);
  });
});

describe('the announcement', () => {
  test('has the front matter of the seed', () => {
    const { value } = read(announcement(seedDefinition()));
    expect(value).toEqual({
      title: '2023 Scientific Python Developer Summit',
      summary: expect.stringContaining('forty participants'),
      authors: ['Brigitta Sipőcz', 'K. Jarrod Millman', 'Stéfan J. van der Walt'],
      date: '2023-01-11',
    });
  });

  test('has the headings of the seed, in its order', () => {
    expect(headings(announcement(seedDefinition()))).toEqual([
      '## Goals',
      '### 1. Improve joint infrastructure',
      '### 2. Better coordinate core projects',
      '### 3. Work on a shared strategic plan',
      '## Logistics',
      '### Participants',
      '### Dates',
      '### Pre-Summit Planning',
      '### Summit Execution',
      '### Post-Summit Implementation',
    ]);
  });

  test('letters the obligations, each on its line', () => {
    expect(announcement(seedDefinition())).toContain(
      [
        '(a) take part in two of the three one-hour pre-summit planning meetings,',
        '(b) collaborate with fellow participants on a work plan, in a planning repository via PRs and issues, as both contributor and reviewer,',
        '(c) attend the one-week summit in-person, and',
        '(d) participate, to whatever degree possible, in several months of post-summit implementation.',
        '',
      ].join('\n'),
    );
  });

  test('lists the meetings and the summit; a fixed time names its zone, the link stays out', () => {
    const { planning_meetings: meetings } = seedDefinition();
    const [, ...open] = meetings.list;
    const fixed = {
      key: 'february',
      title: 'February planning meeting',
      starts: '2023-02-27T09:00',
      link: 'https://video.example.org/secret',
      tracks: [{ key: 'build', title: 'Build systems', topics: [], lead: 'Ada Byron' }],
    };
    const text = announcement(
      seedDefinition({ planning_meetings: { ...meetings, list: [fixed, ...open] } }),
    );
    expect(text).toContain(
      [
        '- February planning meeting: Mon 27 Feb 2023, 09:00 PST (America/Los_Angeles); tracks: Build systems (Ada Byron)',
        '- March planning meeting (TBD)',
        '- April planning meeting (TBD)',
        '- 22–26 May 2023 Summit',
        '',
      ].join('\n'),
    );
    expect(text).not.toContain('secret');
  });

  test('says which month is meant where the title does not', () => {
    const { planning_meetings: meetings } = seedDefinition();
    const list = [{ key: 'first', title: 'Kick-off', month: '2023-02', tracks: [] }];
    const text = announcement(seedDefinition({ planning_meetings: { ...meetings, list } }));
    expect(text).toContain('- Kick-off (February 2023, TBD)\n');
  });

  test('of any summit parses as front matter and Markdown and says title, authors and promises', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const text = announcement(definition);
        const { value } = read(text);
        expect(value.authors).toEqual(definition.authors);
        expect(value.date).toBe(definition.announced);
        expect(text).toContain('## Logistics');
        expect(text).toContain(' Summit\n');
      }),
      { numRuns: 60 },
    );
  });
});

describe('the handout', () => {
  test('is a PDF that names its title and authors, on a few pages', async () => {
    expect(await pdfFacts(pdfOf(seedDefinition()))).toEqual({
      pages: 3,
      title: 'The First Annual Scientific Python Developer Summit',
      author: 'Brigitta Sipőcz, K. Jarrod Millman, Stéfan J. van der Walt',
    });
  });

  test('has the sections of the seed, in its order', () => {
    const { sections } = handout(seedDefinition(), EDITION);
    expect(sections.map(({ heading, level }) => `${'#'.repeat(level)} ${heading}`)).toEqual([
      '# Goals',
      '## Improve joint infrastructure',
      '## Better coordinate core projects',
      '## Work on a shared strategic plan',
      '# Logistics',
      '## Participants',
      '## Timing',
      '## Pre-Summit Planning',
      '## Summit Execution',
      '## Post-Summit Implementation',
    ]);
  });

  test('tells the facts at a glance in the margin', () => {
    const { sections } = handout(seedDefinition(), EDITION);
    expect(sections.flatMap(({ marginNotes }) => marginNotes).slice(0, 7)).toEqual([
      '**When** 22–26 May 2023, five days and six nights',
      '**Where** eScience Institute, University of Washington, Seattle',
      '**Host** [eScience Institute](<https://escience.washington.edu>), University of Washington',
      '**Seats** 40 participants, no more than 50',
      '**Covered** travel, food, and lodging',
      '**More** [cairn.example.org/s/sp_summit_2023](<https://cairn.example.org/s/sp_summit_2023>)',
      '**Lead time** four months',
    ]);
  });

  test('of a draft says that it is one', async () => {
    expect(await pdfText(pdfOf(seedDefinition(), true))).toContain('Draft, not announced yet');
    expect(await pdfText(pdfOf(seedDefinition()))).not.toContain('Draft');
  });

  test('of any summit can be typeset', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const typeset = typesetHandout(handout(definition, EDITION));
        expect(typeset.ok ? [] : typeset.error).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
