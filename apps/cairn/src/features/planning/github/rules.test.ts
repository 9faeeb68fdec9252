import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDue, placeAfter, watermark } from './reading-rules.ts';
import { githubForm } from './settings-schema.ts';
import {
  changedFields,
  fingerprintOf,
  judged,
  readFingerprint,
  writeFingerprint,
} from './state-rules.ts';
import { changesBetween, slugOf, stateAfter, topicIn } from './topic-issue-rules.ts';
import { versionsOfHeads } from './version-rules.ts';

const states = fc.record({
  at: fc.nat({ max: 5 }),
  fingerprint: fc.constantFrom('a=1', 'a=2', 'a=3'),
});

describe('a state that GitHub told', () => {
  test('is taken or left so that the same one stands whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(states, { minLength: 1 }),
        fc.infiniteStream(fc.nat()),
        (told, chance) => {
          const last = (order: readonly { at: number; fingerprint: string }[]) =>
            order.reduce<{ at: number; fingerprint: string } | undefined>(
              (known, next) =>
                ['new', 'newer', 'doubtful-newer'].includes(judged(known, next, 'told'))
                  ? next
                  : known,
              undefined,
            );
          const mixed = told
            .map((state) => ({ state, place: chance.next().value ?? 0 }))
            .sort((one, other) => one.place - other.place)
            .map(({ state }) => state);
          expect(last(mixed)).toEqual(last(told));
        },
      ),
    );
  });

  test('that was asked for holds where two are of one moment', () => {
    const known = { at: 1, fingerprint: 'a=9' };
    expect(judged(known, { at: 1, fingerprint: 'a=1' }, 'told')).toBe('doubtful-older');
    expect(judged(known, { at: 1, fingerprint: 'a=1' }, 'asked')).toBe('newer');
    expect(judged(known, { at: 0, fingerprint: 'a=1' }, 'asked')).toBe('older');
  });

  test('says which of its fields changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, body) => {
        const before = readFingerprint(writeFingerprint(fingerprintOf({ title, body })));
        expect([...changedFields(before, fingerprintOf({ title, body }))]).toEqual([]);
        expect([...changedFields(before, fingerprintOf({ title, body: `${body}!` }))]).toEqual([
          'body',
        ]);
      }),
    );
  });
});

describe('reading by moments of change', () => {
  test('ends, and meets everything, also what changes meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 6 }), { maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 40 })), { maxLength: 5 }),
        (seconds, touches) => {
          const moment = (second: number) => new Date(second * 1000).toISOString();
          const things = seconds.map((second, id) => ({ id, second }));
          const met = new Map<number, number>();
          let place: { since: string | undefined; page: number } | undefined = {
            since: undefined,
            page: 1,
          };
          let now = 10;
          for (let round = 0; place !== undefined; round += 1) {
            expect(round).toBeLessThan(200);
            const { since, page }: { since: string | undefined; page: number } = place;
            const found = things
              .filter(({ second }) => since === undefined || second * 1000 >= Date.parse(since))
              .sort((one, other) => one.second - other.second || one.id - other.id);
            const shown = found.slice((page - 1) * 3, page * 3);
            for (const { id, second } of shown) met.set(id, second);
            const updated = shown.map(({ second }) => moment(second));
            const next = placeAfter({ since, page }, updated, found.length > page * 3);
            if (next !== undefined) expect(watermark(since, updated) ?? '').not.toBe('');
            place = next;
            // Somebody changes something while it is read; it comes later in the list then.
            const [which, id] = touches[round] ?? [];
            const thing = things[(id ?? 0) % Math.max(things.length, 1)];
            // Not amid a second that fills several pages: there one may hide behind another.
            if (which !== undefined && thing !== undefined && next?.page === 1) {
              now += 1;
              thing.second = now;
            }
          }
          for (const { id, second } of things) expect(met.get(id)).toBe(second);
        },
      ),
    );
  });

  test('is seldom while GitHub tells by itself, and often while it does not', () => {
    const minute = 60_000;
    expect(isDue(undefined, undefined, 0)).toBe(true);
    expect(isDue(0, undefined, 4 * minute)).toBe(false);
    expect(isDue(0, undefined, 5 * minute)).toBe(true);
    expect(isDue(0, 0, 29 * minute)).toBe(false);
    expect(isDue(0, 0, 30 * minute)).toBe(true);
  });
});

describe('an issue as a topic', () => {
  const form = [
    '### Problem',
    '',
    'It is slow.',
    '',
    '### First tasks',
    '',
    '- [x] Measure',
    '- Mend',
    '',
    '### Effort',
    '',
    'Large',
    '',
    '### Links',
    '',
    '_No response_',
    '',
    '### Lead',
    '',
    '@mira-n',
    '',
    '### Anything else?',
    '',
    'Yes.',
  ].join('\r\n');

  test('has the answers of its form, and the rest', () => {
    expect(topicIn(form)).toMatchObject({
      problem: 'It is slow.',
      firstTasks: [
        { text: 'Measure', done: true },
        { text: 'Mend', done: false },
      ],
      effort: 'large',
      links: [],
      lead: 'mira-n',
      rest: '### Anything else?\n\nYes.',
    });
  });

  test('without a form is its problem', () => {
    expect(topicIn('It is slow.\n\nVery.')).toMatchObject({
      problem: 'It is slow.\n\nVery.',
      rest: '',
    });
  });

  test('changes what was changed there, and nothing else', () => {
    const changed = changesBetween(topicIn(form), topicIn(form.replace('Yes.', 'No.')));
    expect(changed).toEqual({ rest: '### Anything else?\n\nNo.' });
  });

  test('ends as its issue does', () => {
    expect(stateAfter('active', { state: 'closed', reason: 'completed' })).toBe('done');
    expect(stateAfter('active', { state: 'closed', reason: 'not_planned' })).toBe('dropped');
    expect(stateAfter('done', { state: 'open', reason: 'reopened' })).toBe('proposed');
    expect(stateAfter('planned', { state: 'open', reason: undefined })).toBe('planned');
  });

  test('has a document that is named by its title', () => {
    expect(slugOf('Façade & sparse arrays?')).toBe('facade-sparse-arrays');
    expect(slugOf('稀疏')).toBe('topic');
  });
});

test('versions are the commits in their order, the present one last', () => {
  const heads = [
    { commit: 'b', firstAt: 2 },
    { commit: 'a', firstAt: 1 },
    { commit: 'c', firstAt: 1 },
  ];
  expect(versionsOfHeads(heads, 'a').map(({ commit }) => commit)).toEqual(['c', 'b', 'a']);
});

test('a repository is read from its name and from its addresses', () => {
  for (const typed of [
    'octo/plan',
    'https://github.com/octo/plan',
    'git@github.com:octo/plan.git',
  ]) {
    expect(githubForm.parse({ repository: typed, topicLabel: 'topic' }).repository).toEqual({
      owner: 'octo',
      name: 'plan',
    });
  }
  expect(githubForm.safeParse({ repository: 'octo', topicLabel: 'topic' }).success).toBe(false);
});
