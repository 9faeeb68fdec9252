import { formGroups } from '@cairn/timetable/groups/form-groups';
import { indexGroups } from '@cairn/timetable/groups/index-groups';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedGroups, sizeProblem, usualTopics } from './asked-rules.ts';
import { isAwayFor } from './fact-rules.ts';
import { changeForm, moveForm } from './form-schema.ts';
import { groupKeyFrom, keysOfTopics } from './key-rules.ts';
import { leadsIn } from './lead-rules.ts';
import { movedBetween } from './moved-rules.ts';
import { type GroupsNow, whyNotJoin, whyNotSwap } from './own-rules.ts';
import {
  type AskedGroup,
  type GroupFacts,
  type GroupsAsked,
  groupsProblem,
  notesOn,
  type Place,
} from './problem-rules.ts';
import { roomIn } from './room-rules.ts';
import { whysOf } from './why-rules.ts';

const asked = (key: string, topicNumber: number | null): AskedGroup => ({
  ...{ key, title: key, topicNumber, least: null, most: null, isPinned: false, needed: [] },
});

const person = (id: string, projects: string[] = []) => ({
  ...{ id, name: id, projects, isAway: false },
});

const topic = (number: number, lead: string | null = null) => ({
  number,
  path: `topics/t${number}.md`,
  title: `T${number}`,
  state: 'planned',
  lead,
  people: [],
  projects: [],
});

/** Up to 9 people who say anything of up to 4 topics, some of them pinned, out or away. */
const anyGroups: fc.Arbitrary<{ facts: GroupFacts; asked: GroupsAsked }> = fc
  .record({ people: fc.integer({ min: 1, max: 9 }), topics: fc.integer({ min: 1, max: 4 }) })
  .chain(({ people, topics }) => {
    const someone = fc.integer({ min: 0, max: people - 1 }).map((at) => `p${at}`);
    return fc.record({
      said: fc.uniqueArray(
        fc.record({
          number: fc.integer({ min: 1, max: topics }),
          personId: someone,
          level: fc.constantFrom('lead', 'work', 'learn', 'none'),
          why: fc.constant(''),
        }),
        { selector: ({ number, personId }) => `${number} ${personId}`, maxLength: 30 },
      ),
      leads: fc.array(fc.option(someone), { minLength: topics, maxLength: topics }),
      needed: fc.array(fc.uniqueArray(someone, { maxLength: 2 }), {
        minLength: topics,
        maxLength: topics,
      }),
      away: fc.uniqueArray(someone, { maxLength: 2 }),
      places: fc.uniqueArray(
        fc.record({
          personId: someone,
          key: fc.option(fc.integer({ min: 1, max: topics + 1 }).map((at) => `g${at}`)),
          isOut: fc.boolean(),
          isPinned: fc.boolean(),
        }),
        { selector: ({ personId }) => personId },
      ),
      sizes: fc.record({
        least: fc.integer({ min: 1, max: 3 }),
        more: fc.integer({ min: 0, max: 5 }),
      }),
      different: fc.integer({ min: 1, max: 3 }),
      keepsPlaces: fc.boolean(),
      count: fc.constant({ people, topics }),
    });
  })
  .map(({ said, leads, needed, away, places, sizes, different, keepsPlaces, count }) => ({
    facts: {
      people: Array.from({ length: count.people }, (_, at) => ({
        ...person(`p${at}`, at % 2 === 0 ? ['numpy'] : ['scipy']),
        isAway: away.includes(`p${at}`),
      })),
      topics: leads.map((lead, at) => topic(at + 1, lead)),
      said,
      projects: [{ key: 'numpy', name: 'NumPy' }],
    },
    asked: {
      groups: needed.map((each, at) => ({ ...asked(`g${at + 1}`, at + 1), needed: each })),
      least: sizes.least,
      most: sizes.least + sizes.more,
      different,
      // Who is out is in no group.
      places: places.map((place): Place => (place.isOut ? { ...place, key: null } : place)),
      keepsPlaces,
    },
  }));

describe('the problem that groups are made of', () => {
  test('holds together whatever people say, and names everybody who comes once', () => {
    fc.assert(
      fc.property(anyGroups, ({ facts, asked: wanted }) => {
        const problem = groupsProblem(facts, wanted);
        expect(indexGroups(problem).ok).toBe(true);
        expect(problem.people.map(({ key }) => key)).toEqual(facts.people.map(({ id }) => id));
      }),
    );
  });

  test('puts nobody into a group who opted out or is away, and keeps who was put by hand', () => {
    fc.assert(
      fc.property(anyGroups, fc.nat(9), ({ facts, asked: wanted }, seed) => {
        const indexed = indexGroups(groupsProblem(facts, wanted));
        if (!indexed.ok) throw new Error('it holds together');
        const found = formGroups(indexed.value, { seed, budget: 500 });
        const placeOf = new Map(
          found.groups.flatMap(({ topic: key, people }) => people.map((each) => [each, key])),
        );
        const everybody = [...placeOf.keys(), ...found.unplaced];
        expect(new Set(everybody).size).toBe(everybody.length);
        for (const { personId, isOut, isPinned } of wanted.places) {
          if (isOut && isPinned) expect(everybody).not.toContain(personId);
        }
        for (const { id, isAway } of facts.people) if (isAway) expect(everybody).not.toContain(id);
        if (found.values[0] !== 0) return;
        // Everything that must hold does: then pins do.
        for (const { personId, key, isOut, isPinned } of wanted.places) {
          const isThere = facts.people.some(({ id, isAway }) => id === personId && !isAway);
          const isKnown = wanted.groups.some((group) => group.key === key);
          if (isPinned && !isOut && isThere && isKnown) expect(placeOf.get(personId)).toBe(key);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('orders wishes by what people would do, and takes “not for me” for a refusal', () => {
    const facts: GroupFacts = {
      people: [person('ada')],
      topics: [topic(1), topic(2), topic(3), topic(4, 'ada')],
      said: [
        { number: 1, personId: 'ada', level: 'learn', why: '' },
        { number: 2, personId: 'ada', level: 'none', why: '' },
        { number: 3, personId: 'ada', level: 'work', why: '' },
      ],
      projects: [],
    };
    const groups = [1, 2, 3, 4].map((number) => asked(`g${number}`, number));
    const wanted = { groups, least: 1, most: 9, different: 1, places: [], keepsPlaces: false };
    const [ada] = groupsProblem(facts, wanted).people;
    expect(ada?.interest).toEqual({ g1: 'learn', g3: 'work', g4: 'lead' });
    expect(ada?.refuses).toEqual(['g2']);
  });

  test('binds a lead to the one topic that they lead, and nobody who leads several', () => {
    const facts: GroupFacts = {
      people: [person('ada'), person('bo')],
      topics: [topic(1, 'ada'), topic(2, 'bo'), topic(3, 'bo')],
      said: [],
      projects: [],
    };
    const groups = [1, 2, 3].map((number) => asked(`g${number}`, number));
    const wanted = { groups, least: 1, most: 9, different: 1, places: [], keepsPlaces: false };
    expect(groupsProblem(facts, wanted).topics.map(({ leads }) => leads)).toEqual([
      ['ada'],
      [],
      [],
    ]);
    expect(notesOn(facts, wanted)).toEqual([
      'bo leads 2 of the topics and can be in one group only, so that none of them waits for bo.',
    ]);
  });

  test('lets the projects meet that a topic names, by key or by name', () => {
    const facts: GroupFacts = {
      people: [person('ada', ['scikit_learn']), person('bo', ['numpy'])],
      topics: [{ ...topic(1), projects: ['scikit-learn', 'NumPy', 'Nobody’s'] }],
      said: [],
      projects: [
        { key: 'scikit_learn', name: 'scikit-learn' },
        { key: 'numpy', name: 'NumPy' },
      ],
    };
    const groups = [asked('g1', 1)];
    const wanted = { groups, least: 1, most: 9, different: 2, places: [], keepsPlaces: false };
    expect(groupsProblem(facts, wanted).topics[0]?.mix).toEqual({
      different: 2,
      least: { scikit_learn: 1, numpy: 1 },
    });
  });
});

describe('why somebody is where they are', () => {
  test('is said to everybody, wherever they are', () => {
    fc.assert(
      fc.property(anyGroups, ({ facts, asked: wanted }) => {
        const places = facts.people.map(({ id }, at) => ({
          personId: id,
          key: at % 3 === 0 ? null : `g${(at % wanted.groups.length) + 1}`,
          isOut: false,
          cameBy: 'search' as const,
        }));
        const whys = whysOf(groupsProblem(facts, wanted), places);
        for (const { id } of facts.people) expect(whys.get(id)?.[0]).toMatch(/^You are in /);
      }),
    );
  });

  test('says what they want there, and with whom they could change places', () => {
    const facts: GroupFacts = {
      people: ['ada', 'bo', 'cy'].map((id) => person(id)),
      topics: [topic(1), topic(2)],
      said: [
        { number: 1, personId: 'ada', level: 'lead', why: '' },
        { number: 1, personId: 'bo', level: 'lead', why: '' },
        { number: 2, personId: 'bo', level: 'work', why: '' },
        { number: 2, personId: 'cy', level: 'work', why: '' },
      ],
      projects: [],
    };
    const groups = [{ ...asked('one', 1), most: 1 }, asked('two', 2)];
    const wanted = { groups, least: 1, most: 9, different: 1, places: [], keepsPlaces: false };
    const at = (personId: string, key: string) => ({
      ...{ personId, key, isOut: false, cameBy: 'search' as const },
    });
    const whys = whysOf(groupsProblem(facts, wanted), [
      at('ada', 'one'),
      at('bo', 'two'),
      at('cy', 'two'),
    ]);
    expect(whys.get('ada')).toEqual(['You are in “one”, which you want to lead: your 1st wish.']);
    expect(whys.get('bo')).toEqual([
      'You are in “two”, which you want to work on: your 2nd wish.',
      'Not “one” (your 1st wish): for that ada would go from “one” to “two”, which costs 1 more of “people in a topic for which they did not wish”.',
      'Nobody could change places with you without losing by it; ada in “one” would lose least: no wish of theirs instead of their 1st wish.',
    ]);
  });
});

test('who is no id is nobody', () => {
  const nobody = '-'.repeat(36);
  expect(moveForm.safeParse({ person: nobody, to: 'none' }).success).toBe(false);
  const typed = { title: 'T', least: '', most: '', needed: [nobody] };
  expect(changeForm.parse(typed).needed).toEqual([]);
});

describe('the keys of groups', () => {
  test('can stand in addresses, differ, and stay with their topics', () => {
    const anyTopics = fc
      .uniqueArray(fc.string({ maxLength: 12 }), { maxLength: 6 })
      .map((names) => names.map((name, at) => ({ number: at + 1, path: `topics/${name}.md` })));
    fc.assert(
      fc.property(anyTopics, (topics) => {
        const keys = keysOfTopics(topics, new Map(), new Set(['arrays']));
        expect(new Set(keys.values()).size).toBe(topics.length);
        for (const key of keys.values()) expect(key).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(keysOfTopics(topics, keys, new Set([...keys.values(), 'arrays']))).toEqual(keys);
      }),
    );
  });

  test('are made of the document’s name', () => {
    expect(
      keysOfTopics([{ number: 1, path: 'topics/sparse-arrays.md' }], new Map(), new Set()),
    ).toEqual(new Map([[1, 'sparse_arrays']]));
    expect(groupKeyFrom('3D & plots')).toBe('group_3d_plots');
    expect(keysOfTopics([topic(1)], new Map(), new Set(['t1', 't1_2'])).get(1)).toBe('t1_3');
  });
});

describe('who may become a group', () => {
  test('is what is planned, and everything open where nothing is', () => {
    const idea = { ...topic(1), state: 'idea' };
    expect(usualTopics({ topics: [idea, topic(2)] }).map(({ number }) => number)).toEqual([2]);
    expect(usualTopics({ topics: [idea] })).toEqual([idea]);
  });

  test('keeps what was made by hand, and leaves out topics that are not asked for', () => {
    const before = [
      asked('gone', 9),
      asked('arrays', 1),
      asked('arrays_2', 1),
      { ...asked('lunch', null), isPinned: true },
    ];
    const known = { ofTopics: new Map([[1, 'arrays']]), others: new Set(['arrays', 'arrays_2']) };
    expect(askedGroups([topic(1), topic(2)], before, known).map(({ key }) => key)).toEqual([
      'arrays',
      'arrays_2',
      'lunch',
      't2',
    ]);
  });

  test('has sizes that hold somebody', () => {
    expect(sizeProblem(2, 10)).toBeUndefined();
    expect(sizeProblem(0, 10)?.place.path).toBe('least');
    expect(sizeProblem(3, 2)?.place.path).toBe('most');
  });
});

/** Groups of 2 to 4 with 8 people, some needed where they are. */
const anyNow: fc.Arbitrary<GroupsNow> = fc
  .record({
    keys: fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 8, maxLength: 8 }),
    needed: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }),
  })
  .map(({ keys, needed }) => ({
    least: 2,
    most: 4,
    groups: ['a', 'b', 'c'].map((key) => ({
      key,
      title: key,
      least: null,
      most: null,
      needed: needed.filter((at) => keys[at] === key).map((at) => `p${at}`),
    })),
    members: keys.map((key, at) => ({ personId: `p${at}`, key, isOut: false })),
  }));

const moved = (now: GroupsNow, personId: string, key: string | null): GroupsNow => ({
  ...now,
  members: now.members.map((each) => (each.personId === personId ? { ...each, key } : each)),
});

describe('what people may do by themselves', () => {
  const someone = fc.integer({ min: 0, max: 7 }).map((at) => `p${at}`);

  test('never fills a group beyond its places, makes one too small, or takes one whom it needs', () => {
    const steps = fc.array(fc.tuple(someone, fc.constantFrom('a', 'b', 'c')), { maxLength: 20 });
    fc.assert(
      fc.property(anyNow, steps, (start, joins) => {
        let now = start;
        for (const [personId, key] of joins) {
          if (whyNotJoin(now, personId, key) !== undefined) continue;
          const after = moved(now, personId, key);
          for (const group of after.groups) {
            const [was, is] = [roomIn(now, group), roomIn(after, group)];
            expect(is.left).toBeGreaterThanOrEqual(Math.min(0, was.left));
            if (is.people > 0 && was.people >= was.least) {
              expect(is.people).toBeGreaterThanOrEqual(is.least);
            }
            for (const id of group.needed) {
              if (now.members.some((each) => each.personId === id && each.key === group.key)) {
                expect(after.members.find((each) => each.personId === id)?.key).toBe(group.key);
              }
            }
          }
          now = after;
        }
      }),
    );
  });

  test('can be changed with somebody of another group only, both ways alike', () => {
    fc.assert(
      fc.property(anyNow, someone, someone, (now, one, other) => {
        const isRefused = whyNotSwap(now, one, other) !== undefined;
        expect(whyNotSwap(now, other, one) !== undefined).toBe(isRefused);
        const [own, theirs] = [one, other].map(
          (id) => now.members.find(({ personId }) => personId === id)?.key ?? null,
        );
        if (!isRefused) expect(own !== null && theirs !== null && own !== theirs).toBe(true);
      }),
    );
  });
});

describe('who leads, is away and has moved', () => {
  test('whoever leads a group is in it; hands go before the topic, and the topic before wishes', () => {
    const facts = {
      topics: [topic(1, 'ada')],
      said: [{ number: 1, personId: 'bo', level: 'lead' as const, why: '' }],
    };
    const member = (personId: string, isLead = false, isLeadSet = false) => ({
      ...{ personId, isLead, isLeadSet },
    });
    const leads = (members: ReturnType<typeof member>[]) => [...leadsIn(facts, 1, members)];
    expect(leads([member('ada'), member('bo')])).toEqual(['ada']);
    expect(leads([member('bo'), member('cy')])).toEqual(['bo']);
    expect(leads([member('ada'), member('cy', true, true)])).toEqual(['cy']);
    expect(leads([member('ada', false, true), member('cy')])).toEqual([]);
  });

  test('somebody is away from a day that they miss whole, and never for having said nothing', () => {
    const said = { personId: 'ada', arrivesAt: null, leavesOn: null, leavesAt: null, note: '' };
    const late = { ...said, arrivesOn: '2023-05-23', isRemote: false };
    const slot = (date: string) => ({ date, starts: '09:00', ends: '10:00' });
    const slots = [slot('2023-05-22'), slot('2023-05-23')];
    expect(isAwayFor(undefined, '2023-05-22', slots)).toBe(false);
    expect(isAwayFor(late, '2023-05-22', slots)).toBe(true);
    expect(isAwayFor(late, '2023-05-23', slots)).toBe(false);
    expect(isAwayFor(late, null, slots)).toBe(false);
    expect(isAwayFor(late, '2023-05-22', [])).toBe(true);
  });

  test('nobody has moved who is where they were, whoever came or went', () => {
    const at = (personId: string, key: string | null) => ({ personId, key });
    const before = [at('ada', 'a'), at('bo', 'b'), at('cy', null)];
    expect(movedBetween(before, before)).toEqual([]);
    expect(movedBetween(before, [at('ada', 'b'), at('cy', null), at('new', null)])).toEqual([
      'ada',
    ]);
    expect(movedBetween([], before)).toEqual(['ada', 'bo']);
  });
});
