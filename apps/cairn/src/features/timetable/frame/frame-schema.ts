import { z } from 'zod';
import { day, line, linkOrNone, whole, words } from '../../../platform/http/fields.ts';
import { BLOCK_KINDS } from './frame-rules.ts';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const SAY_TIME = 'write a time of day as 09:30, in the summit’s zone';

/** A time of day, `HH:MM`. */
export const time = z.string(SAY_TIME).trim().regex(CLOCK, SAY_TIME);

/** The end of something, which may be the end of its day; a browser's `00:00` means the same. */
const endTime = z
  .string(SAY_TIME)
  .trim()
  .transform((text) => (text === '00:00' ? '24:00' : text))
  .refine((text) => text === '24:00' || CLOCK.test(text), SAY_TIME);

/** Equipment, by comma; small letters, so that `Video` and `video` are one. */
export const features = (texts: readonly string[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => text.split(','))
      .map((text) => text.trim().toLowerCase().replace(/\s+/g, ' '))
      .filter((text) => text !== ''),
  ),
];

/** At most so many pieces of equipment, none of them a novel. */
export const areFeatures = (given: readonly string[]): boolean =>
  given.length <= 30 && given.every((feature) => feature.length <= 60);

export const SAY_FEATURES = 'write at most 30 things of at most 60 characters each';

const ticked = z.enum(['yes']).optional();
const id = z.uuid();
/** What was chosen in a list whose first line stands for none. */
const chosen = z.union([z.literal('').transform(() => null), id], 'choose one of the list');

const endsLater = ({ starts, ends }: { starts: string; ends: string }): boolean => starts < ends;
const SAY_END = 'the end comes after the start';

/** A day's hours, and those of all days with the lengths: `day_<date>_starts`. */
export const hours = z
  .object({ starts: time, ends: endTime })
  .refine(endsLater, { path: ['ends'], message: SAY_END });

export const lengthsForm = z.object({
  slot_minutes: whole(5, 240, 'the minutes of a slot'),
  session_minutes: whole(5, 1440, 'the minutes of a session'),
});

export const newDayForm = z
  .object({ date: day, starts: time, ends: endTime })
  .refine(endsLater, { path: ['ends'], message: SAY_END });

export const copyDayForm = z.object({
  from: day,
  'to[]': z.array(day, 'choose days').min(1, 'choose the days that are to be like it').max(100),
});

export const blockForm = z
  .object({
    title: line('what it is called'),
    kind: z.enum(BLOCK_KINDS, 'choose what it is'),
    meal: z.enum(['', 'breakfast', 'lunch', 'dinner'], 'choose a meal').default(''),
    provided: ticked,
    starts: time,
    ends: endTime,
    'dates[]': z.array(day, 'choose at least one day').min(1, 'choose at least one day').max(100),
    room: chosen.default(null),
    place: line('where it is').or(z.literal('')).default(''),
    text: words(2000).default(''),
    alike: ticked,
  })
  .refine(endsLater, { path: ['ends'], message: SAY_END })
  .refine(({ kind, meal }) => kind !== 'meal' || meal !== '', {
    path: ['meal'],
    message: 'choose which meal it is',
  })
  .transform((form) => ({
    title: form.title,
    kind: form.kind,
    meal: form.kind === 'meal' && form.meal !== '' ? form.meal : null,
    isProvided: form.kind === 'meal' && form.provided === 'yes',
    starts: form.starts,
    ends: form.ends,
    dates: form['dates[]'],
    roomId: form.room,
    place: form.place,
    text: form.text,
    withAlike: form.alike === 'yes',
  }));

const SAY_PLACES = 'write the places as a whole number from 1 on, or leave them empty';

export const roomForm = z.object({
  name: line('the name of the room', 100),
  capacity: z
    .string(SAY_PLACES)
    .trim()
    .default('')
    .refine((text) => text === '' || (/^\d{1,6}$/.test(text) && Number(text) > 0), SAY_PLACES)
    .transform((text) => (text === '' ? null : Number(text))),
  features: z
    .string()
    .default('')
    .transform((text) => features([text]))
    .refine(areFeatures, SAY_FEATURES),
  directions: words(2000).default(''),
  link: linkOrNone,
});

const reason = words(500).default('');

/** Closing a room for a stretch of one day or several, or from a moment on. */
export const closeForm = z
  .object({
    date: day,
    until: z.union([z.literal(''), day]).default(''),
    starts: time,
    ends: endTime,
    reason,
  })
  .refine(endsLater, { path: ['ends'], message: SAY_END })
  .refine(({ date, until }) => until === '' || until >= date, {
    path: ['until'],
    message: 'the last day is not before the first',
  });

export const closeFromForm = z.object({ from_date: day, from_time: time, from_reason: reason });
export const reopenFromForm = z.object({ open_date: day, open_time: time });
