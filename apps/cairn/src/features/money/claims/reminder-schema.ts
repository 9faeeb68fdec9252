import { z } from 'zod';
import type { ReminderDays } from './reminder-rules.ts';

const days = (what: string) => {
  const message = `write ${what} as a whole number from 1 to 365`;
  return z
    .string(message)
    .trim()
    .regex(/^\d{1,3}$/, message)
    .transform(Number)
    .refine((value) => value >= 1 && value <= 365, message);
};

const SAY_SEVERAL = 'write one to five numbers of days, such as 5, 10, 20';

/** The form of the reminders of a summit. */
export const remindersSchema = z
  .object({
    waiting_days: z
      .string(SAY_SEVERAL)
      .trim()
      .regex(/^\d{1,3}(\s*,\s*\d{1,3}){0,4}$/, SAY_SEVERAL)
      .transform((text) => text.split(',').map(Number))
      .refine((all) => all.every((each) => each >= 1 && each <= 365), SAY_SEVERAL),
    draft_days: days('the days'),
    returned_days: days('the days'),
    deadline_days: days('the days'),
    unpaid_days: days('the days'),
  })
  .transform(
    ({ waiting_days, draft_days, returned_days, deadline_days, unpaid_days }): ReminderDays => ({
      waitingDays: [...new Set(waiting_days)].sort((a, b) => a - b),
      draftDays: draft_days,
      returnedDays: returned_days,
      deadlineDays: deadline_days,
      unpaidDays: unpaid_days,
    }),
  );
