/**
 * Answers for a summit's pages when the network does not. What the reader looked at, and what belongs to
 * everybody's week (the list in `offline.json`), is kept as it was; a page says itself how old it is. With a network
 * nothing comes from here but what never changes.
 */
import { ageWords } from '../now/now-words-rules.ts';
import { keepFor, keptFor, markedKept, privateShelf, readerOf, sharedShelf } from './shelf.ts';

/** The parts of `ServiceWorkerGlobalScope` that are used; the types of browsers’ pages know none of it. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', act: (event: Extendable) => void): void;
  addEventListener(kind: 'message', act: (event: Extendable & { data: unknown }) => void): void;
  addEventListener(kind: 'fetch', act: (event: FetchEvent) => void): void;
}
interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = globalThis as unknown as WorkerScope;

/** A network that takes longer is none, where there is something to show. */
const PATIENCE_MS = 6_000;
/** The whole week is fetched anew at most so often. */
const OFTEN_MS = 10 * 60_000;
const AT_ONCE = 3;

const { scope } = worker.registration;
const at = (path: string): string => new URL(path, scope).href;
const LIST = at('timetable/offline.json');

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => {
  if (event.data === 'keep') event.waitUntil(keepWeek().catch(() => undefined));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== new URL(scope).origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (request.method === 'GET' && url.pathname.startsWith('/assets/')) {
    event.respondWith(asset(request, url));
  } else if (request.method === 'GET' && isKeptFile(url)) event.respondWith(file(event));
});

/** What pages fetch besides: the timetable as data, the pictures of maps. */
const isKeptFile = ({ href, pathname }: URL): boolean =>
  href === at('timetable/now.json') || /\/timetable\/maps\/[^/]+\/picture$/.test(pathname);

/** The pages that are kept when somebody looks at them; all others are there with a network only. */
const isKeptPage = (url: URL): boolean =>
  ['timetable', 'worklog'].some(
    (part) => url.href === at(part) || url.href.startsWith(at(`${part}/`)),
  ) && !url.searchParams.has('at');

async function page(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const url = new URL(request.url);
  const isRead = request.method === 'GET';
  const known = isRead ? await found(url) : undefined;
  try {
    const answer = await withPatience(fetch(request), known);
    if (isRead && isKeptPage(url)) event.waitUntil(keepPage(url, answer.clone(), true));
    return answer;
  } catch {
    return known ?? noNetwork(isRead);
  }
}

/** A page as it was kept; with other words behind the question mark than asked for if need be. */
async function found(url: URL): Promise<Response | undefined> {
  const shelf = await privateShelf();
  return (await shelf.match(url.href)) ?? shelf.match(`${url.origin}${url.pathname}`);
}

async function withPatience(
  answer: Promise<Response>,
  known: Response | undefined,
): Promise<Response> {
  if (known === undefined) return answer;
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('no network to speak of')),
      PATIENCE_MS,
    ) as unknown as number;
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/**
 * Keeps a page for the reader for whom it was made. One that somebody went to says who reads here now; one
 * that was only fetched for later is dropped when it is for somebody else.
 */
async function keepPage(url: URL, answer: Response, isLookedAt: boolean): Promise<void> {
  const isPage = /^text\/html\b/.test(answer.headers.get('content-type') ?? '');
  if (!answer.ok || answer.redirected || !isPage) return;
  const html = await answer.text();
  const reader = readerOf(html);
  if (reader === undefined) return;
  // A wall has no reader of its own.
  const isWall = html.includes('<body class="screen">');
  if (isLookedAt && !isWall) await keepFor(reader);
  else if (!isWall && (await keptFor()) !== reader) return;
  const { status, headers } = answer;
  const shelf = await privateShelf();
  await shelf.put(
    `${url.origin}${url.pathname}${url.search}`,
    new Response(markedKept(html, Date.now()), { status, headers }),
  );
}

/** Assets carry their content in their name, but for scripts: those are asked for while there is a network. */
async function asset(request: Request, url: URL): Promise<Response> {
  const shelf = await sharedShelf();
  const known = await shelf.match(request);
  const isForEver = !url.pathname.endsWith('.js');
  if (known !== undefined && isForEver) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok) await shelf.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (known !== undefined) return known;
    throw error;
  }
}

async function file(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const shelf = await privateShelf();
  const known = await shelf.match(request);
  try {
    const answer = await withPatience(fetch(request), known);
    if (answer.ok) event.waitUntil(shelf.put(request, answer.clone()));
    return answer;
  } catch (error) {
    if (known !== undefined) return known;
    throw error;
  }
}

/** Fetches the whole week, so that it is there when the network is not. */
async function keepWeek(): Promise<void> {
  const shelf = await privateShelf();
  const last = await shelf.match(LIST);
  const answer = await fetch(LIST);
  if (!answer.ok) return;
  const list: unknown = await answer.clone().json();
  if (!isList(list)) return;
  const before: unknown = await last?.json().catch(() => undefined);
  const isSame = isList(before) && before.stamp === list.stamp;
  if (isSame && Date.now() - Number(last?.headers.get('x-kept') ?? 0) < OFTEN_MS) return;
  const shared = await sharedShelf();
  await inTurns(list.assets, async (path) => {
    if ((await shared.match(path)) === undefined) await shared.add(path);
  });
  await inTurns(list.pages, async (path) => {
    await keepPage(new URL(path, scope), await fetch(path), false);
  });
  await inTurns(list.files, async (path) => {
    if (path.endsWith('.json') || (await shelf.match(path)) === undefined) await shelf.add(path);
  });
  await shelf.put(
    LIST,
    new Response(JSON.stringify(list), {
      headers: { 'content-type': 'application/json', 'x-kept': String(Date.now()) },
    }),
  );
}

/** A few at a time; what fails is missing, and no reason to give up the others. */
async function inTurns(
  paths: readonly string[],
  keep: (path: string) => Promise<void>,
): Promise<void> {
  const left = [...paths];
  const go = async (): Promise<void> => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      await keep(path).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, go));
}

interface WeekList {
  readonly stamp: string;
  readonly pages: readonly string[];
  readonly files: readonly string[];
  readonly assets: readonly string[];
}

const isList = (value: unknown): value is WeekList =>
  typeof value === 'object' &&
  value !== null &&
  'stamp' in value &&
  ['pages', 'files', 'assets'].every((name) => Array.isArray(Reflect.get(value, name)));

/** What stands where nothing was kept. */
async function noNetwork(isRead: boolean): Promise<Response> {
  const shelf = await privateShelf();
  const kept = (await shelf.keys())
    .map(({ url }) => new URL(url))
    .filter((url) => url.search === '' && isKeptPage(url));
  const entries = await Promise.all(
    kept.map(async (url) => {
      const html = (await (await shelf.match(url.href))?.text()) ?? '';
      const [, title = url.pathname] = /<title>([^<]*?)( – [^<]*)?<\/title>/.exec(html) ?? [];
      const since = Number(/ data-kept="(\d+)"/.exec(html)?.[1] ?? Date.now());
      return `<li><a href="${url.pathname}">${title}</a>, ${ageWords(Date.now() - since)} old</li>`;
    }),
  );
  const style = (await (await sharedShelf()).keys())
    .map(({ url }) => new URL(url).pathname)
    .find((path) => path.endsWith('.css'));
  const words = isRead
    ? '<p>This page was not kept in this browser. With a network it is there again.</p>'
    : '<p>Nothing was sent. Go back in your browser: what you typed is still there, and can be sent when there is a network.</p>';
  const list =
    entries.length === 0 ? '' : `<h2>Kept in this browser</h2><ul>${entries.sort().join('')}</ul>`;
  const html = `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>No network</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${style === undefined ? '' : `<link rel="stylesheet" href="${style}">`}</head>
<body><div class="page"><main id="main"><h1>No network</h1>${words}${list}</main></div></body></html>`;
  return new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}
