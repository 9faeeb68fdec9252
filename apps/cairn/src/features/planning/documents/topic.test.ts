import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPlanDocument } from './document-rules.ts';
import { EFFORTS, TOPIC_STATES } from './kind-schema.ts';
import { asSectionText } from './section-rules.ts';
import { topicProblems } from './topic-problem-rules.ts';
import { readTopic, type TopicDocument, writeTopic } from './topic-rules.ts';

const read = (source: string): TopicDocument => {
  const document = readPlanDocument('topics/a.md', source);
  if (document === undefined) throw new Error('a topic is a document');
  return readTopic(document);
};

const SOURCE = `---
# Kept by hand.
title: "Sparse arrays"   # as agreed
state: proposed
lead: Mira
x-own: {kept: true}
people: [jonas, ada]
---

What stands before the first heading.

## Problem

It hurts.

\`\`\`
## Goal
no heading, in code
\`\`\`

## Background

Nobody here knows this section.

## First tasks

In this order:

- [x] Read
  everything
- [ ] Write

And then we see.

## goal ##

Less pain.
`;

describe('the document of a topic', () => {
  test('is read from front matter and sections; the rest is kept', () => {
    expect(read(SOURCE)).toMatchObject({
      title: 'Sparse arrays',
      state: 'proposed',
      lead: 'mira',
      people: ['jonas', 'ada'],
      problem: 'It hurts.\n\n```\n## Goal\nno heading, in code\n```',
      goal: 'Less pain.',
      doneWhen: '',
      firstTasks: [
        { text: 'Read everything', done: true },
        { text: 'Write', done: false },
      ],
      rest: 'What stands before the first heading.\n\n## Background\n\nNobody here knows this section.',
    });
  });

  test('is the same byte for byte when nothing differs', () => {
    expect(writeTopic(SOURCE, read(SOURCE))).toBe(SOURCE);
    const windows = SOURCE.replaceAll('\n', '\r\n');
    expect(writeTopic(windows, read(windows))).toBe(windows);
  });

  test('changes only where it says something else', () => {
    const topic = read(SOURCE);
    const written = writeTopic(SOURCE, {
      ...topic,
      state: 'planned',
      doneWhen: 'It is released.',
      firstTasks: [...topic.firstTasks, { text: 'Release', done: false }],
    });
    expect(written).toBe(
      SOURCE.replace('state: proposed', 'state: planned')
        .replace('- [ ] Write\n', '- [ ] Write\n- [ ] Release\n')
        .replace('Less pain.\n', 'Less pain.\n\n## Done when\n\nIt is released.\n'),
    );
  });

  test('that is new has its keys in the order of the templates', () => {
    expect(
      writeTopic(undefined, {
        ...EMPTY,
        title: 'Sparse arrays',
        lead: 'mira',
        problem: 'It hurts.\n\n# Very much',
        firstTasks: [{ text: 'Read', done: false }],
      }),
    ).toBe(
      '---\ntitle: Sparse arrays\nstate: idea\nlead: mira\n---\n\n## Problem\n\nIt hurts.\n\n### Very much\n\n## First tasks\n\n- [ ] Read\n',
    );
  });

  test('says what was written into it, whatever stood there before', () => {
    fc.assert(
      fc.property(sources(), topics(), (before, topic) => {
        const written = writeTopic(before, topic);
        expect(read(written)).toEqual(asRead(topic));
        // Written once more, nothing moves.
        expect(writeTopic(written, read(written))).toBe(written);
      }),
      { numRuns: 200 },
    );
  });

  test('of any text is read and written without failing, and stays as it is when nothing differs', () => {
    fc.assert(
      fc.property(sources(), (source) => {
        const document = readPlanDocument('topics/a.md', source);
        if (document === undefined || document.front === null) return;
        expect(writeTopic(source, readTopic(document))).toBe(source);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a topic lacks', () => {
  const whole: TopicDocument = {
    ...asRead({ ...emptyTopic(), title: 'A' }),
    state: 'planned',
    lead: 'mira',
    people: ['jonas'],
    projects: ['scipy'],
    effort: 'small',
    problem: 'p',
    goal: 'g',
    doneWhen: 'd',
    firstTasks: [{ text: 't', done: false }],
  };

  test('is nothing when all is said', () => {
    expect(topicProblems(whole)).toEqual([]);
  });

  test.each([
    [{ lead: undefined }, 'topic-without-lead'],
    [{ people: ['mira'] }, 'topic-without-people'],
    [{ projects: [] }, 'topic-without-projects'],
    [{ effort: undefined }, 'topic-without-effort'],
    [{ problem: '' }, 'topic-without-problem'],
    [{ goal: '' }, 'topic-without-goal'],
    [{ doneWhen: '' }, 'topic-without-done-when'],
    [{ firstTasks: [] }, 'topic-without-tasks'],
    [{ state: 'done' as const }, 'topic-done-with-open-tasks'],
  ])('%j is told as %s', (change, code) => {
    expect(topicProblems({ ...whole, ...change }).map((each) => each.code)).toEqual([code]);
  });

  test('is not asked of ideas, of what was dropped, nor of duplicates', () => {
    const bare = { ...emptyTopic(), title: 'A', problem: 'p' };
    expect(topicProblems(bare)).toEqual([]);
    expect(topicProblems({ ...bare, state: 'dropped', problem: '' })).toEqual([]);
    expect(topicProblems({ ...bare, state: 'planned', duplicateOf: 'topics/b.md' })).toEqual([]);
  });
});

function emptyTopic(): TopicDocument {
  return {
    title: '',
    state: 'idea',
    lead: undefined,
    people: [],
    projects: [],
    effort: undefined,
    labels: [],
    links: [],
    opened: undefined,
    by: undefined,
    duplicateOf: undefined,
    problem: '',
    goal: '',
    doneWhen: '',
    firstTasks: [],
    rest: '',
  };
}
const EMPTY = emptyTopic();

/** A topic as reading gives it: its texts as they may stand below a heading. */
function asRead(topic: TopicDocument): TopicDocument {
  return {
    ...topic,
    problem: asSectionText(topic.problem),
    goal: asSectionText(topic.goal),
    doneWhen: asSectionText(topic.doneWhen),
  };
}

function prose() {
  const pieces = fc.constantFrom(
    ...['word', ' ', '\n', '\n\n', '# A', '## Goal', '## ', '### C', '```', '~~~', '- [ ] x', '> '],
    ...['    ', '\t', '\r\n', '---', '...', '%', ':::{note}', ':::', '## Problem\n', '`', 'é'],
  );
  return fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
}

const handles = () => fc.constantFrom('mira', 'jonas', 'ada-2');
const words = () => fc.constantFrom('numpy', 'a: b', '"x"', '#1', '- y', 'true', '1e3', 'é');

function topics(): fc.Arbitrary<TopicDocument> {
  return fc.record({
    title: fc.constantFrom('A', 'A: b', '# c', '"d"', '- e', '12'),
    state: fc.constantFrom(...TOPIC_STATES),
    lead: fc.option(handles(), { nil: undefined }),
    people: fc.array(handles(), { maxLength: 3 }),
    projects: fc.array(words(), { maxLength: 3 }),
    effort: fc.option(fc.constantFrom(...EFFORTS), { nil: undefined }),
    labels: fc.array(words(), { maxLength: 3 }),
    links: fc.array(fc.constant('https://example.org'), { maxLength: 2 }),
    opened: fc.option(fc.constant('2023-03-01'), { nil: undefined }),
    by: fc.option(handles(), { nil: undefined }),
    duplicateOf: fc.option(fc.constant('topics/b.md'), { nil: undefined }),
    problem: prose(),
    goal: prose(),
    doneWhen: prose(),
    firstTasks: fc.array(
      fc.record({ text: fc.constantFrom('a', 'b *c*', '@mira by Friday'), done: fc.boolean() }),
      { maxLength: 3 },
    ),
    rest: fc.constantFrom(
      '',
      'Words.',
      '## Background\n\nMore.',
      'Words.\n\n## A\n\n- [ ] no task of the topic\n\n## B',
    ),
  });
}

function sources(): fc.Arbitrary<string> {
  const keys = fc.constantFrom(
    ...['title: A\n', 'title: "B"  # c\n', 'state: planned\n', 'lead: Ada\n', 'people: [mira]\n'],
    ...['# a comment\n', 'x: {y: [1]}\n', 'labels:\n  - a # b\n  - c\n', '\n', 'effort:\n'],
  );
  const front = fc.uniqueArray(keys, { maxLength: 6 }).map((lines) => lines.join(''));
  return fc.oneof(
    fc.constant(SOURCE),
    fc
      .tuple(front, fc.array(prose(), { maxLength: 4 }), fc.boolean())
      .map(([yaml, body, isWindows]) => {
        const text = `---\n${yaml}---\n${body.join('\n## First tasks\n')}`;
        return isWindows ? text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') : text;
      }),
    prose(),
  );
}
