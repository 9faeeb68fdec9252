import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { none, words } from '../../../platform/http/fields.ts';
import type { Typed } from '../../../platform/http/form.ts';
import { formProblems, typedList, typedText } from '../../../platform/http/form.ts';
import { readPresence } from '../../timetable/presence/presence-schema.ts';
import { isCountry } from './country-rules.ts';
import type { SaidStay, SaidWishes } from './said-rules.ts';
import { GROUPS, HABITS, PAYERS, ROOMS } from './stay-rules.ts';

/** How many people can be named of each kind. */
export const MOST_NAMED = 12;

const form = z.object({
  from_city: z.string().trim().max(100, 'shorten the city to 100 characters').default(''),
  from_country: z
    .union([none, z.string().refine(isCountry, 'choose a country of the list')])
    .default(null),
  from_airport: z
    .union([
      none,
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{3}$/, 'write the airport as its three letters, such as OSL'),
    ])
    .default(null),
  extra_paid_by: z.union([none, z.enum(PAYERS)], 'choose who pays').default(null),
  extra_reason: words(500).default(''),
  room: z.enum(ROOMS, 'say whether you would share a room'),
  single_reason: words(500).default(''),
  shares_with: z.enum(['', ...GROUPS], 'choose with whom you would share').default(''),
  note: words(1000).default(''),
  revision: z.coerce.number('open the page anew').int().min(0).max(1_000_000_000),
});

/** Reads a stay from its form: days as the presence reads them, and the rest. */
export function readStay(typed: Typed): Result<SaidStay, Problem[]> {
  // The note of the form is the stay's; that of the presence is said elsewhere, and stays.
  const presence = readPresence({ ...typed, note: '' });
  const read = form.safeParse(typed);
  const problems = [
    ...(presence.ok ? [] : presence.error),
    ...(read.success ? [] : formProblems(read.error)),
    ...(read.success &&
    read.data.room === 'shared' &&
    read.data.shares_with === '' &&
    typedText(typed, 'is_remote') !== 'yes'
      ? [problem('bad-field', 'Say with whom you would share a room.', { path: 'shares_with' })]
      : []),
  ];
  if (!presence.ok || !read.success || problems.length > 0) return fail(problems);
  const { data } = read;
  const { arrivesOn, arrivesAt, leavesOn, leavesAt, isRemote } = presence.value;
  return ok({
    ...{ arrivesOn, arrivesAt, leavesOn, leavesAt, isRemote },
    fromCity: data.from_city,
    fromCountry: data.from_country,
    fromAirport: data.from_airport,
    extraPaidBy: data.extra_paid_by,
    extraReason: data.extra_reason,
    room: data.room,
    singleReason: data.single_reason,
    sharesWith: data.shares_with === '' ? 'anyone' : data.shares_with,
    note: data.note,
    revision: data.revision,
  });
}

/** The people who were chosen in numbered lists. */
const chosen = (typed: Typed, name: string): readonly string[] => [
  ...new Set(
    Array.from({ length: MOST_NAMED }, (_, index) =>
      typedText(typed, `${name}_${index + 1}`),
    ).filter((id) => id !== ''),
  ),
];

/** Reads whom somebody would share with, of those who come. */
export function readWishes(
  typed: Typed,
  others: ReadonlySet<string>,
): Result<SaidWishes, Problem[]> {
  const wishes = { with: chosen(typed, 'with'), notWith: chosen(typed, 'not_with') };
  if ([...wishes.with, ...wishes.notWith].some((id) => !others.has(id))) {
    const sentence = 'Somebody whom you named does not come any more; choose again.';
    return fail([problem('bad-wish', sentence, { path: 'with_1' })]);
  }
  const habits = typedList(typed, 'habits[]');
  return ok({ ...wishes, habits: HABITS.filter((habit) => habits.includes(habit)) });
}
