import { parseMyst } from '@cairn/formats/markdown';
import { blocksToHtml, rememberedHtml } from '@cairn/formats/markdown-html';
import type { Destination, Reference } from '@cairn/formats/myst-inlines';
import { targetFrom } from './path-rules.ts';

/** Where a text of the plan stands, so that what it refers to can be linked. */
export interface PlanTextPlace {
  /** The plan's page, such as `/s/sp_summit_2023/plan`; without it people, numbers and documents are not linked. */
  readonly base?: string;
  /** The document that the text is of, from the top of the plan; of a comment there is none. */
  readonly path?: string;
  /** How many levels headings go down. Default 1: a page's title is its only `h1`. */
  readonly shiftHeadings?: number;
  /** What `{doc}` and `{ref}` lead to, where the caller knows more than the text; undefined where it does not. */
  readonly resolve?: (reference: Reference) => Destination | undefined;
}

/** What the ids of headings and labels begin with, so that no text takes an id of the page. */
const IDS = 'text-';

/**
 * A text of the plan (Markdown, MyST dialect) as HTML that is safe to put into a page, whoever wrote it:
 * tags and attributes from a short list, links to the web, to mail and within the site, no pictures, no
 * hidden characters. `@handle` and `#12` lead to people and threads, relative links from document to
 * document. Time and size are bounded by the length of the text.
 *
 *     renderPlanText(document.body, { base: '/s/sp_summit_2023/plan', path: document.path })
 */
export function renderPlanText(text: string, place: PlanTextPlace = {}): string {
  const { base = '', path = '', shiftHeadings = 1, resolve } = place;
  const make = () =>
    blocksToHtml(parseMyst(text, { resolve: (reference) => destinationOf(reference, place) }), {
      shiftHeadings,
      // Comments of one page would give the same ids to their headings.
      ...(path === '' ? {} : { idPrefix: IDS }),
    });
  if (resolve !== undefined) return make();
  return rememberedHtml(JSON.stringify(['plan', base, path, shiftHeadings, text]), make);
}

function destinationOf(
  reference: Reference,
  { base, path = '', resolve }: PlanTextPlace,
): Destination | undefined {
  const own = resolve?.(reference);
  if (own !== undefined || base === undefined) return own;
  const { kind, to } = reference;
  switch (kind) {
    case 'mention':
      return { url: `${base}/people/${to.toLowerCase()}` };
    case 'number':
      return { url: `${base}/${to}` };
    case 'label':
      return { url: `#${IDS}${to.replace(/\s/g, '-')}` };
    case 'document':
    case 'link':
    case 'image': {
      const found = targetFrom(path, kind === 'document' ? documentPath(to) : to);
      if (found === undefined) return undefined;
      const anchor = found.anchor === undefined ? '' : `#${IDS}${found.anchor}`;
      if (found.path === path && path !== '') return anchor === '' ? undefined : { url: anchor };
      const page = kind === 'image' ? 'raw' : 'files';
      const words = to.slice(to.lastIndexOf('/') + 1).replace(/\.md(?:#.*)?$/, '');
      return { url: `${base}/${page}/${encodedPath(found.path)}${anchor}`, words };
    }
    default:
      return kind satisfies never;
  }
}

/** `{doc}` names documents without the end of their file's name, as MyST does. */
export const documentPath = (to: string): string =>
  /\.[a-z]+(?:#.*)?$/i.test(to) ? to : `${to}.md`;

/** A path as it may stand in an address. */
export const encodedPath = (path: string): string =>
  path.split('/').map(encodeURIComponent).join('/');
