import { markdownToHtml } from '@cairn/formats/markdown-html';
import { Hono } from 'hono';
import { NoticeLine } from '../../design/layout.tsx';
import { Prose } from '../../design/prose.tsx';
import { isReleased } from '../timetable/release/release-queries.ts';
import { type SummitEnv, withSummit } from './access.ts';
import { openCarriedCount } from './carried-queries.ts';
import { fillFacts } from './facts.ts';
import { readerZone, showPage } from './page.tsx';
import { PublicSummit } from './public-views.tsx';

/** `/s/<summit>`: the summit's public page; of a draft, the preview of it. */
export function publicRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();

  routes.get('/s/:summit', withSummit, async (c) => {
    const { summit, organiser, services } = c.var;
    const { definition, slug, state } = summit;
    const home = `/s/${slug}`;
    const carried = organiser === undefined ? 0 : await openCarriedCount(services.db, summit.id);
    return showPage(
      c,
      {
        title: definition.title,
        isPublic: state !== 'draft',
        alternates: [
          { href: `${home}/calendar.ics`, type: 'text/calendar', title: 'The dates' },
          { href: `${home}/announcement.md`, type: 'text/markdown', title: 'The announcement' },
        ],
      },
      <>
        {state === 'draft' && (
          <NoticeLine kind="info">
            A draft: the public sees nothing of this page until the summit is announced.
          </NoticeLine>
        )}
        {carried > 0 && (
          <NoticeLine kind="problem">
            {carried === 1 ? 'One value is' : `${carried} values are`} still those of the last
            edition. <a href={`${home}/organise/carried`}>Confirm or change them</a>
          </NoticeLine>
        )}
        {state === 'archived' && <NoticeLine kind="info">This summit is over.</NoticeLine>}
        <Prose html={markdownToHtml(fillFacts(definition.summary, definition))} />
        <PublicSummit
          definition={definition}
          slug={slug}
          reader={readerZone(c, summit)}
          hasTimetable={await isReleased(services.db, summit.id)}
        />
      </>,
    );
  });

  return routes;
}
