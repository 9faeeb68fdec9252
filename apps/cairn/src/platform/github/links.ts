/** Where an answer's `Link` header leads, by relation (RFC 8288). */
export function linksIn(header: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of (header ?? '').split(/,\s*(?=<)/)) {
    const match = /^<([^>]*)>\s*;.*\brel="?([\w -]+)"?/.exec(part.trim());
    const [, target = '', relations = ''] = match ?? [];
    for (const relation of relations.split(' ')) if (target !== '') found.set(relation, target);
  }
  return found;
}

/** The number of the last page that a `Link` header speaks of. */
export function lastPageIn(links: ReadonlyMap<string, string>): number | undefined {
  const last = links.get('last');
  const page = last === undefined ? null : new URL(last, 'http://x').searchParams.get('page');
  return page !== null && /^\d+$/.test(page) ? Number(page) : undefined;
}
