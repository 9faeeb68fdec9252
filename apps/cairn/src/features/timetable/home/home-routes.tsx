import { Hono } from 'hono';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { factsFor } from '../frame/check-page.tsx';
import { contradictionsIn } from '../frame/frame-check-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { brokenNow } from '../release/affected-queries.ts';
import { makingCounts } from './home-queries.ts';
import { HomePage } from './home-views.tsx';
import { stepsOf } from './step-rules.ts';

const HOME = '/s/:summit/organise/timetable';

/** `/s/<summit>/organise/timetable`: how far the timetable is, and what is missing. */
export function timetableHomeRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(HOME, withSummit, organisersOnly);
  routes.get(HOME, async (c) => {
    const { summit, organiser, services } = c.var;
    const [made, counts, broken] = await Promise.all([
      factsFor(c),
      makingCounts(services.db, organiser),
      brokenNow(services.db, summit, organiser),
    ]);
    const contradictions = made === undefined ? [] : contradictionsIn(made);
    const steps = stepsOf({ made, contradictions, ...counts, broken: broken.length });
    return showTimetablePage(
      c,
      {
        title: 'Timetable',
        lede: 'From what people care for to where everybody is now, step by step.',
      },
      <HomePage
        home={`/s/${summit.slug}/organise/timetable`}
        steps={steps}
        contradictions={contradictions}
        broken={broken}
      />,
    );
  });
  return routes;
}
