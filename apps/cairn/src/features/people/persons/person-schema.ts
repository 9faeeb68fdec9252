import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { z } from 'zod';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { SeatKind } from '../invitations/invitation-rules.ts';
import { personName } from './person-name.ts';
import type { Identity } from './person-rules.ts';
import { noIdentity, parseCommunities, parseHandle, parseSeatKind } from './person-rules.ts';

/** What an organiser says about somebody they want to invite. */
export interface PersonEntry {
  readonly name: string;
  readonly email: string | undefined;
  readonly github: string | undefined;
  /** Keys of communities of the summit. */
  readonly communities: readonly string[];
  /** Undefined when nothing was said: funded for a new invitation, no change to an old one. */
  readonly seatKind: SeatKind | undefined;
  /** The organisers' own remark. */
  readonly remark: string;
}

/** The ways of knowing somebody that an entry names. */
export const identitiesOf = ({
  email,
  github,
}: Pick<PersonEntry, 'email' | 'github'>): Identity[] => [
  ...(email === undefined ? [] : [{ kind: 'email', value: email } as const]),
  ...(github === undefined ? [] : [{ kind: 'github', value: github } as const]),
];

/** Turns a parser that gives a Result into a zod transformation. */
const parsedBy =
  <T>(parse: (text: string) => Result<T, Problem>) =>
  (text: string, context: z.RefinementCtx<string>): T => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error.sentence });
    return z.NEVER;
  };

const emptyIsAbsent = (text: unknown): unknown =>
  typeof text === 'string' && text.trim() === '' ? undefined : text;
const email = z
  .string()
  .trim()
  .max(254, 'This address is too long; check it.')
  .pipe(z.email('Write an e-mail address such as ada@example.org.'))
  .optional();
const remark = z.string().trim().max(2000, 'Shorten the note to 2,000 characters.').default('');
const handle = z.string().transform(parsedBy(parseHandle)).optional();
const seatKind = z.string().transform(parsedBy(parseSeatKind)).optional();

const NO_IDENTITY = { message: noIdentity().sentence, path: ['email'] };

/** One row of a file of people: the columns name, email, github, communities, seat_kind, note. */
export const personRowSchema = (communities: SummitDefinition['communities']) =>
  z
    .object({
      name: personName,
      email,
      github: handle,
      communities: z
        .string()
        .default('')
        .transform(parsedBy((text) => parseCommunities(text, communities))),
      seat_kind: seatKind,
      note: remark,
    })
    .refine((row) => row.email !== undefined || row.github !== undefined, NO_IDENTITY);

/** The columns of a file of people. */
export const PERSON_COLUMNS = [
  'name',
  'email',
  'github',
  'communities',
  'seat_kind',
  'note',
] as const;

/** Headers that spreadsheets use for the same. */
export const COLUMN_ALIASES = {
  name: ['full name', 'participant'],
  email: ['e-mail', 'mail', 'email address', 'e-mail address'],
  github: ['github handle', 'github username', 'handle'],
  communities: ['community', 'projects', 'project'],
  seat_kind: ['seat', 'kind'],
  note: ['notes', 'remark', 'remarks', 'comment'],
};

/** A row as an entry. */
export const entryOf = (row: z.output<ReturnType<typeof personRowSchema>>): PersonEntry => ({
  name: row.name,
  email: row.email,
  github: row.github,
  communities: row.communities,
  seatKind: row.seat_kind,
  remark: row.note,
});

/** The form for one person; `communities[]` holds keys. */
export const personForm = (communities: SummitDefinition['communities']) =>
  z
    .object({
      name: personName,
      email: z.preprocess(emptyIsAbsent, email),
      github: z.preprocess(emptyIsAbsent, handle),
      'communities[]': z
        .array(
          z.enum(
            communities.map(({ key }) => key),
            'Choose from the list.',
          ),
        )
        .default([]),
      seat_kind: z.preprocess(emptyIsAbsent, seatKind),
      note: remark,
    })
    .refine((row) => row.email !== undefined || row.github !== undefined, NO_IDENTITY)
    .transform(
      (row): PersonEntry => ({
        name: row.name,
        email: row.email,
        github: row.github,
        communities: row['communities[]'],
        seatKind: row.seat_kind,
        remark: row.note,
      }),
    );
