import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../tests/api.ts';
import { fitting, type JsonSchema } from '../../../tests/schema-arbitrary.ts';
import { openSummitDatabase, type SummitDatabase } from '../../../tests/summit-database.ts';

interface Media {
  readonly schema: JsonSchema;
}
interface Documented {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, Media>> }>
  >;
}
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

const SLUG = 'sp_summit_2023';

let given: SummitDatabase;
let document: ApiDocument;
let tokens: readonly (string | undefined)[];

beforeAll(async () => {
  given = await openSummitDatabase();
  await given.found();
  document = (await (await given.app.request('/api/openapi.json')).json()) as ApiDocument;
  const post = (path: string, token: string, json: unknown) =>
    given.app.request(`/api/v1/summits/${SLUG}${path}`, withToken(token, { method: 'POST', json }));
  const ada = await tokenOf(given, given.ada);
  for (const name of ['Bo', 'Chi', 'Dee']) {
    const added = await post('/people', ada, { name, email: `${name}@example.org` });
    expect(added.status).toBe(201);
  }
  // Several of hers, so that no one of them is asked too often.
  const organisers = await Promise.all([1, 2, 3, 4].map(() => tokenOf(given, given.ada)));
  tokens = [
    ...organisers,
    ...organisers,
    await tokenOf(given, given.stranger),
    await tokenOf(given, given.ada, ['read:me']),
    'cairn_nonsense',
    undefined,
  ];
});
afterAll(() => given.drop());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

test('the document is valid OpenAPI 3.1', async () => {
  expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
});

test('every route of the API is in the document, and the other way round', () => {
  const routes = given.app.routes
    .filter(
      ({ path, handler }) =>
        path.startsWith('/api/v1/') && !path.includes('*') && handler !== undefined,
    )
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const documented = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(routes)].sort()).toEqual(documented.sort());
  expect(documented.length).toBeGreaterThan(30);
});

test('every operation has a name of its own and says which scope it needs', () => {
  const names = operations().map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { operation } of operations()) {
    expect(operation.security[0]?.['token']).toHaveLength(1);
  }
});

test('whatever is sent, each operation answers as the document says, and never with 500', async () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'document');
  const resolve = (ref: string): JsonSchema => {
    const schema = document.components.schemas[ref.replace('#/components/schemas/', '')];
    if (schema === undefined) throw new Error(`the document has no ${ref}`);
    return schema;
  };
  const people = await given.db.selectFrom('person').select('id').execute();
  const known = { ids: people.map(({ id }) => id) };
  const compiled = new Map<string, ValidateFunction>();
  const shapeOf = (schema: JsonSchema): ValidateFunction => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
    const fits = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, fits);
    return fits;
  };
  const seen = new Set<number>();

  for (const [index, { path, method, operation }] of operations().entries()) {
    const arbitrary = fc.record({
      token: fc.constantFrom(...tokens),
      values: fc.record(
        Object.fromEntries(
          (operation.parameters ?? []).map(({ name, schema, required }) => {
            const fits = fitting(schema, resolve, known).map(String);
            const any = fc.string({ unit: 'binary' });
            if (name === 'slug') return [name, usually(fc.constant(SLUG), fc.string())];
            if (required === true) return [name, usually(fits, any)];
            return [name, usually(fc.constant(''), usually(fits, any))];
          }),
        ),
      ),
      unasked: fc.constantFrom(...Array(15).fill(false), true),
      body: bodyOf(operation, resolve, known),
      match: fc.constantFrom(undefined, '"1-yaml"', '"7"', 'W/"x"'),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ token, values, unasked, body, match }) => {
        const query = new URLSearchParams(unasked ? { unasked: '1' } : {});
        let address = path;
        for (const { name, in: where } of operation.parameters ?? []) {
          const value = values[name] ?? '';
          if (where === 'path')
            address = address.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()));
          else if (value !== '') query.set(name, value);
        }
        const answer = await given.app.request(
          `${address}?${query}`,
          withToken(token, {
            method: method.toUpperCase(),
            ...(body === undefined ? {} : { body: body.text }),
            headers: {
              ...(body?.type === undefined ? {} : { 'content-type': body.type }),
              ...(match === undefined ? {} : { 'if-match': match }),
            },
          }),
        );
        seen.add(answer.status);

        const text = await answer.text();
        expect(answer.status, text).not.toBe(500);
        // An empty parameter is another address.
        const isElsewhere = (operation.parameters ?? []).some(
          ({ name, in: where }) => where === 'path' && ['', '.', '..'].includes(values[name] ?? ''),
        );
        if (isElsewhere) return;
        const described = operation.responses[String(answer.status)];
        expect(described, `${operation.operationId} answered ${answer.status}`).toBeDefined();
        if (described?.content === undefined) {
          expect(text).toBe('');
          return;
        }
        const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
        const media = described.content[type];
        expect(
          media,
          `${operation.operationId} answered ${answer.status} as ${type}`,
        ).toBeDefined();
        if (media === undefined || !type.endsWith('json')) return;
        const fits = shapeOf(media.schema);
        expect(fits(JSON.parse(text)), `${text.slice(0, 300)} ${ajv.errorsText(fits.errors)}`).toBe(
          true,
        );
      }),
      { numRuns: 25, seed: 20_230_522 + index },
    );
  }
  // The requests went everywhere: done, not asked for rightly, not allowed, not there, not now, wrong.
  for (const status of [200, 201, 204, 400, 401, 403, 404, 409, 415, 422]) {
    expect(seen.has(status), `no request was answered ${status}`).toBe(true);
  }
}, 180_000);

/** The first nine times in ten. */
const usually = <T>(first: fc.Arbitrary<T>, second: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: first, weight: 9 }, { arbitrary: second, weight: 1 });

interface Sent {
  readonly type: string | undefined;
  readonly text: string;
}

function bodyOf(
  { requestBody }: Documented,
  resolve: (ref: string) => JsonSchema,
  known: { readonly ids: readonly string[] },
): fc.Arbitrary<Sent | undefined> {
  if (requestBody === undefined) return fc.constant(undefined);
  const right = Object.entries(requestBody.content).map(([type, { schema }]) => ({
    arbitrary:
      type === 'application/json'
        ? fitting(schema, resolve, known).map(
            (value): Sent => ({ type, text: JSON.stringify(value) }),
          )
        : fc.string().map((text): Sent => ({ type, text })),
    weight: 12,
  }));
  const [type = 'application/json'] = Object.keys(requestBody.content);
  return fc.oneof(
    ...right,
    { arbitrary: fc.json().map((text): Sent => ({ type, text })), weight: 2 },
    { arbitrary: fc.string().map((text): Sent => ({ type, text })), weight: 2 },
    { arbitrary: fc.string().map((text): Sent => ({ type: 'text/plain', text })), weight: 1 },
    { arbitrary: fc.constant<Sent>({ type: undefined, text: '' }), weight: 1 },
  );
}
