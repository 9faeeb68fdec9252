import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import { letterSource, typesetLetter } from './letter.ts';
import type { Letter } from './letter-content.ts';

const letter = (more: Partial<Letter> = {}): Letter => ({
  letterhead: ['Scientific Python', 'Example Street 1'],
  date: Temporal.PlainDate.from('2023-03-01'),
  to: ['To whom it may concern'],
  subject: 'Invitation: Mira Example',
  paragraphs: ['We invite her.', 'Please grant the visa in time.'],
  facts: [
    { term: 'Name', value: 'Mira Example' },
    { term: 'Passport number', value: '' },
  ],
  signed: ['Ada Organiser', 'for the organisers'],
  paper: 'a4',
  language: 'en-GB',
  ...more,
});

test('a letter is a tagged PDF, and the same letter gives the same bytes', () => {
  const pdf = expectOk(typesetLetter(letter()));
  const raw = Buffer.from(pdf).toString('latin1');
  expect(raw.startsWith('%PDF-')).toBe(true);
  expect(raw).toContain('pdfuaid:part');
  expect(expectOk(typesetLetter(letter()))).toEqual(pdf);
});

test('what stands empty is a line to write on, and whatever people write is text', () => {
  const evil = '"); #read("/etc/passwd") \\ #panic()';
  const source = letterSource(letter({ subject: evil, facts: [{ term: evil, value: '' }] }));
  expect(source).toContain('by-hand');
  expect(
    expectOk(typesetLetter(letter({ subject: evil, to: [evil], paragraphs: [evil] }))).length,
  ).toBeGreaterThan(1000);
});

test('a book is no letter', () => {
  expect(typesetLetter(letter({ paragraphs: ['x'.repeat(60_000)] })).ok).toBe(false);
});
