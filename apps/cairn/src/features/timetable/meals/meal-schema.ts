import { parseAmount, parseCurrency } from '@cairn/kernel/money';
import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import { day, line, none, ticked, wall, whole, words } from '../../../platform/http/fields.ts';
import { DIET_KEYS } from '../../people/needs/need-rules.ts';
import type { Meal } from '../frame/frame-rules.ts';
import { time } from '../frame/frame-schema.ts';
import { MEAL_KINDS, MEALS } from './meal-rules.ts';

const listOf = <T>(each: z.ZodType<T, unknown>, most: number) =>
  z
    .union([z.array(each), each.transform((one) => [one])])
    .refine((all) => all.length <= most, 'choose fewer')
    .default([]);
const meal = z.enum(['breakfast', 'lunch', 'dinner'], 'choose a meal');
const orNone = (schema: z.ZodType<string, string>) => z.union([none, schema]).default(null);

/** Which meal: what an address or a form says. */
export const mealForm = z.object({ date: day, meal });

/** The meal of an address; undefined where it is none. */
export function mealOfAddress(
  date: string,
  name: string,
): { date: string; meal: Meal } | undefined {
  const found = MEALS.find((each) => each === name);
  return found !== undefined && parseDate(date).ok ? { date, meal: found } : undefined;
}

/** How a meal is had, as the form says it. The price is for one person. */
export const planForm = z
  .object({
    kind: z.enum(MEAL_KINDS, 'choose how this meal is had'),
    is_provided: ticked,
    caterer: words(200).default(''),
    place: words(200).default(''),
    price: z.string().trim().max(40, 'shorten this to 40 characters').default(''),
    currency: z.string().trim().toUpperCase().max(10, 'write a code such as USD').default(''),
    order_by: orNone(wall),
    starts: orNone(time),
    ends: orNone(time),
    note: words(1000).default(''),
    revision: whole(0, 999_999, 'the revision').default(0),
  })
  .superRefine(({ price, currency, starts, ends }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (price !== '') {
      const code = parseCurrency(currency);
      const amount = code.ok ? parseAmount(price, code.value) : code;
      if (!code.ok) wrong('currency', code.error.sentence);
      else if (!amount.ok) wrong('price', amount.error.sentence);
      else if (amount.value < 0) wrong('price', 'write a price that is not below zero');
    }
    if (ends !== null && starts === null) wrong('starts', 'say when it begins, too');
    if (starts !== null && ends !== null && ends <= starts) {
      wrong('ends', 'the end comes after the start');
    }
  })
  .transform(({ price, currency, ...plan }) => {
    const code = parseCurrency(currency);
    const amount = price !== '' && code.ok ? parseAmount(price, code.value) : undefined;
    const isPriced = code.ok && amount?.ok === true;
    return {
      kind: plan.kind,
      isProvided: plan.is_provided,
      caterer: plan.caterer,
      place: plan.place,
      priceMinor: isPriced ? amount.value : null,
      currency: isPriced ? code.value : null,
      orderBy: plan.order_by,
      starts: plan.starts,
      ends: plan.ends,
      note: plan.note,
      revision: plan.revision,
    };
  });

/** Tables to be proposed. */
export const tablesForm = z.object({
  size: whole(1, 100, 'the people at a table'),
  seed: whole(0, 999_999, 'the lots').default(1),
  restaurants: listOf(z.uuid('choose restaurants of the list'), 200),
});

/** Somebody put elsewhere by hand: a table, `none`, or `elsewhere`. */
export const moveForm = z.object({
  person: z.uuid('choose somebody'),
  to: z.union([z.enum(['none', 'elsewhere']), z.uuid()], 'choose where to'),
  keeps: ticked,
});

/** What somebody says of a meal of their own: `here`, `elsewhere`, or a table. */
export const ownForm = mealForm.extend({
  at: z.union([z.enum(['here', 'elsewhere']), z.uuid()], 'choose one of the list'),
});

const web = z
  .string()
  .trim()
  .max(500, 'shorten this to 500 characters')
  .refine(
    (text) => text === '' || /^https?:\/\/[^\s]+$/.test(text),
    'write an address as https://…',
  )
  .transform((text) => (text === '' ? null : text));

/** A restaurant. */
export const restaurantForm = z
  .object({
    name: line('its name', 120),
    seats: whole(1, 1000, 'the seats'),
    walk_minutes: z.union([none, whole(0, 600, 'the minutes on foot')]).default(null),
    diets: listOf(z.enum(DIET_KEYS as [string, ...string[]], 'choose of the list'), 50),
    is_accessible: ticked,
    price: words(60).default(''),
    link: web.default(null),
    note: words(500).default(''),
  })
  .transform(({ walk_minutes: walkMinutes, is_accessible: isAccessible, ...rest }) => ({
    ...rest,
    walkMinutes,
    isAccessible,
  }));
