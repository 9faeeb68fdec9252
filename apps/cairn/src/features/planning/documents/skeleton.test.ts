import { describe, expect, test } from 'vitest';
import { readPlanDocument } from './document-rules.ts';
import { planRulesOf, readPlanRules, rulesFor } from './plan-rules.ts';
import { planSkeleton } from './skeleton-rules.ts';
import { FOLDER_TEXTS } from './skeleton-texts-rules.ts';

describe('the files with which a plan begins', () => {
  test('have nothing to mend in them, and neither have the documents to copy', () => {
    const problems = [
      ...planSkeleton({ title: 'A *summit* [1]' }).map(({ path, content }) => ({
        path,
        source: content,
      })),
      ...FOLDER_TEXTS.map(({ folder, template }) => ({
        path: `${folder}/example.md`,
        source: template,
      })),
    ].flatMap(({ path, source }) => readPlanDocument(path, source)?.problems ?? []);
    expect(problems).toEqual([]);
  });

  test('say the rules by which the plan begins', () => {
    const source = planSkeleton({ title: 'S' }).find(({ path }) => path === 'plan.yaml')?.content;
    expect(readPlanRules(source ?? '').ok).toBe(true);
    expect(planRulesOf(source)).toEqual(planRulesOf(undefined));
  });
});

describe('the rules of a plan', () => {
  const rules = planRulesOf(`everywhere:
  reviewers: anyone
  approvals: 1
  window-days: 0
  direct: nobody
folders:
  decisions: {approvals: 3, window-days: 7}
  decisions/old/: {approvals: 0}
  plan.yaml: {reviewers: [Mira, jonas]}
`);

  test('are those of the longest folder that holds the file; what is not said is as everywhere', () => {
    expect(rulesFor(rules, 'decisions/a.md')).toEqual({
      reviewers: 'anyone',
      approvals: 3,
      windowDays: 7,
      direct: 'nobody',
    });
    expect(rulesFor(rules, 'decisions/').approvals).toBe(3);
    expect(rulesFor(rules, 'decisions/old/a.md').approvals).toBe(0);
    expect(rulesFor(rules, 'decisionsmore/a.md').approvals).toBe(1);
    expect(rulesFor(rules, 'plan.yaml').reviewers).toEqual(['mira', 'jonas']);
  });

  test('that cannot be read are those with which every plan begins', () => {
    expect(planRulesOf('everywhere: [')).toEqual(planRulesOf(undefined));
    expect(planRulesOf('')).toEqual(planRulesOf(undefined));
  });

  test('are told what is wrong in them, by line', () => {
    const read = readPlanRules(
      'everywhere:\n  reviewers: nobody\n  aprovals: 1\n  window-days: 0\n  direct: nobody\n',
    );
    expect(read.ok ? [] : read.error.map(({ place, sentence }) => [place.line, sentence])).toEqual([
      [
        2,
        'Write who reviews as “anyone”, “organisers” or “leads”, or list handles, such as [mira, jonas].',
      ],
      [3, '“aprovals” is not a key that is known here; did you mean “approvals”?'],
    ]);
  });
});
