/** The longest handle, as on GitHub. */
const LONGEST = 39;

/**
 * A handle made of a name: Latin letters, digits and single hyphens. Names in other scripts have
 * nothing to make one of, so they are numbered.
 *
 *     handleFrom('Brigitta Sipőcz') // 'brigitta-sipocz'
 */
export const handleFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST - 4)
    .replace(/^-+|-+$/g, '') || 'person';

/** The first of `base`, `base-2`, `base-3` ... that is not taken. */
export function freeHandle(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** People named in a text: `@handle`, not inside a word or an address. */
export const mentionsIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/(?<![\w@./-])@([a-z0-9](?:-?[a-z0-9])*)(?![\w@])/gi)].map(
      ([, handle = '']) => handle.toLowerCase(),
    ),
  ),
];
