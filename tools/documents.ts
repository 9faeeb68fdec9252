/**
 * Reads the documents of the checkout for what can be checked in them: links, paths, headings and
 * tables. Markdown is read line by line; that is enough for documents that we write ourselves.
 */

/** Something in a document that points elsewhere in the checkout. */
export interface Reference {
  readonly line: number;
  /** As written: `docs/api.md#conventions`, or the path `tools/*.ts`. */
  readonly target: string;
}

/** What a checkout can be asked. */
export interface Checkout {
  /** Whether a path exists; `*` and `{a,b}` stand for what they stand for in a shell. */
  exists(path: string): boolean;
  /** A file's text; only asked for paths that exist. */
  read(path: string): string;
}

/** The lines that are not inside a fence of code, with their numbers. */
function proseLines(markdown: string): { readonly line: number; readonly text: string }[] {
  let isFenced = false;
  return markdown.split('\n').flatMap((text, index) => {
    if (text.startsWith('```')) {
      isFenced = !isFenced;
      return [];
    }
    return isFenced ? [] : [{ line: index + 1, text }];
  });
}

const CODE = /`([^`]+)`/g;

/** Links and pictures that stay in the checkout. */
export const linksIn = (markdown: string): Reference[] =>
  proseLines(markdown).flatMap(({ line, text }) =>
    [...text.replace(CODE, '').matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
      .map((match) => ({ line, target: match[1] ?? match[2] ?? '' }))
      .filter(({ target }) => !/^[a-z]+:/.test(target)),
  );

const FOLDERS = /^(?:apps|bench|bin|docs|packages|tests|tools|\.ci)\/[^\s<>]*$/;

/** Paths of the checkout that stand as code. */
export const pathsIn = (markdown: string): Reference[] =>
  proseLines(markdown).flatMap(({ line, text }) =>
    [...text.matchAll(CODE)]
      .map((match) => ({ line, target: match[1] ?? '' }))
      .filter(({ target }) => FOLDERS.test(target)),
  );

/** The fragments that GitHub gives to headings. */
export const anchorsIn = (markdown: string): string[] =>
  proseLines(markdown).flatMap(({ text }) => {
    const heading = /^#{1,6}\s+(.*)$/.exec(text)?.[1];
    if (heading === undefined) return [];
    const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
    return [words.trim().replace(/\s/g, '-')];
  });

/** Every reference of a document that leads nowhere, as a sentence. */
export function brokenReferences(path: string, checkout: Checkout): string[] {
  const markdown = checkout.read(path);
  const missing = (line: number, what: string) => `${path}:${line}: ${what} does not exist`;
  const links = linksIn(markdown).flatMap(({ line, target }) => {
    const [file = '', anchor] = target.split('#');
    const place = file === '' ? path : resolveFrom(path, file);
    if (!checkout.exists(place)) return [missing(line, place)];
    if (anchor === undefined || anchorsIn(checkout.read(place)).includes(anchor)) return [];
    return [missing(line, `#${anchor} in ${place}`)];
  });
  const paths = pathsIn(markdown)
    .filter(({ target }) => !checkout.exists(target))
    .map(({ line, target }) => missing(line, target));
  return [...links, ...paths];
}

function resolveFrom(path: string, target: string): string {
  const steps = path.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** The rows of every table below a heading, up to the next heading of its level; cells as written. */
export function tableRows(markdown: string, heading: string): string[][] {
  const lines = proseLines(markdown);
  const start = lines.findIndex(({ text }) => text === heading);
  if (start < 0) throw new Error(`there is no heading “${heading}”`);
  const level = heading.indexOf(' ');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(({ text }) => {
    const marks = /^(#+) /.exec(text)?.[1];
    return marks !== undefined && marks.length <= level;
  });
  return (end < 0 ? rest : rest.slice(0, end)).flatMap(({ text }, index, all) => {
    const isHead = all[index + 1]?.text.startsWith('| :') === true;
    if (!text.startsWith('|') || text.startsWith('| :') || isHead) return [];
    return [
      text
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    ];
  });
}

/** What stands as code in a cell. */
export const codesIn = (cell: string): string[] =>
  [...cell.matchAll(CODE)].map((match) => match[1] ?? '');
