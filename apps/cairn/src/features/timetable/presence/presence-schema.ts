import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { day, none, words } from '../../../platform/http/fields.ts';
import { time } from '../frame/frame-schema.ts';
import { type Presence, presenceProblems } from './presence-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

const orNone = <T>(schema: z.ZodType<T, string>, what: string) =>
  z
    .string(what)
    .trim()
    .transform((text, context) => {
      if (text === '') return null;
      const read = schema.safeParse(text);
      if (read.success) return read.data;
      context.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? what });
      return z.NEVER;
    })
    .or(none);

/** When somebody is there, as a form says it; each field may be left empty. */
const fields = z.object({
  arrives_on: orNone(day, 'write a day').default(null),
  arrives_at: orNone(time, 'write a time of day').default(null),
  leaves_on: orNone(day, 'write a day').default(null),
  leaves_at: orNone(time, 'write a time of day').default(null),
  is_remote: z.enum(['yes']).optional(),
  note: words(500).default(''),
});

const NAMES = ['arrives_on', 'arrives_at', 'leaves_on', 'leaves_at', 'is_remote', 'note'] as const;

/** Reads when somebody is there; `suffix` stands after the names of the fields. */
export function readPresence(
  typed: Typed,
  suffix = '',
): Result<Omit<Presence, 'personId'>, Problem[]> {
  const own = Object.fromEntries(NAMES.map((name) => [name, typed[`${name}${suffix}`]]));
  const form = fields.safeParse(own);
  if (!form.success) {
    return fail(
      form.error.issues.map(({ message, path }) =>
        problem('bad-field', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`, {
          path: `${String(path[0] ?? '')}${suffix}`,
        }),
      ),
    );
  }
  const presence = {
    arrivesOn: form.data.arrives_on,
    arrivesAt: form.data.arrives_at,
    leavesOn: form.data.leaves_on,
    leavesAt: form.data.leaves_at,
    isRemote: form.data.is_remote === 'yes',
    note: form.data.note,
  };
  const problems = presenceProblems(presence).map((each) => ({
    ...each,
    place: { path: `${each.place.path ?? ''}${suffix}` },
  }));
  return problems.length > 0 ? fail(problems) : ok(presence);
}

/** A presence as the fields of its form. */
export function presenceAsTyped(presence: Presence | undefined, suffix = ''): Typed {
  if (presence === undefined) return {};
  return {
    [`arrives_on${suffix}`]: presence.arrivesOn ?? '',
    [`arrives_at${suffix}`]: presence.arrivesAt ?? '',
    [`leaves_on${suffix}`]: presence.leavesOn ?? '',
    [`leaves_at${suffix}`]: presence.leavesAt ?? '',
    ...(presence.isRemote ? { [`is_remote${suffix}`]: 'yes' } : {}),
    [`note${suffix}`]: presence.note,
  };
}

/** What a row of the list said when it was shown, so that only what was changed in it is saved. */
export const shownAs = (presence: Presence | undefined): string =>
  presence === undefined
    ? ''
    : [
        presence.arrivesOn,
        presence.arrivesAt,
        presence.leavesOn,
        presence.leavesAt,
        presence.isRemote ? 'remote' : '',
      ].join('|');
