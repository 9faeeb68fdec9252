import { formatProblem } from '@cairn/kernel/problem';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { validateYaml } from './yaml-document.ts';

const phase = z.strictObject({ name: z.string(), days: z.int().min(1) });
const schema = z.strictObject({
  title: z.string().min(1),
  kind: z.enum(['remote', 'in-person']).optional(),
  contact: z.email().optional(),
  seats: z.int().max(50).optional(),
  phases: z.array(phase).optional(),
  venue: z.strictObject({ city: z.string() }).optional(),
  rule: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('attend'), count: z.int() }),
      z.strictObject({ kind: z.literal('review') }),
    ])
    .optional(),
  when: z.union([z.literal('later'), z.array(z.string())]).optional(),
  own: z.string('Write the name of a town.').optional(),
});

const problemsOf = (text: string): string[] => {
  const read = validateYaml(text, 'summit.yaml', schema);
  return read.ok ? [] : read.error.map(formatProblem);
};

describe('a document against a schema', () => {
  test('gives the checked value and the document', () => {
    const read = validateYaml('title: A\n', undefined, schema);
    expect(read.ok && read.value.value).toEqual({ title: 'A' });
  });

  test.each([
    [
      'titel: A\ntitle: B\n',
      'summit.yaml:1:1: “titel” is not a key that is known here; remove it, or use one of: kind, contact, seats, phases, venue, rule, when, own.',
    ],
    [
      'title: A\nsaets: 3\n',
      'summit.yaml:2:1: “saets” is not a key that is known here; did you mean “seats”?',
    ],
    [
      'titel: A\n',
      'summit.yaml:1:1: “titel” is not a key that is known here; did you mean “title”?',
    ],
    [
      'title: A\nphases:\n  - {name: x, dayz: 2}\n',
      'summit.yaml:3:15: “dayz” is not a key that is known here; did you mean “days”?',
    ],
    [
      'title: A\nphases:\n  - name: x\n',
      'summit.yaml:3:5: “days” is missing under Entry 1 of “phases”; add “days:” with a number.',
    ],
    [
      'title: 2023\n',
      'summit.yaml:1:8: “title” is the number 2023; put it in double quotes: "2023".',
    ],
    ['title:\n', 'summit.yaml:1:7: “title” is empty; write text.'],
    [
      'title: A\nkind: remot\n',
      'summit.yaml:2:7: “kind” is “remot”; write “remote” or “in-person” (did you mean “remote”?).',
    ],
    [
      'title: A\ncontact: me\n',
      'summit.yaml:2:10: “contact” is “me”; write an e-mail address such as name@example.org.',
    ],
    ['title: A\nseats: 51\n', 'summit.yaml:2:8: “seats” must be at most 50.'],
    ['title: A\nseats: 4.5\n', 'summit.yaml:2:8: “seats” is the number 4.5; write a whole number.'],
    [
      'title: A\nphases: soon\n',
      'summit.yaml:2:9: “phases” is “soon”; write a list (lines that begin with “- ”).',
    ],
    [
      'title: A\nvenue: []\n',
      'summit.yaml:2:8: “venue” is a list; write a group of keys, indented beneath it.',
    ],
    [
      'title: A\nrule: {kind: atend, count: 2}\n',
      'summit.yaml:2:14: “kind” is “atend”; write “attend” or “review” (did you mean “attend”?).',
    ],
    [
      'title: A\nrule: {kind: attend}\n',
      'summit.yaml:2:1: “count” is missing under “rule”; add “count:” with a number.',
    ],
    [
      'title: A\nrule: {kind: attend, count: two}\n',
      'summit.yaml:2:29: “count” is “two”; write a number.',
    ],
    [
      'title: A\nwhen: now\n',
      'summit.yaml:2:7: “when” is “now”; write “later” or a list (lines that begin with “- ”).',
    ],
    [
      'title: A\nwhen: [1]\n',
      'summit.yaml:2:8: Entry 1 of “when” is the number 1; put it in double quotes: "1".',
    ],
    ['title: A\nown: 3\n', 'summit.yaml:2:6: Write the name of a town.'],
    [
      '- a\n',
      'summit.yaml:1:1: This document is a list; write a group of keys, indented beneath it.',
    ],
  ])('%j', (text, sentence) => {
    expect(problemsOf(text)).toEqual([sentence]);
  });

  test('a slip in one entry leaves what is missing in another', () => {
    expect(problemsOf('title: A\nphases:\n  - {name: x, dayz: 2}\n  - {name: y}\n')).toHaveLength(
      2,
    );
  });

  test('every problem at once, in order of line', () => {
    const text = 'kind: remot\nseats: many\nvenue: {town: X}\ntitle: ""\n';
    const read = validateYaml(text, undefined, schema);
    expect(
      read.ok ? [] : read.error.map(({ code, place }) => [place.line, code, place.path]),
    ).toEqual([
      [1, 'not-allowed', 'kind'],
      [2, 'wrong-type', 'seats'],
      [3, 'missing-key', 'venue.city'],
      [3, 'unknown-key', 'venue.town'],
      [4, 'too-small', 'title'],
    ]);
  });

  test('a custom issue keeps its message and stands where its path points', () => {
    const ordered = schema.superRefine((value, context) => {
      if (value.phases?.[0]?.days === 13) {
        context.addIssue({
          code: 'custom',
          message: 'Thirteen will not do.',
          path: ['phases', 0, 'days'],
        });
      }
    });
    const read = validateYaml('title: A\nphases:\n  - {name: x, days: 13}\n', undefined, ordered);
    expect(read.ok ? [] : read.error.map(formatProblem)).toEqual(['3:21: Thirteen will not do.']);
  });

  test('a syntax error comes before any check of the content', () => {
    expect(problemsOf('title: A: B\n')).toHaveLength(1);
  });
});
