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

/** The number of the page that a relation leads to. */
export function pageIn(links: ReadonlyMap<string, string>, relation: string): number | undefined {
  const address = links.get(relation);
  const page = address === undefined ? null : new URL(address, 'http://x').searchParams.get('page');
  return page !== null && /^\d+$/.test(page) ? Number(page) : undefined;
}
