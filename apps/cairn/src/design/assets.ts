/**
 * What the browser fetches besides pages: one style sheet, the text face, one icon.
 * This list reads nothing; `asset-files.ts` reads, and the build copies from it.
 */

/** A file that goes out as an asset, or into one. */
export interface AssetSource {
  /** Its name in `assets/`, beside this file and beside the bundle alike. */
  readonly name: string;
  /** The module that brings it, when it is not ours. */
  readonly module?: string;
}

/** A file as it is served: its path never serves other bytes, so it may be cached for ever. */
export interface Asset {
  /** `/assets/<name>-<hash>.<extension>` */
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The style sheets, in the order in which they are joined: later ones win. */
export const SHEETS: readonly AssetSource[] = [
  'fonts',
  'tokens',
  'base',
  'layout',
  'form',
  'weeks',
  'table',
  'timeline',
  'chart',
  'hours',
  'world',
  'cross',
  'writing',
  'conversation',
  'diff',
  'proposals',
  'making',
  'editor',
  'now',
  'day',
  'open',
  'print',
].map((idea) => ({ name: `${idea}.css` }));

const CUTS = ['400-normal', '400-italic', '600-normal'] as const;

/**
 * The text face in three cuts, each split so that plain English loads one file, and the old-style
 * figures that its web fonts lack (`assets/cairn-figures-OFL.txt` says where they come from).
 */
export const FONTS: readonly AssetSource[] = CUTS.flatMap((cut) => [
  { name: `cairn-figures-${cut}.woff2` },
  ...['latin', 'latin-ext'].map((letters) => {
    const name = `libertinus-serif-${letters}-${cut}.woff2`;
    return { name, module: `@fontsource/libertinus-serif/files/${name}` };
  }),
]);

/** The font that every page needs first; pages ask for it before the style sheet has arrived. */
export const FIRST_FONT = 'libertinus-serif-latin-400-normal.woff2';

/** Three stones on one another, light on dark screens. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>
path{fill:#2a4fcb}@media(prefers-color-scheme:dark){path{fill:#9db4ff}}</style>
<path d="M3 26.5c0-3 5-4.5 13-4.5s13 1.500 13 4.500-4 3.500-13 3.500S3 29.500 3 26.500zM7 16.800c0-2.600 4-3.800 9.500-3.800s8.500 1.300 8.500 3.700-3 3.300-9 3.300-9-.8-9-3.200zM11 7.500C11 5 13 3 16 3s5 1.800 5 4.200S19 11 16 11s-5-1.200-5-3.500z"/></svg>`;

/** `name.ext` with the hash of its bytes: `cairn-1a2b3c4d5e.css`. */
export function hashedPath(name: string, hash: string): string {
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
}

/** Joins style sheets: comments and indentation go, font names become the paths that are served. */
export function joinSheets(sheets: readonly string[], fontPath: (name: string) => string): string {
  return sheets
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/url\("([^"]+)"\)/g, (_, name: string) => `url("${fontPath(name)}")`)
    .replace(/\n\s*/g, '\n')
    .trim();
}
