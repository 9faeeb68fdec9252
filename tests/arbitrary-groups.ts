import type { GroupRule, GroupsProblem } from '@cairn/timetable/groups/model';
import fc from 'fast-check';

const key = (kind: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${kind}${at}`);
const some = (keys: readonly string[]) =>
  fc.subarray([...keys], { maxLength: Math.min(2, keys.length) });

/** Small problems of every kind: sizes that do not fit, leads of two topics, pairs, mixes, pins. */
export const anyGroupsProblem: fc.Arbitrary<GroupsProblem> = fc
  .record({ people: fc.integer({ min: 0, max: 5 }), topics: fc.integer({ min: 0, max: 3 }) })
  .chain(({ people, topics }) => {
    const who = key('p', people);
    const what = key('t', topics);
    return fc.record(
      {
        people: fc.tuple(...who.map((each) => anyPerson(each, what))),
        topics: fc.tuple(...what.map((each) => anyTopic(each, who))),
        rules: anyRules(who, what),
      },
      { requiredKeys: ['people', 'topics'] },
    );
  });

const sometimes = <T>(value: fc.Arbitrary<T>, weight: number) =>
  fc.option(value, { nil: undefined, freq: weight });

/** Keys whose value is undefined are left out. */
const present = <T extends object>(given: T): T => {
  const made = { ...given };
  for (const [name, value] of Object.entries(made)) {
    if (value === undefined) Reflect.deleteProperty(made, name);
  }
  return made;
};

function anyPerson(own: string, topics: readonly string[]) {
  const topic =
    topics.length === 0
      ? fc.constant(undefined)
      : fc.constantFrom(undefined, undefined, undefined, undefined, ...topics);
  return fc
    .record({
      key: fc.constant(own),
      ranks: fc.oneof(
        fc.shuffledSubarray([...topics]),
        fc.shuffledSubarray([...topics]).map((list) => (list.length > 1 ? [[...list]] : list)),
      ),
      interest: fc
        .dictionary(
          fc.constantFrom('none', ...topics),
          fc.constantFrom('lead' as const, 'work' as const, 'learn' as const, 1, 5, {
            level: 'lead' as const,
            weight: 4,
          }),
          { maxKeys: 2 },
        )
        .map(({ none: _, ...rest }) => rest),
      projects: some(['a', 'b', 'c']),
      refuses: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, some(topics)),
      pinned: topic,
      isOut: fc.constantFrom(false, false, false, false, false, true),
    })
    .map((person) => present(person) as GroupsProblem['people'][number]);
}

function anyTopic(own: string, people: readonly string[]) {
  return fc
    .record({
      key: fc.constant(own),
      least: fc.integer({ min: 1, max: 3 }),
      more: fc.integer({ min: 0, max: 2 }),
      groups: fc.constantFrom(1, 1, 1, 2),
      leads: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, some(people)),
      needed: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, some(people)),
      mustRun: fc.constantFrom(false, false, true),
      mix: sometimes(
        fc.record({
          different: fc.integer({ min: 0, max: 3 }),
          least: fc.constantFrom({}, { a: 1 }, { b: 2 }),
        }),
        2,
      ),
    })
    .map(
      ({ more, ...topic }) =>
        present({ ...topic, most: topic.least + more }) as GroupsProblem['topics'][number],
    );
}

function anyRules(people: readonly string[], topics: readonly string[]): fc.Arbitrary<GroupRule[]> {
  const pair = fc.subarray([...people], {
    minLength: Math.min(2, people.length),
    maxLength: Math.min(3, people.length),
  });
  const level = fc.constantFrom(0, 0, 3, 8);
  const weight = fc.integer({ min: 1, max: 3 });
  const rule: fc.Arbitrary<GroupRule> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('together' as const, 'apart' as const),
      people: pair,
      level,
      weight,
    }),
    fc.record({
      kind: fc.constant('unmoved' as const),
      level: fc.constantFrom(0, 3),
      weight,
      from: fc
        .tuple(...people.map(() => fc.constantFrom(undefined, ...topics)))
        .map((list) =>
          Object.fromEntries(
            list.flatMap((topic, at) => (topic === undefined ? [] : [[people[at] ?? '', topic]])),
          ),
        ),
    }),
    fc.record({
      kind: fc.constantFrom(
        'size' as const,
        'leads' as const,
        'pinned' as const,
        'interest' as const,
      ),
      level: fc.constantFrom(0, 1, 2, 6),
      weight,
    }),
  );
  return fc.uniqueArray(rule, {
    maxLength: 2,
    selector: (each) =>
      'people' in each || each.kind === 'unmoved' ? JSON.stringify(each) : each.kind,
  });
}
