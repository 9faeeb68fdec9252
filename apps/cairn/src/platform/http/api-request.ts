import { checkSchema, formatPath } from '@cairn/formats/schema-fault';
import { type Problem, problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { z } from '@hono/zod-openapi';
import type { ApiContext } from './api-caller.ts';
import { isStorable, parseJson } from './api-json.ts';
import { type Refusal, refused } from './api-problem.ts';

/** What a request carries: JSON of a schema, text of one of some media types, or a file as it is. */
export type BodySpec<B> =
  | { readonly json: z.ZodType<B> }
  | {
      /** Media types; what the file is, its reader finds out. */
      readonly bytes: readonly string[];
      readonly take: (bytes: Uint8Array) => B;
    }
  | {
      readonly text: readonly string[];
      /** What to make of the text. */
      readonly read: (body: TextBody) => B;
      /** Describes what the text says, where one of the types is JSON. */
      readonly describedAs?: z.ZodType;
    };

/** A body that is a file. */
export interface TextBody {
  readonly contentType: string;
  readonly text: string;
}

/** The body as the document describes it. */
export const documentedBody = (spec: BodySpec<unknown>) => ({
  required: true,
  content:
    'json' in spec
      ? { 'application/json': { schema: spec.json } }
      : 'bytes' in spec
        ? documentedBytes(spec.bytes)
        : documentedText(spec.text, spec.describedAs),
});

/** Media types of text as the document describes them. */
export const documentedText = (types: readonly string[], describedAs: z.ZodType = z.string()) =>
  Object.fromEntries(
    types.map((type) => [type, { schema: type === 'application/json' ? describedAs : z.string() }]),
  );

/** Media types of files as the document describes them. */
export const documentedBytes = (types: readonly string[]) =>
  Object.fromEntries(
    types.map((type) => [
      type,
      { schema: z.string().openapi({ format: 'binary', description: 'The file as it is.' }) },
    ]),
  );

/** Every fault of a value, with the path of its field. */
function problemsOf<T>(schema: z.ZodType<T>, value: unknown): Result<T, Problem[]> {
  const checked = checkSchema(schema, value);
  if (checked.ok) return ok(checked.value);
  return {
    ok: false,
    error: checked.faults.map(({ code, sentence, path }) =>
      problem(code, asSentence(sentence), path.length === 0 ? {} : { path: formatPath(path) }),
    ),
  };
}

const asSentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
};

/** The parts of the address; one that cannot be is an address that leads nowhere. */
export function readParams<P>(c: ApiContext, schema: z.ZodType<P> | undefined): Result<P, Refusal> {
  if (schema === undefined) return ok({} as P); // no parameters is what P is then
  const parsed = schema.safeParse(c.req.param());
  return parsed.success ? ok(parsed.data) : refused(404, nothingHere());
}

/** Nothing is at this address, or not for this caller. */
export const nothingHere = (): Problem =>
  problem('nothing-here', 'There is nothing at this address, or your token may not see it.');

/** What follows the question mark; an unknown name is told. */
export function readQuery<Q>(c: ApiContext, schema: z.ZodType<Q> | undefined): Result<Q, Refusal> {
  const query = c.req.query();
  const strange = Object.entries(query).find(([name, value]) => !isStorable(name + value));
  if (strange !== undefined) {
    const sentence = 'This address holds a character that cannot be stored; leave it out.';
    return refused(422, problem('unstorable-text', sentence, { path: strange[0] }));
  }
  const checked = problemsOf((schema ?? z.strictObject({})) as z.ZodType<Q>, query); // no query is what Q is then
  return checked.ok ? ok(checked.value) : refused(422, checked.error);
}

/** The body, decoded and checked. */
export async function readBody<B>(
  c: ApiContext,
  spec: BodySpec<B> | undefined,
): Promise<Result<B, Refusal>> {
  if (spec === undefined) return ok(undefined as B); // no body is what B is then
  const types = 'json' in spec ? ['application/json'] : 'bytes' in spec ? spec.bytes : spec.text;
  const contentType =
    (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!types.includes(contentType)) {
    const sent = contentType === '' ? 'no content-type' : `“${contentType}”`;
    const sentence = `Send this as ${types.join(' or ')}; ${sent} is not read here.`;
    return refused(415, problem('wrong-media-type', sentence), { accept: types.join(', ') });
  }
  if ('bytes' in spec) return ok(spec.take(new Uint8Array(await c.req.arrayBuffer())));
  const text = decode(await c.req.arrayBuffer());
  if (text === undefined) {
    return refused(400, problem('not-utf8', 'This is not text in UTF-8; encode it as UTF-8.'));
  }
  if ('read' in spec) return ok(spec.read({ contentType, text }));
  const parsed = parseJson(text);
  if (!parsed.ok) return refused(parsed.error.code === 'not-json' ? 400 : 422, parsed.error);
  const checked = problemsOf(spec.json, parsed.value);
  return checked.ok ? ok(checked.value) : refused(422, checked.error);
}

function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
