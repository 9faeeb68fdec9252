/** A file of the plan, and perhaps a place in it. */
export interface Target {
  readonly path: string;
  /** What stands behind `#`. */
  readonly anchor?: string;
}

/**
 * Where a relative link leads, from the top of the plan; undefined for what is none: an address, or a
 * path of the site.
 *
 *     targetFrom('topics/a.md', '../goals/b.md#why') // { path: 'goals/b.md', anchor: 'why' }
 */
export function targetFrom(from: string, link: string): Target | undefined {
  const hash = link.indexOf('#');
  const anchor = hash < 0 ? {} : { anchor: decoded(link.slice(hash + 1)) };
  const target = decoded((hash < 0 ? link : link.slice(0, hash)).split('?')[0] ?? '');
  if (/^[^/?#]*:/.test(target) || /^[/\\]/.test(target)) return undefined;
  if (target === '') return hash < 0 ? undefined : { path: from, ...anchor };
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    // Above the top there is nothing; the dots stay, so that what is told is what was written.
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return { path: parts.join('/'), ...anchor };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
