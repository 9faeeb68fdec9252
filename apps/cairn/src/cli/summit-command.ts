import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { validateYaml } from '@cairn/formats/yaml-document';
import { formatProblem, type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { validSummitSchema } from '../features/summits/rules.ts';
import { type Client, findServer } from './client.ts';
import { type Command, EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { messageOf, readText } from './text-file.ts';

const YAML = { 'content-type': 'application/yaml' };

/** `cairn summit check|import|export`. */
export const summitCommand: Command = async ([what, ...args]) => {
  switch (what) {
    case 'check':
      return check(args);
    case 'import':
      return importFile(args);
    case 'export':
      return exportFile(args);
    default: {
      const named = what === undefined ? 'Say which' : `“${what}” is none of them`;
      say(`cairn summit does check, import and export. ${named}; see “cairn help summit”.`);
      return EXIT.couldNot;
    }
  }
};

const usage = (sentence: string): Problem[] => [problem('usage', sentence)];

/** `cairn summit check FILE`: reads the file as the server would, without one. */
async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    return couldNot(usage('Name one file: cairn summit check summit.yaml'), values.json);
  }
  const text = await readText(file);
  if (!text.ok) return couldNot([text.error], values.json);
  const read = validateYaml(text.value, file, validSummitSchema);
  const problems = read.ok ? [] : read.error;
  if (values.json) {
    printJson({ ok: read.ok, file, problems });
  } else if (read.ok) {
    process.stdout.write(`${file} is a valid summit file: ${read.value.value.title}.\n`);
  } else {
    for (const each of problems) process.stdout.write(`${formatProblem(each)}\n`);
  }
  return read.ok ? EXIT.done : EXIT.badNews;
}

const savedSchema = z.object({ slug: z.string(), revision: z.number() });

/** `cairn summit import FILE [--update [--from REVISION]]`: founds a summit, or changes one. */
async function importFile(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      update: { type: 'boolean', default: false },
      from: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { json, update, from } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    return couldNot(usage('Name one file: cairn summit import summit.yaml'), json);
  }
  if (from !== undefined && !/^\d+$/.test(from)) {
    return couldNot(
      usage('--from takes the revision that the file was exported from, such as 4.'),
      json,
    );
  }
  const text = await readText(file);
  if (!text.ok) return couldNot([text.error], json);
  const read = validateYaml(text.value, file, validSummitSchema);
  if (!read.ok) return couldNot(read.error, json);
  const server = findServer(process.env);
  if (!server.ok) return couldNot(server.error, json);
  const { slug } = read.value.value;
  const saved = update
    ? await updateSummit(server.value, slug, text.value, from)
    : await foundSummit(server.value, text.value);
  if (!saved.ok) {
    // What the server says of a key it says without the file; here it is known.
    const placed = saved.error.map((each) => ({
      ...each,
      place: { ...each.place, ...placeIn(each, read.value.document, file) },
    }));
    return couldNot(placed, json);
  }
  if (json) printJson({ ok: true, ...saved.value });
  else {
    const { slug: saves, revision } = saved.value;
    const done = update ? `stands at revision ${revision}` : 'is founded, as a draft';
    process.stdout.write(`${saves} ${done}.\n`);
  }
  return EXIT.done;
}

function placeIn(
  { place }: Problem,
  document: { readonly placeOf: (path: readonly string[]) => Problem['place'] },
  file: string,
): Problem['place'] {
  if (place.line !== undefined || place.path === undefined) return {};
  return { ...document.placeOf(place.path.split('.')), file };
}

type Saved = Result<z.output<typeof savedSchema>, readonly Problem[]>;

async function foundSummit(server: Client, body: string): Promise<Saved> {
  const founded = await server.ask('/summits', { method: 'POST', body, headers: YAML });
  if (founded.ok) return ok(savedSchema.parse(await founded.value.json()));
  return fail(
    founded.error.problems.map((each) =>
      each.code === 'slug-taken'
        ? { ...each, sentence: `${each.sentence} To change that summit, add --update.` }
        : each,
    ),
  );
}

/** Changes a summit from the revision that the caller names, or else from the present one. */
async function updateSummit(
  server: Client,
  slug: string,
  body: string,
  from: string | undefined,
): Promise<Saved> {
  const path = `/summits/${slug}/definition`;
  const tag = from === undefined ? await presentTag(server, path, slug) : ok(`"${from}"`);
  if (!tag.ok) return tag;
  const headers = { ...YAML, 'if-match': tag.value };
  const saved = await server.ask(path, { method: 'PUT', body, headers });
  return saved.ok ? ok(savedSchema.parse(await saved.value.json())) : fail(saved.error.problems);
}

async function presentTag(
  server: Client,
  path: string,
  slug: string,
): Promise<Result<string, readonly Problem[]>> {
  const present = await server.ask(path);
  if (present.ok) return ok(present.value.headers.get('etag') ?? '');
  if (present.error.status !== 404) return fail(present.error.problems);
  const sentence = `There is no summit “${slug}” to change; leave --update out to found it.`;
  return fail([problem('no-such-summit', sentence)]);
}

/** `cairn summit export SLUG [FILE]`: the summit's file, byte for byte. */
async function exportFile(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const { json } = values;
  const [slug, file, ...more] = positionals;
  if (slug === undefined || !/^[a-z0-9_]+$/.test(slug) || more.length > 0) {
    const sentence = 'Name the summit as in its address: cairn summit export sp_summit_2023';
    return couldNot(usage(sentence), json);
  }
  const server = findServer(process.env);
  if (!server.ok) return couldNot(server.error, json);
  const asJson = json && file === undefined;
  const exported = await server.value.ask(`/summits/${slug}/definition`, {
    headers: { accept: asJson ? 'application/json' : 'application/yaml' },
  });
  if (!exported.ok) {
    const { status, problems } = exported.error;
    const sentence = `There is no summit “${slug}” on that server, or it is not yours to see.`;
    return couldNot(status === 404 ? [problem('no-such-summit', sentence)] : problems, json);
  }
  const text = await exported.value.text();
  const revision = Number(/\d+/.exec(exported.value.headers.get('etag') ?? '')?.[0]);
  if (file !== undefined) {
    const written = await writeText(file, text);
    if (!written.ok) return couldNot([written.error], json);
    say(`${file} holds revision ${revision} of ${slug}.`);
  }
  if (asJson) printJson({ ok: true, slug, revision, definition: JSON.parse(text) });
  else if (json) printJson({ ok: true, slug, revision, file });
  else if (file === undefined) process.stdout.write(text);
  return EXIT.done;
}

async function writeText(file: string, text: string): Promise<Result<void, Problem>> {
  try {
    await writeFile(file, text);
    return ok(undefined);
  } catch (error) {
    const sentence = `This file cannot be written (${messageOf(error)}).`;
    return fail(problem('unwritable', sentence, { file }));
  }
}
