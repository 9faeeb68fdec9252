/**
 * What browsers keep of a summit for when they have no network, and for whom. The service worker fills
 * the shelves and takes from them; every page sees to it that nobody finds what was kept for another.
 *
 * There are two shelves. What carries no name (style sheets, fonts, scripts) stays for everybody. All
 * else, pages first, is kept for one reader: whoever signs out, or is found to be another one, finds it
 * empty.
 */

/** Who the kept pages are for, as `data-reader` of the pages says; empty for who has not signed in. */
const WHO = 'cairn-reader';
const WHO_ADDRESS = '/cairn-reader';
const PRIVATE = 'cairn-kept';
const SHARED = 'cairn-assets';

/** Whether this browser keeps anything: only where the connection is safe, or the machine one's own. */
export const canKeep = (): boolean => 'caches' in globalThis;

/** For whom pages are kept; undefined while for nobody. */
export async function keptFor(): Promise<string | undefined> {
  const answer = await (await caches.open(WHO)).match(WHO_ADDRESS);
  return answer?.text();
}

/** From now on pages are kept for this reader. Those of another one are gone before this returns. */
export async function keepFor(reader: string): Promise<void> {
  if ((await keptFor()) === reader) return;
  await forgetReader();
  await (await caches.open(WHO)).put(WHO_ADDRESS, new Response(reader));
}

/** Removes everything that was kept for somebody. */
export async function forgetReader(): Promise<void> {
  await caches.delete(WHO);
  await caches.delete(PRIVATE);
}

/** The pages of the reader. */
export const privateShelf = (): Promise<Cache> => caches.open(PRIVATE);
/** What is the same for everybody. */
export const sharedShelf = (): Promise<Cache> => caches.open(SHARED);

/** For whom a page was made, as it says itself; undefined where it is no page of ours. */
export function readerOf(html: string): string | undefined {
  const [, attributes] = /^<!doctype html>\s*<html ([^>]*)>/i.exec(html) ?? [];
  if (attributes === undefined) return undefined;
  return / data-reader="([^"]*)"/.exec(` ${attributes}`)?.[1] ?? '';
}

/** A page that says since when it is kept, in milliseconds. */
export const markedKept = (html: string, at: number): string =>
  html.replace(/<html /i, `<html data-kept="${at}" `);
