import { formatDate, Temporal } from '@cairn/kernel/time';

/** `the week` or the day that groups are for, in a sentence. */
export const spanInWords = (date: string | null): string =>
  date === null ? 'the week' : formatDate(Temporal.PlainDate.from(date));
