import { z } from 'zod';

const text = (most: number) => z.string().trim().max(most, `shorten this to ${most} characters`);
const emptyAsNone = (value: string) => (value === '' ? undefined : value);
const link = text(2000).default('').transform(emptyAsNone);
const whole = (least: number, most: number, what: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, `write ${what} as a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `write ${what} from ${least} to ${most}`);

/** How many meetings are required. */
export const ruleForm = z.object({
  promise: z.string().default(''),
  required: whole(0, 100, 'the number required'),
});

/** The title and the links of a meeting. */
export const meetingForm = z.object({
  title: text(200).min(1, 'write a title'),
  link,
  recording: link,
});

/** When a meeting is: a time, or only its month. */
export const timeForm = z.object({
  when: z.enum(['starts', 'month'], 'say whether the time is fixed').default('starts'),
  starts: text(40).default(''),
  month: text(20).default(''),
  taken_place: z.string().optional(),
});

/** A new meeting. */
export const newMeetingForm = timeForm.extend({ title: text(200).min(1, 'write a title') });

/** How many are required once a meeting is gone. */
export const dropForm = z.object({ required: whole(0, 100, 'the number required').optional() });

/** How the series is held, and how its attendance is taken. */
export const settingsForm = z.object({
  minutes: whole(5, 600, 'the length in minutes'),
  recordings: z.enum(['count', 'do_not_count']).default('do_not_count'),
  check_in_before: whole(0, 1440, 'the minutes'),
  check_in_after: whole(0, 10_080, 'the minutes'),
  least_share: whole(0, 100, 'the share'),
  warn_days: whole(0, 365, 'the days'),
  remind_hours: whole(0, 336, 'the hours'),
});

/** One track as a row of the form. */
export const trackRow = z.object({
  key: z
    .string()
    .regex(/^([a-z][a-z0-9_]*)?$/, 'this is no key')
    .transform(emptyAsNone),
  title: text(200),
  topics: z
    .string()
    .max(20_000, 'shorten the topics')
    .transform((lines) =>
      lines
        .split(/\r?\n/)
        .map((topic) => topic.trim())
        .filter((topic) => topic !== ''),
    ),
  link,
  lead: z.union([z.literal(''), z.uuid('pick somebody from the list')]).default(''),
  lead_name: text(200).default(''),
});
