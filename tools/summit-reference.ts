import { z } from 'zod';
import { summitDefinitionSchema } from '../apps/cairn/src/features/summits/schema.ts';

/** One key of `summit.yaml`, as docs/summit-file.md has to describe it. */
export interface KeyFacts {
  /** From the top of the file; `[]` stands for each row of a list: `hosts[].name`. */
  readonly path: string;
  readonly needed: 'yes' | 'no';
  /** What may be written: `text, at most 200`, `whole number, 1 to 1000`, `list`, `group`. */
  readonly what: string;
}

/** The parts of JSON Schema (2020-12) that zod writes for a summit definition. */
const nodeSchema = z.object({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get items() {
    return nodeSchema.optional();
  },
  get oneOf() {
    return z.array(nodeSchema).optional();
  },
});
type Node = z.output<typeof nodeSchema>;

/** Groups that stand in several places of the file, told once: by a key that only they have. */
const SHARED = { lead: 'before', span: 'least' } as const;
const SHARED_NAMES = Object.keys(SHARED) as (keyof typeof SHARED)[]; // the keys of the constant above

const sharedName = ({ properties }: Node): keyof typeof SHARED | undefined =>
  SHARED_NAMES.find((name) => properties?.[SHARED[name]] !== undefined);

/**
 * Every key that a summit file may hold, in the order of the schema; then, under `lead` and `span`,
 * the keys of the groups that stand in several places.
 */
export function summitFileKeys(): KeyFacts[] {
  // As a person writes it, so that a key with a default need not be there.
  const top = nodeSchema.parse(z.toJSONSchema(summitDefinitionSchema, { io: 'input' }));
  const shared = new Map<string, Node>();
  const keys = keysOf(top, '', shared);
  return [...keys, ...[...shared].sort().flatMap(([name, node]) => keysOf(node, name, shared))];
}

function keysOf(node: Node, prefix: string, shared: Map<string, Node>, suffix = ''): KeyFacts[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const needed = node.required?.includes(name) === true ? 'yes' : 'no';
    return [
      { path, needed, what: `${wordsFor(child)}${suffix}` },
      ...keysInside(child, path, shared),
    ];
  });
}

function keysInside(node: Node, path: string, shared: Map<string, Node>): KeyFacts[] {
  const name = sharedName(node);
  if (name !== undefined) {
    shared.set(name, node);
    return [];
  }
  if (node.items !== undefined) return keysInside(node.items, `${path}[]`, shared);
  return node.oneOf === undefined ? keysOf(node, path, shared) : choices(node.oneOf, path, shared);
}

/** A group that looks different for each `kind`. */
function choices(list: readonly Node[], path: string, shared: Map<string, Node>): KeyFacts[] {
  const kinds = list.map((each) => `\`${String(each.properties?.['kind']?.const)}\``);
  return [
    { path: `${path}.kind`, needed: 'yes', what: kinds.join(' or ') },
    ...list.flatMap((each, index) => {
      const { kind: _, ...properties } = each.properties ?? {};
      return keysOf({ ...each, properties }, path, shared, ` (${kinds[index]})`);
    }),
  ];
}

function wordsFor(node: Node): string {
  const name = sharedName(node);
  if (name !== undefined) return name;
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(' or ');
  if (node.items !== undefined) {
    return node.items.properties === undefined
      ? `list; each ${wordsFor(node.items)}`
      : 'list of groups';
  }
  if (node.properties !== undefined || node.oneOf !== undefined) return 'group';
  if (node.type === 'integer') return `whole number, ${node.minimum} to ${node.maximum}`;
  return node.maxLength === undefined ? 'text' : `text, at most ${node.maxLength}`;
}
