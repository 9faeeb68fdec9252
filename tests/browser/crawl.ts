import type { Page } from 'playwright-core';

/** A page that a reader can come to by links, and the forms on it. */
export interface FoundPage {
  /** Path and query. */
  readonly path: string;
  readonly status: number;
  /** Its path with every id replaced, so that many people's pages count as one kind. */
  readonly kind: string;
  readonly forms: readonly FoundForm[];
}

/** A form as it stands on a page. */
export interface FoundForm {
  readonly page: string;
  /** Path and query that it is posted to. */
  readonly action: string;
  readonly multipart: boolean;
  readonly fields: readonly FoundField[];
}

export interface FoundField {
  readonly name: string;
  /** The control's type, such as `text`, `textarea`, `checkbox`, `hidden`, `submit`, `select-one`. */
  readonly type: string;
  readonly value: string;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** What a browser saves instead of showing it; pages about a file of the plan end with its name too. */
const DOWNLOAD =
  /^(?!.*\/plan\/(files|history)\/).*\.(md|pdf|ics|csv|json|yaml|yml|xml|atom|png|svg|js|css|git|signers|xlsx|zip)(\?|$)|\/(receipts|policies)\/[0-9a-z_-]+\/file$|\/attachments\/\d+$|\/plan\/(.*\/)?raw[/?]/;

/**
 * Names in addresses: of a planning meeting, of one of its tracks, of an entry of the calendar; of files,
 * people and commits of the plan; of days, groups and rooms.
 */
const NAMED = [
  [/\/plan\/(files|history)\/[^/]+$/, '/plan/$1/:folder'],
  [/\/plan\/(files|history)\/[^/]+\/.+$/, '/plan/$1/:folder/:file'],
  [/\/plan\/people\/[a-z0-9-]+$/, '/plan/people/:handle'],
  [/\/plan\/commits\/[0-9a-f]+/, '/plan/commits/:oid'],
  [/\/meetings\/(?!new$|rule$|settings$|times)[a-z_]+/, '/meetings/:meeting'],
  [/\/(agenda|notes)\/[a-z_]+$/, '/$1/:track'],
  [/\/calendar\/meeting\.[a-z_]+$/, '/calendar/meeting.:meeting'],
  [/\/\d{4}-\d{2}-\d{2}(?=\/|$)/, '/:day'],
  [/\/groups\/(?!:id$)(:id\/)?[a-z0-9_]+$/, '/groups/$1:group'],
  [/\/(ledgers|nsf)\/[a-z0-9_]+/, '/$1/:funder'],
  [/\/policies\/(?!new$|own$|try$)[a-z0-9_]+/, '/policies/:policy'],
  [/\/meals\/:day\/(breakfast|lunch|dinner)/, '/meals/:day/:meal'],
  [/\/timetable\/rooms\/[a-z0-9_]+/, '/timetable/rooms/:room'],
  [/\/worklog\/:day\/(check-in\/)?(?!check-in$)[a-z0-9_:-]+$/, '/worklog/:day/$1:whose'],
] as const;

/** The kind of page behind an address: ids, names and counters replaced, filters and orders left out. */
export function kindOf(path: string): string {
  const { pathname, search } = new URL(path, 'http://any');
  const counted = pathname.replace(ID, ':id').replace(/\/\d+(?=\/|$)/g, '/:number');
  const named = NAMED.reduce((kind, [names, word]) => kind.replace(names, word), counted);
  return search === '' ? named : `${named}?`;
}

/**
 * Follows every link from the pages given, as whoever `page` is signed in as, and calls `look` at
 * each page that opened. Of pages of one kind the first is enough. Links change nothing, so everything
 * may be followed.
 */
export async function crawl(
  page: Page,
  origin: string,
  starts: readonly string[],
  look: (found: FoundPage) => Promise<void> = async () => undefined,
): Promise<readonly FoundPage[]> {
  const kinds = new Set<string>();
  const found: FoundPage[] = [];
  const queue = [...starts];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const kind = kindOf(next);
    if (kinds.has(kind) || DOWNLOAD.test(next)) continue;
    kinds.add(kind);
    const response = await page.goto(`${origin}${next}`);
    const status = response?.status() ?? 0;
    const { links, forms } = await page.evaluate(readPage);
    const own = links.filter((href) => href.startsWith(`${origin}/`));
    queue.push(...own.map((href) => href.slice(origin.length).replace(/#.*$/, '')));
    const one: FoundPage = {
      path: next,
      status,
      kind,
      forms: forms.map((form) => ({
        ...form,
        page: next,
        action: form.action.replace(origin, ''),
      })),
    };
    found.push(one);
    await look(one);
  }
  return found;
}

/** Runs in the browser. */
function readPage() {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(
    ({ href }) => href,
  );
  const posted = [...document.forms].filter((form) => form.getAttribute('method') === 'post');
  const forms = posted.map((form) => ({
    action: new URL(form.getAttribute('action') ?? '', document.baseURI).href,
    multipart: form.getAttribute('enctype') === 'multipart/form-data',
    fields: [...form.elements].flatMap((control) =>
      'name' in control && 'type' in control && 'value' in control && control.name !== ''
        ? [
            {
              name: String(control.name),
              type: String(control.type),
              value: String(control.value),
            },
          ]
        : [],
    ),
  }));
  return { links, forms };
}
