import { isGroup } from '@cairn/formats/plain-data';
import {
  type Group,
  type Leaf,
  type List,
  type Part,
  partsOf,
  type TypedGroup,
  type Typing,
  textIn,
  type Variants,
} from './form-parts.ts';
import { keyFrom, unusedKey } from './key-rules.ts';

/** Controls by name as a form posts them; of several values of one name the first counts. */
export type PostedFields = Readonly<Record<string, string | readonly string[]>>;

/** Names split at their steps: `hosts[0].name` hangs under hosts, 0, name. */
interface Branch {
  text?: string;
  readonly steps: Map<string, Branch>;
}

const newBranch = (): Branch => ({ steps: new Map() });

function branchesOf(posted: PostedFields): Branch {
  const root = newBranch();
  for (const [name, value] of Object.entries(posted)) {
    let here = root;
    for (const [step] of name.matchAll(/[^.[\]]+/g)) {
      const next = here.steps.get(step) ?? newBranch();
      here.steps.set(step, next);
      here = next;
    }
    here.text = typeof value === 'string' ? value : (value[0] ?? '');
  }
  return root;
}

/** What was typed, in the shape of the form; fields that the form does not have are passed over. */
export const typingOfPosted = (part: Part, posted: PostedFields): Typing =>
  shape(part, branchesOf(posted));

function shape(part: Part, branch: Branch | undefined): Typing {
  switch (part.kind) {
    case 'list':
      return [...(branch?.steps ?? [])]
        .filter(([step]) => /^\d{1,6}$/.test(step))
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, row]) => shape(part.item, row));
    case 'group':
      return shapeParts(part.parts, branch);
    case 'variants': {
      const kind = branch?.steps.get('kind')?.text ?? '';
      return { kind, ...shapeParts(partsOf(part, { kind }), branch) };
    }
    case 'lead':
      return Object.fromEntries(
        LEAD_FIELDS.map((name) => [name, branch?.steps.get(name)?.text ?? '']),
      );
    default:
      // Browsers send every line break of a text box as CR LF (HTML, form submission).
      return (branch?.text ?? '').replace(/\r\n?/g, '\n');
  }
}

const shapeParts = (parts: Group['parts'], branch: Branch | undefined): TypedGroup =>
  Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, shape(part, branch?.steps.get(name))]),
  );

/** The controls of a lead: three numbers, and before or after what. */
const LEAD_FIELDS = ['months', 'weeks', 'days', 'anchor'] as const;

/** What stands in the controls for a value; of a value that is not there, empty controls. */
export function typingOf(part: Part, value: unknown): Typing {
  switch (part.kind) {
    case 'list':
      return Array.isArray(value) ? value.map((row) => typingOf(part.item, row)) : [];
    case 'group':
      return typingOfParts(part.parts, value);
    case 'variants': {
      const kind = textOf(isGroup(value) ? value['kind'] : '');
      return { kind, ...typingOfParts(partsOf(part, { kind }), value) };
    }
    case 'lines':
      return Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value);
    case 'numbers':
      return Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value);
    case 'lead':
      return leadTyping(value);
    case 'choice':
      return textOf(value) || (part.options[0]?.value ?? '');
    default:
      return textOf(value);
  }
}

const typingOfParts = (parts: Group['parts'], value: unknown): TypedGroup =>
  Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      typingOf(part, isGroup(value) ? value[name] : undefined),
    ]),
  );

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function leadTyping(value: unknown): TypedGroup {
  const lead = isGroup(value) ? value : {};
  const side = (['before', 'after'] as const).find((word) => lead[word] !== undefined);
  return {
    months: textOf(lead['months']),
    weeks: textOf(lead['weeks']),
    days: textOf(lead['days']),
    anchor: side === undefined ? 'before start' : `${side} ${textOf(lead[side])}`,
  };
}

/**
 * The value that was typed, as someone would write it in the file: what is empty and need not be
 * there is left out (undefined). It is not yet checked; a number that is none stays a text.
 */
export function inputOf(part: Part, typing: Typing | undefined): unknown {
  const text = typeof typing === 'string' ? typing : '';
  switch (part.kind) {
    case 'line':
      return text.trim() === '' && part.optional ? undefined : text;
    case 'day':
    case 'month':
      return text.trim() === '' && part.optional ? undefined : text.trim();
    case 'wall-time':
      return text.trim() === '' && part.optional ? undefined : text.trim().replace(' ', 'T');
    case 'number':
      return numberFrom(text);
    case 'numbers':
      return text
        .split(/[,;\s]+/)
        .filter((word) => word !== '')
        .map(numberFrom);
    case 'prose':
      return text === '' && part.whenEmpty === 'omit' ? undefined : text;
    case 'lines':
      return linesFrom(text, part);
    case 'key':
    case 'choice':
      return text.trim();
    case 'lead':
      return leadFrom(typing);
    case 'list':
      return rowsFrom(part, Array.isArray(typing) ? typing : []);
    case 'group':
    case 'variants':
      return groupFrom(part, typing);
    default:
      return part satisfies never;
  }
}

/** A whole number; any other text stays as it is, for the schema to refuse; nothing is no value. */
function numberFrom(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}

function linesFrom(text: string, part: Leaf & { kind: 'lines' }): string[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length === 0 && part.whenEmpty === 'omit' ? undefined : lines;
}

function leadFrom(typing: Typing | undefined): Record<string, unknown> {
  const [side = '', anchor = ''] = textIn(typing, 'anchor').split(' ');
  return withoutAbsent({
    months: numberFrom(textIn(typing, 'months')),
    weeks: numberFrom(textIn(typing, 'weeks')),
    days: numberFrom(textIn(typing, 'days')),
    [side === 'after' ? 'after' : 'before']: anchor,
  });
}

function groupFrom(part: Group | Variants, typing: Typing | undefined): unknown {
  const parts = partsOf(part, typing);
  const group: Record<string, unknown> = withoutAbsent({
    ...(part.kind === 'variants' ? { kind: textIn(typing, 'kind') } : {}),
    ...Object.fromEntries(
      Object.entries(parts).map(([name, inner]) => [name, inputOf(inner, memberOf(typing, name))]),
    ),
  });
  for (const [name, inner] of Object.entries(parts)) {
    if (inner.kind === 'key' && group[name] === '') {
      group[name] = keyFrom(textOf(group[inner.from]));
    }
  }
  const isEmpty = Object.values(group).every((value) => value === '');
  return part.kind === 'group' && part.optional && isEmpty ? undefined : group;
}

function rowsFrom(part: List, rows: readonly Typing[]): unknown[] | undefined {
  if (rows.length === 0 && part.whenEmpty === 'omit') return undefined;
  const items = rows.map((row) => inputOf(part.item, row));
  if (part.item.kind !== 'group' || part.item.parts['key']?.kind !== 'key') return items;
  const used = new Set(rows.map((row) => textIn(row, 'key').trim()));
  return items.map((item, index) => {
    if (!isGroup(item) || textIn(rows[index], 'key').trim() !== '') return item;
    const key = unusedKey(textOf(item['key']), used);
    used.add(key);
    return { ...item, key };
  });
}

const memberOf = (typing: Typing | undefined, name: string): Typing | undefined =>
  typeof typing === 'object' && !Array.isArray(typing) && Object.hasOwn(typing, name)
    ? (typing as TypedGroup)[name] // `isArray` does not narrow readonly arrays away
    : undefined;

const withoutAbsent = (group: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined));
