/** What MyST and plans add to a line of text: roles (`{ref}`label``), mentions and numbers. */

/** Something that a text refers to, as it was written. */
export interface Reference {
  readonly kind: 'link' | 'image' | 'document' | 'label' | 'mention' | 'number';
  /** An address, a path, a label, a handle without its at sign, or a number without its hash. */
  readonly to: string;
}

/** Where a reference leads, and what to call it where the writer gave no words. */
export interface Destination {
  readonly url: string;
  readonly words?: string;
}

/** A role in front of a stretch of code: `{ref}` of `` {ref}`label` ``, and the text before it. */
export function roleBefore(
  text: string,
): { readonly before: string; readonly role: string } | undefined {
  const found = /\{([a-z][\w:+-]*)\}$/i.exec(text);
  const role = found?.[1];
  return found === null || role === undefined
    ? undefined
    : { before: text.slice(0, found.index), role: role.toLowerCase() };
}

/** What a role refers to. */
const REFERRING: Readonly<Record<string, Reference['kind']>> = {
  ref: 'label',
  numref: 'label',
  eq: 'label',
  'prf:ref': 'label',
  doc: 'document',
  download: 'link',
};

/** Roles whose content is shown as code, as text, and as text without the explanation behind it. */
const CODE = new Set([
  'code',
  'kbd',
  'math',
  'file',
  'command',
  'samp',
  'program',
  'option',
  'envvar',
]);
const TEXT = new Set([
  'sub',
  'sup',
  'abbr',
  'abbreviation',
  'dfn',
  'term',
  'strong',
  'emphasis',
  'guilabel',
  'menuselection',
  'u',
  'smallcaps',
  'del',
]);

export type RoleRead =
  | {
      readonly kind: 'reference';
      readonly reference: Reference;
      readonly words: string | undefined;
    }
  | { readonly kind: 'code' | 'text'; readonly text: string }
  | undefined;

/** `words <target>` taken apart, or the target alone. Without a pattern, which would take the square of the time. */
function wordsAndTarget(content: string): {
  readonly words: string | undefined;
  readonly to: string;
} {
  const open = content.lastIndexOf('<');
  const to = content.slice(open + 1, -1);
  if (open < 0 || to === '' || to.includes('>') || !content.endsWith('>')) {
    return { words: undefined, to: content.trim() };
  }
  const words = content.slice(0, open).trimEnd();
  return { words: words === '' ? undefined : words, to: to.trim() };
}

/** What a role means; undefined for one that is not known, which is then shown as it was written. */
export function readRole(role: string, content: string): RoleRead {
  const kind = REFERRING[role];
  if (kind !== undefined) {
    const { words, to } = wordsAndTarget(content);
    return { kind: 'reference', reference: { kind, to }, words };
  }
  if (CODE.has(role)) return { kind: 'code', text: content };
  return TEXT.has(role) ? { kind: 'text', text: content } : undefined;
}

/**
 * `@handle` and `#12`: not inside words, addresses or paths. Handles are GitHub's, of letters, digits
 * and single hyphens.
 */
const NAMED = /(?<![\w@./#&-])(?:@([a-z0-9](?:-?[a-z0-9])*)(?![\w@])|#([1-9]\d{0,8})(?![\w-]))/gi;

/** A text as stretches without references, and references between them with what was written. */
export function namedIn(
  text: string,
): (string | { readonly reference: Reference; readonly written: string; readonly at: number })[] {
  const parts: ReturnType<typeof namedIn> = [];
  let from = 0;
  for (const match of text.matchAll(NAMED)) {
    const [written, handle, number] = match;
    if (match.index > from) parts.push(text.slice(from, match.index));
    const reference: Reference =
      handle === undefined ? { kind: 'number', to: number ?? '' } : { kind: 'mention', to: handle };
    parts.push({ reference, written, at: match.index });
    from = match.index + written.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** A paragraph that begins with `(label)=` on a line of its own names what comes below it. */
export function labelIn(
  text: string,
): { readonly label: string; readonly rest: string } | undefined {
  const [whole, label] = /^\(([^()\n]{1,200})\)=[ \t]*(?:\n|$)/.exec(text) ?? [];
  return whole === undefined || label === undefined
    ? undefined
    : { label: label.trim(), rest: text.slice(whole.length) };
}

/**
 * What can stand behind `#` for a heading, as forges make it of the heading's words: small letters,
 * hyphens for spaces, no other signs.
 */
export const headingAnchor = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');

/** Gives each heading an anchor of its own: the second `notes` of a text is `notes-1`. */
export function anchorGiver(): (words: string) => string {
  const used = new Map<string, number>();
  return (words) => {
    const base = headingAnchor(words);
    const count = used.get(base);
    used.set(base, (count ?? 0) + 1);
    return count === undefined ? base : `${base}-${count}`;
  };
}
