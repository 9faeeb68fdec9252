import { problem } from '@cairn/kernel/problem';
import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FolderRule } from '../documents/plan-rules.ts';
import {
  approvers,
  mergeStanding,
  type StandingFacts,
  type StandingReview,
  type StandingVersion,
  sinceVersion,
} from './standing-rules.ts';

const at = (hours: number) =>
  Temporal.Instant.from('2023-03-01T12:00:00Z').add({ minutes: Math.round(hours * 60) });
const rule = (changes: Partial<FolderRule> = {}): FolderRule => ({
  reviewers: 'anyone',
  approvals: 1,
  windowDays: 0,
  direct: 'nobody',
  ...changes,
});
const version = (number: number, changeId = `c${number}`, hours = number): StandingVersion => ({
  version: number,
  at: at(hours),
  byPerson: 'author',
  changeId,
});
let reviews = 0;
const review = (
  personId: string,
  verdict: StandingReview['verdict'] = 'approve',
  ofVersion = 1,
): StandingReview => {
  reviews += 1;
  return {
    id: `r${reviews}`,
    personId,
    by: personId,
    verdict,
    version: ofVersion,
    isDismissed: false,
  };
};
const facts = (changes: Partial<StandingFacts> = {}): StandingFacts => ({
  rules: { everywhere: rule(), folders: {} },
  touched: ['practices/review.md'],
  authorId: 'author',
  versions: [version(1)],
  reviews: [],
  people: {
    comers: new Set([
      ...['author', 'helper', 'mona', 'noor', 'olga', 'lea', 'zoe', 'mira-id'],
      ...['p0', 'p1', 'p2', 'p3', 'p4', 'p5'],
    ]),
    organisers: new Set(['olga']),
    leads: new Map([['topics/sparse.md', new Set(['lea'])]]),
    byHandle: new Map([['mira', 'mira-id']]),
  },
  conflicts: [],
  problems: [],
  now: at(100),
  zone: expectZone('UTC'),
  ...changes,
});
const lacks = (changes: Partial<StandingFacts>): string[] =>
  mergeStanding(facts(changes)).lacks.map(({ code }) => code);
const folders = (named: Record<string, Partial<FolderRule>>) => ({
  everywhere: rule(),
  folders: Object.fromEntries(Object.entries(named).map(([path, own]) => [path, rule(own)])),
});

describe('what a proposal still needs', () => {
  test('no approval of somebody who does not come counts, wherever it was given', () => {
    const given = facts({ reviews: [review('stranger')] });
    expect(mergeStanding(given).lacks.map(({ code }) => code)).toEqual(['needs-approvals']);
    expect(mergeStanding(facts({ reviews: [review('mona')] })).may).toBe(true);
  });

  test('is an approval of somebody else, once, by the rule with which a plan begins', () => {
    expect(lacks({})).toEqual(['needs-approvals']);
    expect(lacks({ reviews: [review('mona')] })).toEqual([]);
    expect(mergeStanding(facts({ reviews: [review('mona')] })).may).toBe(true);
  });

  test('is not approved by whoever made it, or a version of it that changed something', () => {
    expect(lacks({ reviews: [review('author')] })).toEqual(['needs-approvals']);
    const byHelper = { ...version(2), byPerson: 'helper' };
    expect(
      lacks({ versions: [version(1), byHelper], reviews: [review('helper', 'approve', 2)] }),
    ).toEqual(['needs-approvals']);
    const upToMain = { ...version(2, 'c1'), byPerson: 'helper' };
    expect(lacks({ versions: [version(1), upToMain], reviews: [review('helper')] })).toEqual([]);
  });

  test('is asked of the strictest of all touched folders', () => {
    const rules = folders({
      practices: { approvals: 2, windowDays: 7 },
      goals: { reviewers: 'organisers' },
    });
    const touched = ['practices/a.md', 'goals/b.md'];
    const given = [review('mona'), review('noor')];
    const standing = mergeStanding(facts({ rules, touched, reviews: given }));
    expect(standing.lacks.map(({ sentence }) => sentence)).toEqual([
      'It needs 1 approval of an organiser, for goals.',
      'It stays open to comments until Wed 8 Mar 2023, 13:00 UTC.',
    ]);
    expect(lacks({ rules, touched, reviews: [...given, review('olga')], now: at(24 * 8) })).toEqual(
      [],
    );
  });

  test('is no window of its own for a decision, whose days begin when it is written down', () => {
    const rules = folders({ decisions: { windowDays: 14 } });
    const given = [review('mona')];
    expect(lacks({ rules, touched: ['decisions/a.md'], reviews: given, now: at(1) })).toEqual([]);
  });

  test('is an approval of a lead for what somebody leads, and of an organiser where nobody does', () => {
    const rules = folders({ topics: { reviewers: 'leads' } });
    const topic = { rules, touched: ['topics/sparse.md'] };
    expect(lacks({ ...topic, reviews: [review('mona')] })).toEqual(['needs-approvals']);
    expect(lacks({ ...topic, reviews: [review('lea')] })).toEqual([]);
    const own = { ...topic, authorId: 'lea', versions: [{ ...version(1), byPerson: 'lea' }] };
    expect(lacks({ ...own, reviews: [review('lea')] })).toEqual(['needs-approvals']);
    expect(lacks({ ...own, reviews: [review('olga')] })).toEqual([]);
    expect(lacks({ rules, touched: ['topics/new.md'], reviews: [review('olga')] })).toEqual([]);
  });

  test('is an approval of those who are named, where they are', () => {
    const rules = folders({ goals: { reviewers: ['Mira', 'nobody-here'] } });
    const goal = { rules, touched: ['goals/a.md'] };
    expect(mergeStanding(facts(goal)).lacks[0]?.sentence).toBe(
      'It needs 1 approval of @Mira or @nobody-here, for goals.',
    );
    expect(lacks({ ...goal, reviews: [review('mira-id')] })).toEqual([]);
  });

  test('is that nobody wants changes, until they approve or are set aside; a remark is no answer', () => {
    const wants = review('noor', 'request_changes');
    const mona = review('mona', 'approve', 2);
    const two = { versions: [version(1), version(2)] };
    expect(lacks({ ...two, reviews: [wants, mona] })).toEqual(['changes-requested']);
    expect(lacks({ ...two, reviews: [wants, mona, review('noor', 'comment', 2)] })).toEqual([
      'changes-requested',
    ]);
    expect(lacks({ ...two, reviews: [wants, mona, review('noor', 'approve', 2)] })).toEqual([]);
    expect(lacks({ ...two, reviews: [{ ...wants, isDismissed: true }, mona] })).toEqual([]);
  });

  test('cannot be waived where the two do not go together, or the plan would break', () => {
    const { lacks: firm } = mergeStanding(
      facts({
        conflicts: ['practices/review.md'],
        problems: [problem('broken-link', 'It leads nowhere.')],
        reviews: [review('mona')],
      }),
    );
    expect(firm.map(({ code, mayBeWaived }) => [code, mayBeWaived])).toEqual([
      ['conflicts', false],
      ['check-fails', false],
    ]);
    expect(lacks({ touched: [] })).toEqual(['changes-nothing']);
  });

  test('is the word of an organiser where the rules themselves change', () => {
    const rulesFile = { touched: ['plan.yaml'] };
    expect(lacks({ ...rulesFile, reviews: [review('mona')] })).toEqual(['needs-organiser']);
    expect(lacks({ ...rulesFile, reviews: [review('olga')] })).toEqual([]);
    expect(lacks({ ...rulesFile, authorId: 'olga', reviews: [review('mona')] })).toEqual([]);
  });
});

describe('an approval', () => {
  test('holds while the change stays the same, and not beyond', () => {
    const versions = [version(1, 'a'), version(2, 'a'), version(3, 'b'), version(4, 'b')];
    expect(sinceVersion(versions.slice(0, 2))).toBe(1);
    expect(sinceVersion(versions)).toBe(3);
    const given = [review('mona', 'approve', 2), review('noor', 'approve', 3)];
    expect(approvers(facts({ versions, reviews: given }))).toEqual(['noor']);
  });

  const person = fc.constantFrom('author', 'mona', 'noor', 'olga', 'lea');
  const anyReview = fc
    .tuple(
      person,
      fc.constantFrom('approve' as const, 'request_changes' as const, 'comment' as const),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
    )
    .map(([who, verdict, ofVersion, isDismissed]) => ({
      ...review(who, verdict, ofVersion),
      isDismissed,
    }));
  const anyVersions = fc
    .array(fc.tuple(fc.constantFrom('a', 'b'), person), { minLength: 1, maxLength: 4 })
    .map((made) =>
      made.map(([changeId, byPerson], index) => ({ ...version(index + 1, changeId), byPerson })),
    );

  test('is never the author’s, whatever was reviewed and pushed', () => {
    fc.assert(
      fc.property(fc.array(anyReview), anyVersions, (given, versions) => {
        expect(approvers(facts({ reviews: given, versions }))).not.toContain('author');
      }),
    );
  });

  test('more never makes it need more, and a new change never makes it need less', () => {
    fc.assert(
      fc.property(fc.array(anyReview), anyVersions, (given, versions) => {
        const before = lacks({ reviews: given, versions });
        const last = versions.at(-1)?.version ?? 1;
        const approved = lacks({ reviews: [...given, review('zoe', 'approve', last)], versions });
        expect(before).toEqual(expect.arrayContaining(approved));
        const changed = [...versions, version(last + 1, 'other')];
        expect(lacks({ reviews: given, versions: changed })).toEqual(
          expect.arrayContaining(before),
        );
      }),
    );
  });

  test('is asked for exactly as often as the rule says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 6 }),
        (needed, given) => {
          const rules = { everywhere: rule({ approvals: needed }), folders: {} };
          const list = Array.from({ length: given }, (_, index) => review(`p${index}`));
          expect(mergeStanding(facts({ rules, reviews: list })).may).toBe(given >= needed);
        },
      ),
    );
  });
});
