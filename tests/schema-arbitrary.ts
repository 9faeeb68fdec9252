import fc from 'fast-check';

/** A JSON Schema as the API's document writes them: the part of the language that it uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** Finds what a `$ref` means. */
export type Resolve = (ref: string) => JsonSchema;

/** Ids that exist, so that some requests reach something. */
export interface Known {
  readonly ids: readonly string[];
}

/** Values that fit a schema; texts now and then with what nobody types. */
export function fitting(schema: JsonSchema, resolve: Resolve, known: Known): fc.Arbitrary<unknown> {
  const inner = (other: JsonSchema) => fitting(other, resolve, known);
  if (schema.$ref !== undefined) return inner(resolve(schema.$ref));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return fc.oneof(...branches.map(inner));
  if (schema.allOf !== undefined) {
    return fc
      .tuple(...schema.allOf.map(inner))
      .map((parts) => Object.assign({}, ...(parts as object[]))); // parts of one object
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 1) {
    return fc.oneof(...types.map((type) => inner({ ...schema, type })));
  }
  switch (types[0]) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 2_000_000 });
    case 'array':
      return fc.array(schema.items === undefined ? fc.json() : inner(schema.items), {
        minLength: schema.minItems ?? 0,
        maxLength: 3,
      });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, of]) => [name, inner(of)]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    default:
      return text(schema, known);
  }
}

function text(
  { format, pattern, minLength = 0 }: JsonSchema,
  { ids }: Known,
): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...ids), fc.uuid());
  if (format === 'date') {
    return fc.constantFrom('2023-05-22', '2023-02-30', '0001-01-01', '9999-12-31', '2024-02-29');
  }
  if (format === 'date-time') {
    return fc.constantFrom('2023-02-01T12:00:00Z', '2199-12-31T23:59:59.999Z');
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.oneof(
    {
      arbitrary: fc.string({ unit: 'grapheme', minLength: Math.max(1, minLength), maxLength: 20 }),
      weight: 12,
    },
    // What cannot be stored, and what looks like a placeholder.
    { arbitrary: fc.constantFrom('a\0b', '\ud800', '{nobody}', ' ', ''), weight: 1 },
  );
}
