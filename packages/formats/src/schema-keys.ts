import type * as z from 'zod';
import type { Path } from './schema-fault.ts';

/** The keys that a zod schema knows in the group at a path; every branch of a union counts. */
export function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const inside = path.reduce<z.core.$ZodType[]>(
    (schemas, part) => schemas.flatMap(unwrap).flatMap((each) => step(each, part)),
    [schema],
  );
  return [...new Set(inside.flatMap(unwrap).flatMap((each) => Object.keys(shapeOf(each))))];
}

/** Zod's definitions are a closed union in its types, but only by way of this cast. */
const definition = (schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] =>
  (schema as z.core.$ZodTypes)._zod.def;

/** A schema without what wraps it (optional, default, pipe, union ...). */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = definition(schema);
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return unwrap(def.innerType);
    case 'pipe':
      return unwrap(def.in);
    case 'lazy':
      return unwrap(def.getter());
    case 'union':
      return def.options.flatMap(unwrap);
    case 'intersection':
      return [def.left, def.right].flatMap(unwrap);
    default:
      return [schema];
  }
}

const shapeOf = (schema: z.core.$ZodType): z.core.$ZodShape => {
  const def = definition(schema);
  return def.type === 'object' ? def.shape : {};
};

function step(schema: z.core.$ZodType, part: string | number): z.core.$ZodType[] {
  const def = definition(schema);
  switch (def.type) {
    case 'object': {
      const member = def.shape[part] ?? def.catchall;
      return member ? [member] : [];
    }
    case 'record':
      return [def.valueType];
    case 'array':
      return [def.element];
    case 'tuple': {
      const item = typeof part === 'number' ? (def.items[part] ?? def.rest) : undefined;
      return item ? [item] : [];
    }
    default:
      return [];
  }
}
