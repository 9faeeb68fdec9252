import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** Anything that JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Tree = { [key: string]: Json };

const asTree = (value: Json | undefined): Tree =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
const asList = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

const description = asTree(
  JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')),
);

/**
 * OpenAPI 3.0 is not quite JSON Schema: `nullable` is, in it, another type. A few schemas say `oneOf`
 * where several fit at once (an error with and without details), which is GitHub's to mend.
 */
function asSchema(value: Json): Json {
  if (Array.isArray(value)) return value.map(asSchema);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, discriminator, deprecated, default: _default, ...rest } = value;
  const schema = Object.fromEntries(
    Object.entries(rest).map(([key, each]) => [key, asSchema(each)]),
  );
  if (nullable !== true) return schema;
  return { anyOf: [schema, { type: 'null' }] };
}

const ajv = new Ajv({ strict: false, allErrors: false, logger: false });
ajv.addFormat('uri', (text) => /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text));
ajv.addFormat('date-time', (text) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
);
ajv.addFormat('email', (text) => text.includes('@'));
for (const format of ['int64', 'int32', 'timestamp', 'repo.nwo', 'ssh-key'])
  ajv.addFormat(format, true);
ajv.addSchema({ $id: 'github', ...asTree(asSchema(description)) });

const validators = new Map<string, ValidateFunction>();

/** Checks something against the part of the description at a JSON pointer; what is wrong, or nothing. */
function wrongAt(pointer: string, value: unknown): string | undefined {
  let validate = validators.get(pointer);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: `github#${pointer}` });
    validators.set(pointer, validate);
  }
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: '' });
}

/** One thing that GitHub's API can be asked. */
export interface Operation {
  /** As the description names it: `issues/create-comment`. */
  readonly id: string;
  readonly path: string;
  readonly method: string;
  /** What stood in the places of `{names}`, decoded. */
  readonly place: Readonly<Record<string, string>>;
}

const templates = Object.entries(asTree(description['paths'])).map(([path, methods]) => ({
  path,
  methods: asTree(methods),
  names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  pattern: new RegExp(
    `^${path
      .replace(/[.]/g, '\\.')
      .replace(/\{ref\}/g, '(.+)')
      .replace(/\{\w+\}/g, '([^/]+)')}$`,
  ),
}));

/** What a request asks for; undefined for what GitHub, or our part of its description, does not know. */
export function operationAt(method: string, path: string): Operation | undefined {
  // A fixed part, such as `/issues/comments`, goes before a name in its place.
  const fits = templates
    .filter(({ methods, pattern }) => method.toLowerCase() in methods && pattern.test(path))
    .sort((one, other) => one.names.length - other.names.length);
  const [found] = fits;
  if (found === undefined) return undefined;
  const values = found.pattern.exec(path)?.slice(1) ?? [];
  const named = found.names.map((name, at) => [name, decodeURIComponent(values[at] ?? '')]);
  const operation = asTree(found.methods[method.toLowerCase()]);
  return {
    id: String(operation['operationId']),
    path: found.path,
    method: method.toLowerCase(),
    place: Object.fromEntries(named),
  };
}

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
const pointerOf = ({ path, method }: Operation): string => `/paths/${escaped(path)}/${method}`;

function resolved(value: Json | undefined): {
  readonly tree: Tree;
  readonly pointer: string | undefined;
} {
  const tree = asTree(value);
  const ref = tree['$ref'];
  if (typeof ref !== 'string') return { tree, pointer: undefined };
  const found = ref
    .slice(2)
    .split('/')
    .reduce<Json>((at, key) => asTree(at)[key] ?? null, description);
  return { tree: asTree(found), pointer: ref.slice(1) };
}

/** What of a request is not as GitHub describes it. */
export function wrongRequest(
  operation: Operation,
  query: URLSearchParams,
  body: unknown,
): string | undefined {
  const described = asTree(asTree(asTree(description['paths'])[operation.path])[operation.method]);
  const parameters = asList(described['parameters']).map((each, index) => {
    const { tree, pointer } = resolved(each);
    return { tree, pointer: pointer ?? `${pointerOf(operation)}/parameters/${index}` };
  });
  const known = new Set(
    parameters.filter(({ tree }) => tree['in'] === 'query').map(({ tree }) => String(tree['name'])),
  );
  for (const name of query.keys())
    if (!known.has(name)) return `there is no query parameter “${name}”`;
  for (const { tree, pointer } of parameters) {
    const name = String(tree['name']);
    const given = tree['in'] === 'query' ? query.get(name) : operation.place[name];
    if (given === null || given === undefined) {
      if (tree['required'] === true) return `“${name}” is missing`;
      continue;
    }
    const isNumber = ['integer', 'number'].includes(String(asTree(tree['schema'])['type']));
    const wrong = wrongAt(
      `${pointer}/schema`,
      isNumber && /^\d+$/.test(given) ? Number(given) : given,
    );
    if (wrong !== undefined) return `“${name}”: ${wrong}`;
  }
  const required = asTree(described['requestBody'])['required'] === true;
  if (body === undefined) return required ? 'there is no body' : undefined;
  if (described['requestBody'] === undefined) return 'this operation takes no body';
  return wrongAt(`${pointerOf(operation)}/requestBody/content/application~1json/schema`, body);
}

/** What of our own answer is not as GitHub describes it: then the server is wrong, and not the client. */
export function wrongResponse(
  operation: Operation,
  status: number,
  body: unknown,
): string | undefined {
  const described = asTree(asTree(asTree(description['paths'])[operation.path])[operation.method]);
  const responses = asTree(described['responses']);
  // Not authorised, limited or broken may be the answer to anything, and is described nowhere.
  if (!(String(status) in responses)) {
    return [401, 403, 404, 429, 301, 500, 502, 503].includes(status)
      ? undefined
      : `${status} is not described for ${operation.id}`;
  }
  const { tree, pointer = `${pointerOf(operation)}/responses/${status}` } = resolved(
    responses[String(status)],
  );
  if (asTree(tree['content'])['application/json'] === undefined) {
    return body === undefined ? undefined : `${operation.id} answers ${status} without a body`;
  }
  return wrongAt(`${pointer}/content/application~1json/schema`, body);
}

/**
 * A value as a schema of the description asks for it: what we know, and something harmless for the many
 * other fields that are required.
 */
export function complete(schemaName: string, known: Tree, api: string): Tree {
  const schema = asTree(asTree(asTree(description['components'])['schemas'])[schemaName]);
  const filled: Tree = { ...known };
  const properties = asTree(schema['properties']);
  for (const name of asList(schema['required'])) {
    if (typeof name === 'string' && !(name in filled))
      filled[name] = something(properties[name], api);
  }
  return filled;
}

function something(value: Json | undefined, api: string): Json {
  const { tree } = resolved(value);
  if (tree['nullable'] === true) return null;
  const [first] = asList(tree['enum']);
  if (first !== undefined) return first;
  const [choice] = asList(tree['oneOf'] ?? tree['anyOf']);
  if (choice !== undefined) return something(choice, api);
  if (tree['type'] === 'object' || tree['properties'] !== undefined) {
    const properties = asTree(tree['properties']);
    const names = asList(tree['required']).filter((name) => typeof name === 'string');
    return Object.fromEntries(names.map((name) => [name, something(properties[name], api)]));
  }
  if (tree['type'] === 'array') return [];
  if (tree['type'] === 'integer' || tree['type'] === 'number') return 0;
  if (tree['type'] === 'boolean') return false;
  if (tree['format'] === 'uri') return `${api}/described-only`;
  if (tree['format'] === 'date-time') return '2008-01-14T04:33:35Z';
  if (tree['format'] === 'email') return 'octocat@example.org';
  return '';
}
