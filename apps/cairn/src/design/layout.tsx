import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { assetShelf } from './asset-files.ts';

/** A place to go; the one that the reader is at says so. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean | undefined;
}

/** Who is reading: a name that leads to their own page, and the way out. */
export interface Reader {
  readonly name: string;
  readonly href: string;
  /** Tells them from the next person at this browser, and tells nothing else. */
  readonly key?: string | undefined;
  /** Signing out changes something, so it posts. */
  readonly signOut: string;
}

/** One sentence about what the last action did, shown on the page it led to. */
export interface Notice {
  readonly kind: 'done' | 'info' | 'problem';
  readonly children: ComponentChildren;
}

export interface PageProps {
  /** The page's name: its `h1`, and first in the window's title. */
  readonly title: string;
  /** Shown in place of the title as the `h1`; `false` when the page brings its own. */
  readonly heading?: ComponentChildren | false | undefined;
  /** One sentence under the heading. */
  readonly lede?: ComponentChildren;
  readonly summit?: { readonly title: string; readonly href: string } | undefined;
  readonly nav?: readonly NavItem[] | undefined;
  /** The signed-in reader; `null` shows the way to sign in, left out shows neither. */
  readonly reader?: Reader | null | undefined;
  readonly notice?: Notice | undefined;
  /** The banner of a demo whose clock can be set. */
  readonly demo?: ComponentChildren;
  /** The zone in which this page shows times. */
  readonly zone?: ZoneName | undefined;
  /** `noindex` for all but public pages; the default is not to be indexed. */
  readonly isPublic?: boolean | undefined;
  /** Feeds and other forms of the same page, for `<link rel="alternate">`. */
  readonly alternates?: readonly { href: string; type: string; title: string }[] | undefined;
  /** Scripts that make the page nicer; it works without them. */
  readonly scripts?: readonly string[] | undefined;
  /** Without scripts the page loads itself again after so many seconds: it shows what is now. */
  readonly refresh?: number | undefined;
  /** The part of the site, by its address, of which the browser keeps pages for when it has no network. */
  readonly kept?: { readonly scope: string; readonly manifest: string } | undefined;
  readonly children?: ComponentChildren;
}

/** A list of places; put straight into the page it is the page's sub-navigation. */
export function Menu({ label, items }: { label: string; items: readonly NavItem[] }) {
  return (
    <nav class="menu" aria-label={label}>
      <ul>
        {items.map(({ href, label: text, current }) => (
          <li key={href}>
            <a href={href} aria-current={current === true ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ReaderCorner({ reader }: { reader: Reader | null }) {
  if (reader === null) {
    return (
      <p class="reader">
        <a href="/sign-in">Sign in</a>
      </p>
    );
  }
  return (
    <form class="reader" method="post" action={reader.signOut}>
      <a href={reader.href}>{reader.name}</a>
      {' · '}
      <button class="plain" type="submit">
        Sign out
      </button>
    </form>
  );
}

/** The outcome of the last action, read out when the page arrives. */
export function NoticeLine({ kind, children }: Notice) {
  return (
    <div class={`notice ${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <p>{children}</p>
    </div>
  );
}

type HeadProps = Pick<
  PageProps,
  'title' | 'summit' | 'isPublic' | 'scripts' | 'alternates' | 'refresh' | 'kept'
>;

/** What every page has in its head. */
function Head(props: HeadProps) {
  const { title, summit, refresh, kept } = props;
  const { stylesheet, firstFont, icon } = assetShelf();
  return (
    <head>
      <meta charset="utf-8" />
      <title>{[title, summit?.title ?? 'Cairn'].join(' – ')}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {props.isPublic !== true && <meta name="robots" content="noindex" />}
      <link rel="preload" href={firstFont} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="stylesheet" href={stylesheet} />
      <link rel="icon" href={icon} type="image/svg+xml" />
      {kept !== undefined && (
        <link rel="manifest" href={kept.manifest} crossOrigin="use-credentials" />
      )}
      {refresh !== undefined && (
        <noscript>
          <meta httpEquiv="refresh" content={String(refresh)} />
        </noscript>
      )}
      {props.scripts?.map((src) => (
        <script key={src} type="module" src={src} />
      ))}
      {props.alternates?.map((other) => (
        <link key={other.href} rel="alternate" {...other} />
      ))}
    </head>
  );
}

/** A whole HTML page. Give it to `renderPage`. */
export function Page(props: PageProps) {
  const { title, heading, lede, summit, nav, reader, notice, demo, zone, children } = props;
  return (
    <html lang="en-GB" data-reader={reader?.key} data-keeps={props.kept?.scope}>
      <Head {...props} />
      <body>
        <a class="skip unseen" href="#main">
          Skip to the content
        </a>
        {demo !== undefined && (
          <aside class="demo small" aria-label="Demonstration">
            {demo}
          </aside>
        )}
        <div class="page">
          <header class="masthead">
            <div class="top">
              <p class="summit">
                <a href={summit?.href ?? '/'}>{summit?.title ?? 'Cairn'}</a>
              </p>
              {reader !== undefined && <ReaderCorner reader={reader} />}
            </div>
            {nav !== undefined && nav.length > 0 && <Menu label="Main" items={nav} />}
          </header>
          <main id="main" tabIndex={-1}>
            {notice !== undefined && <NoticeLine {...notice} />}
            {heading !== false && <h1>{heading ?? title}</h1>}
            {lede !== undefined && <p class="lede">{lede}</p>}
            {children}
          </main>
          <footer class="colophon">
            <p>
              {zone !== undefined && `Times are those of ${zone.replaceAll('_', ' ')}. `}
              Kept with Cairn.
            </p>
          </footer>
        </div>
      </body>
    </html>
  );
}

/** A whole page without anything around it, for a wall: read from afar, without a hand at it. */
export function Screen({
  look,
  children,
  ...head
}: HeadProps & {
  /** Light or dark whatever the machine prefers, which is often nobody’s choice. */
  readonly look?: 'light' | 'dark' | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <html lang="en-GB" data-look={look} data-keeps={head.kept?.scope}>
      <Head {...head} />
      <body class="screen">
        <main id="main">{children}</main>
      </body>
    </html>
  );
}

/** The page as text, ready to be sent as `text/html; charset=utf-8`. */
export const renderPage = (page: VNode): string => `<!doctype html>\n${renderToString(page)}`;
