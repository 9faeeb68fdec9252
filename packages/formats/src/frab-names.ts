/** Names by which readers of a schedule know its parts, in the shapes that the official schemas let pass. */

/** The schemas of both formats want four signs or more, and agree on these. */
const SHORTEST = 4;

/**
 * An acronym from a name in addresses: small letters, digits and underscores. Hyphens pass in XML and
 * fail in JSON, so they become underscores too.
 */
export function frabAcronym(name: string): string {
  const plain = plainSigns(name, '_');
  return plain.length >= SHORTEST ? plain : `${plain}_summit`.replace(/^_/, '');
}

/** `summit_2023-1734-packaging`: its own for an event, and readable. */
export function frabSlug(acronym: string, id: number, title: string): string {
  const words = plainSigns(title, '-').slice(0, 60).replace(/-+$/, '');
  return `${acronym}-${id}-${words === '' ? 'session' : words}`;
}

const plainSigns = (text: string, between: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, between)
    .replace(/^[-_]+|[-_]+$/g, '');

/** Phones read an event's number as 32 bits with a sign. */
const LARGEST = 0x7fff_ffff;

/**
 * A number for each UUID, made of its first digits: the same whenever it is asked for, whatever else
 * is in the list. Of two that begin alike (one in twenty thousand schedules of 400 events) the later
 * takes the next number.
 */
export function frabIds(guids: Iterable<string>): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  const taken = new Set<number>();
  for (const guid of [...new Set(guids)].sort()) {
    let id = Number.parseInt(guid.replaceAll('-', '').slice(0, 8), 16) & LARGEST;
    while (id === 0 || taken.has(id)) id = id === LARGEST ? 1 : id + 1;
    taken.add(id);
    ids.set(guid, id);
  }
  return ids;
}

/**
 * A UUID made of a name (version 8 of RFC 9562 §5.8: its own way): the same for the same name. For
 * what has none of its own, such as a place that is no room. No secret: names can be guessed.
 */
export function guidOfName(name: string): string {
  const words = [0, 1, 2, 3].map((seed) => hashOf(`${seed}:${name}`));
  const digits = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4] ?? '8';
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** FNV-1a, stirred at the end so that names that differ in their last sign differ everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
