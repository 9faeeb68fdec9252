import { readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../../../../tests/arbitrary-definition.ts';
import { postedFields } from '../../../../../tests/posted-form.ts';
import { changedPaths } from './definition-changes.ts';
import { DEFINITION_FORM } from './definition-form.ts';
import {
  checkDefinition,
  definitionInput,
  definitionTyping,
  newSource,
  readDefinition,
  writeDefinition,
} from './definition-text.ts';
import { typingOfPosted } from './form-typing.ts';

/** Property tests write and read whole files; a slow machine gets the time it needs. */
const PATIENCE = 60_000;

const DEMO = readFileSync(new URL('../../../demo/sp_summit_2023.yaml', import.meta.url), 'utf8');

/** What comes back when a definition is shown in the form and sent unchanged. */
const throughTheForm = (definition: unknown): Readonly<Record<string, unknown>> =>
  definitionInput(typingOfPosted(DEFINITION_FORM, postedFields(definitionTyping(definition))));

describe('the form and the file', () => {
  test(
    'a definition shown in the form and sent unchanged is the same definition',
    () => {
      fc.assert(
        fc.property(definitions, (definition) => {
          expect(expectOk(checkDefinition(throughTheForm(definition)))).toEqual(definition);
        }),
      );
    },
    PATIENCE,
  );

  test(
    'form to file to form loses nothing',
    () => {
      fc.assert(
        fc.property(definitions, (definition) => {
          const read = expectOk(readDefinition(newSource(throughTheForm(definition))));
          expect(read.definition).toEqual(definition);
          expect(expectOk(checkDefinition(throughTheForm(read.definition)))).toEqual(definition);
        }),
      );
    },
    PATIENCE,
  );

  test(
    'any form edit of any file is in the file afterwards',
    () => {
      fc.assert(
        fc.property(definitions, definitions, (before, after) => {
          const file = expectOk(readDefinition(newSource(throughTheForm(before))));
          const written = writeDefinition(file, throughTheForm(after));
          expect(expectOk(readDefinition(written)).definition).toEqual(after);
        }),
      );
    },
    PATIENCE,
  );

  test('a form sent unchanged leaves every byte of the file', () => {
    const file = expectOk(readDefinition(DEMO));
    expect(writeDefinition(file, throughTheForm(file.definition))).toBe(DEMO);
  });

  test('a changed value changes its own place in the file and no comment', () => {
    const file = expectOk(readDefinition(DEMO));
    const seats = { ...file.definition.seats, planned: 42 };
    const written = writeDefinition(file, throughTheForm({ ...file.definition, seats }));
    expect(written).toBe(DEMO.replace('planned: 40', 'planned: 42'));
  });

  test('a removed community takes its line along and leaves the others as they were written', () => {
    const file = expectOk(readDefinition(DEMO));
    const communities = file.definition.communities.filter(({ key }) => key !== 'pandas');
    const written = writeDefinition(file, throughTheForm({ ...file.definition, communities }));
    expect(written).toBe(DEMO.replace(/.*name: pandas.*\n/, ''));
  });
});

describe('changed paths', () => {
  test(
    'none between a definition and itself, some between any two that differ',
    () => {
      fc.assert(
        fc.property(definitions, definitions, (before, after) => {
          expect(changedPaths(before, before)).toEqual([]);
          expect(changedPaths(before, after)).not.toEqual([]);
        }),
      );
    },
    PATIENCE,
  );

  test('name rows by their key, so that a row above does not matter', () => {
    const { definition } = expectOk(readDefinition(DEMO));
    const after = structuredClone(definition);
    after.communities = after.communities.filter(({ key }) => key !== 'numpy');
    after.dates.end = '2023-05-25';
    expect(changedPaths(definition, after)).toEqual([
      'dates.end',
      'communities[numpy].key',
      'communities[numpy].name',
      'communities[numpy].kind',
      'communities[numpy].target.least',
      'communities[numpy].target.most',
    ]);
  });

  test('say when rows only changed their order', () => {
    const { definition } = expectOk(readDefinition(DEMO));
    const after = { ...definition, goals: definition.goals.toReversed() };
    expect(changedPaths(definition, after)).toEqual(['goals']);
  });
});

describe('a wrong file', () => {
  test('tells all of three mistakes at once, each with line, column and what to write', () => {
    const wrong = DEMO.replace('planned: 40', 'planned: 60')
      .replace('start: 2023-05-22', 'start: 2023-05-32')
      .replace('title: 2023 Scientific', 'titel: 2023 Scientific');
    const read = readDefinition(wrong);
    const told = read.ok ? [] : read.error.map(({ place, sentence }) => ({ ...place, sentence }));
    const lineOf = (text: string) => wrong.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(told).toMatchObject([
      {
        line: lineOf('titel:'),
        column: 1,
        sentence: expect.stringContaining('did you mean “title”'),
      },
      { line: lineOf('2023-05-32'), column: 10, path: 'dates.start' },
      { line: lineOf('planned: 60'), column: 12, path: 'seats.planned' },
    ]);
  });

  test('a text with a control character that no database keeps is refused', () => {
    const read = readDefinition(DEMO.replace('city: Seattle', 'city: "Sea\\0ttle"'));
    expect(read.ok ? [] : read.error.map(({ sentence }) => sentence)).toEqual([
      'This text holds an invisible control character; type it anew.',
    ]);
  });
});
