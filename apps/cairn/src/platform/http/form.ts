import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import type { AppContext } from './env.ts';

/** What a form held when it was sent: shown again, untouched, beside what is wrong with it. */
export interface RefusedForm {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

/** The text of each field as it was typed; several values of one name are kept in order. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** All values of one name, in order. */
export function typedList(typed: Typed, name: string): readonly string[] {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** The first value of a name; empty where there is none. */
export const typedText = (typed: Typed, name: string): string => typedList(typed, name)[0] ?? '';

/** No text of the database's can hold NUL, and nobody types it: it is shown as HTML shows it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '\uFFFD');

/** A posted form: its texts, the first file of each name, and all of them. */
export interface Sent {
  readonly typed: Typed;
  readonly files: ReadonlyMap<string, File>;
  /** Where a field takes several; empty ones too, which the browser may have broken off. */
  readonly allFiles: ReadonlyMap<string, readonly File[]>;
}

/** Reads a posted form as text and files. Fields whose name ends in `[]` are always lists. */
export async function readTyped(c: AppContext): Promise<Sent> {
  const body = await c.req.formData().catch((cause: unknown) => {
    // What no form of ours sends: a program's mistake, or an upload that broke off.
    const message = 'This is not a whole form; go back, and send it again.';
    throw new HTTPException(400, { message, cause });
  });
  const typed: Record<string, string | string[]> = {};
  const files = new Map<string, File>();
  const allFiles = new Map<string, readonly File[]>();
  for (const name of new Set(body.keys())) {
    const values = body.getAll(name);
    const texts = values.filter((value) => typeof value === 'string').map(withoutNul);
    const sent = values.filter((value) => value instanceof File);
    const [file] = sent;
    if (file !== undefined && file.size > 0) files.set(name, file);
    // A field in which nothing was chosen sends one file without a name.
    const chosen = sent.filter(({ size, name: called }) => size > 0 || called !== '');
    if (chosen.length > 0) allFiles.set(name, chosen);
    if (texts.length === 0) continue;
    const [first = ''] = texts;
    typed[name] = name.endsWith('[]') || texts.length > 1 ? texts : first;
  }
  return { typed, files, allFiles };
}

/** Turns what a schema refused into problems at the form's fields. */
export const formProblems = (error: z.ZodError): Problem[] =>
  error.issues.map((issue) =>
    problem('bad-field', asSentence(issue.message), { path: issue.path.map(String).join('.') }),
  );

const asSentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
};

/** Parses a posted form once, at the border: the typed value, or every problem with all that was typed. */
export async function parseForm<T>(
  c: AppContext,
  schema: z.ZodType<T>,
): Promise<Result<T, RefusedForm>> {
  const { typed } = await readTyped(c);
  const parsed = schema.safeParse(typed);
  return parsed.success ? ok(parsed.data) : fail({ typed, problems: formProblems(parsed.error) });
}
