import { readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import { daysBetween, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../../../../tests/arbitrary-definition.ts';
import { readDefinition } from '../summits/definition-text.ts';
import { summitDays } from '../summits/facts.ts';
import { dayOfLead, ifDatesMove, lateSteps, phasePlan, stepsByDay } from './plan-rules.ts';

const DEMO = expectOk(
  readDefinition(
    readFileSync(new URL('../../../demo/sp_summit_2023.yaml', import.meta.url), 'utf8'),
  ),
).definition;

const day = (text: string) => Temporal.PlainDate.from(text);
const facts = (today: string, done: string[] = [], announcedOn?: string) => ({
  today: day(today),
  announcedOn: announcedOn === undefined ? undefined : day(announcedOn),
  done: new Set(done),
});

describe('a lead', () => {
  const anchors = { start: day('2023-05-31'), end: day('2024-02-29') };

  test.each([
    [{ months: 3, before: 'start' as const }, '2023-02-28'],
    [{ months: 1, days: 1, before: 'start' as const }, '2023-04-29'],
    [{ weeks: 2, before: 'start' as const }, '2023-05-17'],
    [{ months: 12, after: 'end' as const }, '2025-02-28'],
    [{ after: 'start' as const }, '2023-05-31'],
  ])('%j is %s; a month that lacks the day lends its last one', (lead, expected) => {
    expect(dayOfLead(lead, anchors).toString()).toBe(expected);
  });
});

describe('the plan of the first summit', () => {
  test('was announced on 11 January and confirmed three months before its start', () => {
    const dues = Object.fromEntries(
      stepsByDay(phasePlan(DEMO, facts('2023-01-01'))).map(({ step, due }) => [
        step,
        due.toString(),
      ]),
    );
    expect(dues).toEqual({
      announce: '2023-01-11',
      invite: '2023-01-22',
      confirm: '2023-02-22',
      topics: '2023-03-27',
      work_plan: '2023-05-08',
      timetable: '2023-05-15',
      report: '2023-07-26',
      follow_up: '2023-09-26',
    });
  });

  test('what is past and not ticked is late, what is ticked is done', () => {
    const plan = phasePlan(DEMO, facts('2023-02-23', ['invitation/announce'], '2023-01-11'));
    expect(lateSteps(plan).map(({ step }) => step)).toEqual(['invite', 'confirm']);
  });

  test('what was due before the announcement is called impossible', () => {
    const plan = phasePlan(DEMO, facts('2023-03-01', [], '2023-02-01'));
    expect(
      stepsByDay(plan)
        .filter(({ isImpossible }) => isImpossible)
        .map(({ step }) => step),
    ).toEqual(['announce', 'invite']);
  });

  test('a week earlier makes the invitations late', () => {
    const moved = ifDatesMove(
      DEMO,
      day('2023-05-15'),
      facts('2023-01-16', ['invitation/announce']),
    );
    expect(moved.filter(({ wouldBeLate }) => wouldBeLate).map(({ step }) => step)).toEqual([
      'invite',
    ]);
    expect(moved.find(({ step }) => step === 'report')?.becomes.toString()).toBe('2023-07-19');
  });
});

describe('any plan', () => {
  test('moved to its own start stays as it is', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const { start } = summitDays(definition);
        for (const { was, becomes } of ifDatesMove(definition, start, facts('2023-01-01'))) {
          expect(becomes.equals(was)).toBe(true);
        }
      }),
    );
  });

  test('a later start never makes a step due earlier', () => {
    fc.assert(
      fc.property(definitions, fc.nat(400), (definition, days) => {
        const { start } = summitDays(definition);
        for (const { was, becomes } of ifDatesMove(
          definition,
          start.add({ days }),
          facts('2023-01-01'),
        )) {
          expect(daysBetween(was, becomes)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('steps come in order of their day, each once', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const steps = stepsByDay(phasePlan(definition, facts('2023-01-01')));
        expect(steps).toHaveLength(definition.phases.flatMap((phase) => phase.steps).length);
        for (const [index, { due }] of steps.entries()) {
          const next = steps[index + 1];
          if (next !== undefined) expect(daysBetween(due, next.due)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
