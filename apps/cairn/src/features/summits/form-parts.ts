/**
 * A description of a form over structured data. One description is read in three ways: what was
 * typed becomes data, data becomes what is shown, and the view draws the controls. The name of a
 * control is the path of its value (`hosts[0].name`), which is also how problems name their place.
 */

/** What is told with a control. */
interface Told {
  readonly label: string;
  /** One sentence on what to write. */
  readonly hint?: string;
}

/** Whether an empty control leaves its key out or writes an empty value. */
type WhenEmpty = { readonly whenEmpty: 'omit' | 'keep' };

/** One control and one value. */
export type Leaf = Told &
  (
    | { readonly kind: 'line'; readonly optional?: true; readonly wide?: true }
    /** A short name for files and links; left empty, it is made from the value beside it. */
    | { readonly kind: 'key'; readonly from: string }
    | { readonly kind: 'number' | 'day' | 'month' | 'wall-time'; readonly optional?: true }
    | ({ readonly kind: 'prose'; readonly rows: number } & WhenEmpty)
    | { readonly kind: 'choice'; readonly options: readonly Choice[] }
    /** A list of short texts, one a line. */
    | ({ readonly kind: 'lines' } & WhenEmpty)
    /** A list of whole numbers with commas between. */
    | { readonly kind: 'numbers' }
    /** So many months, weeks and days before or after the start or the end. */
    | { readonly kind: 'lead' }
  );

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Several values under names of their own. */
export interface Group extends Partial<Told> {
  readonly kind: 'group';
  readonly parts: Parts;
  /** A group in which nothing is filled in is left out. */
  readonly optional?: true;
}

/** Rows that can be added, removed and moved. */
export interface List extends Told {
  readonly kind: 'list';
  /** What one row is called: `host`. */
  readonly one: string;
  readonly item: Part;
  readonly whenEmpty: 'omit' | 'keep';
}

/** A group whose other values depend on the value of `kind`. */
export interface Variants extends Told {
  readonly kind: 'variants';
  readonly variants: Readonly<Record<string, { readonly label: string; readonly parts: Parts }>>;
}

export type Part = Leaf | Group | List | Variants;
export type Parts = Readonly<Record<string, Part>>;

/** What stands in the controls: the text of each, in the shape of the data. */
export type Typing = string | readonly Typing[] | TypedGroup;
export interface TypedGroup {
  readonly [name: string]: Typing;
}

/** Whether what was typed is a group (not a text, not rows). */
export const isTypedGroup = (typing: Typing | undefined): typing is TypedGroup =>
  typeof typing === 'object' && !Array.isArray(typing);

/** The text of a control inside a group; empty when it was not sent. */
export const textIn = (typing: Typing | undefined, name: string): string => {
  const found = isTypedGroup(typing) && Object.hasOwn(typing, name) ? typing[name] : undefined;
  return typeof found === 'string' ? found : '';
};

/** The parts of a group that what was typed has: those of its variant, if it has variants. */
export function partsOf(part: Group | Variants, typing: Typing | undefined): Parts {
  if (part.kind === 'group') return part.parts;
  const chosen = textIn(typing, 'kind');
  return Object.hasOwn(part.variants, chosen) ? (part.variants[chosen]?.parts ?? {}) : {};
}

/** The name of a control inside another: `hosts`, 0, `name` → `hosts[0].name`. */
export const nameWithin = (base: string, step: string | number): string => {
  if (typeof step === 'number') return `${base}[${step}]`;
  return base === '' ? step : `${base}.${step}`;
};
