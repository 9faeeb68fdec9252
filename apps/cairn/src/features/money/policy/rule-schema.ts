import { type Currency, parseAmount, parseRate } from '@cairn/kernel/money';
import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import { CATEGORY_KEYS } from '../category-rules.ts';

/** Meals that a rule can be about. */
export const MEALS = ['breakfast', 'lunch', 'dinner'] as const;
export type Meal = (typeof MEALS)[number];

/** Classes of travel, the cheapest first. */
export const CLASSES = ['economy', 'premium_economy', 'business', 'first'] as const;

const line = (what: string, most: number) =>
  z
    .string()
    .trim()
    .min(1, `write ${what}`)
    .max(most, `${what} is longer than ${most} characters; shorten it`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), 'this text holds a control character');

const key = z
  .string()
  .max(60, 'a key has at most 60 characters')
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'a key is made of small letters, digits and _ and starts with a letter',
  );

const day = z.string().superRefine((text, context) => {
  const date = parseDate(text);
  if (!date.ok) context.addIssue({ code: 'custom', message: date.error.sentence });
});

const count = (least: number, most: number, what: string) =>
  z
    .number(`write ${what} as a whole number from ${least} to ${most}`)
    .int(`${what} is a whole number`)
    .min(least, `${what} is at least ${least}`)
    .max(most, `${what} is at most ${most}`);

/** Decimal text, whether the file writes it as a number or in quotes. */
const decimal = (what: string) =>
  z
    .union([z.number(), z.string()], {
      // That it is missing is told by its name.
      error: ({ input }) => (input === undefined ? undefined : `write ${what}`),
    })
    .transform((value) => String(value).trim());

/** An amount of the rules' currency, in its minor units. */
const amountIn = (currency: Currency) =>
  decimal(`an amount in ${currency}, such as 20.00`).transform((text, context) => {
    const read = parseAmount(text, currency);
    if (read.ok && read.value >= 0) return read.value;
    const message = read.ok ? 'An amount of a rule is not below zero.' : read.error.sentence;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const price = (what: string) =>
  decimal(what).transform((text, context) => {
    const read = parseRate(text);
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: `Write ${what}, above zero.` });
    return z.NEVER;
  });

const percent = decimal('percent as a number from 0 to 100').refine(
  (text) => /^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100,
  'write percent as a number from 0 to 100, such as 75',
);

const category = z.enum(CATEGORY_KEYS, `write one of ${CATEGORY_KEYS.join(', ')}`);
const categories = z.array(category).min(1, 'name at least one category').max(20);
const meal = z.enum(MEALS, 'write breakfast, lunch or dinner');

/** What every rule says of itself, besides what it does. */
const said = {
  key,
  /** In plain words, as claimants read it; `{most}` and the like stand for the rule's own figures. */
  words: line('the rule in words', 600),
  /** Where it is written, and on which day that text was read or made. */
  source: line('where the rule is from', 400),
  link: z
    .url({ protocol: /^https?$/, error: 'write a web address that starts with https://' })
    .max(1000, 'this web address is too long')
    .optional(),
  source_date: day,
  /** Whether somebody of this summit has to confirm that it is right for them. */
  confirm: z.boolean('write true or false').default(false),
};

const tier = (amount: ReturnType<typeof amountIn>) =>
  z.strictObject({
    key,
    title: line('the name of the tier', 100),
    breakfast: amount,
    lunch: amount,
    dinner: amount,
    incidentals: amount,
  });

/** One rule: its kind says what it does. Amounts are read in the currency of the set. */
export const ruleSchema = (currency: Currency) => {
  const amount = amountIn(currency);
  return z.discriminatedUnion(
    'kind',
    [
      /** A meal of that kind is paid up to `most`, for each person a day. */
      z.strictObject({ ...said, kind: z.literal('meal_cap'), meal, most: amount }),
      /** A meal that the summit provides is not paid again. */
      z.strictObject({
        ...said,
        kind: z.literal('provided_meal'),
        meals: z
          .array(meal)
          .min(1, 'name at least one meal')
          .default([...MEALS]),
      }),
      /** What of a cost was for alcohol is taken off. */
      z.strictObject({
        ...said,
        kind: z.literal('no_alcohol'),
        categories: categories.default(['meals']),
      }),
      /** A sum for each day in place of receipts for meals. */
      z.strictObject({
        ...said,
        kind: z.literal('per_diem'),
        tiers: z.array(tier(amount)).min(1, 'write at least one tier').max(60),
        /** What the first and the last day of a trip are worth. */
        first_last_percent: percent,
        /** A trip of so many hours or less is worth nothing. */
        nothing_up_to_hours: count(0, 72, 'the hours').default(0),
        /** A trip of fewer hours than this is paid as first and last days are. */
        whole_from_hours: count(0, 72, 'the hours').default(0),
        /** What is not paid besides, on the same days. */
        instead_of: categories.default(['meals']),
      }),
      /** A night is paid up to `most`; tax besides, where it is extra. */
      z.strictObject({
        ...said,
        kind: z.literal('lodging_cap'),
        most: amount,
        /** Other caps for some months: `{5: 232.00}`. */
        by_month: z
          .record(
            z.string().regex(/^([1-9]|1[0-2])$/, 'write a month as a number from 1 to 12'),
            amount,
          )
          .default({}),
        tax: z.enum(['included', 'extra'], 'write included or extra').default('included'),
      }),
      /** So much for each mile or kilometre. */
      z.strictObject({
        ...said,
        kind: z.literal('mileage'),
        rate: price('an amount for each mile or kilometre, such as 0.725'),
        unit: z.enum(['mile', 'km'], 'write mile or km'),
      }),
      /** Dearer classes are paid up to what the journey would have cost in one of these. */
      z.strictObject({
        ...said,
        kind: z.literal('travel_class'),
        classes: z
          .array(z.enum(CLASSES, 'write economy, premium_economy, business or first'))
          .min(1, 'name at least one class')
          .default(['economy']),
      }),
      /** A record of each flight is kept, with the exception claimed where the carrier is another one. */
      z.strictObject({
        ...said,
        kind: z.literal('carrier_record'),
        carriers: z
          .array(
            z.strictObject({
              code: z
                .string()
                .regex(/^[A-Z0-9]{2}$/, 'write the two signs that flight numbers begin with'),
              name: line('the carrier’s name', 100),
            }),
          )
          .min(1, 'name at least one carrier')
          .max(200),
        exceptions: z
          .array(z.strictObject({ key, words: line('the exception in words', 400) }))
          .max(30)
          .default([]),
      }),
      /** Above so much a receipt is needed. */
      z.strictObject({
        ...said,
        kind: z.literal('receipt_above'),
        above: amount,
        categories: categories.optional(),
        /** Each thing bought has to be on the slip. */
        itemised: z.boolean('write true or false').default(false),
        /** Whether words on why there is none may do instead, if a treasurer agrees. */
        statement: z.boolean('write true or false').default(true),
      }),
      /** A claim is sent within so many days of the return. */
      z.strictObject({
        ...said,
        kind: z.literal('deadline_after_return'),
        days: count(1, 730, 'the days'),
        /** Whether a late claim is refused, or looked at by a treasurer. */
        late: z.enum(['refused', 'looked_at'], 'write refused or looked_at').default('looked_at'),
      }),
      /** Costs of these categories are paid up to `most`. */
      z.strictObject({
        ...said,
        kind: z.literal('category_cap'),
        categories,
        most: amount,
        per: z.enum(['person', 'person_day', 'cost'], 'write person, person_day or cost'),
      }),
      /** Not paid: whole categories, or what of a cost is asked for in so many words. */
      z
        .strictObject({
          ...said,
          kind: z.literal('not_paid'),
          categories: categories.optional(),
          ask: line('what is asked for', 200).optional(),
        })
        .refine(
          ({ categories: whole, ask }) => whole !== undefined || ask !== undefined,
          'say which categories are not paid, or with ask: what to leave out of a cost',
        ),
      /** So many days before the arrival or after the departure, somebody has to look whether it was agreed. */
      z.strictObject({
        ...said,
        kind: z.literal('within_days'),
        categories,
        before: count(0, 60, 'the days before arrival'),
        after: count(0, 60, 'the days after departure'),
      }),
    ],
    { error: 'write a kind, such as meal_cap; docs/policies.md lists them' },
  );
};

/** A rule as the engine knows it; amounts are minor units of the set's currency. */
export type Rule = z.output<ReturnType<typeof ruleSchema>>;
export type RuleKind = Rule['kind'];
export type RuleOf<Kind extends RuleKind> = Extract<Rule, { kind: Kind }>;
