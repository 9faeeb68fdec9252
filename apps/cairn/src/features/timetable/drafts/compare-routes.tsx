import { drawTimetable } from '@cairn/timetable/drawing/timetable';
import { Hono } from 'hono';
import { isId } from '../../../platform/db/id.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showTimetablePage } from '../page.tsx';
import { timetableInstance } from '../solving/instance-rules.ts';
import { timetableOf } from '../solving/placed-rules.ts';
import { comparisonOf } from './compare-rules.ts';
import { ComparePage } from './compare-views.tsx';
import { standingOf } from './cost-rules.ts';
import { type DraftContext, factsFor, makingHome, sideOf } from './draft-page.tsx';

const DRAFTS = '/s/:summit/organise/timetable/drafts';
const PAIR = `${DRAFTS}/:id/compare/:other`;

/** Pixels: what fits beside the text of a page, with columns where there are few rooms. */
const WIDTH = 900;

/**
 * `…/drafts/<draft>/compare/<other>`: two timetables beside each other. Either may be `release`; the
 * difference is told from the other to the first, as from what was to what may be.
 */
export function compareRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [`${DRAFTS}/compare`, PAIR, `${PAIR}/drawing.svg`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  // The form of two lists, which an address of two ids serves.
  routes.get(`${DRAFTS}/compare`, (c) => {
    const [one = '', other = ''] = [c.req.query('one'), c.req.query('other')];
    const drafts = `${makingHome(c)}/drafts`;
    if (![one, other].every(isSide)) return seeOther(c, drafts, 'Choose two timetables.');
    return c.redirect(`${drafts}/${other}/compare/${one}`, 303);
  });

  routes.get(PAIR, async (c) => {
    const pair = await pairOf(c, c.req.param('id'), c.req.param('other'));
    if (pair === undefined) return c.notFound();
    const { facts, before, after } = pair;
    const home = makingHome(c);
    const href = (id: string) =>
      id === 'release' ? `/s/${c.var.summit.slug}/timetable` : `${home}/drafts/${id}`;
    const { id, other } = c.req.param();
    return showTimetablePage(
      c,
      { title: 'Compare two timetables' },
      <ComparePage
        one={{
          name: before.name,
          href: href(other),
          standing: standingOf(facts, before.placements),
        }}
        other={{ name: after.name, href: href(id), standing: standingOf(facts, after.placements) }}
        comparison={comparisonOf(facts, before.placements, after.placements)}
        drawing={`${home}/drafts/${id}/compare/${other}/drawing.svg`}
        back={`${home}/drafts`}
        swap={`${home}/drafts/${other}/compare/${id}`}
      />,
    );
  });

  routes.get(`${PAIR}/drawing.svg`, async (c) => {
    const pair = await pairOf(c, c.req.param('id'), c.req.param('other'));
    if (pair === undefined) return c.notFound();
    const { facts, before, after } = pair;
    const problem = timetableInstance(facts);
    const svg = drawTimetable(problem.indexed, timetableOf(problem, after.placements), {
      width: WIDTH,
      title: after.name,
      before: timetableOf(problem, before.placements),
    });
    c.header('content-type', 'image/svg+xml; charset=utf-8');
    c.header('cache-control', 'private, no-store');
    return c.body(svg);
  });

  return routes;
}

const isSide = (id: string): boolean => id === 'release' || isId(id);

async function pairOf(c: DraftContext, id: string, other: string) {
  if (![id, other].every(isSide)) return undefined;
  const [facts, after, before] = await Promise.all([factsFor(c), sideOf(c, id), sideOf(c, other)]);
  if (facts === undefined || after === undefined || before === undefined) return undefined;
  return { facts, after, before };
}
