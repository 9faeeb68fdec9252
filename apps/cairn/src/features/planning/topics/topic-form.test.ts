import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StateRules, whyNotMove } from './state-rules.ts';
import {
  EMPTY_TOPIC_FORM,
  freePath,
  listOf,
  mergeForms,
  readTopicForm,
  TOPIC_FIELDS,
  type TopicForm,
} from './topic-form-rules.ts';
import { filterQuery, topicFilter } from './topic-list-schema.ts';

const form = fc.record(
  Object.fromEntries(TOPIC_FIELDS.map((field) => [field, fc.constantFrom('', 'a', 'b', 'c')])),
) as fc.Arbitrary<TopicForm>; // a text for each field

describe('two who change a topic at once', () => {
  test('both have what only they changed, and where both changed the same it is told', () => {
    fc.assert(
      fc.property(form, form, form, (base, mine, theirs) => {
        const { merged, clashes } = mergeForms(base, mine, theirs);
        for (const field of TOPIC_FIELDS) {
          const [was, my, their] = [base[field], mine[field], theirs[field]];
          if (my === was) expect(merged[field]).toBe(their);
          else expect(merged[field]).toBe(my);
          expect(clashes.includes(field)).toBe(my !== was && their !== was && my !== their);
        }
      }),
    );
  });
});

describe('the form of a topic', () => {
  test('of any text is read or refused at its fields', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const any = fc.record(
      Object.fromEntries(TOPIC_FIELDS.map((field) => [field, text])),
    ) as fc.Arbitrary<TopicForm>; // a text for each field
    fc.assert(
      fc.property(any, (typed) => {
        const { problems } = readTopicForm(typed);
        for (const { place } of problems) expect(TOPIC_FIELDS).toContain(place.path);
      }),
    );
  });

  test('needs a title and a problem, and nothing else', () => {
    const { problems } = readTopicForm(EMPTY_TOPIC_FORM);
    expect(problems.map(({ place }) => place.path)).toEqual(['title', 'problem']);
  });

  test('takes names with commas or on lines, each once', () => {
    expect(listOf('@mira, Jonas  Weber;\nMIRA,,')).toEqual(['mira', 'Jonas Weber']);
  });
});

test('a path made of a title is free, and below topics', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(5), (title, count) => {
      const taken = new Set<string>();
      for (let at = 0; at <= count; at += 1) {
        const path = freePath(title, taken);
        expect(path).toMatch(/^topics\/[a-z0-9]+(-[a-z0-9]+)*\.md$/);
        expect(taken.has(path)).toBe(false);
        taken.add(path);
      }
    }),
  );
  expect(freePath('README', new Set())).toBe('topics/topic-readme.md');
});

test('what a state needs is asked of whoever may move it, and nothing of the state that it is in', () => {
  const rules: StateRules = { planned: { movers: 'people', needs: ['lead', 'effort'] } };
  const topic = {
    title: 'T',
    state: 'idea' as const,
    people: [],
    projects: [],
    labels: [],
    links: [],
    problem: 'p',
    goal: '',
    doneWhen: '',
    firstTasks: [],
    rest: '',
  };
  const nobody = { isOfIt: false, isOrganiser: false };
  const own = { isOfIt: true, isOrganiser: false };
  expect(whyNotMove(rules, topic, 'planned', nobody)).toMatchObject([{ code: 'may-not-move' }]);
  expect(whyNotMove(rules, topic, 'planned', own)).toHaveLength(2);
  expect(whyNotMove(rules, { ...topic, lead: 'x', effort: 'small' }, 'planned', own)).toEqual([]);
  expect(whyNotMove(rules, topic, 'idea', nobody)).toEqual([]);
});

test('the address of a list says what the list was asked for', () => {
  const filter = topicFilter.parse({
    state: 'idea',
    label: 'ci',
    mine: '1',
    q: 'a&b',
    view: 'board',
  });
  const query = Object.fromEntries(new URLSearchParams(filterQuery(filter)));
  expect(topicFilter.parse(query)).toEqual(filter);
  expect(filterQuery(topicFilter.parse({ state: 'nonsense', page: 'x', sort: '1' }))).toBe('');
});
