import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import { line, words } from '../../../platform/http/fields.ts';
import type { Outcome } from './letter-rules.ts';

const born = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const parsed = parseDate(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error.sentence });
    else if (text < '1900-01-01') context.addIssue({ code: 'custom', message: 'Check the year.' });
  });

/** Long numbers with letters before them: nobody types a passport's number by habit and has it stored. */
const PASSPORT = /\b(?=[A-Z0-9]*\d{5})[A-Z]{0,3}\d{6,9}\b/i;

const noPassport = (text: string): boolean =>
  !PASSPORT.test(text.replace(/\d{4}-\d{2}-\d{2}/g, ''));
const SAY_PASSPORT =
  'This looks like the number of a passport. Leave it out: the letter has a line to write it by hand.';

/** What somebody asks to be written. */
export const askForm = z
  .object({
    full_name: line('the name as in the passport', 150).refine(noPassport, SAY_PASSPORT),
    born_on: z.union([z.literal('').transform(() => null), born]).default(null),
    citizenship: line('the citizenship', 100).refine(noPassport, SAY_PASSPORT),
    affiliation: words(200).default('').refine(noPassport, SAY_PASSPORT),
    consulate: words(300)
      .default('')
      .overwrite((text) => text.replace(/\s*\n\s*/g, ', ')),
    note: words(1000).default('').refine(noPassport, SAY_PASSPORT),
    says_money: z.enum(['yes']).optional(),
  })
  .transform((form) => ({
    fullName: form.full_name,
    bornOn: form.born_on,
    citizenship: form.citizenship,
    affiliation: form.affiliation,
    consulate: form.consulate,
    note: form.note,
    saysMoney: form.says_money === 'yes',
  }));

export const outcomeForm = z.object({
  outcome: z.enum<readonly Outcome[]>(
    ['granted', 'refused', 'not_needed'],
    'Choose what came of it.',
  ),
});

export const returnForm = z.object({
  answer: words(1000)
    .default('')
    .refine((text) => text !== '', 'Say what is to be changed.'),
});
export const issueForm = z.object({
  signed_as: words(300)
    .default('')
    .refine((text) => text !== '', 'Say who signs: name and role.'),
});

export const settingForm = z
  .object({
    letterhead: words(500).default(''),
    signed_as: words(300).default(''),
    contact: words(200)
      .default('')
      .overwrite((text) => text.replace(/\s*\n\s*/g, ' ')),
    days_kept: z
      .string('Write a number of days.')
      .trim()
      .regex(/^\d{1,4}$/, 'Write a number of days from 1 to 3650.')
      .transform(Number)
      .refine((days) => days >= 1 && days <= 3650, 'Write a number of days from 1 to 3650.'),
  })
  .transform(({ signed_as: signedAs, days_kept: daysKept, ...rest }) => ({
    ...rest,
    signedAs,
    daysKept,
  }));
