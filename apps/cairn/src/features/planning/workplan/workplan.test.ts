import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import { TOPIC_STATES } from '../documents/kind-schema.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';
import { type PrintedPlan, workPlanHandout, workPlanMarkdown } from './print-rules.ts';
import {
  daysToFreeze,
  freezeDay,
  type PlanTopic,
  planChanges,
  workPlanOf,
} from './workplan-rules.ts';

const day = (text: string) => expectOk(parseDate(text));
const bare: TopicDocument = {
  title: 'Sparse arrays',
  state: 'planned',
  lead: 'mira',
  people: ['jonas'],
  projects: ['scipy'],
  effort: 'medium',
  labels: [],
  links: [],
  problem: 'Too many',
  goal: 'One',
  doneWhen: 'All use it',
  firstTasks: [{ text: 'Write it', done: false }],
  rest: '',
};
const topic = (over: Partial<TopicDocument> = {}, path = 'topics/sparse.md'): PlanTopic => ({
  path,
  number: 1,
  topic: { ...bare, ...over },
});
const people = ['Mira', 'Jonas', 'Ada'].map((name) => ({
  id: name,
  name,
  handle: name.toLowerCase(),
}));

describe('the work plan', () => {
  test('says what a planned topic lacks, and leaves ideas and merged topics out', () => {
    const plan = workPlanOf(
      [
        topic({ lead: undefined, doneWhen: '' }),
        topic({ state: 'idea' }, 'topics/idea.md'),
        topic({ duplicateOf: 'topics/sparse.md' }, 'topics/again.md'),
      ],
      people,
      undefined,
    );
    expect(plan.topics.map(({ path }) => path)).toEqual(['topics/sparse.md']);
    expect(plan.topics[0]?.lacks.map(({ code }) => code)).toEqual([
      'topic-without-lead',
      'topic-without-done-when',
    ]);
    expect(plan.unplanned).toBe(1);
  });

  test('says who has nothing to do and, once organisers say what is too much, who has', () => {
    const topics = [topic(), topic({ people: ['Jonas'] }, 'topics/b.md')];
    const silent = workPlanOf(topics, people, undefined);
    expect(silent.idle.map(({ name }) => name)).toEqual(['Ada']);
    expect(silent.people.map(({ isOverloaded }) => isOverloaded)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const judged = workPlanOf(topics, people, { mostTopics: 2, mostLed: 1 });
    expect(judged.people.map(({ isOverloaded }) => isOverloaded)).toEqual([true, false, false]);
  });

  test('lets work that is done weigh on nobody', () => {
    expect(workPlanOf([topic({ state: 'done' })], people, undefined).idle).toHaveLength(3);
  });

  test('counts the days to the step of the definition, or to the eve of the summit', () => {
    const definition = seedDefinition();
    expect(freezeDay(definition).toString()).toBe('2023-05-08');
    expect(daysToFreeze(definition, day('2023-05-10'))).toBe(-2);
    expect(freezeDay({ ...definition, phases: [] }).toString()).toBe('2023-05-21');
  });
});

describe('what changed since a version', () => {
  test('is told topic by topic, in words', () => {
    const changes = planChanges(
      [
        topic(),
        topic({ title: 'Builds' }, 'topics/builds.md'),
        topic({ title: 'Docs' }, 'topics/docs.md'),
      ],
      [
        topic({
          lead: 'ada',
          people: ['jonas', 'cy'],
          firstTasks: [{ text: 'Write it', done: true }],
        }),
        topic({ title: 'Builds' }, 'topics/all-builds.md'),
        topic({ title: 'Docs', state: 'dropped' }, 'topics/docs.md'),
        topic({ title: 'New' }, 'topics/new.md'),
      ],
    );
    expect(changes.map(({ kind, title, words }) => [kind, title, ...words])).toEqual([
      [
        'changed',
        'Sparse arrays',
        'lead: ada, was mira',
        'people: with cy',
        'first tasks: 1 of 1 done',
      ],
      ['added', 'New'],
      ['removed', 'Docs', 'it is dropped now'],
    ]);
  });

  const anyTopics = fc.uniqueArray(
    fc
      .record({
        path: fc.constantFrom('a', 'b', 'c', 'd'),
        title: fc.constantFrom('One', 'Two'),
        state: fc.constantFrom(...TOPIC_STATES),
        lead: fc.constantFrom(undefined, 'mira', 'ada'),
      })
      .map(({ path, ...over }) => topic(over, `topics/${path}.md`)),
    { selector: ({ path }) => path },
  );

  test('is nothing between a plan and itself, and tells each topic once', () => {
    fc.assert(
      fc.property(anyTopics, anyTopics, (one, other) => {
        expect(planChanges(one, one)).toEqual([]);
        const told = planChanges(one, other).map(({ kind, path }) => `${kind} ${path}`);
        expect(new Set(told).size).toBe(told.length);
        const inPlan = (topics: readonly PlanTopic[]) => workPlanOf(topics, [], undefined).topics;
        const added = planChanges(one, other).filter(({ kind }) => kind === 'added').length;
        const removed = planChanges(one, other).filter(({ kind }) => kind === 'removed').length;
        expect(inPlan(other).length - inPlan(one).length).toBe(added - removed);
      }),
    );
  });
});

describe('in print', () => {
  const definition = seedDefinition();
  const plan: PrintedPlan = {
    definition,
    topics: workPlanOf([topic({ title: 'A_b *c*' })], [], undefined).topics,
    nameOf: (handle) => `@${handle}`,
    frozen: undefined,
    on: day('2023-05-08'),
    page: 'https://cairn.example/s/sp_summit_2023',
  };

  test('a draft says that it is one, on its first lines', () => {
    const text = workPlanMarkdown(plan);
    expect(text.split('\n\n').slice(0, 3).join(' ')).toMatch(/DRAFT.*DRAFT.*DRAFT/s);
    expect(workPlanHandout(plan).title).toContain('DRAFT');
  });

  test('a frozen version names its tag, commit and day, and is no draft', () => {
    const frozen = { tag: 'workplan-2', name: 'For the summit', commit: 'a'.repeat(40) };
    const text = workPlanMarkdown({ ...plan, frozen });
    expect(text).not.toContain('DRAFT');
    expect(text).toContain('workplan-2: For the summit, frozen on Mon 8 May 2023');
    expect(text).toContain('`aaaaaaaaaaaa`');
    expect(text).toContain('## A\\_b \\*c\\*');
    expect(text).toContain('- **Lead:** @mira');
    expect(text).toContain('- [ ] Write it');
  });
});
