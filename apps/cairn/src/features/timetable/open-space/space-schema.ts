import { z } from 'zod';
import type { TimeOfDay } from '../frame/frame-rules.ts';

export const LONGEST_TITLE = 120;
export const LONGEST_TEXT = 4000;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const NOWHERE = 'choose one of the free places';

export const titleField = z
  .string('give it a title')
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'give it a title, so that others know what it is about')
      .max(LONGEST_TITLE, `shorten it to ${LONGEST_TITLE} characters`),
  );
const textField = z.string().trim().max(LONGEST_TEXT, `shorten it to ${LONGEST_TEXT} characters`);
const minutesField = z.coerce
  .number<string | number>('choose how long it is')
  .int('write whole minutes')
  .min(5, 'write at least 5 minutes')
  .max(1440, 'write at most a day');
const dateField = z.string(NOWHERE).regex(DATE, NOWHERE);

/** An empty field says nothing. */
const orNone = <T extends z.ZodType>(schema: T) =>
  z.preprocess((typed) => (typed === '' || typed === undefined ? null : typed), schema.nullable());
const sizeField = orNone(
  z.coerce
    .number<string | number>('write a number')
    .int('write a whole number')
    .min(1, 'write at least 1')
    .max(10_000, 'write a smaller number'),
);
const topicField = orNone(z.coerce.number<string | number>('choose a topic of the list').int());
const listField = z.preprocess(
  (typed) => (typeof typed === 'string' ? [typed] : (typed ?? [])),
  z.array(z.string().max(60)).max(20),
);

/** `2023-05-22T10:00/red_room`, as a button of a free place posts it. */
const placeField = z.string(NOWHERE).transform((text, context) => {
  const [moment = '', room = ''] = text.split('/');
  const [date = '', starts = ''] = moment.split('T');
  if (DATE.test(date) && TIME.test(starts) && room !== '') return { date, starts, room };
  context.addIssue({ code: 'custom', message: NOWHERE });
  return z.NEVER;
});

/** What the button of a free place posts. */
export const placeValue = (date: string, starts: TimeOfDay, room: string): string =>
  `${date}T${starts}/${room}`;

export const claimForm = z.object({
  title: titleField,
  text: textField.default(''),
  topic: topicField,
  minutes: minutesField,
  size: sizeField,
  'needs[]': listField,
  place: placeField,
});

export const changeForm = z.object({
  title: titleField,
  text: textField.default(''),
  topic: topicField,
});

export const moveForm = z.object({ place: placeField });

/** What is asked for of the free places; anything odd is as if nothing had been said. */
export const askedSchema = z.object({
  day: dateField.optional().catch(undefined),
  minutes: minutesField.optional().catch(undefined),
  size: sizeField.catch(null),
  needs: listField.catch([]),
});
