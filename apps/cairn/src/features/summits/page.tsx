import { expectOk } from '@cairn/kernel/result';
import { formatInstant, parseZone, type ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { Menu, Page, type PageProps, type Reader, renderPage } from '../../design/layout.tsx';
import type { AppContext, SignedIn } from '../../platform/http/env.ts';
import { hashSecret } from '../../platform/http/secret.ts';
import type { SummitEnv } from './access.ts';
import { organiserNav, summitNav } from './nav.ts';
import type { Summit } from './queries.ts';

/** Times are shown in the visitor's zone; when neither they nor their browser has said, in the place's. */
export const readerZone = (c: AppContext, summit?: Summit): ZoneName =>
  c.var.visitor.zone ?? expectOk(parseZone(summit?.definition.zone ?? 'UTC'));

/** What every page of the visitor carries, whether or not it belongs to a summit. */
function frameOf(
  c: AppContext,
  scripts: readonly string[] = [],
): Pick<PageProps, 'reader' | 'notice' | 'demo' | 'scripts'> {
  const { services, visitor } = c.var;
  const reader: Reader | null =
    visitor.signedIn === undefined
      ? null
      : {
          name: visitor.signedIn.name,
          href: '/me',
          key: readerKey(visitor.signedIn),
          signOut: '/sign-out',
        };
  return {
    reader,
    notice: visitor.notice === undefined ? undefined : { kind: 'done', children: visitor.notice },
    scripts: [
      ...scripts,
      // On every page: what a browser kept for one person is not to be there for the next.
      '/assets/offline.js',
      // Asks the browser for its zone once; then its cookie, or the person's own choice, says it.
      ...(visitor.zone === undefined ? ['/assets/zone.js'] : []),
    ],
    demo: services.isDemo ? (
      <p>
        A demonstration with invented people. Its clock says{' '}
        {formatInstant(services.clock.now(), readerZone(c))}. <a href="/demo">Move the clock</a>
      </p>
    ) : undefined,
  };
}

/** Tells one sign-in from another, so that a browser keeps nobody's pages for somebody else. */
const readerKey = ({ personId, sessionId }: SignedIn): string =>
  Buffer.from(hashSecret(`reader ${personId} ${sessionId}`))
    .toString('base64url')
    .slice(0, 16);

const isWithin = (path: string, part: string): boolean =>
  path === part || path.startsWith(`${part}/`);

/** The pages of a summit that browsers keep for when they have no network. */
export const keptPages = (slug: string): NonNullable<PageProps['kept']> => ({
  scope: `/s/${slug}/`,
  manifest: `/s/${slug}/app.webmanifest`,
});

export interface ShownPage
  extends Pick<
    PageProps,
    'title' | 'heading' | 'lede' | 'isPublic' | 'alternates' | 'scripts' | 'refresh'
  > {
  /** The zone of the page’s times, where it is not the reader’s: the place’s, say. */
  readonly zone?: ZoneName;
  /** 200 unless said otherwise; 422 for a form shown again with its problems. */
  readonly status?: 200 | 403 | 404 | 409 | 410 | 422 | 429 | 500;
}

/** Answers a page that belongs to no summit. */
export function showPlainPage(
  c: AppContext,
  { status = 200, ...page }: ShownPage,
  body: ComponentChildren,
): Response {
  const shown = (
    <Page {...page} {...frameOf(c, page.scripts)} zone={page.zone ?? readerZone(c)}>
      {body}
    </Page>
  );
  return c.html(renderPage(shown), status);
}

/** What organisers look after besides stays, under one entry of their menu. */
const HOSTED = ['lodging', 'journeys', 'visa-letters', 'needs', 'meals', 'money'];

/** Where a page of a summit is answered from: the summit, and what the visitor may do there. */
type SummitContext = AppContext<SummitEnv['Variables']>;

/**
 * Answers a page of the summit that the request is about, with the navigation of the visitor's
 * rights. Under `/organise` the organisers' own menu stands above the content.
 */
export function showPage(
  c: SummitContext,
  { status = 200, ...page }: ShownPage,
  body: ComponentChildren,
): Response {
  const { summit, organiser, treasurer, takesPart, comes, hasCalls } = c.var;
  const path = new URL(c.req.url).pathname;
  const home = `/s/${summit.slug}`;
  const isOrganising = path.startsWith(`${home}/organise`);
  const nav = summitNav(summit.slug, {
    mayOrganise: organiser !== undefined,
    takesPart,
    comes,
    hasCalls,
    isTreasurer: treasurer !== undefined,
  }).map((item) => ({
    ...item,
    current:
      item.href === path ||
      (item.href !== home && path.startsWith(`${item.href}/`)) ||
      // What is written during the week is a part of the timetable.
      (item.href === `${home}/timetable` && isWithin(path, `${home}/worklog`)) ||
      // What one eats belongs to how one comes.
      (item.href === `${home}/money` &&
        ['needs', 'meals'].some((part) => isWithin(path, `${home}/${part}`))),
  }));
  const shown = (
    <Page
      {...page}
      {...frameOf(c, page.scripts)}
      summit={{ title: summit.definition.title, href: home }}
      nav={nav}
      zone={page.zone ?? readerZone(c, summit)}
      kept={
        [`${home}/timetable`, `${home}/worklog`].some((part) => isWithin(path, part))
          ? keptPages(summit.slug)
          : undefined
      }
    >
      {isOrganising && organiser !== undefined && (
        <Menu
          label="Organise"
          items={organiserNav(summit.slug).map((item) => ({
            ...item,
            current:
              item.href === path ||
              (!item.href.endsWith('/organise') && path.startsWith(`${item.href}/`)) ||
              (item.href.endsWith('/organise/stays') &&
                HOSTED.some((part) => isWithin(path, `${home}/organise/${part}`))),
          }))}
        />
      )}
      {body}
    </Page>
  );
  return c.html(renderPage(shown), status);
}
