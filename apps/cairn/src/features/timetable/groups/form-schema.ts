import { z } from 'zod';

const text = z.string().trim().default('');
const whole = (path: string) =>
  text
    .refine((value) => /^\d{1,9}$/.test(value), `write ${path} as a whole number`)
    .transform(Number);
/** A number that may be left out. */
const maybeWhole = (path: string) =>
  text
    .refine((value) => /^(\d{1,9})?$/.test(value), `write ${path} as a whole number, or nothing`)
    .transform((value) => (value === '' ? null : Number(value)));
const list = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (typeof value === 'string' ? [value] : value));
/** Somebody of a list; the database refuses to compare what is no id. */
const person = z.uuid('choose somebody');
const ticked = z
  .string()
  .optional()
  .transform((value) => value === 'yes');

/** What is asked of new groups, as the form posts it. */
export const proposeForm = z.object({
  date: text.transform((value) => (value === '' ? null : value)),
  least: whole('the least people of a group'),
  most: whole('the most people of a group'),
  different: whole('the number of projects'),
  from: text.transform((value) => (value === '' ? null : value)),
  keeps_places: ticked,
  seed: whole('the number that draws lots').refine(
    (value) => value <= 2_147_483_647,
    'write a smaller number to draw lots by',
  ),
  topics: list.transform((values) => values.filter((value) => /^\d{1,9}$/.test(value)).map(Number)),
});

/** Somebody is put elsewhere. `to` is `none`, `out` or `in:<key>`. */
export const moveForm = z.object({
  person,
  to: text
    .refine((value) => /^(none|out|in:[a-z][a-z0-9_]*)$/.test(value), 'choose where they go')
    .transform((value) =>
      value === 'none' || value === 'out' ? value : { group: value.slice('in:'.length) },
    ),
  pins: ticked,
});

export const setForm = z.object({ tells: ticked });

export const pinsForm = z.object({
  person: person.nullable().catch(null),
});

export const addForm = z.object({
  title: text,
  topic: text.transform((value) => (/^\d{1,9}$/.test(value) ? Number(value) : null)),
});

export const changeForm = z.object({
  title: text,
  least: maybeWhole('the least people'),
  most: maybeWhole('the most people'),
  stays: ticked,
  needed: list.transform((values) => values.filter((value) => person.safeParse(value).success)),
});

export const splitForm = z.object({
  title: text,
  people: list,
});

export const leadForm = z.object({
  person,
  leads: text.transform((value) => value === 'yes'),
});

/** What somebody does for themselves. */
export const joinForm = z.object({
  group: text.refine((value) => value !== '', 'choose a group'),
});
export const askForm = z.object({
  person,
});
