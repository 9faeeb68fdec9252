import { markdownToHtml } from '@cairn/formats/markdown-html';
import { Hono } from 'hono';
import { answerDocument, OWN_CACHE, SHARED_CACHE } from '../../platform/http/conditional.ts';
import type { Services } from '../../platform/http/env.ts';
import {
  type OrganiserEnv,
  organisersOnly,
  type SummitEnv,
  withSummit,
} from '../summits/access.ts';
import { openCarried } from '../summits/carried-queries.ts';
import { showPage } from '../summits/page.tsx';
import type { Summit } from '../summits/queries.ts';
import { announcement, announcementBody } from './announcement-rules.ts';
import { inForceSince } from './calendar-queries.ts';
import { DocumentsPage } from './documents-views.tsx';
import { type HandoutShelf, handoutShelf } from './handout-shelf.ts';

/** Where a summit's page stands, in full. */
export const pageOf = ({ url }: Pick<Services, 'url'>, { slug }: Pick<Summit, 'slug'>): string =>
  `${url}/s/${slug}`;

/** Whether a document of the summit may be kept on its way to a reader. */
export const cacheFor = ({ state }: Summit): string =>
  state === 'draft' ? OWN_CACHE : SHARED_CACHE;

/** The announcement, the handout, and the organisers' look at both. */
export function documentRoutes(shelf: HandoutShelf = handoutShelf()): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();

  routes.get('/s/:summit/announcement.md', withSummit, async (c) => {
    const { summit, services } = c.var;
    return answerDocument(c, {
      body: announcement(summit.definition, { isDraft: summit.state === 'draft' }),
      type: 'text/markdown; charset=utf-8; variant=CommonMark',
      lastModified: await inForceSince(services.db, summit),
      cacheControl: cacheFor(summit),
      fileName: `${summit.slug}.md`,
    });
  });

  routes.get('/s/:summit/handout.pdf', withSummit, (c) => {
    const { summit, services } = c.var;
    const printed = shelf(summit, pageOf(services, summit));
    if (!printed.ok) {
      return showPage(
        c,
        { title: 'The handout cannot be made', status: 500 },
        <p>{printed.error.sentence}</p>,
      );
    }
    return answerDocument(c, {
      body: printed.value.pdf,
      etag: printed.value.etag,
      type: 'application/pdf',
      cacheControl: cacheFor(summit),
      fileName: `${summit.slug}.pdf`,
    });
  });

  routes.route('/', previewRoutes(shelf));
  return routes;
}

/** `/s/<summit>/organise/documents` */
function previewRoutes(shelf: HandoutShelf): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.get('/s/:summit/organise/documents', withSummit, organisersOnly, async (c) => {
    const { summit, services } = c.var;
    const printed = shelf(summit, pageOf(services, summit));
    const carried = await openCarried(services.db, summit.id);
    return showPage(
      c,
      {
        title: 'Documents',
        lede: 'Made from the definition each time they are asked for, so there is nothing to publish by hand.',
      },
      <DocumentsPage
        summit={summit}
        url={services.url}
        announcement={markdownToHtml(announcementBody(summit.definition), { shiftHeadings: 1 })}
        handout={printed.ok ? { bytes: printed.value.pdf.length } : printed.error}
        carried={carried.map(({ path }) => path)}
      />,
    );
  });
  return routes;
}
